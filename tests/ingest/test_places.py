import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.places import (
    Mention,
    all_places,
    find_places,
    find_romaji_places,
    fold_romaji,
    place_by_code,
    places_named,
    places_read,
    resolved,
)

FUCHU_TOKYO, FUCHU_HIROSHIMA = "132063", "342084"
OSAKA_PREFECTURE, OSAKA_CITY = "270008", "271004"
SAITAMA_PREFECTURE, SAITAMA_CITY = "110001", "111007"


def told(mentions: list[Mention]) -> list[tuple[str, list[str]]]:
    return [(m.text, [place.code for place in m.candidates]) for m in mentions]


# The table.


def test_table_has_47_prefectures_numbered_01_to_47():
    prefectures = [place for place in all_places() if place.city is None]
    assert [place.code[:2] for place in prefectures] == [f"{i:02}" for i in range(1, 48)]
    assert {place.code[2:5] for place in prefectures} == {"000"}
    assert len({place.prefecture for place in prefectures}) == 47


def test_table_codes_are_unique_and_each_ends_in_its_check_digit():
    codes = [place.code for place in all_places()]
    assert len(set(codes)) == len(codes) == 1788  # 47 + 1741 municipalities
    for code in codes:
        assert re.fullmatch(r"\d{6}", code)
        total = sum(int(d) * w for d, w in zip(code, (6, 5, 4, 3, 2), strict=False))
        assert int(code[5]) == (11 - total % 11) % 10, code


def test_table_gives_every_place_an_english_name_with_its_level():
    for place in all_places():
        assert re.fullmatch(
            r"[A-Z][a-z]+ (City|Ward|Town|Village|Prefecture)|Hokkaido|Tokyo", place.name_en
        )


def test_table_puts_every_municipality_below_a_prefecture_of_its_code():
    prefectures = {p.code[:2]: p.prefecture for p in all_places() if p.city is None}
    for place in all_places():
        assert place.prefecture == prefectures[place.code[:2]]
        assert place.city is None or place.city[-1] in "市区町村"


@pytest.mark.parametrize(
    ("code", "name", "name_en"),
    [
        ("010006", "北海道", "Hokkaido"),
        ("111007", "さいたま市", "Saitama City"),
        ("130001", "東京都", "Tokyo"),
        ("131041", "新宿区", "Shinjuku Ward"),
        ("132098", "町田市", "Machida City"),
        ("240001", "三重県", "Mie Prefecture"),
        ("270008", "大阪府", "Osaka Prefecture"),
        ("272302", "交野市", "Katano City"),
        ("272299", "四條畷市", "Shijonawate City"),
        ("343021", "府中町", "Fuchu Town"),
    ],
)
def test_place_by_code_gives_its_names(code, name, name_en):
    place = place_by_code(code)
    assert place is not None
    assert (place.name, place.name_en) == (name, name_en)


@pytest.mark.parametrize("code", ["", "999999", "11100", "11100-7", "１１１００７"])
def test_place_by_code_of_no_place_is_none(code):
    assert place_by_code(code) is None


# Names.


def test_fuchu_city_is_named_twice_and_once_within_a_prefecture():
    assert [p.code for p in places_named("府中市")] == [FUCHU_TOKYO, FUCHU_HIROSHIMA]
    assert [p.code for p in places_named("府中市", "広島県")] == [FUCHU_HIROSHIMA]
    assert places_named("府中市", "大阪府") == ()


def test_places_named_takes_the_prefecture_in_front_but_no_name_without_its_suffix():
    assert [p.code for p in places_named("東京都府中市")] == [FUCHU_TOKYO]
    assert places_named("府中") == ()
    assert places_named("") == ()


@pytest.mark.parametrize(
    ("kana", "names"),
    [
        ("おたる", ["小樽市"]),
        ("おおまち", ["大町市", "大町町"]),
        ("ふちゅう", ["府中市", "府中市", "府中町"]),
        ("おおいた", ["大分県", "大分市"]),
        ("ほっかいどう", ["北海道"]),
        ("とうきょう", ["東京都"]),
        ("オタル", []),
        ("", []),
    ],
)
def test_places_read(kana, names):
    assert [place.name for place in places_read(kana)] == names


