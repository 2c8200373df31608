from pathlib import Path

import pytest

from errors import JireiError
from ingest.documents import Document, Metadata, Place, Source
from ingest.loaders.markdown import load_markdown

SAITAMA = Place("111007", "埼玉県", "さいたま市", "Saitama City")
MACHIDA = Place("132098", "東京都", "町田市", "Machida City")
FUCHU_TOKYO = Place("132063", "東京都", "府中市", "Fuchu City")
FUCHU_HIROSHIMA = Place("342084", "広島県", "府中市", "Fuchu City")
MIE = Place("240001", "三重県", None, "Mie Prefecture")
ID = "文書/事例.md"


def load(folder: Path, content: str | bytes) -> Document:
    path = folder / "事例.md"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_markdown(path, ID).document


def with_fields(folder: Path, fields: str) -> Metadata:
    return load(folder, f"---\n{fields}\n---\n本文。\n").metadata


# Front matter.


def test_front_matter_with_every_field(tmp_path: Path):
    front = """---
title: 入力事務の自動化
municipality: さいたま市
prefecture: 埼玉県
code: "111007"
name_en: Saitama City
themes: [RPA, 2025]
period: 2020年度〜
state: 実施中
published: 2025-03-04
sources:
  - {title: 市の頁, url: https://example.jp/a, kind: official, retrieved: 2026-10-01}
  - https://example.jp/b
  - 市の計画
---
"""
    text = front + "# 見出し\n本文。\n"
    sources = (
        Source("市の頁", "https://example.jp/a", "official", "2026-10-01"),
        Source(url="https://example.jp/b"),
        Source("市の計画"),
    )
    title, years = "入力事務の自動化", "2020年度〜"
    metadata = Metadata(title, SAITAMA, "2025-03-04", years, "実施中", ("RPA", "2025"), sources)
    assert load(tmp_path, text) == Document(ID, text, len(front), metadata, markdown=True)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ('code: "111007"', SAITAMA),
        ("code: 111007", SAITAMA),
        ('code: "111007"\nmunicipality: さいたま市', SAITAMA),
        ('code: "342084"\nmunicipality: 府中市', FUCHU_HIROSHIMA),
        ("municipality: さいたま市", SAITAMA),
        ("municipality: 埼玉県さいたま市", SAITAMA),
        ("municipality: 三重県", MIE),
        ("municipality: 府中市\nprefecture: 東京都", FUCHU_TOKYO),
        ("municipality: 府中市\nprefecture: 広島県", FUCHU_HIROSHIMA),
        ("municipality: 広島県府中市", FUCHU_HIROSHIMA),
        ("municipality: null\ncode: null", None),
        ("prefecture: 埼玉県", None),
    ],
)
def test_place_of_front_matter_by_code_or_by_name(tmp_path: Path, fields, place):
    assert with_fields(tmp_path, fields).place == place


@pytest.mark.parametrize("fields", ["", "# 注釈だけ", "themes:\nsources: null", "themes: []"])
def test_front_matter_without_values_leaves_the_metadata_empty(tmp_path: Path, fields):
    assert with_fields(tmp_path, fields) == Metadata("本文。")


@pytest.mark.parametrize(
    ("front", "rest"),
    [
        ("---\n---\n", "本文。\n"),
        ("--- \ntitle: 題\n---\t\n", "\n# 見出し\n---\n"),
        ("---\ntitle: a---b\n---\n", "本文。"),
    ],
)
def test_body_starts_after_the_closing_line(tmp_path: Path, front, rest):
    document = load(tmp_path, front + rest)
    assert (document.body_start, document.text) == (len(front), front + rest)


def test_body_may_be_missing_after_the_closing_line(tmp_path: Path):
    document = load(tmp_path, "---\ntitle: 題\n---")
    assert (document.metadata.title, document.body_start) == ("題", 16)


# Titles, and files without front matter.


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 見出し\n本文。\n", "見出し"),
        ("前文。\n\n## 見出し\n", "見出し"),
        ("\n 本文だけ。 \n次。\n", "本文だけ。"),
        ("---\ntitle: 題\n---\n# 見出し\n", "題"),
        ("---\ntitle: 2025\n---\n# 見出し\n", "2025"),
        ("---\ntitle: null\n---\n# 見出し\n", "見出し"),
        ("# " + "あ" * 201 + "\n", "あ" * 200),
    ],
)
def test_title_is_of_the_front_matter_or_the_first_heading_or_line(tmp_path: Path, text, title):
    assert load(tmp_path, text).metadata.title == title


def test_file_without_front_matter_is_all_body(tmp_path: Path):
    text = "前文\n---\n後文\n"
    assert load(tmp_path, text) == Document(ID, text, 0, Metadata("前文"), markdown=True)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# 町田市：生成AI\n本文。\n", MACHIDA),
        ("---\ntitle: 町田市の事例\n---\n本文。\n", MACHIDA),
        ("# 府中市の事例\n広島県にある。\n", FUCHU_HIROSHIMA),
        ("# 府中市の事例\n窓口。\n", None),
        ("# 事例集\n## 町田市\n本文。\n", None),
        ('---\ncode: "111007"\n---\n# 町田市の事例\n', SAITAMA),
    ],
)
def test_title_that_announces_a_case_gives_the_place_if_no_field_does(tmp_path: Path, text, place):
    assert load(tmp_path, text).metadata.place == place


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf---\ntitle: T\n---\n# H\n",
        b"---\r\ntitle: T\r\n---\r\n# H\r\n",
        b"\xef\xbb\xbf---\r\ntitle: T\r\n---\r\n# H\r\n",
    ],
)
def test_bom_and_windows_line_ends_do_not_hide_the_front_matter(tmp_path: Path, content):
    document = load(tmp_path, content)
    assert document == Document(ID, "---\ntitle: T\n---\n# H\n", 17, Metadata("T"), markdown=True)


