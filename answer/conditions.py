"""Conditions of a question that a sentence meets, fails, or says nothing of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from answer.figures import figures_of
from answer.narrow import Narrow, years_of_period
from answer.periods import years_of
from answer.quantities import Quantity
from answer.question import Question
from answer.states import STATES, State, state_of
from answer.years import Period
from ingest.documents import Metadata

Outcome = Literal["met", "unknown", "failed"]
Doubt = Literal["period", "quantity"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must be true of a sentence besides its topic; None or empty asks for nothing.

    Only `of_cases` does a period that a document's excludes fail a sentence without a year: a fact
    may be of what was before its case (the 2011 disaster, in a document of 2018). A sentence must
    tell of one of `states`.
    """

    period: Period | None
    quantity: Quantity | None
    states: frozenset[State]
    of_cases: bool

    @classmethod
    def of(cls, question: Question, narrow: Narrow) -> "Conditions":
        """The conditions that a question and the facets chosen set."""
        period = None if narrow.years_chosen else question.period
        of_cases = question.mode != "fact"
        states = narrow.states or frozenset(STATES) - question.stages
        return cls(period, question.quantity, states, of_cases)

    @property
    def any(self) -> bool:
        """Whether there is a condition at all."""
        return bool(self.period or self.quantity) or len(self.states) < len(STATES)

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
            outcomes["period"] = self._of_period(text, metadata, self.period)
        if self.quantity:
            outcomes["quantity"] = _quantity(text, self.quantity)
        if "failed" in outcomes.values() or state_of(text) not in self.states:
            return None
        return [doubt for doubt, outcome in outcomes.items() if outcome == "unknown"]

    def _of_period(self, text: str, metadata: Metadata, period: Period) -> Outcome:
        """A sentence's own years decide; without any, the document's period does."""
        years = years_of(text, period.is_fiscal)
        if years:
            return "met" if any(map(period.holds, years)) else "failed"
        outcome = _period(metadata, period)
        return "unknown" if outcome == "failed" and not self.of_cases else outcome


def _quantity(text: str, quantity: Quantity) -> Outcome:
    if quantity.met_by(text):
        return "met"
    named = any(figure.unit == quantity.unit for figure in figures_of(text))
    return "failed" if named else "unknown"


def _period(metadata: Metadata, period: Period) -> Outcome:
    """Whether all that a document tells of lies in a period, or none of it."""
    span = years_of_period(metadata.period)
    if span is None:
        return "unknown"
    began, ended = span
    begins_later = period.last is not None and began > period.last
    ended_before = ended is not None and period.first is not None and ended < period.first
    if begins_later or ended_before:
        return "failed"
    return "met" if period.holds(began) and period.holds(ended or began) else "unknown"
