"""Files that are opened again with the libraries of those who will open them."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from answer.contract import ComparisonRow
from answer.respond import Answerer
from answer.wording import notes_of
from export.plain import to_markdown, to_text
from export.report import Report, report_of, report_of_comparison, where
from export.tables import COLUMNS, LONGEST_CELL, to_csv, to_xlsx
from export.text import markdown
from export.word import to_docx
from ingest.documents import Source
from messages import tell
from tests.export.made import DOCUMENTS, EFFECT, MADE, SAID, answer, compared, report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ANY = st.text(st.characters(), max_size=40)


def rows_of_csv(report: Report) -> list[dict[str, str]]:
    data = to_csv(report)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head == [tell(f"column_{name}", report.lang) for name in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def sheets(report: Report) -> list[list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report)))
    for sheet in book:
        assert not [cell for row in sheet for cell in row if cell.data_type in "fe"]
    return [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


def word_texts(data: bytes) -> tuple[list[str], dict[str, str], list[str]]:
    """Paragraphs of the body, the texts of footnotes by id, and the ids that the body names."""
    document = Document(io.BytesIO(data))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        notes = etree.fromstring(file.read("word/footnotes.xml"))
        body = etree.fromstring(file.read("word/document.xml"))
    texts = {n.get(f"{W}id"): "".join(n.itertext(f"{W}t")).strip() for n in notes}
    return paragraphs, texts, [n.get(f"{W}id") for n in body.iter(f"{W}footnoteReference")]


def test_claim_names_document_heading_page_address_and_day_of_retrieval() -> None:
    first = report().parts[0].claims[0]
    assert where(first, "ja") == (
        "docs/saitama.pdf、題 › 取り組み、3ページ、2025-03-04 公表"
        " / [公式] 市の頁 https://example.jp/saitama （2026-10-01 取得） / [報道] 昔の記事"
    )
    assert where(first, "en") == (
        "docs/saitama.pdf, 題 › 取り組み, p. 3, published 2025-03-04"
        " / [official] 市の頁 https://example.jp/saitama (retrieved 2026-10-01) / [press] 昔の記事"
    )


def test_csv_has_a_row_for_each_quote() -> None:
    first, effect, unsure = rows_of_csv(report())
    assert first == {
        "number": "1", "question": "RPAの市は？", "who": "さいたま市", "prefecture": "埼玉県",
        "code": "111007", "verdict": "該当", "reason": "", "theme": "", "part": "取り組み",
        "text": SAID, "when": "2019-", "document": "docs/saitama.pdf", "title": "入力事務の自動化",
        "heading": "題 > 取り組み", "page": "3", "published": "2025-03-04",
        "kinds": "official\npress", "sources": "市の頁\n昔の記事",
        "urls": "https://example.jp/saitama", "retrieved": "2026-10-01",
    }  # fmt: skip
    assert (effect["number"], effect["part"], effect["text"]) == ("2", "効果", EFFECT)
    assert (unsure["who"], unsure["verdict"], unsure["page"]) == ("町田市", "要確認", "")
    assert unsure["reason"] == "近い内容ですが、言い切れません"


def test_csv_keeps_what_is_known_of_a_source_in_its_line() -> None:
    sources = (Source("市長ブログ", None), Source("市の発表", None, "official", "2026-01-02"))
    document = DOCUMENTS["docs/saitama.pdf"]
    document = replace(document, metadata=replace(document.metadata, sources=sources))
    known = DOCUMENTS | {"docs/saitama.pdf": document}
    row = rows_of_csv(report_of([("RPAの市は？", answer())], known, "ja", MADE))[0]
    assert row["sources"] == "市長ブログ\n市の発表"
    assert (row["kinds"], row["retrieved"]) == ("\nofficial", "\n2026-01-02")


def test_workbook_has_answers_quotes_and_sources_with_the_counts_of_the_screen() -> None:
    answers, claims, sources = sheets(report())
    assert answers[1] == (
        "RPAの市は？", "1件：さいたま市\n全83文書", 83, 1, 1, 81,
        "質問の読み取り：一覧｜RPA", "20261126",
    )  # fmt: skip
    assert [row[0] for row in claims[1:]] == [1, 2, 3]
    assert claims[1][COLUMNS.index("page")] == 3
    assert [row[:3] for row in sources[1:]] == [
        ("docs/saitama.pdf", "入力事務の自動化", "2025-03-04"),
        ("docs/saitama.pdf", "入力事務の自動化", "2025-03-04"),
        ("docs/machida.md", "町田市の検討", None),
    ]
    assert sources[1][3:] == ("official", "市の頁", "https://example.jp/saitama", "2026-10-01")


def test_word_document_has_a_footnote_for_each_quote_and_a_list_of_sources() -> None:
    made = report()
    paragraphs, notes, named = word_texts(to_docx(made))
    assert paragraphs[2] == "RPAの市は？"
    assert f"「{SAID}」" in paragraphs
    assert f"効果: 「{EFFECT}」" in paragraphs
    assert named == ["1", "2", "3"]
    assert set(notes) == {"-1", "0", "1", "2", "3"}
    assert notes["1"] == where(made.parts[0].claims[0], "ja")
    sources = paragraphs[paragraphs.index("出典") :]
    assert sources == [
        "出典",
        "入力事務の自動化 docs/saitama.pdf 2025-03-04",
        "[公式] 市の頁 https://example.jp/saitama （2026-10-01 取得）",
        "[報道] 昔の記事",
        "町田市の検討 docs/machida.md",
    ]


def test_conversation_numbers_its_footnotes_through() -> None:
    made = report(answer(), answer(question="費用は？"))
    assert [claim.number for part in made.parts for claim in part.claims] == [1, 2, 3, 4, 5, 6]
    paragraphs, _, named = word_texts(to_docx(made))
    assert named == ["1", "2", "3", "4", "5", "6"]
    assert "費用は？" in paragraphs
    assert len(made.sources) == 2


def test_comparison_is_a_matrix_that_says_where_nothing_stands() -> None:
    made = report_of_comparison("比較", compared(), "i", DOCUMENTS, "ja", MADE)
    (claim,) = made.parts[0].all_claims
    assert (claim.who, claim.theme, claim.role) == ("さいたま市", "RPA", "compared")
    data = to_docx(made)
    (table,) = Document(io.BytesIO(data)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["テーマ", "さいたま市", "町田市"],
        ["RPA", f"「{SAID}」", "記載なし"],
    ]
    assert word_texts(data)[2] == ["1"]
    _, _, matrix, _ = sheets(made)
    assert matrix == [
        ("テーマ", "さいたま市", "町田市"),
        ("RPA", f"「{SAID}」[1]", "記載なし"),
    ]
    told, empty = rows_of_csv(made)
    assert (told["who"], told["text"]) == ("さいたま市", SAID)
    assert (empty["who"], empty["theme"], empty["text"]) == ("町田市", "RPA", "記載なし")
    assert "| テーマ | さいたま市 | 町田市 |" in to_markdown(made)
    assert f"| RPA | 「{SAID}」[^1] | 記載なし |" in to_markdown(made)


def test_bar_in_a_cell_of_markdown_opens_no_other_cell() -> None:
    hostile = compared().rows[0].cells[0][0]
    row = ComparisonRow("a|b", ((replace(hostile, text="c|d\n|e|"),), ()))
    made = report_of_comparison(
        "比較", replace(compared(), rows=(row,)), "i", DOCUMENTS, "ja", MADE
    )
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(to_markdown(made))
    cells = [tokens[at + 1].content for at, t in enumerate(tokens) if t.type == "td_open"]
    assert len(cells) == 3
    assert cells[1].startswith("「c")


def test_refusal_is_handed_out_as_one() -> None:
    refused = replace(answer(), kind="none", refused=True, cases=(), answer="ありません。")
    (row,) = rows_of_csv(report(refused))
    assert (row["question"], row["text"], row["who"]) == ("RPAの市は？", "ありません。", "")
    near = replace(refused, nearest=answer().cases[:1])
    assert [row["verdict"] for row in rows_of_csv(report(near))] == [
        "近い事例（回答ではありません）"
    ] * 2


def test_text_to_paste_numbers_its_quotes() -> None:
    lines = to_text(report()).split("\n")
    assert lines[0] == "RPAの市は？"
    assert f"  「{SAID}」[1]" in lines
    assert "さいたま市 (埼玉県、該当、2019-)" in lines
    assert lines[-4].startswith("[1] docs/saitama.pdf、題 › 取り組み、3ページ")


def test_markdown_has_footnotes_and_links_only_to_the_web() -> None:
    shown = to_markdown(report())
    assert f"  - 「{SAID}」[^1]" in shown
    assert re.search(r"^\[\^1\]: docs/saitama\\\.pdf、題 › 取り組み", shown, re.MULTILINE)
    assert r"  - \[公式\] 市の頁 （2026\-10\-01 取得） <https://example.jp/saitama>" in shown


def test_every_format_but_csv_tells_how_the_question_was_read() -> None:
    mended = replace(
        answer(),
        query_used="RPAを使う市は？",
        corrected=(("RPAA", "RPA"),),
        expanded=("robots → RPA",),
    )
    line = "絞り込み：埼玉県"
    told = notes_of(mended, "ja", line)
    assert len(told) == 5
    made = report_of([(mended.question, mended)], DOCUMENTS, "ja", MADE, [line])
    answers, _, _ = sheets(made)
    assert answers[1][6] == "\n".join(told)
    paragraphs, _, _ = word_texts(to_docx(made))
    assert paragraphs[4:9] == told
    assert [note for note in told if f"{markdown(note)}  \n" in to_markdown(made)] == told
    assert to_text(made).splitlines()[3:8] == told


def test_numbers_match_a_real_answer(answerer: Answerer) -> None:
    asked = answerer.ask("RPAを入力事務に使っている市は？")
    made = report_of([(asked.question, asked)], answerer.generation.documents, "ja", MADE)
    answers, claims, _ = sheets(made)
    counts = asked.counts
    assert answers[1][2:6] == (4, counts["match"], counts["unsure"], counts["no"])
    quotes = [q for case in asked.cases for q in (*case.quotes, *filter(None, [case.effect]))]
    assert [row[COLUMNS.index("text")] for row in claims[1:]] == [quote.text for quote in quotes]


HARM = (
    '=HYPERLINK("http://x.example")<script>alert(1)</script>\x00\u202e![](http://x.example/a.png)'
)


def test_harm_of_a_document_is_text_in_every_format() -> None:
    made = report(answer(HARM + "x" * 40_000, question=HARM))
    _, claims, _ = sheets(made)
    shown = claims[1][COLUMNS.index("text")]
    assert shown.startswith('=HYPERLINK("http://x.example")<script>')
    assert len(shown) == LONGEST_CELL
    assert rows_of_csv(made)[0]["text"].startswith("'=HYPERLINK")
    paragraphs, _, _ = word_texts(to_docx(made))
    assert any(text.startswith('「=HYPERLINK("http://x.example")<script>') for text in paragraphs)
    assert "![](" not in to_markdown(made)
    assert "<script>" not in to_markdown(made)


@settings(max_examples=25, deadline=None)
@given(text=ANY, question=ANY)
def test_every_file_can_be_opened_again(text: str, question: str) -> None:
    made = report(answer(text, question))
    assert word_texts(to_docx(made))[2] == ["1", "2", "3"]
    assert sheets(made)[1][1][COLUMNS.index("number")] == 1
    for row in rows_of_csv(made):
        assert not row["text"].startswith(("=", "+", "-", "@", "\t", "\r"))
    to_markdown(made).encode()
    to_text(made).encode()


@pytest.mark.parametrize("value", ["#N/A", "1", "2025-03-04", "TRUE", "-1"])
def test_text_that_looks_like_a_value_stays_text(value: str) -> None:
    _, claims, _ = sheets(report(answer(value)))
    assert claims[1][COLUMNS.index("text")] == value
