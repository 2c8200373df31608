"""The answer that is handed over, and its JSON: a versioned contract (docs/contract.md)."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from answer.spans import Span
from answer.states import State
from ingest.documents import Place, Source
from messages import Lang

SCHEMA = 1

AnswerKind = Literal["list", "fact", "compare", "none"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence word for word: `text` is `document_text[start:end]`.

    `document` is the file's path relative to the parent of the folder that was indexed;
    `passage` the span of the chunk around it; `page` counts from 1, None without pages. `marks`
    are the spans within `text` that hold what a fact question asks for.
    """

    text: str
    document: str
    heading: tuple[str, ...]
    page: int | None
    start: int
    end: int
    passage: Span
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of a verdict: its value, and what it adds to the log-odds."""

    name: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class Case:
    """A municipality (or, with `place` None, an explanatory document) in an answer.

    `score` is 0 to 1, higher is surer. The best quote comes first. An unsure case has a `reason`:
    "period" or "quantity" (not stated), "doubted" (whether anything answers the question is not
    sure), "part" (its sentence does not mention what is `missing`), or "weak". `state` is what its
    best quote tells of, `period` as the document gives it, `age` the full years since it was
    published; `effect` a further quote that tells what came of it. `differ` says that its documents
    give different figures for what is asked.
    """

    place: Place | None
    title: str
    verdict: Literal["match", "unsure"]
    score: float
    quotes: tuple[Quote, ...]
    published: str | None
    sources: tuple[Source, ...]
    reason: str | None = None
    missing: tuple[str, ...] = ()
    state: State = "running"
    period: str | None = None
    age: int | None = None
    effect: Quote | None = None
    differ: bool = False
    signals: tuple[Signal, ...] = field(default=())

    @property
    def name(self) -> str:
        """The municipality's name, else the document's title."""
        return self.place.name if self.place else self.title


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One theme: for each place that is compared its quotes, or none."""

    theme: str
    cells: tuple[tuple[Quote, ...], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Places side by side, theme by theme; `cells[i]` of a row belongs to `places[i]`."""

    places: tuple[Place, ...]
    rows: tuple[ComparisonRow, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A concept of the thesaurus that was asked for, and its name in the answer's language."""

    concept: str
    name: str


@dataclass(frozen=True, slots=True)
class Meant:
    """What was understood of a question, part by part, as `Answer.lang` names it."""

    places: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `counts` says how many documents hold a match, an unsure case at best, or neither: they add
    up to `searched_documents`. `answerable`, 0 to 1, is how probable it was held that they answer
    the question at all. `understood` is what was understood of the question, in one line, `meant`
    what of it can be corrected, part by part;
    `corrected` its words that were taken for misspelt, as (written, read). `expanded` says which
    terms of the thesaurus were looked for besides those asked ("data entry → 入力業務"). `nearest`
    are the closest cases of a refusal: shown as no answer, and not in `cases`. `took_ms` holds the
    milliseconds of each step and of the whole ("total").
    """

    id: str | None
    question: str
    lang: Lang
    kind: AnswerKind
    answer: str
    refused: bool
    cases: tuple[Case, ...]
    nearest: tuple[Case, ...]
    searched_documents: int
    counts: dict[str, int]
    answerable: float
    understood: str
    corrected: tuple[tuple[str, str], ...]
    query_used: str
    expanded: tuple[str, ...]
    index: str
    took_ms: dict[str, float]
    comparison: Comparison | None = None
    meant: Meant = Meant()

    def to_json(self, explain: bool = False) -> dict[str, Any]:
        """The answer as the contract's JSON object; with `explain`, cases have their signals."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "question": self.question,
            "lang": self.lang,
            "kind": self.kind,
            "answer": self.answer,
            "refused": self.refused,
            "cases": [_case(case, explain) for case in self.cases],
            "nearest": [_case(case, explain) for case in self.nearest],
            "comparison": _comparison(self.comparison) if self.comparison else None,
            "searched_documents": self.searched_documents,
            "counts": self.counts,
            "answerable": round(self.answerable, 4),
            "understood": self.understood,
            "corrected": [list(pair) for pair in self.corrected],
            "query_used": self.query_used,
            "expanded": list(self.expanded),
            "index": self.index,
            "took_ms": {step: round(ms, 2) for step, ms in self.took_ms.items()},
        }


def _case(case: Case, explain: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "municipality": case.name,
        "prefecture": case.place.prefecture if case.place else None,
        "code": case.place.code if case.place else None,
        "title": case.title,
        "verdict": case.verdict,
        "score": round(case.score, 4),
        "reason": case.reason,
        "missing": list(case.missing),
        "quotes": [_quote(quote) for quote in case.quotes],
        "effect": _quote(case.effect) if case.effect else None,
        "state": case.state,
        "period": case.period,
        "published": case.published,
        "age": case.age,
        "differ": case.differ,
        "sources": [asdict(source) for source in case.sources],
    }
    if explain:
        told["signals"] = [
            {"name": s.name, "value": round(s.value, 4), "adds": round(s.adds, 4)}
            for s in case.signals
        ]
    return told


def _quote(quote: Quote) -> dict[str, Any]:
    fields = asdict(quote)
    fields["heading"] = " > ".join(quote.heading)
    fields["marks"] = [list(span) for span in quote.marks]
    del fields["passage"]
    return fields


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "places": [place.name for place in comparison.places],
        "codes": [place.code for place in comparison.places],
        "rows": [
            {"theme": row.theme, "cells": [[_quote(q) for q in cell] for cell in row.cells]}
            for row in comparison.rows
        ],
    }
