"""What is handed out, before it has a format: questions, answers, and claims with their sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from answer.contract import Answer, Case, Comparison, Quote
from answer.wording import (
    joined,
    kind_name,
    name_of,
    names_apart,
    notes_of,
    prefecture_of,
    why_unsure,
)
from export.text import one_line
from ingest.documents import Document, Metadata, Place, Source
from messages import Lang, tell

Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote with all that is needed to check it.

    `number` counts from 1 through the whole report. `role` is match, unsure, nearest (which is no
    answer) or compared, `part` quote or effect; `theme` is the row of a comparison, else "".
    """

    number: int
    role: str
    part: str
    who: str
    prefecture: str
    code: str
    theme: str
    reason: str
    when: str
    text: str
    document: str
    title: str
    heading: tuple[str, ...]
    page: int | None
    published: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Places side by side: each row a theme and for each place its claims, or none."""

    places: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[Claim, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A question with what was said to it; `counts` is empty for a comparison without one."""

    question: str
    said: str
    notes: tuple[str, ...]
    counts: Mapping[str, int]
    index: str
    claims: tuple[Claim, ...]
    matrix: Matrix | None = None

    @property
    def all_claims(self) -> tuple[Claim, ...]:
        """Those of the matrix, then those of the cases: in the order of their numbers."""
        rows = self.matrix.rows if self.matrix else ()
        compared = tuple(claim for _, cells in rows for cell in cells for claim in cell)
        return compared + self.claims


@dataclass(frozen=True, slots=True)
class Report:
    """One or more parts; `made` is the day on which they were handed out."""

    lang: Lang
    made: date
    parts: tuple[Part, ...]

    @property
    def sources(self) -> tuple[Claim, ...]:
        """The first claim of each document that is quoted, in order."""
        claims = [claim for part in self.parts for claim in part.all_claims]
        return tuple({claim.document: claim for claim in reversed(claims)}.values())[::-1]


def report_of(
    turns: Sequence[tuple[str, Answer]],
    documents: Documents,
    lang: Lang,
    made: date,
    narrowed: Sequence[str] = (),
) -> Report:
    """A report of questions, as they were asked, and their answers.

    `narrowed` has a line for each that says to what it was narrowed, "" for nothing; if it is
    empty, none was.
    """
    maker = _Maker(documents, lang)
    asked = zip(turns, narrowed or [""] * len(turns), strict=True)
    return Report(lang, made, tuple(maker.part(*turn, line) for turn, line in asked))


def report_of_comparison(
    title: str, comparison: Comparison, index: str, documents: Documents, lang: Lang, made: date
) -> Report:
    """A report of a comparison that no question asked for."""
    matrix = _Maker(documents, lang).matrix(comparison)
    return Report(lang, made, (Part(title, "", (), {}, index, (), matrix),))


def where(claim: Claim, lang: Lang) -> str:
    """Where a claim stands: document, headings, page, its publication, and its sources."""
    place = [claim.document, " › ".join(one_line(part) for part in claim.heading)]
    if claim.page:
        place.append(tell("source_page", lang, page=claim.page))
    if claim.published:
        place.append(tell("source_published", lang, day=claim.published))
    told = [one_line(source_text(source, lang)) for source in claim.sources]
    return one_line(joined([*filter(None, place)], lang) + "".join(f" / {each}" for each in told))


def source_text(source: Source, lang: Lang) -> str:
    """A source in one line: its kind, title, address, and when it was read there."""
    kind = f"[{kind_name(source.kind, lang)}]" if source.kind else None
    parts = [kind, source.title, source.url]
    if source.retrieved:
        parts.append(tell("source_retrieved", lang, day=source.retrieved))
    return " ".join(part for part in parts if part)


class _Maker:
    """Numbers claims as they are made."""

    def __init__(self, documents: Documents, lang: Lang) -> None:
        self._documents, self._lang = documents, lang
        self._numbers = count(1)

    def part(self, question: str, answer: Answer, narrowed: str) -> Part:
        matrix = self.matrix(answer.comparison) if answer.comparison else None
        claims = [
            *self._claims(answer.cases),
            *self._claims(answer.nearest, role="nearest"),
        ]
        counts = {"documents": answer.searched_documents, **answer.counts}
        return Part(
            question,
            answer.answer,
            tuple(notes_of(answer, self._lang, narrowed)),
            counts,
            answer.index,
            tuple(claims),
            matrix,
        )

    def matrix(self, comparison: Comparison) -> Matrix:
        names = tuple(names_apart(comparison.places, self._lang))
        rows = tuple(
            (
                row.theme,
                tuple(
                    tuple(self._compared(place, row.theme, quote) for quote in cell)
                    for place, cell in zip(comparison.places, row.cells, strict=True)
                ),
            )
            for row in comparison.rows
        )
        return Matrix(names, rows)

    def _claims(self, cases: Iterable[Case], role: str = "") -> Iterator[Claim]:
        for case in cases:
            told = [("quote", quote) for quote in case.quotes]
            told += [("effect", case.effect)] if case.effect else []
            for part, quote in told:
                yield self._claim(
                    quote,
                    role=role or case.verdict,
                    part=part,
                    who=name_of(case, self._lang),
                    prefecture=prefecture_of(case, self._lang),
                    code=case.place.code if case.place else "",
                    reason=why_unsure(case, self._lang),
                    fallback=Metadata(
                        case.title, case.place, case.published, case.period, sources=case.sources
                    ),
                )

    def _compared(self, place: Place, theme: str, quote: Quote) -> Claim:
        return self._claim(
            quote,
            role="compared",
            part="quote",
            who=_name(place, self._lang),
            prefecture=place.prefecture if place.city else "",
            code=place.code,
            theme=theme,
            fallback=Metadata("", place),
        )

    def _claim(
        self,
        quote: Quote,
        *,
        role: str,
        part: str,
        who: str,
        prefecture: str,
        code: str,
        fallback: Metadata,
        theme: str = "",
        reason: str = "",
    ) -> Claim:
        """A claim; what is told of its document is that document's own where it is known."""
        document = self._documents.get(quote.document)
        metadata = document.metadata if document else fallback
        return Claim(
            number=next(self._numbers),
            role=role,
            part=part,
            who=who,
            prefecture=prefecture,
            code=code,
            theme=theme,
            reason=reason,
            when=metadata.period or "",
            text=quote.text,
            document=quote.document,
            title=metadata.title,
            heading=quote.heading,
            page=quote.page,
            published=metadata.published or "",
            sources=metadata.sources,
        )


def _name(place: Place, lang: Lang) -> str:
    return place.name_en if lang == "en" else place.name
