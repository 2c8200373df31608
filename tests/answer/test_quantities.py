"""Thresholds of a question."""

import pytest

from answer.quantities import find_quantity
from answer.question import understand


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "span"),
    [
        ("年間1,000時間以上減らした市", 1000, None, "時間", "1,000時間以上"),
        ("9割を超える職員が使う市", 90, None, "%", "9割を超える"),
        ("半分以下に減らした市", None, 50, "%", "半分以下"),
        ("100万円未満で作った市", None, 1_000_000, "円", "100万円未満"),
        ("10件より多い市", 10, None, "件", "10件より多い"),
        ("少なくとも30人が使う市", 30, None, "人", "少なくとも30人"),
        ("過半数の職員", 50, None, "%", "過半数"),
        ("5〜10人の課", 5, 10, "人", "5〜10人"),
        ("半分に減らした市", 45, 55, "%", "半分"),
        ("more than 1,000 hours", 1000, None, "時間", "more than 1,000 hours"),
        ("saved over 90% of it", 90, None, "%", "over 90%"),
        ("with at least 30 staff", 30, None, "人", "at least 30 staff"),
        ("for under 1 million yen", None, 1_000_000, "円", "under 1 million yen"),
        ("in a week or less", None, 1, "週", "a week or less"),
        ("between 10 and 20 staff", 10, 20, "人", "between 10 and 20 staff"),
    ],
)
def test_threshold(text: str, low: float | None, high: float | None, unit: str, span: str) -> None:
    found = find_quantity(text)
    assert found is not None
    assert (found.low, found.high, found.unit, found.text) == (low, high, unit, span)
    assert text[found.start : found.end] == span


@pytest.mark.parametrize(
    "text",
    [
        "1,000時間減らした市",
        "1,000時間多い市",
        "人口10万人以上の市",
        "a population of over 50,000 people",
        "10件から20件に増えた市",
        "65歳以上の人",
        "discuss over the internet",
    ],
)
def test_no_threshold(text: str) -> None:
    assert find_quantity(text) is None


@pytest.mark.parametrize(
    ("sentence", "met"),
    [
        ("年間1,234時間を減らした", True),
        ("年間1,000時間を減らした", True),
        ("年間999時間を減らした", False),
        ("1,234件を処理した", False),
        ("効果があった", False),
    ],
)
def test_met_by_a_figure_of_the_same_unit_within_the_bounds(sentence: str, met: bool) -> None:
    found = find_quantity("1,000時間以上")
    assert found is not None
    assert found.met_by(sentence) is met


@pytest.mark.parametrize(
    ("question", "sentence", "met"),
    [
        ("作業時間が半分以下になった市は?", "時間を7割削減した", True),  # 30 % are left
        ("作業時間が半分以下になった市は?", "時間を1割削減した", False),
        ("作業時間が半分以下になった市は?", "時間は3割に減った", True),
        ("作業時間が半分以下になった市は?", "削減率は、市民税課の業務で79.2%となった", True),
        ("時間が5割以上減った市は?", "時間は3割減った", False),
        ("待ち時間を90分以上短縮した市は?", "2時間短縮した", True),
        ("年間1,000時間以上減らした市は?", "年間6万分を減らした", True),
        ("年間1,000時間以上減らした市は?", "年間5万9千分を減らした", False),
        ("Which towns cut it to less than an hour?", "2時間から25分に縮まった", True),
        ("2週間以内に済む市は?", "15日かかる", False),
    ],
)
def test_met_by_what_is_left_and_in_other_units(question: str, sentence: str, met: bool) -> None:
    found = find_quantity(question)
    assert found is not None
    assert found.met_by(sentence) is met


def test_only_a_number_of_people_is_a_population() -> None:
    found = find_quantity("人口減少に悩む自治体で年間1,000時間以上減らした事例は?")
    assert found is not None
    assert (found.low, found.unit) == (1000, "時間")
    assert find_quantity("人口が5万人以上の市は?") is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("100〜300万円で導入した市は？", 1_000_000, 3_000_000, "円"),
        ("5〜10億円かけた市は？", 500_000_000, 1_000_000_000, "円"),
        ("who spent between 1 and 3 million yen", 1_000_000, 3_000_000, "円"),
        ("who saved over ¥10 million", 10_000_000, None, "円"),
        ("who saved over ¥3.5m", 3_500_000, None, "円"),
        ("who saves 2 to 3 hours", 2, 3, "時間"),
        ("who saved 1,000+ hours", 1000, None, "時間"),
    ],
)
def test_money_and_ranges(text: str, low: float, high: float | None, unit: str) -> None:
    found = understand(text).quantity
    assert found is not None
    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_age_is_no_threshold() -> None:
    assert understand("services for people over 65 years old").quantity is None


def test_half_is_about_half() -> None:
    found = find_quantity("which city cut crime by half?")
    assert found is not None
    assert [found.met_by(f"{n}%減った。") for n in (44, 45, 51, 55, 56)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_rise_from_about_so_much_is_no_range() -> None:
    assert find_quantity("sign-off rose from about 13% to 99% there") is None
    assert find_quantity("saved 13% to 20% of the time") is not None
