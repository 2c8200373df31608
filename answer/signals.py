"""What speaks for each sentence of the index when a question is asked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.aspects import Aspect
from index.generation import Generation
from ingest.documents import Place
from search.fusion import Scores, z_scores
from search.hybrid import UnitScores, best_of_groups

IntArray = NDArray[np.int64]

MOST_LEXICAL = 8.0
"""Deviations beyond which a sentence's words tell no more.

The only word of a question that an index knows, in a sentence that nearly alone has it, is 30 of
them out, and would outweigh all else.
"""


@dataclass(frozen=True)
class EntryTable:
    """The entries of an index: an entry is what one document tells of one place (or of none).

    `places[i]`, `documents[i]` and `titles[i]` belong to entry i; `entry_of_unit`, shape
    (n_units,), says to which entry each unit belongs.
    """

    places: tuple[Place | None, ...]
    documents: tuple[str, ...]
    titles: tuple[str, ...]
    entry_of_unit: IntArray

    @classmethod
    def of(cls, generation: Generation) -> "EntryTable":
        """The entries of a generation, in order of first appearance; each has a unit or more."""
        numbers: dict[tuple[str, Place | None], int] = {}
        rows: list[int] = []
        for chunk in generation.chunks:
            if not chunk.n_units:  # a heading without a sentence
                continue
            entry = numbers.setdefault((chunk.document, chunk.place), len(numbers))
            rows.extend([entry] * chunk.n_units)
        return cls(
            places=tuple(place for _, place in numbers),
            documents=tuple(document for document, _ in numbers),
            titles=tuple(generation.documents[d].metadata.title for d, _ in numbers),
            entry_of_unit=np.array(rows, dtype=np.int64),
        )

    @property
    def n_entries(self) -> int:
        """How many entries there are."""
        return len(self.places)

    def name(self, entry: int) -> str:
        """What a case of an entry is called: by its place, else by its document's title."""
        place = self.places[entry]
        return place.name if place else self.titles[entry]

    def key(self, entry: int) -> str:
        """Whose case an entry belongs to: its place's, else its document's own."""
        place = self.places[entry]
        return place.code if place else self.documents[entry]


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for each unit, arrays of shape (n_units,).

    `dense`, `terms` and `lexical` are z-scores among all units: of the unit's vector with the
    question's, with that of its terms in Japanese, and of its words, at most
    MOST_LEXICAL. `required` says whether its entry mentions everything that must be mentioned.
    """

    dense: Scores
    terms: Scores
    lexical: Scores
    required: NDArray[np.bool_]


def signals_of(
    scores: UnitScores,
    term_scores: UnitScores,
    aspects: tuple[Aspect, ...],
    generation: Generation,
    table: EntryTable,
) -> Signals:
    """The signals of all units for one question.

    `scores` are those of the question, `term_scores` those of its terms in Japanese.
    """
    lexical = generation.unit_level.lexical
    required = np.ones(table.n_entries, dtype=np.bool_)
    for aspect in aspects:
        if aspect.required:
            best = best_of_groups(aspect.presence(lexical), table.entry_of_unit, table.n_entries)
            elsewhere = [document in aspect.documents for document in table.documents]
            required &= (best > 0) | np.array(elsewhere, dtype=np.bool_)
    n = len(table.entry_of_unit)
    background = scores.background
    return Signals(
        dense=_z(scores.units.dense, background.dense, n),
        terms=_z(term_scores.units.dense, term_scores.background.dense, n),
        lexical=np.minimum(_z(scores.units.lexical, background.lexical, n), MOST_LEXICAL),
        required=required[table.entry_of_unit],
    )


def _z(scores: Scores | None, background: Scores | None, n: int) -> Scores:
    """z-scores; an arm that is off says nothing."""
    return np.zeros(n, dtype=np.float32) if scores is None else z_scores(scores, background)


def closeness(signals: Signals) -> Scores:
    """How close each unit comes to being the answer; shape (n_units,), no bounds.

    The weights are those of a logistic regression on units that no model was trained on
    (docs/retrieval.md).
    """
    close: Scores = (signals.dense + 0.5 * signals.terms + 0.2 * signals.lexical).astype(np.float32)
    return close


@dataclass(frozen=True)
class UnitOrder:
    """The units of every entry, its closest first; ties in order of row.

    `rows` holds all unit rows, those of entry i from `starts[i]` up to `starts[i + 1]`.
    """

    rows: IntArray
    starts: IntArray

    @classmethod
    def of(cls, close: Scores, table: EntryTable) -> "UnitOrder":
        """The order by `close`, shape (n_units,)."""
        entries = table.entry_of_unit
        rows = np.lexsort((np.arange(len(entries)), -close, entries))
        starts = np.searchsorted(entries[rows], np.arange(table.n_entries + 1))
        return cls(rows, starts)

    def units(self, entry: int) -> IntArray:
        """The unit rows of an entry, the closest first."""
        return self.rows[self.starts[entry] : self.starts[entry + 1]]

    def closest(self) -> IntArray:
        """The closest unit of each entry, shape (n_entries,); an entry has one unit or more."""
        return self.rows[self.starts[:-1]]
