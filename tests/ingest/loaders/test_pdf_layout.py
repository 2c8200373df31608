"""Letters of a PDF page that count once, and lines of letters."""

import math
from pathlib import Path
from typing import Any

import pytest

from ingest.isolation import IsolatedReader
from ingest.limits import Limits
from ingest.loaders.pdf_layout import segments_of, without_doubles, without_furigana
from tests.ingest.zoo_pages import pdf


def letter(text: str, x0: float, top: float, size: float = 10.0) -> dict[str, Any]:
    box = {"x0": x0, "x1": x0 + size, "top": top, "bottom": top + size}
    return {"text": text, "size": size, "fontname": "Gothic", "upright": True, **box}


def texts(characters: list[Any]) -> list[str]:
    return [f"{c['text']}{c['x0']:g}" for c in characters]


def test_letters_printed_again_a_hair_apart_count_once():
    page = [
        letter("あ", 10.0, 50.0),
        letter("あ", 10.9, 50.0),  # across the edge of a square
        letter("あ", 11.8, 49.2),  # a third print, near the second alone
        letter("あ", 13.0, 50.0),  # 1.2 points apart
        letter("い", 10.0, 50.0),
        letter("あ", 10.0, 50.0, size=12.0),
        letter("あ", 9.0, 51.0),
        letter("あ", 10.0, 52.1),
    ]
    assert texts(without_doubles(page)) == ["あ10", "あ13", "い10", "あ10", "あ10"]


@pytest.mark.parametrize("nowhere", [math.nan, math.inf, -math.inf])
def test_letters_that_stand_nowhere_are_kept(nowhere: float):
    page = [letter("あ", nowhere, 50.0), letter("あ", nowhere, nowhere), letter("い", 1.0, 1.0)]
    assert without_doubles(page) == page


def test_letters_stand_on_one_line_by_the_mean_height_of_those_before():
    # Middles 55, 59, 62: the third is 5 below the mean of the first two, 57.
    page = [letter("は", 30.0, 57.0), letter("い", 10.0, 50.0), letter("ろ", 20.0, 54.0)]
    assert [line.text for line in segments_of(page)] == ["いろは"]
    page[0] = letter("は", 30.0, 57.5)
    page.append(letter("に", 40.0, 80.0))
    assert [line.text for line in segments_of(page)] == ["いろ", "は", "に"]


def test_furigana_are_those_half_a_letter_from_the_kanji_below():
    kanji = letter("町", 10.0, 50.0)
    near, far = letter("ま", 12.0, 40.0, size=5.0), letter("ち", 12.0, 39.9, size=5.0)
    # Their lower edges are 5 and 5.1 points above the kanji.
    assert without_furigana([kanji, near, far]) == ("ま", [kanji, far])


def test_line_of_twenty_thousand_letters_is_read_in_time(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(lambda canvas: canvas.drawString(60, 700, "[" * 20_000)))
    reader = IsolatedReader(Limits(seconds=20.0))
    (outcome,) = reader.read(path, "a.pdf")
    reader.close()
    assert outcome.reason is None
    assert outcome.reading is not None
    assert outcome.reading.facts.characters == 20_000
