"""PDF: pages, their running heads, and sentences over their ends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from errors import JireiError
from ingest.limits import Limits
from tests.ingest.animals import PLAIN
from tests.ingest.loaders.reads import read
from tests.ingest.zoo_pages import draw, pdf

FULL = "町では入力事務をソフトウェアに任せて年間の作業時間を減ら"


def test_pdf_pages_are_told_by_the_place_of_a_character(tmp_path: Path):
    def fill(canvas):
        for text in ("一枚目の文。", "二枚目の文。"):
            canvas.setFont("HeiseiKakuGo-W5", 10)
            draw(canvas, 60, 700, [text])
            canvas.showPage()

    document = read(tmp_path, "a.pdf", pdf(fill)).document
    assert document.text == "一枚目の文。\n\n二枚目の文。\n\n"
    assert [document.page_at(document.text.index(n)) for n in ("一枚", "二枚")] == [1, 2]


def pages_of(*pages: list[str]) -> Callable[[Any], None]:
    """Draws pages of lines, each with its number at its foot."""

    def fill(canvas: Any) -> None:
        for number, lines in enumerate(pages, start=1):
            canvas.setFont("HeiseiKakuGo-W5", 10)
            draw(canvas, 60, 770, lines)
            canvas.drawString(290, 20, f"- {number} -")
            canvas.showPage()

    return fill


def test_pdf_sentence_goes_on_over_a_page_and_its_number(tmp_path: Path):
    fill = pages_of(["題", FULL[:-1] + "。", *[FULL] * 3], ["した。", "次の文。"])
    document = read(tmp_path, "a.pdf", pdf(fill)).document
    assert document.text == f"題\n{FULL[:-1]}。\n{FULL * 3}した。\n次の文。\n\n"
    assert [document.page_at(document.text.index(t)) for t in ("次の", FULL * 3)] == [2, 1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([*[FULL] * 2, FULL + "。"], ["次の文。"]),
        ([*[FULL] * 3, "短い"], ["次の文。"]),
        ([*[FULL] * 3], ["1. 次の事例"]),
        (["甲の表題", "乙の表題"], ["次の文。"]),
    ],
)
def test_pdf_page_ends_a_line_that_is_not_full_or_told_to_its_end(tmp_path: Path, first, second):
    text = read(tmp_path, "a.pdf", pdf(pages_of(first, second))).document.text
    assert f"{first[-1]}\n\n{second[0]}" in text


def test_pdf_page_without_text_is_counted(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("ingest.loaders.pdf.tesseract", lambda: None)

    def fill(canvas):
        draw(canvas, 60, 700, [PLAIN])
        canvas.showPage()
        canvas.rect(60, 60, 100, 100)

    facts = read(tmp_path, "a.pdf", pdf(fill)).facts
    assert (facts.pages, facts.pages_without_text) == (2, 1)


def test_pdf_scan_is_read_where_tesseract_is_there(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("ingest.loaders.pdf.tesseract", lambda: "tesseract")
    monkeypatch.setattr("ingest.loaders.ocr._read", lambda image, limits: f"{PLAIN}\n")
    reading = read(tmp_path, "a.pdf", pdf(lambda canvas: canvas.rect(60, 60, 100, 100)))
    assert reading.document.text.strip() == PLAIN
    assert reading.facts.flags == ("flag_ocr",)
    assert reading.facts.pages_without_text == 0


def test_pdf_running_heads_and_numbers_go_and_repeated_text_stays(tmp_path: Path):
    def fill(canvas):
        for number in (1, 2, 3):
            canvas.setFont("HeiseiKakuGo-W5", 10)
            canvas.drawString(60, 820, "北町 報告書")
            canvas.drawString(290, 20, f"{number} / 3")
            draw(canvas, 60, 770, ["毎月の報告である。", f"{number}月の件数を示す。"], 12)
            canvas.showPage()

    reading = read(tmp_path, "a.pdf", pdf(fill))
    assert reading.document.text.count("毎月の報告である。") == 3
    assert "北町 報告書" not in reading.document.text
    # Five letters of the head and three of "1 / 3", three times.
    assert reading.facts.left_out == {"left_header": 24}


def test_pdf_furigana_go_and_small_print_stays(tmp_path: Path):
    def fill(canvas):
        draw(canvas, 60, 700, ["町田市では受付を始めた。"])
        canvas.setFont("HeiseiKakuGo-W5", 5)
        draw(canvas, 60, 710, ["まちだし"])
        draw(canvas, 60, 670, ["なお、この件数は速報である。", "のちに改める。"], 6)

    reading = read(tmp_path, "a.pdf", pdf(fill))
    assert reading.document.text.split() == [
        "町田市では受付を始めた。", "なお、この件数は速報である。", "のちに改める。"
    ]  # fmt: skip
    assert reading.facts.left_out == {"left_ruby": 4}


def test_pdf_title_of_a_program_is_not_one(tmp_path: Path):
    def fill(title: str) -> Callable[[Any], None]:
        def drawn(canvas: Any) -> None:
            canvas.setTitle(title)
            draw(canvas, 60, 700, ["実施の要領", PLAIN])

        return drawn

    titles = [
        read(tmp_path, "a.pdf", pdf(fill(title))).document.metadata.title
        for title in ("Microsoft Word - 要領.doc", "窓口の手引き")
    ]
    assert titles == ["実施の要領", "窓口の手引き"]


def test_pdf_of_more_pages_than_the_cap_is_refused(tmp_path: Path):
    def fill(canvas):
        for _ in range(3):
            draw(canvas, 60, 700, [PLAIN])
            canvas.showPage()

    with pytest.raises(JireiError, match=r"a.pdf はページが多すぎます（2ページまで）"):
        read(tmp_path, "a.pdf", pdf(fill), Limits(pages=2))
