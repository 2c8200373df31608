"""Areas, levels and which places a question admits."""

import pytest

from answer.areas import DESIGNATED, find_level, find_regions, fits_level
from answer.question import understand
from answer.regions import REGIONS
from ingest.places import all_places, place_by_code


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("九州の市は?", ["九州"]),
        ("九州地方と四国で", ["九州", "四国"]),
        ("首都圏でRPA", ["首都圏"]),
        ("東海でRPA", ["東海"]),
        ("北関東の町", ["北関東"]),
        ("東北6県", ["東北"]),
        ("中国地方と中国5県", ["中国地方", "中国地方"]),
        ("中国・四国地方", ["中四国"]),
        ("九州以外", ["九州以外"]),
        ("cities in Kyushu and Kinki", ["九州", "近畿"]),
        ("the Chugoku region", ["中国地方"]),
        ("greater Tokyo", ["首都圏"]),
        ("outside Kansai", ["関西以外"]),
        ("東日本と西日本で", ["東日本", "西日本"]),
        ("信越の町", ["信越"]),
        ("北陸信越の市", ["北陸信越"]),
        ("関東甲信越で", ["関東甲信越"]),
        ("北海道・東北で", ["北海道・東北"]),
        ("Which towns in Chugoku use RPA?", ["中国地方"]),
        ("RPA in Tokai", ["東海"]),
        ("RPA across the Tokai region", ["東海"]),
        ("outside Chugoku", ["中国地方以外"]),
        ("in western Japan and northern Kyushu", ["西日本", "北部九州"]),
        ("in Hokuriku-Shinetsu", ["北陸信越"]),
        ("RPA in Tokai Village, Tokai City or tokai village", []),
        ("NTT東日本、JR西日本の、NTT 東日本と、東日本大震災", []),
        ("中国の市場、関東化学、東北大学、九州大学、北陸新幹線、四国中央市、北九州市", []),
        ("Kyushu University and Kita-Kyushu, China, Chugoku Bank", []),
    ],
)
def test_regions(text: str, labels: list[str]) -> None:
    assert [area.label for area in find_regions(text)] == labels


def test_every_prefecture_but_two_lies_in_one_of_the_eight_regions() -> None:
    eight = [REGIONS[name][0].split() for name in "東北 関東 中部 近畿 中国地方 四国 九州".split()]
    named = {prefecture for region in eight for prefecture in region}
    assert {place.prefecture for place in all_places()} - named == {"北海道", "沖縄県"}


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
        ("which prefectures use RPA?", "prefecture"),
        ("prefectures that use RPA", "prefecture"),
        ("埼玉県のRPAは?", None),
        ("RPAを使う市や県は?", None),
        ("どの市が", None),
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


# Saitama prefecture, its city, a town of it; Tokyo, a ward and a city of it; Osaka; Kagoshima.
CODES = "110001 111007 113018 130001 131130 132098 271004 462012".split()
PLACES = {code: place for code in CODES if (place := place_by_code(code))}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("RPAを使う自治体は？", CODES),
        ("埼玉県のRPAは？", ["110001", "111007", "113018"]),
        ("埼玉県内でRPAを使う自治体は？", ["111007", "113018"]),
        ("cities in Saitama that use RPA", ["111007", "113018"]),
        ("さいたま市のRPAは？", ["111007"]),
        ("さいたま市と同じ県の自治体は？", ["113018"]),
        ("in the same prefecture as Machida, who uses RPA?", ["131130"]),
        ("町田市以外でRPAを使うのは？", [c for c in CODES if c != "132098"]),
        ("who uses RPA other than Machida?", [c for c in CODES if c != "132098"]),
        ("東京都以外の県は？", ["110001"]),
        ("関東でRPAを使う自治体は？", CODES[:6]),
        ("九州と大阪市でRPAを使う自治体は？", ["271004", "462012"]),
        ("関東の県は？", ["110001", "130001"]),
        ("関東の政令市は？", ["111007"]),
        ("東京23区でRPAを使うのは？", ["131130"]),
        ("都内の市区町村は？", ["131130", "132098"]),
        ("RPAを使う町村は？", ["113018"]),
        ("RPAを使う政令市は？", ["111007", "271004"]),
    ],
)
def test_admits(text: str, codes: list[str]) -> None:
    asked = understand(text)
    assert [code for code, place in PLACES.items() if asked.admits(place)] == codes


def test_every_place_fits_one_class_of_four_and_designated_cities_are_cities() -> None:
    for place in all_places():
        fitting = [
            level for level in ("prefecture", "city", "ward", "town") if fits_level(place, level)
        ]
        assert len(fitting) == 1
        assert fits_level(place, "designated") <= (fitting == ["city"])
