"""From judged entries to the cases of an answer: one a place, with its quotes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answer.contract import Case, Quote, Signal
from answer.decision import JudgedEntry
from answer.judge import Ratings
from answer.marks import Wanted
from answer.narrow import age_of
from answer.quotes import Quoter
from answer.signals import EntryTable
from answer.states import state_of

EFFECT_HEADINGS = ("効果", "成果", "結果", "effect", "result", "outcome")
EFFECT_MARGIN = 3.0


@dataclass(frozen=True)
class CaseMaker:
    """Makes cases out of one index, as of a day."""

    quoter: Quoter
    table: EntryTable
    today: date

    def cases(
        self, judged: Sequence[JudgedEntry], ratings: Ratings, asked: Wanted
    ) -> tuple[Case, ...]:
        """One case for each place, in the order of their surest entries."""
        groups: dict[str, list[JudgedEntry]] = {}
        for found in judged:
            groups.setdefault(self.table.key(found.entry), []).append(found)
        return tuple(self._case(group, ratings, asked) for group in groups.values())

    def _case(self, group: list[JudgedEntry], ratings: Ratings, asked: Wanted) -> Case:
        first = group[0]
        quotes = tuple(self.quoter.quote(row, asked) for found in group for row in found.units)
        document = self.quoter.generation.documents[quotes[0].document]
        return Case(
            place=self.table.places[first.entry],
            title=document.metadata.title,
            verdict=first.verdict,
            score=first.score,
            quotes=quotes,
            published=document.metadata.published,
            sources=document.metadata.sources,
            reason=first.reason,
            missing=first.missing,
            state=state_of(quotes[0].text),
            period=document.metadata.period,
            age=age_of(document.metadata, self.today),
            effect=self._effect(first, ratings),
            differ=_differ(quotes, asked),
            signals=tuple(
                Signal(name, value, adds)
                for name, (value, adds) in ratings.explain(first.entry).items()
            ),
        )

    def _effect(self, found: JudgedEntry, ratings: Ratings) -> Quote | None:
        """The closest sentence below a heading of effects, unless it is quoted anyway."""
        like, generation = ratings.likeness, self.quoter.generation
        rows = sorted(ratings.order.units(found.entry), key=lambda row: (-like[row], row))
        floor = like[rows[0]] - EFFECT_MARGIN
        for row in rows:
            heading = generation.chunks[generation.chunk_of_unit[row]].heading
            if like[row] < floor:
                return None
            if heading and heading[-1].strip().lower().startswith(EFFECT_HEADINGS):
                return None if int(row) in found.units else self.quoter.quote(int(row), Wanted())
        return None


def _differ(quotes: Sequence[Quote], asked: Wanted) -> bool:
    """Whether the first answering quotes of two documents hold different figures."""
    if not asked.anything:
        return False
    first: dict[str, frozenset[str]] = {}
    for quote in quotes:
        said = frozenset(quote.text[start:end] for start, end in quote.marks)
        if said:
            first.setdefault(quote.document, said)
    told = list(first.values())
    return any(not one & other for i, one in enumerate(told) for other in told[i + 1 :])
