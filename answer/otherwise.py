"""Which sentence of a place answers in other words: ChatGPT, asked of generative AI."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.aspects import Aspect
from answer.decision import LIKELY, MAYBE
from answer.judge import Ratings
from answer.naming import Naming, Units
from answer.signals import EntryTable
from answer.sought import Thing

LEAST_ENTRIES = 3
LEAST_SHARE = 2 / 3
LEAST_LIFT = 2.0
"""A concept goes with a thing if so many entries have both, which are that share of the entries
that name the concept, and so many times the share of the thing among all entries."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Finds such sentences in one index."""

    table: EntryTable
    naming: Naming

    def unit(
        self, thing: Thing, group: Sequence[int], others: Sequence[Units], ratings: Ratings
    ) -> tuple[int, ...]:
        """The unit by which the entries of a place tell of a thing without naming it, or none.

        A plain word can be put in any words, so the place must be likely to answer. A thing that
        has a name must be named by the unit's heading, its title or a theme; the closest unit goes
        first that names a concept which goes with the thing. `others` are the units that tell of
        the other things asked: they are no answer to this one. If there are any, the closest of the
        rest may be about another one, so it must name such a concept.
        """
        likely = max(ratings.probability[entry] for entry in group)
        units = [int(unit) for entry in group for unit in ratings.order.units(entry)]
        units.sort(key=lambda unit: -ratings.close[unit])
        if not thing.has_name:
            return tuple(units[:1]) if likely >= LIKELY else ()
        under = [
            unit
            for unit in units
            if self.naming.stands_under(unit, thing.aspects)
            and not any(telling[unit] for telling in others)
        ]
        if not under:
            return ()
        along = self._along(thing.aspects)
        best = [unit for unit in under if along[unit]]
        if not best and not others and likely >= MAYBE:
            best = under
        return tuple(best[:1])

    def _along(self, aspects: Sequence[Aspect]) -> Units:
        """Which units name a concept that goes with one of the aspects: most entries that speak of
        ChatGPT speak of generative AI.
        """
        of_unit, lexical = self.table.entry_of_unit, self.naming.generation.unit_level.lexical
        having = self._having(aspects)
        least = max(LEAST_SHARE, LEAST_LIFT * float(having.mean()))
        along = np.zeros(len(of_unit), dtype=np.bool_)
        for concept in {concept for concept, _ in self.naming.thesaurus.preferred}:
            rows = lexical.postings(f"c:{concept}")[0]
            entries = np.unique(of_unit[rows])
            both = having[entries].sum()
            if both >= LEAST_ENTRIES and both >= least * len(entries):
                along[rows] = True
        return along

    def _having(self, aspects: Sequence[Aspect]) -> NDArray[np.bool_]:
        """Which entries have a unit or a theme that names one of the aspects."""
        having = np.zeros(self.table.n_entries, dtype=np.bool_)
        having[self.table.entry_of_unit[self.naming.aspects(aspects)]] = True
        documents = self.naming.generation.documents
        themes = [documents[document].metadata.themes for document in self.table.documents]
        named = {theme: self.naming.names(theme, aspects) for of_one in themes for theme in of_one}
        for entry, of_one in enumerate(themes):
            having[entry] |= any(named[theme] for theme in of_one)
        return having
