from pathlib import Path

import pytest

pytest.importorskip("jaconv")  # only the tool that makes the table needs it

from upkeep import places_table
from upkeep.places_table import romanise, rows

SOURCE = """code,prefecture,city,prefecture_kana,city_kana
010006,北海道,,ﾎｯｶｲﾄﾞｳ,
130001,東京都,,ﾄｳｷｮｳﾄ,
132063,東京都,府中市,ﾄｳｷｮｳﾄ,ﾌﾁｭｳｼ
013455,北海道,森町,ﾎｯｶｲﾄﾞｳ,ﾓﾘﾏﾁ
272299,大阪府,四條畷市,ｵｵｻｶﾌ,ｼｼﾞﾖｳﾅﾜﾃｼ
"""


@pytest.mark.parametrize(
    ("kana", "letters"),
    [
        ("トウキョウ", "tokyo"),
        ("オオサカ", "osaka"),
        ("フチュウ", "fuchu"),
        ("サッポロ", "sapporo"),
    ],
)
def test_romanise_writes_long_vowels_once(kana, letters):
    assert romanise(kana) == letters


def test_rows_cut_the_suffix_from_the_romaji_and_widen_the_kana(tmp_path: Path):
    source = tmp_path / "source.csv"
    source.write_text(SOURCE, encoding="utf-8-sig")
    assert list(rows(source)) == [
        ("010006", "北海道", "", "ホッカイドウ", "hokkaido"),
        ("130001", "東京都", "", "トウキョウト", "tokyo"),
        ("132063", "東京都", "府中市", "フチュウシ", "fuchu"),
        ("013455", "北海道", "森町", "モリマチ", "mori"),
        ("272299", "大阪府", "四條畷市", "シジョウナワテシ", "shijonawate"),
    ]


def test_main_writes_the_table_with_its_columns(tmp_path: Path, monkeypatch):
    source, table = tmp_path / "source.csv", tmp_path / "places.csv"
    source.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(places_table, "TABLE", table)
    monkeypatch.setattr("sys.argv", ["places_table", str(source)])
    places_table.main()
    lines = table.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == [
        "code,prefecture,city,kana,romaji",
        "010006,北海道,,ホッカイドウ,hokkaido",
    ]
    assert len(lines) == 6
