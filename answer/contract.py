"""The answer that is handed over, and its JSON: a versioned contract (docs/contract.md)."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from ingest.documents import Place, Source
from messages import Lang

SCHEMA = 1

AnswerKind = Literal["list", "fact", "compare", "none"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence word for word: `text` is `document_text[start:end]`.

    `document` is the file's path relative to the parent of the folder that was indexed;
    `passage` the span of the chunk around it; `page` counts from 1, None without pages.
    """

    text: str
    document: str
    heading: tuple[str, ...]
    page: int | None
    start: int
    end: int
    passage: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A municipality (or, with `place` None, an explanatory document) in an answer.

    `score` is 0 to 1, higher is surer. The best quote comes first.
    """

    place: Place | None
    title: str
    verdict: Literal["match", "unsure"]
    score: float
    quotes: tuple[Quote, ...]
    published: str | None
    sources: tuple[Source, ...]

    @property
    def name(self) -> str:
        """The municipality's name, else the document's title."""
        return self.place.name if self.place else self.title


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    `expanded` says which terms of the thesaurus were looked for besides those asked ("data entry
    → 入力業務"). `nearest` are the closest cases of a refusal: shown as no answer, and not in
    `cases`.
    `took_ms` holds the milliseconds of each step and of the whole ("total").
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
    query_used: str
    expanded: tuple[str, ...]
    index: str
    took_ms: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """The answer as the contract's JSON object."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "question": self.question,
            "lang": self.lang,
            "kind": self.kind,
            "answer": self.answer,
            "refused": self.refused,
            "cases": [_case(case) for case in self.cases],
            "nearest": [_case(case) for case in self.nearest],
            "searched_documents": self.searched_documents,
            "query_used": self.query_used,
            "expanded": list(self.expanded),
            "index": self.index,
            "took_ms": {step: round(ms, 2) for step, ms in self.took_ms.items()},
        }


def _case(case: Case) -> dict[str, Any]:
    return {
        "municipality": case.name,
        "prefecture": case.place.prefecture if case.place else None,
        "code": case.place.code if case.place else None,
        "title": case.title,
        "verdict": case.verdict,
        "score": round(case.score, 4),
        "quotes": [_quote(quote) for quote in case.quotes],
        "published": case.published,
        "sources": [asdict(source) for source in case.sources],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    fields = asdict(quote)
    fields["heading"] = " > ".join(quote.heading)
    del fields["passage"]
    return fields
