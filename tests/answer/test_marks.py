"""What a fact question asks for, and where a sentence says it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.marks import ANY, THINGS, Wanted, marks, wanted
from answer.question import understand


def said(text: str, question: str) -> list[str]:
    """The marked parts of a sentence, in order."""
    return [text[start:end] for start, end in marks(text, wanted(understand(question)))]


TEXT = "2021年4月に株式会社甲乙と始め、費用120万円で年1,000時間（約3割）を減らし、職員25人が使う。"


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("費用はいくら？", ["120万円"]),
        ("How much did it cost?", ["120万円"]),
        ("何時間を減らした？", ["1,000時間"]),
        ("How many hours did they save?", ["1,000時間"]),
        ("何割を減らした？", ["3割"]),
        ("何人が使う？", ["25人"]),
        ("How many staff use it?", ["25人"]),
        ("いつ始めた？", ["2021年4月"]),
        ("When did it start?", ["2021年4月"]),
        ("どこの会社と始めた？", ["株式会社甲乙"]),
        ("Which company do they work with?", ["株式会社甲乙"]),
        ("いつ、いくらで始めた？", ["2021年4月", "120万円"]),
        # Any figure will do, but no year.
        ("どのくらい減らした？", ["120万円", "1,000時間", "3割", "25人"]),
        # Nothing that could be pointed at.
        ("何をした？", []),
        ("RPAを使う市は？", []),
        # Asked for, but not there.
        ("何枚？", []),
    ],
)
def test_what_is_asked_for_is_marked_and_nothing_else(question: str, parts: list[str]) -> None:
    assert said(TEXT, question) == parts


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("費用は？", Wanted(frozenset({"円", "ドル"}))),
        ("いつから？", Wanted(date=True)),
        ("誰と？", Wanted(name=True)),
        ("どのくらい？", Wanted(frozenset({ANY}))),
        ("テレワークとは？", Wanted()),
        ("何便？", Wanted(counters="便")),
        ("何か月かかった？", Wanted(frozenset({"日", "週", "か月", "年"}))),
        ("いくつ？", Wanted(counters=THINGS)),
        # Some, not how many.
        ("何便か増やした？", Wanted()),
        ("何個か増やした？", Wanted()),
        ("登録者数は？", Wanted(counters=THINGS)),
        # A unit that is known stands for all that is said of it.
        ("何人？", Wanted(frozenset({"人", "名"}))),
        ("How many drones, and since when?", Wanted(counters=THINGS, date=True)),
        # Full-width letters are read as others are.
        ("ｗｈｅｎ？", Wanted(date=True)),
    ],
)
def test_wanted(question: str, asked: Wanted) -> None:
    found = wanted(understand(question))
    assert found == asked
    assert found.anything is (asked != Wanted())


COUNTED = (
    "2023年、ドローン3機で市内12路線を1日5便、30分ずつ飛び、1,200通の薬を送り、残る2本部も続く。"
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("何便飛んでいる？", ["5便"]),
        ("何路線？", ["12路線"]),
        ("何通を？", ["1,200通"]),
        # Neither times nor years are numbers of things, and 本 in 本部 counts none.
        ("How many drones are there?", ["3機", "12路線", "5便", "1,200通"]),
        ("何本？", []),
        ("何頭？", []),
        # 通り, not 通 and り.
        ("何通り？", []),
    ],
)
def test_numbers_of_things(question: str, parts: list[str]) -> None:
    assert said(COUNTED, question) == parts


def test_longest_counter_is_taken() -> None:
    assert said("組み合わせは1,200通りある。", "組み合わせはいくつ？") == ["1,200通り"]


def test_number_that_stands_alone_is_one_of_things() -> None:
    assert said("第2期に利用権は120から700に増え、10:30に4/1は済んだ。", "何個になった？") == [
        "120",
        "700",
    ]
    assert said("利用権は120から700に増えた。", "何便になった？") == []


def test_numbers_of_things_in_english() -> None:
    assert said("It lent 40 tablets for 30 minutes at 500 yen.", "How many were lent?") == [
        "40 tablets"
    ]


def test_each_kind_of_thing_that_is_asked_for() -> None:
    asked = Wanted(frozenset({"円"}), date=True, name=True)
    assert asked.each() == (Wanted(frozenset({"円"})), Wanted(date=True), Wanted(name=True))
    assert Wanted(counters="便").each() == (Wanted(counters="便"),)
    assert Wanted().each() == ()


def test_one_share_is_the_same_in_percent_and_in_tenths() -> None:
    for text in ("70%以上", "7割以上", "７０％以上", "7割"):
        assert len(said(text, "何割？")) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("令和元年度に試し、5月から使う。", ["令和元年度", "5月"]),
        ("平成30年10月1日に始めた。", ["平成30年10月1日"]),
        ("２０２１年に始めた。", ["２０２１年"]),
        ("電話1234件に答えた。", []),
    ],
)
def test_dates(text: str, parts: list[str]) -> None:
    assert said(text, "いつ？") == parts


def test_spans_that_overlap_become_the_longer_one() -> None:
    text = "NTT東日本株式会社と進めた。"
    assert said(text, "どの会社と？") == ["NTT東日本株式会社"]


@given(
    st.text(alphabet="12345一二千万割%年月日時間円人件枚台令和株式会社大学NTT甲、。 ", max_size=40),
    st.sampled_from(
        [
            "いつ、いくらで、どこの会社と？",
            "何時間で何人？",
            "どのくらい？",
            "何枚と何台？",
            "いつ？",
            "いくつ？",
            "何件と何枚？",
        ]
    ),
)
def test_marks_lie_within_their_text_in_order_and_apart(text: str, question: str) -> None:
    spans = marks(text, wanted(understand(question)))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