# What is refused: each message names the file and what to do.


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ("municipality: 架空市", "架空市"),
        ("municipality: 町田", "町田"),
        ("municipality: 町田市\nprefecture: 大阪府", "町田市"),
        ('code: "999999"', "999999"),
        ('code: "999999"\nmunicipality: 町田市', "999999 町田市"),
        ('code: "111007"\nmunicipality: 町田市', "111007 町田市"),
    ],
)
def test_unknown_municipality_is_refused(tmp_path: Path, fields, named):
    match = rf"文書/事例.md の自治体「{named} ?」は.*表にありません。名前と6桁のコードを確かめて"
    with pytest.raises(JireiError, match=match) as info:
        with_fields(tmp_path, fields)
    assert info.value.key == "municipality_unknown"


def test_ambiguous_municipality_is_refused(tmp_path: Path):
    match = r"文書/事例.md の「府中市」は複数.*prefecture か code を書いて"
    with pytest.raises(JireiError, match=match) as info:
        with_fields(tmp_path, "municipality: 府中市")
    assert info.value.key == "municipality_ambiguous"


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("title: a: b", 2),
        ("title: 題\nmunicipality: 町田市: 東京都", 3),
        ("title: 題\nthemes: [RPA]\n\tstate: 済", 4),
        ("title: 題\n\n# 注釈\nperiod: @2020", 5),
        ("- 甲\n- 乙", 2),
        ("ただの文", 2),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(tmp_path: Path, fields, line):
    match = rf"文書/事例.md の {line} 行目.*「項目: 値」の形（YAML）に直して"
    with pytest.raises(JireiError, match=match) as info:
        with_fields(tmp_path, fields)
    assert info.value.key == "front_matter_broken"


def test_front_matter_runs_no_code(tmp_path: Path):
    metadata = with_fields(tmp_path, "published: !!python/object/apply:os.getcwd []")
    assert metadata.published == "[]"


def test_values_stay_as_they_were_written(tmp_path: Path):
    metadata = with_fields(tmp_path, "code: 012033\nmunicipality: 北海道小樽市\nperiod: 2025-13-45")
    assert metadata.place
    assert metadata.place.name == "小樽市"
    assert metadata.period == "2025-13-45"


def test_prefecture_that_contradicts_the_code_is_refused(tmp_path: Path):
    with pytest.raises(JireiError, match="自治体の表にありません"):
        with_fields(tmp_path, "code: 111007\nprefecture: 東京都")


def test_front_matter_that_the_yaml_reader_chokes_on_is_refused(tmp_path: Path):
    with pytest.raises(JireiError, match=r"文書/事例.md の 2 行目.*直して") as info:
        with_fields(tmp_path, "themes: " + "[" * 5000)
    assert info.value.key == "front_matter_broken"


def test_broken_front_matter_of_a_windows_file_has_the_same_line(tmp_path: Path):
    with pytest.raises(JireiError, match=r"の 3 行目"):
        load(tmp_path, b"\xef\xbb\xbf---\r\ntitle: T\r\nstate: a: b\r\n---\r\n# H\r\n")


@pytest.mark.parametrize("text", ["---\ntitle: 題\n# 見出し\n", "---\n", "---\ntitle: 題\n ---\n"])
def test_unclosed_front_matter_is_refused(tmp_path: Path, text):
    match = r"文書/事例.md の先頭の「---」が閉じていません。.*「---」の行を入れて"
    with pytest.raises(JireiError, match=match) as info:
        load(tmp_path, text)
    assert info.value.key == "front_matter_open"


@pytest.mark.parametrize("field", ["themes", "sources"])
@pytest.mark.parametrize("value", ["RPA", "1", "{a: 1}"])
def test_list_field_that_is_no_list_is_refused(tmp_path: Path, field, value):
    with pytest.raises(JireiError, match=rf"文書/事例.md の {field} は \[ , \] で並べて") as info:
        with_fields(tmp_path, f"{field}: {value}")
    assert info.value.key == "front_matter_not_list"


def test_markdown_in_shift_jis_is_read_and_its_front_matter_left_out(tmp_path: Path):
    text = "---\ntitle: 題\n---\n# 町田市の窓口\n\n受付を始めた。\n"
    (tmp_path / "a.md").write_bytes(text.encode("cp932"))
    reading = load_markdown(tmp_path / "a.md", ID)
    assert reading.document.text == text
    assert (reading.facts.encoding, reading.facts.characters) == ("cp932", 27)
    assert reading.facts.left_out == {"left_front_matter": 13}


def test_aliases_in_front_matter_are_refused_before_they_unfold(tmp_path: Path):
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    text = "---\n" + "\n".join(lines) + "\nthemes: [*a11]\n---\n# 題\n"
    with pytest.raises(JireiError, match=r"文書/事例.md の 3 行目") as info:
        load(tmp_path, text)
    assert info.value.key == "front_matter_broken"


def test_binary_markdown_is_refused(tmp_path: Path):
    match = r"文書/事例.md は文字のファイル.*文字だけのファイルに"
    with pytest.raises(JireiError, match=match) as info:
        load(tmp_path, b"PK\x03\x04\x00\x00")
    assert info.value.key == "file_binary"


def test_empty_markdown_is_refused(tmp_path: Path):
    with pytest.raises(JireiError, match=r"文書/事例.md は空.*取り除いて") as info:
        load(tmp_path, b"")
    assert info.value.key == "file_empty"
