"""Conditions of a question that a sentence meets, fails, or says nothing of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from answer.figures import figures_of
from answer.narrow import Narrow, years_of_period
from answer.periods import years_of
from answer.quantities import Quantity
from answer.question import Question
from answer.states import state_of
from answer.years import Period
from ingest.documents import Metadata

Outcome = Literal["met", "unknown", "failed"]
Doubt = Literal["period", "quantity"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must be true of a sentence besides its topic; None or empty asks for nothing."""

    period: Period | None
    quantity: Quantity | None
    narrow: Narrow

    @classmethod
    def of(cls, question: Question, narrow: Narrow) -> "Conditions":
        """The conditions that a question and the facets chosen set."""
        return cls(None if narrow.years_chosen else question.period, question.quantity, narrow)

    @property
    def any(self) -> bool:
        """Whether there is a condition at all."""
        return bool(self.period or self.quantity or self.narrow.states)

    def check(self, texts: Sequence[str], metadata: Metadata) -> tuple[list[int], Doubt | None]:
        """Which of an entry's sentences may answer, the order kept, and what is not known.

        Sentences that fail a condition are left out. Of the others those stay of which least is
        not known; the doubt is then that of the first. Nothing left means that the entry fails.
        """
        doubts = {
            i: doubts
            for i, text in enumerate(texts)
            if (doubts := self._doubts(text, metadata)) is not None
        }
        least = min(map(len, doubts.values()), default=0)
        kept = [i for i, found in doubts.items() if len(found) == least]
        return kept, doubts[kept[0]][0] if least else None

    def _doubts(self, text: str, metadata: Metadata) -> list[Doubt] | None:
        """The conditions of which a sentence says nothing; None if it fails one."""
        outcomes: dict[Doubt, Outcome] = {}
        if self.period:
            outcomes["period"] = _period(text, metadata, self.period)
        if self.quantity:
            outcomes["quantity"] = _quantity(text, self.quantity)
        if "failed" in outcomes.values() or not self._state_fits(text):
            return None
        return [doubt for doubt, outcome in outcomes.items() if outcome == "unknown"]

    def _state_fits(self, text: str) -> bool:
        return not self.narrow.states or state_of(text) in self.narrow.states


def _quantity(text: str, quantity: Quantity) -> Outcome:
    figures = [figure for figure in figures_of(text) if figure.unit == quantity.unit]
    if not figures:
        return "unknown"
    return "met" if quantity.met_by(figures) else "failed"


def _period(text: str, metadata: Metadata, period: Period) -> Outcome:
    """A sentence's own years decide; without any, the document's period does."""
    first = period.first if period.first is not None else 0
    last = period.last if period.last is not None else 9999
    years = years_of(text)
    if years:
        return "met" if any(first <= year <= last for year in years) else "failed"
    span = years_of_period(metadata.period)
    if span is None:
        return "unknown"
    began, ended = span
    if began > last or (ended is not None and ended < first):
        return "failed"
    return "met" if first <= began and (ended or began) <= last else "unknown"
