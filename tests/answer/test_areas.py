"""Areas, and which places a question admits."""

import pytest

from answer.areas import find_regions
from answer.question import understand
from answer.regions import REGIONS
from answer.understood import area_label
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
        ("九州以外", ["九州"]),
        ("cities in Kyushu and Kinki", ["九州", "近畿"]),
        ("the Chugoku region", ["中国地方"]),
        ("greater Tokyo", ["首都圏"]),
        ("outside Kansai", ["関西"]),
        ("東日本と西日本で", ["東日本", "西日本"]),
        ("信越の町", ["信越"]),
        ("北陸信越の市", ["北陸信越"]),
        ("関東甲信越で", ["関東甲信越"]),
        ("北海道・東北で", ["北海道・東北"]),
        ("Which towns in Chugoku use RPA?", ["中国地方"]),
        ("RPA in Tokai", ["東海"]),
        ("RPA across the Tokai region", ["東海"]),
        ("outside Chugoku", ["中国地方"]),
        ("in western Japan and northern Kyushu", ["西日本", "北部九州"]),
        ("in Hokuriku-Shinetsu", ["北陸信越"]),
        ("RPA in Tokai Village, Tokai City or tokai village", []),
        ("NTT東日本、JR西日本の、NTT 東日本と、東日本大震災", []),
        ("中国の市場、関東化学、東北大学、九州大学、北陸新幹線、四国中央市、北九州市", []),
        ("Kyushu RPA", ["九州"]),
        ("町村、東北限定で", ["東北"]),
        ("Kyushu University and Kita-Kyushu, China, Chugoku Bank", []),
    ],
)
def test_regions(text: str, labels: list[str]) -> None:
    assert [area_label(area, "ja") for area in find_regions(text)] == labels


def test_every_prefecture_but_two_lies_in_one_of_the_eight_regions() -> None:
    eight = [REGIONS[name][0].split() for name in "東北 関東 中部 近畿 中国地方 四国 九州".split()]
    named = {prefecture for region in eight for prefecture in region}
    assert {place.prefecture for place in all_places()} - named == {"北海道", "沖縄県"}


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
        ("Which local authorities in Saitama use RPA?", ["111007", "113018"]),
        ("councils in Saitama that use RPA", ["111007", "113018"]),
        ("さいたま市のRPAは？", ["111007"]),
        ("さいたま市と同じ県の自治体は？", ["113018"]),
        ("in the same prefecture as Machida, who uses RPA?", ["131130"]),
        ("町田市ではなくさいたま市のRPAは？", ["111007"]),
        ("町田市じゃなくて、さいたま市のRPAは？", ["111007"]),
        ("町田市でなくさいたま市のRPAは？", ["111007"]),
        ("町田市ではなくなったRPAは？", ["132098"]),
        ("Does Saitama City use RPA, not Machida?", ["111007"]),
        ("Does Machida rather than Osaka City use RPA?", ["132098"]),
        ("町田市以外でRPAを使うのは？", [c for c in CODES if c != "132098"]),
        ("who uses RPA other than Machida?", [c for c in CODES if c != "132098"]),
        ("町田市みたいにRPAを使う自治体は？", [c for c in CODES if c != "132098"]),
        ("さいたま市のようにRPAを使う自治体は？", [c for c in CODES if c != "111007"]),
        ("さいたま市以外でRPAを使う自治体は？", [c for c in CODES if c != "111007"]),
        ("町田市のようにRPAを使うにはいくらかかりますか？", ["132098"]),
        ("関東のようにRPAを使う自治体は？", CODES[:6]),
        ("埼玉県のようにRPAを使う自治体は？", CODES[:3]),
        ("町村のように職員が少ない自治体は？", ["113018"]),
        ("東京都以外の県は？", ["110001"]),
        ("関東でRPAを使う自治体は？", CODES[:6]),
        ("九州と大阪市でRPAを使う自治体は？", ["271004", "462012"]),
        ("関東の県は？", ["110001", "130001"]),
        ("関東の政令市は？", ["111007"]),
        ("東京23区でRPAを使うのは？", ["131130"]),
        ("都内の市区町村は？", ["131130", "132098"]),
        ("RPAを使う町村は？", ["113018"]),
        ("RPAを使う政令市は？", ["111007", "271004"]),
        ("東京都を除く関東の自治体は？", CODES[:3]),
        ("関東（東京都を除く。）の県は？", ["110001"]),
        ("関東と九州を除く自治体は？", ["271004"]),
        ("埼玉県、東京都以外の自治体は？", ["271004", "462012"]),
        ("埼玉県の自治体、ただしさいたま市は除いて", ["110001", "113018"]),
        ("さいたま市を除いた埼玉県内の自治体は？", ["113018"]),
        ("東京以外の関東の自治体は？", CODES[:3]),
        ("大阪と東京除く自治体は？", ["110001", "111007", "113018", "462012"]),
        ("大阪市などの政令市を除く自治体は？", [c for c in CODES if c not in ("111007", "271004")]),
        ("Tokyo and Osaka excluded, who in Kanto uses RPA?", CODES[:3]),
        ("大阪市や九州以外の自治体は？", CODES[:6]),
        ("政令指定都市以外の自治体は？", [c for c in CODES if c not in ("111007", "271004")]),
        ("特別区を除く東京都の自治体は？", ["130001", "132098"]),
        ("東京23区以外の自治体は？", [c for c in CODES if c != "131130"]),
        ("23区以外の東京の自治体は？", ["130001", "132098"]),
        ("都道府県と町村を除く自治体は？", [c for c in CODES if c[2] != "0" and c != "113018"]),
        ("市以外の自治体は？", ["110001", "113018", "130001", "131130"]),
        ("町村以外の政令市は？", ["111007", "271004"]),
        ("Which municipalities in Kanto except Saitama use RPA?", ["130001", "131130", "132098"]),
        ("who uses RPA outside the Kanto region?", ["271004", "462012"]),
        ("Which cities other than Saitama, Tokyo and Osaka use RPA?", ["462012"]),
        ("Which cities in Tokyo other than the 23 wards use RPA?", ["132098"]),
        ("Who uses RPA outside Tokyo's 23 wards?", [c for c in CODES if c != "131130"]),
        ("governments other than prefectures", [c for c in CODES if c not in ("110001", "130001")]),
        ("except designated cities, who uses RPA in Osaka or Tokyo?", CODES[3:6]),
    ],
)
def test_admits(text: str, codes: list[str]) -> None:
    asked = understand(text)
    assert [code for code, place in PLACES.items() if asked.admits(place)] == codes


