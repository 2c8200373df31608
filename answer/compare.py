"""Places side by side: one row a theme, for each place the units that tell of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.aspects import Aspect
from answer.decision import MAYBE
from answer.judge import Ratings
from answer.question import Question
from answer.signals import EntryTable
from index.generation import Generation
from index.terms import normalize, split_words
from index.thesaurus import Thesaurus
from ingest.documents import Place

MOST_ROWS = 8
MOST_UNITS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One theme. `cells[i]` holds the unit rows of entry group i, the closest first, or none."""

    theme: str
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Comparer:
    """Builds the rows of a comparison over one index."""

    generation: Generation
    table: EntryTable
    thesaurus: Thesaurus

    def rows(
        self, groups: Sequence[Sequence[int]], aspects: tuple[Aspect, ...], ratings: Ratings
    ) -> tuple[Row, ...]:
        """What is asked first, then the themes of the documents, those that all tell of first.

        `groups[i]` holds the entries of place i. A theme that no place tells of has no row. If one
        thing is asked, a place that does not name it but may answer in other words (ChatGPT, asked
        of generative AI) is quoted by its closest unit: "not stated" would be untrue.
        """
        found = [
            self._row(aspect.label, self._telling(aspect), groups, ratings) for aspect in aspects
        ]
        if len(found) == 1:
            found = [_in_other_words(found[0], groups, ratings)]
        taken = {aspect.concept for aspect in aspects if aspect.concept}
        for theme in self._themes(groups):
            concepts = {hit.concept for hit in self.thesaurus.find(normalize(theme))}
            if not concepts & taken:
                taken |= concepts
                found.append(self._row(theme, self._naming(theme), groups, ratings))
        told = [row for row in found if any(row.cells)]
        told.sort(key=lambda row: -sum(map(bool, row.cells)))
        return tuple(told[:MOST_ROWS])

    def chosen(self, groups: Sequence[Sequence[int]], themes: Sequence[str]) -> tuple[Row, ...]:
        """A row for each theme that was picked, also where nothing stands, in the order given.

        In a cell stand the units that name the theme, those first that weigh its words most.
        """
        lexical = self.generation.unit_level.lexical
        rows = []
        for theme in themes:
            naming = self._naming(theme)
            weight = lexical.scores(split_words(theme) + self.thesaurus.concept_terms(theme))
            cells = []
            for group in groups:
                units = np.flatnonzero(naming & np.isin(self.table.entry_of_unit, group))
                best = units[np.lexsort((units, -weight[units]))][:MOST_UNITS]
                cells.append(tuple(int(unit) for unit in best))
            rows.append(Row(theme, tuple(cells)))
        return tuple(rows)

    def _themes(self, groups: Sequence[Sequence[int]]) -> list[str]:
        themes: dict[str, None] = {}
        for group in groups:
            for entry in group:
                metadata = self.generation.documents[self.table.documents[entry]].metadata
                themes |= dict.fromkeys(metadata.themes)
        return list(themes)

    def _telling(self, aspect: Aspect) -> NDArray[np.bool_]:
        return aspect.presence(self.generation.unit_level.lexical) > 0

    def _naming(self, theme: str) -> NDArray[np.bool_]:
        """Which units name a theme, by its concept or by all of its words."""
        lexical = self.generation.unit_level.lexical
        named = np.zeros(lexical.n_rows, dtype=np.bool_)
        for concept in {hit.concept for hit in self.thesaurus.find(normalize(theme))}:
            named[lexical.postings(f"c:{concept}")[0]] = True
        words = np.ones(lexical.n_rows, dtype=np.bool_)
        for word in split_words(theme):
            has = np.zeros(lexical.n_rows, dtype=np.bool_)
            has[lexical.postings(word)[0]] = True
            words &= has
        return named | words

    def _row(
        self,
        theme: str,
        telling: NDArray[np.bool_],
        groups: Sequence[Sequence[int]],
        ratings: Ratings,
    ) -> Row:
        cells = []
        for group in groups:
            units = [int(row) for entry in group for row in ratings.order.units(entry)]
            telling_units = sorted(
                (u for u in units if telling[u]), key=lambda u: -ratings.close[u]
            )
            cells.append(tuple(telling_units[:MOST_UNITS]))
        return Row(theme, tuple(cells))


def _in_other_words(row: Row, groups: Sequence[Sequence[int]], ratings: Ratings) -> Row:
    cells = list(row.cells)
    for i, group in enumerate(groups):
        likeliest = max(group, key=lambda entry: ratings.probability[entry], default=None)
        if likeliest is not None and not cells[i] and ratings.probability[likeliest] >= MAYBE:
            cells[i] = (int(ratings.order.units(likeliest)[0]),)
    return Row(row.theme, tuple(cells))


def places_compared(question: Question, here: frozenset[Place]) -> tuple[Place, ...]:
    """The places of a comparison that the index knows, in the order they are named."""
    named = (place for mention in question.places for place in mention.candidates)
    return tuple(dict.fromkeys(place for place in named if place in here))
