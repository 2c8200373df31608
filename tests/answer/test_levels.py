"""Classes of municipality as a condition."""

import pytest

from answer.levels import DESIGNATED, find_classes, find_level, find_municipal, fits_level
from answer.question import understand
from answer.understood import area_label
from ingest.places import all_places, place_by_code


def test_designated_cities_are_the_twenty_of_the_table() -> None:
    names = {place.name for code in DESIGNATED if (place := place_by_code(code))}
    assert names == set(
        "札幌市 仙台市 さいたま市 千葉市 横浜市 川崎市 相模原市 新潟市 静岡市 浜松市 名古屋市"
        " 京都市 大阪市 堺市 神戸市 岡山市 広島市 北九州市 福岡市 熊本市".split()
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("RPAを使っている県は?", "prefecture"),
        ("議事録づくりを楽にした県はどこ?", "prefecture"),
        ("AIを使っている県はどこですか。", "prefecture"),
        ("この県はどこまで進みましたか?", None),
        ("which prefectures use RPA?", "prefecture"),
        ("prefectures that use RPA", "prefecture"),
        ("在宅勤務できる県庁は", "prefecture"),
        ("県庁がノーコードを使う例は?", "prefecture"),
        ("決裁をパソコンに切り替えた県 一覧", "prefecture"),
        ("紙を減らした都道府県", "prefecture"),
        ("the prefecture where sign-off rose", "prefecture"),
        ("prefectural offices with kintone", "prefecture"),
        ("When was a clerk posted to the prefectural office?", None),
        ("villages or towns with drones", "town"),
        ("県庁所在地の市は?", None),
        ("県庁との連携は?", None),
        ("埼玉県のRPAは?", None),
        ("RPAを使う市や県は?", None),
        ("どの市が", None),
        ("ドローンを使う村は?", "town"),
        ("any village with drones", "town"),
        ("村はいくら使った?", None),
        ("うちの村でRPAを使うには?", None),
        ("which cities or towns", None),
        ("市町村は?", None),
        ("政令指定都市で", "designated"),
        ("政令市は?", "designated"),
        ("which designated cities use it", "designated"),
        ("特別区では", "ward"),
        ("東京23区で", "ward"),
        ("which Tokyo wards use it", "ward"),
        ("町や村で", "town"),
        ("始めた町村では", "town"),
        ("which towns and villages", "town"),
        ("cities, towns and villages", None),
        ("市町村会、町村合併", None),
    ],
)
def test_level(text: str, level: str | None) -> None:
    found = find_level(text)
    assert (found.level if found else None) == level


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("政令市と都道府県", ["designated", "prefecture"]),
        ("東京23区、町村", ["ward", "town"]),
        ("町田市民、本市、市区町村、広島県", []),
        ("cities, towns and villages", ["city", "town"]),
        ("designated cities and Tokyo's wards", ["designated", "ward"]),
    ],
)
def test_classes_mentioned(text: str, levels: list[str]) -> None:
    assert [found.level for found in find_classes(text)] == levels


def test_every_place_fits_one_class_of_four_and_designated_cities_are_cities() -> None:
    for place in all_places():
        fitting = [
            level for level in ("prefecture", "city", "ward", "town") if fits_level(place, level)
        ]
        assert len(fitting) == 1
        assert fits_level(place, "designated") <= (fitting == ["city"])
        assert fits_level(place, "municipal") == (fitting != ["prefecture"])


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("RPAを使う市は?", "市"),
        ("どの市が早い?", "市"),
        ("RPAを入れた市町村は?", "市町村"),
        ("市区町村だとどこ?", "市区町村"),
        ("市で押印をやめた例", "市"),
        ("紙を減らした市の一覧", "市"),
        ("which cities use RPA?", "cities"),
        ("Towns with drones", "Towns"),
        ("List other Japanese cities with drones", "cities"),
        ("RPAを使う自治体は?", None),
        ("うちの市でRPAを使うには?", None),
        ("市民が使うのはどの自治体?", None),
        ("県や市で使う所は?", None),
        ("RPAを使う市があるところは?", None),
        ("町の費用は?", None),
        ("市と連携した会社は?", None),
        ("Who has drones for its towns?", None),
        ("Which town halls have robots?", None),
        ("which cities or prefectures use it", None),
    ],
)
def test_towns_are_asked_for_and_nobody_else(text: str, span: str | None) -> None:
    found = find_municipal(text)
    assert (text[found.start : found.end] if found else None) == span


def test_name_of_a_prefecture_is_no_wider_class() -> None:
    assert understand("神奈川県の市でAIを使うのは？").level == "municipal"
    assert understand("神奈川県や市でAIを使うのは？").level is None


@pytest.mark.parametrize(
    ("text", "level", "labels"),
    [
        ("政令市でRPAを使うところは？", "designated", []),
        ("政令市ではない市でRPAを使うところは？", None, ["政令指定都市以外"]),
        ("Which cities that are not designated cities use RPA?", "municipal", []),
        ("Towns (not cities) with RPA", "municipal", ["市以外"]),
        ("都道府県のうちRPAを導入しているのは？", "prefecture", []),
        ("県庁で生成AIを使っているところは？", "prefecture", []),
        ("県で統一したシステムを使う市町村は？", None, []),
        ("Which prefectural governments have issued AI guidelines?", "prefecture", []),
    ],
)
def test_level_that_is_asked_of_and_one_that_is_left_out(
    text: str, level: str | None, labels: list[str]
) -> None:
    found = understand(text)
    assert (found.level, [area_label(area, "ja") for area in found.areas]) == (level, labels)