@pytest.mark.parametrize(
    "text", ["札幌市を除雪で助ける", "町田市だけでなく", "Osaka is not only a city", "人を除く市"]
)
def test_nothing_is_left_out(text: str) -> None:
    assert not any(area.excludes for area in understand(text).areas)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("都道府県を除く自治体で電子決裁", ("電子", "決裁")),
        ("23区以外の東京の市でAI-OCR", ("ai-ocr",)),
        ("Which towns besides those in Hokkaido use drones?", ("drones",)),
    ],
)
def test_words_that_leave_out_are_no_content(text: str, content: tuple[str, ...]) -> None:
    assert understand(text).content == content


def test_what_is_left_out_places_no_question() -> None:
    assert not understand("町田市以外でRPAを使う市は？").is_placed
    assert understand("町田市以外の東京都でRPAを使う市は？").is_placed


@pytest.mark.parametrize(
    ("text", "labels", "places"),
    [
        ("埼玉県内の他の自治体でRPAを使う所は？", ["埼玉県内"], ["埼玉県"]),
        ("九州の他の市でRPAを使う所は？", ["九州"], []),
        ("東京都の他の区では？", [], ["東京都"]),
        ("北見市の他の自治体は？", ["北見市以外"], []),
        ("北見市の他の取り組みは？", [], ["北見市"]),
        ("北見市のほかにRPAを使う市は？", ["北見市以外"], []),
        # The 市 with which a name begins is no class either.
        ("市川市のようにRPAを使う市は？", ["市川市以外"], []),
        ("市原市以外でRPAを使う市は？", ["市原市以外"], []),
    ],
)
def test_others_of_an_area_and_others_than_a_town(
    text: str, labels: list[str], places: list[str]
) -> None:
    found = understand(text)
    assert [area_label(area, "ja") for area in found.areas] == labels
    assert [mention.text for mention in found.places] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("人口3万人くらいの町でRPAを使うところは？", []),
        ("うちくらいの町でもできる事例は？", []),
        ("高齢者がおおい町は？", []),
        ("いの町のRPAは？", ["いの町"]),
        ("福井県のおおい町は？", ["福井県のおおい町"]),
    ],
)
def test_an_adjective_before_a_town_is_no_name(text: str, places: list[str]) -> None:
    assert [mention.text for mention in understand(text).places] == places


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("北見市の書かない窓口を参考にした市は？", "北見市以外"),
        ("都城市にならってアプリを作った町は？", "都城市以外"),
        ("つくば市と同じシステムを使っている市は？", "つくば市以外"),
        ("町田市がRPAを入れたと聞きました。同じようにRPAを入れた市は？", "町田市以外"),
        ("Towns like Kitami with a counter without forms?", "北見市以外"),
        ("I read that Machida uses RPA. Which other cities do?", "町田市以外"),
    ],
)
def test_town_that_is_only_the_model(text: str, label: str) -> None:
    found = understand(text)
    assert (found.mode, [area_label(area, "ja") for area in found.areas]) == ("list", [label])


def test_told_town_stays_if_it_is_asked_about() -> None:
    found = understand("町田市がRPAを入れたと聞きました。効果は？")
    assert [mention.text for mention in found.places] == ["町田市"]
