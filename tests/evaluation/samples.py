"""Questions and answers made by hand."""

from typing import Any, Literal

from answer.contract import Answer, Case, Quote
from evaluation.questions import JudgedQuestion
from ingest.places import places_named

DOCUMENT = "docs/a.md"
TEXT = "紙をやめた。費用は5万円。"


def question(type: Any = "list", gold: tuple[str, ...] = ("大津市",), **more: Any):
    """A judged question in Japanese unless told otherwise."""
    fields = {"id": "q1", "lang": "ja", "question": "どこ？"} | more
    return JudgedQuestion(type=type, gold=gold, **fields)


def quote(text: str = "費用は5万円。", document: str = DOCUMENT) -> Quote:
    """A quote where `text` stands in TEXT."""
    start = TEXT.find(text)
    return Quote(text, document, ("題",), None, start, start + len(text), (0, len(TEXT)))


def case(
    name: str,
    verdict: Literal["match", "unsure"] = "match",
    score: float = 0.9,
    quotes: tuple[Quote, ...] = (quote(),),
) -> Case:
    """A case of the municipality of that name."""
    (place,) = places_named(name, None)
    return Case(place, "題", verdict, score, quotes, None, ())


def answer(
    *cases: Case, refused: bool = False, ms: float = 10.0, answerable: float = 0.9
) -> Answer:
    """An answer of these cases; of a refusal they are the nearest."""
    shown, nearest = ((), cases) if refused else (cases, ())
    return Answer(
        id="q1",
        question="どこ？",
        lang="ja",
        kind="none" if refused else "list",
        answer="",
        refused=refused,
        cases=shown,
        nearest=nearest,
        searched_documents=1,
        counts={"match": 0, "unsure": 0, "no": 1},
        answerable=answerable,
        understood="",
        corrected=(),
        query_used="どこ？",
        expanded=(),
        index="i",
        took_ms={"total": ms},
    )


UNITS = [
    {"uid": 1, "document": "made/01", "municipality": "大津市", "prefecture": "滋賀県",
     "heading": "概要", "text": "大津市は紙をやめた。"},
    {"uid": 2, "document": "made/01", "municipality": "大津市", "prefecture": "滋賀県",
     "heading": "効果", "text": "費用は5万円である。"},
    {"uid": 3, "document": "made/02", "municipality": "府中市", "prefecture": "広島県",
     "heading": "概要", "text": "窓口を一つにした。"},
]  # fmt: skip
"""Three sentences of two invented documents, as a folder of judged questions has them."""
