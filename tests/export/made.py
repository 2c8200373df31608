"""A report made by hand, and one full of what documents may hold to do harm."""

from datetime import date

from answer.contract import Answer, Case, Comparison, ComparisonRow, Quote
from export.report import Report, report_of
from ingest.documents import Document, Metadata, Source
from tests.answer.made import MACHIDA, SAITAMA

MADE = date(2026, 11, 26)
SAID = "さいたま市は、入力事務をRPAで自動化している。"
EFFECT = "年1,000時間を減らした。"
SOURCES = (
    Source("市の頁", "https://example.jp/saitama", "official", "2026-10-01"),
    Source("昔の記事", None, "press"),
)
DOCUMENTS = {
    "docs/saitama.pdf": Document(
        "docs/saitama.pdf",
        SAID + EFFECT,
        0,
        Metadata("入力事務の自動化", SAITAMA, "2025-03-04", "2019-", sources=SOURCES),
        False,
    ),
    "docs/machida.md": Document(
        "docs/machida.md", "検討中である。", 0, Metadata("町田市の検討", MACHIDA), True
    ),
}


def quote(text: str, document: str = "docs/saitama.pdf", page: int | None = 3) -> Quote:
    return Quote(text, document, ("題", "取り組み"), page, 0, len(text), (0, len(text)))


def answer(text: str = SAID, question: str = "RPAの市は？") -> Answer:
    """One match with an effect, one unsure case."""
    match = Case(
        SAITAMA, "入力事務の自動化", "match", 0.9, (quote(text),), "2025-03-04", SOURCES,
        effect=quote(EFFECT),
    )  # fmt: skip
    unsure = Case(
        MACHIDA, "町田市の検討", "unsure", 0.4, (quote("検討中である。", "docs/machida.md", None),),
        None, (), reason="weak",
    )  # fmt: skip
    return Answer(
        id=None, question=question, lang="ja", kind="list", answer="1件：さいたま市\n全83文書",
        refused=False, cases=(match, unsure), nearest=(), searched_documents=83,
        counts={"match": 1, "unsure": 1, "no": 81}, answerable=0.9, understood="一覧｜RPA",
        corrected=(), query_used=question, expanded=(), index="20261126", took_ms={},
    )  # fmt: skip


def compared() -> Comparison:
    """RPA: only さいたま市 tells of it."""
    return Comparison((SAITAMA, MACHIDA), (ComparisonRow("RPA", ((quote(SAID),), ())),))


def report(*answers: Answer) -> Report:
    """The report of these answers, by default of the one above."""
    turns = [(one.question, one) for one in answers or (answer(),)]
    return report_of(turns, DOCUMENTS, "ja", MADE)
