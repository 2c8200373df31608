"""What is understood of a question."""

import time
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from answer.frame import FRAME
from answer.question import LONGEST_QUESTION, clean, understand
from errors import JireiError


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("which cities use RPA for data entry?", "list"),
        ("RPAを入力業務に使っている市は？", "list"),
        ("書かない窓口を導入している自治体を全部教えて", "list"),
        ("書かない窓口 事例", "list"),
        ("電子決裁率が高い県は？", "list"),
        ("Who lets AI write the minutes?", "list"),
        ("テレワークの目標は？", "fact"),
        ("つくば市はいつRPAを始めた？", "fact"),
        ("How many hours did Nagaoka save?", "fact"),
        ("町田市と広島市のRPAを比べて", "compare"),
        ("What is the difference between Machida and Tsukuba?", "compare"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert understand(text).kind == kind


def test_frame_and_places_are_no_content() -> None:
    asked = understand("さいたま市でRPAを入力業務に使っている課を教えて")
    assert asked.content == ("rpa", "入力", "業務", "課")
    assert [place.code for place in asked.named] == ["111007"]
    assert understand("which cities use RPA for data entry?").content == ("rpa", "data", "entry")


def test_language_is_japanese_as_soon_as_kana_or_kanji_occur() -> None:
    assert understand("RPA in さいたま").lang == "ja"
    assert understand("RPA in Saitama").lang == "en"


def test_full_width_question_is_understood_like_its_half_width_twin() -> None:
    wide, narrow = understand("ＲＰＡを使う市は？"), understand("RPAを使う市は?")
    assert (wide.content, wide.kind) == (narrow.content, narrow.kind)
    assert (wide.text, wide.normal) == ("ＲＰＡを使う市は？", "RPAを使う市は?")


def test_city_or_prefecture_of_one_name_stays_open() -> None:
    (mention,) = understand("大阪のキャッシュレスは？").places
    assert [place.name for place in mention.candidates] == ["大阪府", "大阪市"]


def test_only_prefectures_are_asked() -> None:
    assert understand("Which prefecture offers counselling?").level == "prefecture"
    assert understand("RPAを使っている県は？").level == "prefecture"
    assert understand("RPAを使っている自治体は？").level is None
    assert understand("電子決裁率の高い埼玉県は？").level is None


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("RPAを使っていない市は？", True),
        ("which cities do not use RPA?", True),
        ("RPAを使っている市は？", False),
        ("書かない窓口のある市は？", False),
        ("Which towns help people who are not used to phones?", False),
    ],
)
def test_questions_about_who_does_not(text: str, negated: bool) -> None:
    assert understand(text).negated is negated


@pytest.mark.parametrize("text", ["", "   ", "　", "？！", "\x00\x07", "​"])
def test_nothing_asked_is_refused(text: str) -> None:
    with pytest.raises(JireiError, match="質問が空です") as caught:
        clean(text)
    assert caught.value.tell("en").startswith("The question is empty")


def test_a_question_of_10000_characters_is_refused_with_both_numbers() -> None:
    with pytest.raises(JireiError, match=f"10000文字.*{LONGEST_QUESTION}文字まで"):
        clean("あ" * 10_000)


def test_control_and_direction_characters_are_taken_out() -> None:
    assert clean("RPA\x00を\u202e使う\r\n市は？\u200b") == "RPA を 使う 市は？"
    assert clean("\ud83dRPAの市は？") == "RPAの市は？"


LETTERS = "九州町田市埼玉県内東京23区RPA2020年以降から令和5度1,000時間以上を使ていない？。 which"


@given(st.text(alphabet=LETTERS, max_size=80))
def test_every_span_is_its_text_and_the_frame_is_no_content(text: str) -> None:
    assume(any(character.isalnum() for character in text))
    asked = understand(text, date(2026, 2, 10))
    normal = asked.normal
    for found in (asked.period, asked.quantity):
        if found:
            assert normal[found.start : found.end].strip() == found.text.strip() != ""
    assert all(0 <= area.start < area.end <= len(normal) for area in asked.areas)
    assert not FRAME & set(asked.content)


@pytest.mark.parametrize(
    "part",
    [
        "市",
        "いない市",
        "どこが",
        "1,",
        "一",
        "2020年",
        "which ",
        "a ",
        "町田市",
        "教えて",
        "、まだ",
    ],
)
def test_longest_question_of_any_pattern_is_understood_at_once(part: str) -> None:
    began = time.perf_counter()
    understand((part * LONGEST_QUESTION)[: LONGEST_QUESTION - 1] + "市")
    assert time.perf_counter() - began < 2  # .05 s, with room for a busy machine


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("札幌市中央区の窓口混雑の対策は？", ["札幌市"]),
        ("大阪市と北区の違いは？", ["大阪市", "北区"]),
        ("鎌ヶ谷市の電子申請は？", ["鎌ケ谷市"]),
        ("茅ケ崎市の電子申請は？", ["茅ヶ崎市"]),
        ("竜ヶ崎市のRPAは？", ["龍ケ崎市"]),
        ("北海道大学と連携した自治体は？", []),
        ("東京ガスと組んだ市は？", []),
        ("横浜市立大学と連携した自治体は？", []),
        ("Which towns work with Toyota?", []),
        ("Which towns used AI after the Noto earthquake?", []),
        ("Does Toyota use RPA?", ["豊田市"]),
    ],
)
def test_places_that_are_named(text: str, names: list[str]) -> None:
    assert [mention.candidates[0].name for mention in understand(text).places] == names
