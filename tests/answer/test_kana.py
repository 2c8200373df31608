"""Towns named in kana."""

import pytest

from answer.kana import find_kana_places, in_kanji
from answer.question import understand


def told(text: str) -> list[tuple[str, list[str]]]:
    return [(m.text, [place.name for place in m.candidates]) for m in find_kana_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("おたる市の取り組み", [("おたる市", ["小樽市"])]),
        ("オタル市のRPA", [("オタル市", ["小樽市"])]),
        ("RPAを使うおたる市は?", []),  # no particle tells where the name begins
        ("RPAとよこすか市で", [("よこすか市", ["横須賀市"])]),
        ("おおいた市とべっぷ市", [("おおいた市", ["大分市"]), ("べっぷ市", ["別府市"])]),
        ("おおいた県の事例", [("おおいた県", ["大分県"])]),
        ("せたがや区の事例", [("せたがや区", ["世田谷区"])]),
        ("べっぷのRPA", [("べっぷ", ["別府市"])]),
        ("事例、ながおかではどうか", [("ながおか", ["長岡市"])]),
        ("さっぽろの取り組み", [("さっぽろ", ["札幌市"])]),
        ("おおさかの事例", [("おおさか", ["大阪府", "大阪市"])]),
    ],
)
def test_places_by_their_readings(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "RPAなら市に効果がある",
        "おたる市場",
        "つばめの巣、いずみの水",
        "あさひの当たる庁舎",
        "サイトの更新",  # 西都市
        "これから町に広げる",
        "どんな市でもよい",
        "トヨタの株価",
        "わたしのべっぷ",
        "こうかは？",  # 効果, not 甲賀市
        "なんと、自動になる",
        "どうしの話",
        "",
    ],
)
def test_other_words_are_no_readings(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("おおいた市のRPA", ["おおいた市"]),  # not おおい町
        ("おたる市と町田市を比べて", ["おたる市", "町田市"]),
        ("つくば市の事例", ["つくば市"]),
        ("つくばの事例", ["つくば"]),
    ],
)
def test_of_names_that_overlap_the_longest_is_meant(text: str, named: list[str]) -> None:
    assert [mention.text for mention in understand(text).places] == named


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("おたる市とべっぷのRPA", "小樽市とべっぷのRPA"),
        ("べっぷのRPA", "別府市のRPA"),
        ("おおさかのRPA", "大阪のRPA"),  # the prefecture or the city
        ("なんぶ町のRPA", "南部町のRPA"),  # one name of three towns
        ("しべつ町とふちゅう市のRPA", "標津町と府中市のRPA"),
        ("えさし町のRPA", "えさし町のRPA"),  # 枝幸町 or 江差町
        ("VIRTUAL SHIZUOKAとMachida City", "VIRTUAL 静岡と町田市"),
        ("つくばのRPA", "つくばのRPA"),
        ("町田のRPA", "町田のRPA"),
    ],
)
def test_town_in_kana_told_by_its_name(text: str, told: str) -> None:
    assert in_kanji(text, understand(text).places) == told
