"""Whose case the rows of a table tell."""

import pytest

from ingest.limits import Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.tables import Cell, put_table


def whose(*rows: str) -> list[tuple[str, str]]:
    """The place of each row that has one, and its line."""
    builder = TextBuilder("a.csv", Limits())
    put_table(builder, [[Cell(c) for c in row.split("|")] for row in rows])
    document = builder.reading(0, title="a").document
    lines = [(c.place, document.text[c.start : c.end].rstrip("\n")) for c in document.cases]
    return [(f"{p.prefecture}{p.city or ''}", line) for p, line in lines if p]


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (["自治体|取組", "町田市|RPA", "長野県松本市|AI"], ["東京都町田市", "長野県松本市"]),
        (["市町村|取組", "町田市|RPA"], ["東京都町田市"]),
        (["取組|相手", "RPA|町田市"], []),
        (["取組|相手", "RPA|町田市", "AI|松本市"], []),
        (
            ["県|市|数", "広島県|府中市|1", "東京都|府中市|2", "三重県||3"],
            ["広島県府中市", "東京都府中市", "三重県"],
        ),
        (["市|数", "府中市|1", "町田市|2", "多摩市|3", "合計|6"], ["東京都町田市", "東京都多摩市"]),
        (["市|数", "町田市|1", "甲|2", "乙|3"], ["東京都町田市"]),
        (["名|数", "町田市|1", "※松本市|2", "乙|3"], []),
        (["県|市町村|数", "福島県|伊達|1", "広島県|府中|2"], ["福島県伊達市"]),
        (["名|数", "町田市|1", "甲|2", "乙|3"], []),
        (["名|数", "町田市|1", "松本市|2", "乙|3"], ["東京都町田市", "長野県松本市"]),
        (["会場|数", "町田市|1", "松本市|2"], []),
        (["町名|世帯数", "栄町|120", "日の出町|80"], []),
        (["市町名|取組", "津市|RPA", "菰野町|AI"], ["三重県津市", "三重県菰野町"]),
        # Quarters of a town that has the names of towns elsewhere.
        (["名称|方法", "日の出町|予約", "菰野町|紙"], []),
        (["名称|方法", "日の出町|予約", "瑞穂町|紙"], ["東京都日の出町", "東京都瑞穂町"]),
        (
            ["自治体|取組", "町田市役所|RPA", "津市様|AI", "横浜市港北区|OCR"],
            ["東京都町田市", "三重県津市", "神奈川県横浜市"],
        ),
        (
            ["課|都市", "総務|町田市", "税|町田市・松本市", "農|多摩市"],
            ["東京都町田市", "東京都多摩市"],
        ),
        (["町田市|1", "松本市|2"], ["東京都町田市", "長野県松本市"]),
        (["町田市|RPA", "津市|AI", "堺市|OCR"], ["東京都町田市", "三重県津市", "大阪府堺市"]),
        # Few towns among blanks and sums, and a column that is named for them.
        (
            ["県|市町村|数", "三重県|津市|1", "三重県||2", "広島県||3"],
            ["三重県津市", "広島県"],
        ),
        # Without their 市, and as above.
        (
            ["都道府県|市町村|数", "群馬県|太田|1", "長野県|松本|2"],
            ["群馬県太田市", "長野県松本市"],
        ),
        (["市町村|事", "町田市|甲", "|乙", "〃|丙", "計|丁", "|戊"], ["東京都町田市"] * 3),
        (["市町村|数|事", "町田市|1|甲", "|2|", "|3|全国の数"], ["東京都町田市"]),
        (["市町村|数", "大阪市北区|1", "町田市|2"], ["大阪府大阪市", "東京都町田市"]),
        # Places of others.
        (
            ["会社|本社所在地|導入自治体", "A|大阪市|津市", "B|横浜市|堺市"],
            ["三重県津市", "大阪府堺市"],
        ),
        (["対象|自治体", "津市|町田市", "堺市|松本市"], ["東京都町田市", "長野県松本市"]),
        (["分野|参考とした自治体", "窓口|津市", "税|堺市"], []),
        # Two tables side by side, and places as columns.
        (["市|数||市|数", "津市|1||堺市|2", "町田市|3||松本市|4"], []),
        (["項目|津市|堺市", "AI|済|未", "町田市|1|2", "松本市|3|4"], []),
        # Without names, a prefecture above its rows.
        (
            ["市町村|数", "【広島県】|", "府中市|1", "【東京都】|", "府中市|2"],
            ["広島県府中市", "東京都府中市"],
        ),
    ],
)
def test_rows_of_a_table_with_a_column_of_places_tell_the_cases_of_those(rows, places):
    assert [place for place, _ in whose(*rows)] == places


def test_a_row_whose_town_is_not_understood_is_nobodys_whatever_the_title():
    builder = TextBuilder("a.csv", Limits())
    rows = ["市町村|数", "町田市|1", "津市、堺市|2", "合計|3"]
    put_table(builder, [[Cell(c) for c in row.split("|")] for row in rows])
    document = builder.reading(0, title="町田市の取組").document
    assert [case.place.name if case.place else None for case in document.cases] == [
        "町田市", None, None
    ]  # fmt: skip
    assert document.metadata.by_title


@pytest.mark.parametrize("above", [[], ["項目|内容"]])
def test_a_table_of_keys_is_the_case_of_the_place_among_them(above):
    rows = ["都道府県|岡山県", "市区町村|真庭市", "取組|地域通貨", "連携|新見市"]
    assert whose(*above, *rows) == [
        ("岡山県真庭市", row.replace("|", "：")) for row in [*above, *rows]
    ]


def test_a_rows_case_is_its_line_alone():
    assert whose("前書き", "市|数", "町田市|1", "松本市|2") == [
        ("東京都町田市", "市：町田市、数：1"),
        ("長野県松本市", "市：松本市、数：2"),
    ]


def test_a_table_whose_columns_are_places_is_nobodys_whatever_the_title():
    builder = TextBuilder("a.csv", Limits())
    rows = ["項目|町田市|津市", "AI|導入した。|未導入である。"]
    put_table(builder, [[Cell(c) for c in row.split("|")] for row in rows])
    (case,) = builder.reading(0, title="町田市の取組").document.cases
    assert case.place is None
