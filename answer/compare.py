"""Places side by side: one row a theme, for each place the units that tell of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from answer.judge import Ratings
from answer.naming import Naming, Units
from answer.otherwise import Otherwise
from answer.question import Question
from answer.signals import EntryTable
from answer.sought import Sought, Thing
from answer.titles import joined_title, title_of_theme
from index.generation import Generation
from index.terms import split_words
from index.thesaurus import Thesaurus
from ingest.documents import Place
from messages import Lang

MOST_ROWS = 8
MOST_OTHERS = 3
"""How many themes follow what is asked."""
MOST_UNITS = 2

Groups = Sequence[Sequence[int]]
"""For each place of a comparison its entries."""


@dataclass(frozen=True, slots=True)
class Row:
    """One theme. `cells[i]` holds the unit rows of entry group i, the closest first, or none."""

    theme: str
    cells: tuple[tuple[int, ...], ...]

    @property
    def n_told(self) -> int:
        """How many places tell of it."""
        return sum(map(bool, self.cells))

    @property
    def units(self) -> frozenset[int]:
        """All unit rows of its cells."""
        return frozenset(unit for cell in self.cells for unit in cell)


@dataclass(frozen=True)
class Comparer:
    """Builds the rows of a comparison over one index."""

    generation: Generation
    table: EntryTable
    thesaurus: Thesaurus

    def rows(self, groups: Groups, asked: Sought, ratings: Ratings, lang: Lang) -> tuple[Row, ...]:
        """What is asked, also where no place tells of it, then themes of the documents.

        After what is asked, only such themes follow as two places tell of, or as share a word with
        it. Themes with the same quotes are one row; one whose quotes all stand above has none.
        No group is empty; without groups there is nothing to compare.
        """
        if not groups:
            return ()
        first = self._asked(groups, asked, ratings)
        others = self._others(groups, asked, ratings, lang)
        others.sort(key=lambda row: -row.n_told)
        above = {unit for row in first for unit in row.units}
        new = []
        for row in _merged(others, lang):
            if not row.units <= above:
                new.append(row)
                above |= row.units
        most = MOST_OTHERS if asked.things else MOST_ROWS
        return (*_merged(first, lang), *new[:most])[:MOST_ROWS]

    def chosen(self, groups: Groups, themes: Sequence[str]) -> tuple[Row, ...]:
        """A row for each theme that was picked, also where nothing stands, in the order given.

        In a cell stand the units that name the theme, those first that weigh its words most.
        """
        lexical = self.generation.unit_level.lexical
        rows = []
        for theme in themes:
            naming = self._naming.theme(theme)
            weight = lexical.scores(split_words(theme) + self.thesaurus.concept_terms(theme))
            cells = []
            for group in groups:
                units = np.flatnonzero(naming & np.isin(self.table.entry_of_unit, group))
                best = units[np.lexsort((units, -weight[units]))][:MOST_UNITS]
                cells.append(tuple(int(unit) for unit in best))
            rows.append(Row(theme, tuple(cells)))
        return tuple(rows)

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.generation, self.thesaurus)

    def _asked(self, groups: Groups, asked: Sought, ratings: Ratings) -> list[Row]:
        """A row for each thing that is asked for.

        A plain word (宇宙) beside other things is left out where no place has it: it may as well be
        a part of what is asked of them. If nothing else is asked, all of them stay. Only what is
        asked alone may be told in other words: beside others they may be about one of these.
        """
        otherwise, alone = Otherwise(self._naming), len(asked.things) == 1
        rows = []
        for thing in asked.things:
            row = self._row(
                thing.title, self._telling(thing, asked, groups), groups, asked, ratings
            )
            if alone and not thing.results:
                cells = tuple(
                    cell or otherwise.unit(thing, group, ratings)
                    for cell, group in zip(row.cells, groups, strict=True)
                )
                row = replace(row, cells=cells)
            rows.append(row)
        pairs = zip(asked.things, rows, strict=True)
        return [row for thing, row in pairs if row.units or thing.has_name] or rows

    def _telling(self, thing: Thing, asked: Sought, groups: Groups) -> Units:
        telling = self._naming.aspects(thing.aspects)
        if thing.results:
            units = np.flatnonzero(np.isin(self.table.entry_of_unit, np.concatenate(groups)))
            for unit in units:
                telling[unit] |= asked.rank(self.generation.units[unit].text) >= 2
        return telling

    def _others(self, groups: Groups, asked: Sought, ratings: Ratings, lang: Lang) -> list[Row]:
        """The rows of the themes of the documents, but of those that are asked for."""
        aspects = [aspect for thing in asked.things for aspect in thing.aspects]
        taken = {aspect.concept for aspect in aspects if aspect.concept}
        words = {word for aspect in aspects for word in aspect.words}
        found = []
        for theme in self._themes(groups):
            concepts = self._naming.concepts(theme)
            if concepts & taken:
                continue
            taken |= concepts
            title = title_of_theme(theme, self.thesaurus, lang)
            row = self._row(title, self._naming.theme(theme), groups, asked, ratings)
            near = not aspects or not words.isdisjoint(split_words(theme))
            if row.n_told > 1 or (row.units and near):
                found.append(row)
        return found

    def _themes(self, groups: Groups) -> list[str]:
        themes: dict[str, None] = {}
        for group in groups:
            for entry in group:
                metadata = self.generation.documents[self.table.documents[entry]].metadata
                themes |= dict.fromkeys(metadata.themes)
        return list(themes)

    def _row(
        self, title: str, telling: Units, groups: Groups, asked: Sought, ratings: Ratings
    ) -> Row:
        """The row of the units that tell; those with the figures that are asked for go first."""

        def best_first(unit: int) -> tuple[int, float]:
            return -asked.rank(self.generation.units[unit].text), -float(ratings.close[unit])

        cells = []
        for group in groups:
            units = [int(unit) for entry in group for unit in ratings.order.units(entry)]
            cells.append(
                tuple(sorted((u for u in units if telling[u]), key=best_first)[:MOST_UNITS])
            )
        return Row(title, tuple(cells))


def _merged(rows: Iterable[Row], lang: Lang) -> Iterator[Row]:
    """The rows, those that quote the very same units made one."""
    alike: dict[object, list[Row]] = {}
    for row in rows:
        alike.setdefault(row.cells if row.units else row.theme, []).append(row)
    for same in alike.values():
        yield replace(same[0], theme=joined_title(tuple(row.theme for row in same), lang))


def places_compared(question: Question, here: frozenset[Place]) -> tuple[Place, ...]:
    """The places of a comparison that the index knows, in the order they are named."""
    named = (place for mention in question.places for place in mention.candidates)
    return tuple(dict.fromkeys(place for place in named if place in here))