# Japanese texts.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("府中市の窓口", [("府中市", [FUCHU_TOKYO, FUCHU_HIROSHIMA])]),
        ("広島県府中市の窓口", [("広島県府中市", [FUCHU_HIROSHIMA])]),
        ("埼玉県さいたま市", [("埼玉県さいたま市", [SAITAMA_CITY])]),
        ("埼玉県のさいたま市", [("埼玉県", [SAITAMA_PREFECTURE]), ("さいたま市", [SAITAMA_CITY])]),
        ("大阪府の事例", [("大阪府", [OSAKA_PREFECTURE])]),
        ("大阪市の事例", [("大阪市", [OSAKA_CITY])]),
        ("東大阪市は", [("東大阪市", ["272272"])]),
        ("東大阪市と大阪市", [("東大阪市", ["272272"]), ("大阪市", [OSAKA_CITY])]),
        ("つくば、大阪、埼玉ではどうか", []),
        ("", []),
    ],
)
def test_find_places_by_full_name(text, expected):
    assert told(find_places(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("つくばの事例は？", [("つくば", ["082201"])]),
        ("大阪でRPAを使う例", [("大阪", [OSAKA_PREFECTURE, OSAKA_CITY])]),
        ("大阪市でRPAを使う例", [("大阪市", [OSAKA_CITY])]),
        ("府中の窓口", [("府中", [FUCHU_TOKYO, FUCHU_HIROSHIMA, "343021"])]),
        ("大阪府内の市", [("大阪府", [OSAKA_PREFECTURE])]),
        ("大阪以外の市", [("大阪", [OSAKA_PREFECTURE, OSAKA_CITY])]),
        ("町田市内と大阪市内", [("町田市", ["132098"]), ("大阪市", [OSAKA_CITY])]),
        ("北海道", [("北海道", ["010006"])]),
    ],
)
def test_find_places_with_stems_takes_names_without_suffix(text, expected):
    assert told(find_places(text, stems=True)) == expected


@pytest.mark.parametrize(
    "text",
    ["大阪城の公開", "新大阪", "日本橋", "ニセコイ", "安心と安全", "日本の中央", "若者の声"],
)
def test_find_places_with_stems_finds_none_inside_longer_or_everyday_words(text):
    assert find_places(text, stems=True) == []


def test_find_places_with_stems_reads_higashiosaka_as_itself():
    assert told(find_places("東大阪", stems=True)) == [("東大阪", ["272272"])]


@given(
    st.text(alphabet="府中市大阪東京都埼玉県さいたまつくば町田の、。 ab", max_size=60),
    st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_find_places_of_any_text_are_its_own_spans_in_order(text, stems):
    mentions = find_places(text, stems=stems)
    assert all(text[m.start : m.end] == m.text and m.candidates for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


# English texts.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What does Saitama do?", [("Saitama", [SAITAMA_PREFECTURE, SAITAMA_CITY])]),
        ("What does Saitama City do?", [("Saitama City", [SAITAMA_CITY])]),
        ("Osaka Prefecture", [("Osaka Prefecture", [OSAKA_PREFECTURE])]),
        ("Machida-shi uses RPA", [("Machida-shi", ["132098"])]),
        ("Ōsaka", [("Ōsaka", [OSAKA_PREFECTURE, OSAKA_CITY])]),
        ("Gumma", [("Gumma", ["100005"])]),
        ("Gunma-ken", [("Gunma-ken", ["100005"])]),
        ("Fuchu Town", [("Fuchu Town", ["343021"])]),
        ("Shinjuku Ward", [("Shinjuku Ward", ["131041"])]),
        ("Machida's plan", [("Machida's", ["132098"])]),
        ("Date City", [("Date City", ["012335", "072133"])]),
        (
            "from Machida to Osaka",
            [("Machida", ["132098"]), ("Osaka", [OSAKA_PREFECTURE, OSAKA_CITY])],
        ),
        ("Osaka Town", []),
        ("Usa", [("Usa", ["442119"])]),
        ("USA City", [("USA City", ["442119"])]),
    ],
)
def test_find_romaji_places(text, expected):
    assert told(find_romaji_places(text)) == expected


def test_find_romaji_places_fuchu_city_in_hiroshima_is_narrowed_to_hiroshima():
    found = find_romaji_places("Fuchu City in Hiroshima")
    assert told(found) == [
        ("Fuchu City", [FUCHU_TOKYO, FUCHU_HIROSHIMA]),
        ("Hiroshima", ["340006", "341002"]),
    ]
    assert told(resolved(found)) == [
        ("Fuchu City", [FUCHU_HIROSHIMA]),
        ("Hiroshima", ["340006", "341002"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the date of birth",
        "Date",
        "from home to the town office",
        "We made the same mistake to use one code on site",
        "Use it. Take the rate. Hope so.",
        "mine, nose, tone",
        "a city",
        "in the USA",
        "",
    ],
)
def test_find_romaji_places_everyday_english_words_are_no_places(text):
    assert find_romaji_places(text) == []


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Ōsaka Oosaka Ohsaka Osaka OSAKA Ôsaka", "osaka"),
        ("Gumma Gunma", "gunma"),
        ("Fuchū Fuchuu Fuchu", "fuchu"),
        ("Kyōto Kyouto Kyoto", "kyoto"),
    ],
)
def test_fold_romaji_makes_one_spelling_of_many(words, folded):
    assert {fold_romaji(word) for word in words.split()} == {folded}


# Narrowing.


def test_narrow_takes_the_prefecture_from_another_mention():
    mentions = resolved(find_places("広島県にある府中市"))
    assert told(mentions) == [("広島県", ["340006"]), ("府中市", [FUCHU_HIROSHIMA])]


def test_narrow_leaves_a_name_ambiguous_if_no_or_another_prefecture_is_named():
    both = [("府中市", [FUCHU_TOKYO, FUCHU_HIROSHIMA])]
    assert told(resolved(find_places("府中市"))) == both
    assert told(resolved(find_places("大阪府と府中市")))[1:] == both
