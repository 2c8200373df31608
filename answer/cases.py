"""From judged entries to the cases of an answer: one a place, with its quotes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answer.contract import Case, Comparison, ComparisonRow, Quote, Signal
from answer.decision import JudgedEntry
from answer.judge import Ratings
from answer.marks import Wanted, marks
from answer.narrow import age_of
from answer.signals import EntryTable
from answer.states import state_of
from index.generation import Generation
from ingest.documents import Place

EFFECT_HEADINGS = ("効果", "成果", "結果", "effect", "result", "outcome")
EFFECT_MARGIN = 3.0


@dataclass(frozen=True)
class CaseMaker:
    """Makes cases out of one index, as of a day."""

    generation: Generation
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
        quotes = tuple(self.quote(row, asked) for found in group for row in found.units)
        document = self.generation.documents[quotes[0].document]
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
        like = ratings.likeness
        rows = sorted(ratings.order.units(found.entry), key=lambda row: (-like[row], row))
        floor = like[rows[0]] - EFFECT_MARGIN
        for row in rows:
            heading = self.generation.chunks[self.generation.chunk_of_unit[row]].heading
            if like[row] < floor:
                return None
            if heading and heading[-1].strip().lower().startswith(EFFECT_HEADINGS):
                return None if int(row) in found.units else self.quote(int(row), Wanted())
        return None

    def quote(self, row: int, asked: Wanted) -> Quote:
        """The quote of a unit row, with what is asked for marked."""
        chunk = self.generation.chunks[self.generation.chunk_of_unit[row]]
        unit = self.generation.units[row]
        return Quote(
            text=unit.text,
            document=chunk.document,
            heading=chunk.heading,
            page=chunk.page,
            start=unit.start,
            end=unit.end,
            passage=(chunk.start, chunk.end),
            marks=marks(unit.text, asked) if asked.anything else (),
        )

    def comparison(
        self,
        places: Sequence[Place],
        rows: Sequence[tuple[str, Sequence[Sequence[int]]]],
        asked: Wanted,
    ) -> Comparison:
        """The table of a comparison; each row a theme and the unit rows of each place."""
        return Comparison(
            tuple(places),
            tuple(
                ComparisonRow(
                    theme,
                    tuple(tuple(self.quote(row, asked) for row in cell) for cell in cells),
                )
                for theme, cells in rows
            ),
        )


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
