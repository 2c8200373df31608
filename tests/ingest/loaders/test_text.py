from pathlib import Path

import pytest

from errors import JireiError
from ingest.documents import Document, Facts, Metadata, Place
from ingest.limits import Limits
from ingest.loaders.text import load_text, normal_date, read_text

MACHIDA = Place("132098", "東京都", "町田市", "Machida City")
ID = "文書/記事.txt"


def load(folder: Path, content: str | bytes) -> Document:
    path = folder / "記事.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_text(path, ID).document


# What a text file becomes.


def test_text_file_becomes_a_document_with_title_and_date(tmp_path: Path):
    text = "自治体DXの事例\n\n2025/3/4\n\n町田市は始めた。\n"
    assert load(tmp_path, text) == Document(
        ID, text, 0, Metadata("自治体DXの事例", published="2025-03-04"), markdown=False
    )


def test_text_title_is_the_first_line_that_is_not_blank(tmp_path: Path):
    assert load(tmp_path, "\n　\n  題名  \n本文。\n").metadata.title == "題名"


def test_text_title_is_cut_at_200_characters(tmp_path: Path):
    assert load(tmp_path, "あ" * 201 + "\n").metadata.title == "あ" * 200


def test_text_title_that_announces_a_case_gives_the_place(tmp_path: Path):
    assert load(tmp_path, "町田市の事例\n\n本文。\n").metadata.place == MACHIDA


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("2025年3月4日", "2025-03-04"),
        ("2025-03-04", "2025-03-04"),
        ("2025.12.31", "2025-12-31"),
        ("２０２５年３月４日", "2025-03-04"),
        ("一\n二\n三\n2025/3/4", "2025-03-04"),
        ("一\n二\n三\n四\n2025/3/4", None),
        ("公開日 2025/3/4", None),
        ("2025年3月", None),
        ("2025/3/4\n2024/1/1", "2025-03-04"),
    ],
)
def test_text_is_published_on_the_first_line_of_five_that_is_only_a_date(
    tmp_path: Path, lines, published
):
    assert load(tmp_path, f"題名\n{lines}\n本文。\n").metadata.published == published


@pytest.mark.parametrize("line", ["2025/3/4", "2025年3月4日", "2025-03-04", "２０２５.３.４"])
def test_normal_date(line):
    assert normal_date(line) == "2025-03-04"


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfABC\nDEF\n", b"ABC\r\nDEF\r\n", b"\xef\xbb\xbfABC\r\nDEF\r\n"]
)
def test_read_text_drops_the_bom_and_makes_unix_line_ends(tmp_path: Path, content):
    (tmp_path / "a.txt").write_bytes(content)
    assert read_text(tmp_path / "a.txt", "a.txt") == "ABC\nDEF\n"


def test_read_text_keeps_tabs_emoji_and_blanks_as_they_are(tmp_path: Path):
    text = "\t題　名 \n\n😀 が。\n "
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert read_text(tmp_path / "a.txt", "a.txt") == text


# What is refused: each message names the file and what to do.


def test_text_in_shift_jis_is_read_and_its_encoding_told(tmp_path: Path):
    text = "町田市の事例\n\n窓口の受付を①月曜から始めた。\n"
    (tmp_path / "a.txt").write_bytes(text.encode("cp932"))
    reading = load_text(tmp_path / "a.txt", ID)
    assert reading.document.text == text
    assert reading.facts == Facts(characters=21, encoding="cp932", confidence=1.0)


def test_text_that_no_encoding_reads_is_refused_at_the_byte_where_it_stops(tmp_path: Path):
    content = b"ABC" + "町田市".encode("cp932") + b"\xff\x00"
    match = r"文書/記事.txt の文字コードが分かりません.*9 バイト目.*保存し直して"
    with pytest.raises(JireiError, match=match) as info:
        load(tmp_path, content)
    assert info.value.key == "encoding_unknown"


def test_text_larger_than_the_caps_is_refused(tmp_path: Path):
    (tmp_path / "a.txt").write_text("あ" * 400_000, encoding="utf-8")
    with pytest.raises(JireiError, match=r"記事.txt は大きすぎます（1MBまで）") as info:
        load_text(tmp_path / "a.txt", ID, Limits(file_bytes=1 << 20))
    assert info.value.key == "file_too_large"
    with pytest.raises(JireiError, match=r"記事.txt は文字が多すぎます（399999文字まで）"):
        load_text(tmp_path / "a.txt", ID, Limits(characters=399_999))
    assert (
        len(load_text(tmp_path / "a.txt", ID, Limits(characters=400_000)).document.text) == 400_000
    )


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x7f", "\x0c"])
def test_text_with_control_characters_is_refused_as_binary(tmp_path: Path, control):
    match = r"文書/記事.txt は文字のファイル.*2 文字目.*文字だけのファイルに"
    with pytest.raises(JireiError, match=match) as info:
        load(tmp_path, f"ab{control}c")
    assert info.value.key == "file_binary"


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", "　\n".encode(), b"\xef\xbb\xbf"])
def test_empty_text_is_refused(tmp_path: Path, content):
    with pytest.raises(JireiError, match=r"文書/記事.txt は空.*中身を入れるか、取り除いて") as info:
        load(tmp_path, content)
    assert info.value.key == "file_empty"


def test_text_that_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path, monkeypatch):
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    match = r"文書/記事.txt を開けません（Permission denied）。ファイルの権限を確かめて"
    with pytest.raises(JireiError, match=match) as info:
        load_text(tmp_path / "a.txt", ID)
    assert info.value.key == "file_unreadable"


def test_refusals_are_told_in_english_too(tmp_path: Path):
    with pytest.raises(JireiError) as info:
        load(tmp_path, b"")
    assert info.value.tell("en") == f"{ID} is empty. Fill it or remove it."
