"""Periods of questions and years of sentences, by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.periods import find_period, years_of
from answer.question import language
from answer.years import Period, fiscal

TODAY = date(2026, 2, 10)


def period_in(text: str) -> Period | None:
    return find_period(text, language(text), TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last", "span"),
    [
        ("令和5年度に始めた", 2023, 2023, "令和5年度"),
        ("R5に始めた", 2023, 2023, "R5"),
        ("令和元年", 2019, 2019, "令和元年"),
        ("平成30年", 2018, 2018, "平成30年"),
        ("H30の実績", 2018, 2018, "H30"),
        ("2020年以降に", 2020, None, "2020年以降"),
        ("2020年より前に", None, 2019, "2020年より前"),
        ("2020年より後に", 2021, None, "2020年より後"),
        ("2020年4月より前に", None, 2020, "2020年4月より前"),
        ("2020年までに", None, 2020, "2020年までに"),
        ("2019〜2021年に", 2019, 2021, "2019〜2021年"),
        ("2018年から2020年の間に", 2018, 2020, "2018年から2020年の間"),
        ("ここ3年で", 2023, 2026, "ここ3年"),
        ("最近3年", 2023, 2026, "最近3年"),
        ("昨年度に", 2024, 2024, "昨年度"),
        ("今年に", 2026, 2026, "今年"),
        ("2010年代に", 2010, 2019, "2010年代"),
        ("コロナ禍で", 2020, 2023, "コロナ禍"),
        ("コロナ前から", None, 2019, "コロナ前"),
        ("令和2〜4年度に", 2020, 2022, "令和2〜4年度"),
        ("令和2・3年度に", 2020, 2021, "令和2・3年度"),
        ("R2-4年度に", 2020, 2022, "R2-4年度"),
        ("平成30年から31年にかけて", 2018, 2019, "平成30年から31年にかけて"),
        ("2018〜20年に", 2018, 2020, "2018〜20年"),
        ("2018年〜20年に", 2018, 2020, "2018年〜20年"),
        ("2018年から20年間", 2018, None, "2018年から"),
        ("令和元年から3年で", 2019, None, "令和元年から"),
        ("2018年か2019年に", 2018, 2019, "2018年か2019年"),
        ("2018または2019年に", 2018, 2019, "2018または2019年"),
        ("2018年もしくは2019年に", 2018, 2019, "2018年もしくは2019年"),
        ("2018年、2019年、2020年に", 2018, 2020, "2018年、2019年、2020年"),
        ("2019年に比べて2021年に", 2021, 2021, "2021年"),
        ("町田市本年度の", 2025, 2025, "本年度"),
        ("前年度に", 2024, 2024, "前年度"),
        ("3年前から", 2023, None, "3年前から"),
        ("since 2020", 2020, None, "since 2020"),
        ("no earlier than 2020", 2020, None, "no earlier than 2020"),
        ("not before 2020", 2020, None, "not before 2020"),
        ("no later than 2020", None, 2020, "no later than 2020"),
        ("later than 2020", 2021, None, "later than 2020"),
        ("in 2018 or 2019?", 2018, 2019, "in 2018 or 2019"),
        ("2018 and 2019", 2018, 2019, "2018 and 2019"),
        ("In 2018, 2019 and 2020,", 2018, 2020, "In 2018, 2019 and 2020"),
        ("2020 or 2019", 2019, 2020, "2020 or 2019"),
        ("in 2018-20", 2018, 2020, "in 2018-20"),
        ("in FY2018 and FY2019", 2018, 2019, "in FY2018 and FY2019"),
        ("in 2019 or earlier", None, 2019, "in 2019 or earlier"),
        ("2019 or later", 2019, None, "2019 or later"),
        ("in the past year", 2025, 2026, "in the past year"),
        ("in the last year", 2025, 2026, "in the last year"),
        ("last year", 2025, 2025, "last year"),
        ("in the last fiscal year", 2024, 2024, "in the last fiscal year"),
        ("over the past decade", 2016, 2026, "over the past decade"),
        ("in the past two decades", 2006, 2026, "in the past two decades"),
        ("after 2020", 2021, None, "after 2020"),
        ("before 2019", None, 2018, "before 2019"),
        ("in FY2023", 2023, 2023, "in FY2023"),
        ("since FY2023", 2023, None, "since FY2023"),
        ("between 2018 and 2020", 2018, 2020, "between 2018 and 2020"),
        ("by the end of 2022", None, 2022, "by the end of 2022"),
        ("in the last three years", 2023, 2026, "in the last three years"),
        ("in the 2010s", 2010, 2019, "in the 2010s"),
        ("during the pandemic", 2020, 2023, "during the pandemic"),
        ("in Reiwa 5", 2023, 2023, "in Reiwa 5"),
    ],
)
def test_period(text: str, first: int | None, last: int | None, span: str) -> None:
    found = period_in(text)
    assert found is not None
    assert (found.first, found.last, found.text) == (first, last, span)
    assert text[found.start : found.end] == span


@pytest.mark.parametrize(
    "text",
    [
        "何年に始めた？", "いつから？", "When did it start?", "2040年構想", "2025年問題",
        "総合計画2030", "デジタル化総合戦略2023", "前年度比", "in 2000 households",
        "日本年金機構", "従来年間何時間かかった？", "計画を1年前倒しした", "2年前後かかる",
        "前年度より視察が増えた", "前年度から増えた", "昨年より職員が減った", "2019年度比で",
        "昨年度に比べて", "more visits than last year", "cheaper than in 2019",
        "the 2040 Vision", "the 2020 one-off payments", "PPR-2023", "S3とH2O",
    ],
)  # fmt: skip
def test_no_period(text: str) -> None:
    assert period_in(text) is None


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("2018年9月に99.8%に上昇した", {2018}),
        ("2018年度から令和元年度まで", {2018, 2019}),
        ("平成30年とR5年度", {2018, 2023}),
        ("2020/4/1に開始", {2020}),
        ("2,020件、2020件、令和になった", set()),
        ("2040年構想を立てた", set()),
        ("令和2〜4年度、2023〜25年", {2020, 2022, 2023, 2025}),
        ("令和2年、4年ぶりに", {2020}),
        ("2018年度から20年間、前年度に比べ", {2018}),
    ],
)
def test_years_of_a_sentence(sentence: str, years: set[int]) -> None:
    assert years_of(sentence) == years


def test_first_months_belong_to_the_fiscal_year_before() -> None:
    assert years_of("令和5年3月に始めた", fiscal_too=True) == {2022, 2023}
    assert years_of("令和5年4月に始めた", fiscal_too=True) == {2023}
    assert years_of("2023年12月と2024年1月", fiscal_too=True) == {2023, 2024}
    asked = period_in("2022年度に始めた市")
    assert asked is not None
    assert asked.is_fiscal


def test_fiscal_year_begins_in_april() -> None:
    assert [fiscal(date(2026, 3, 31)), fiscal(date(2026, 4, 1))] == [2025, 2026]


@given(st.integers(1, 31))
def test_era_and_western_year_are_one(n: int) -> None:
    assert years_of(f"平成{n}年") == years_of(f"{1988 + n}年") == {1988 + n}


@given(st.integers(1950, 2050), st.integers(1950, 2050))
def test_holds_agrees_with_the_bounds(first: int, year: int) -> None:
    since = period_in(f"{first}年以降")
    assert since is not None
    assert since.holds(year) is (year >= first)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("令和3年度(2021年度)以降に始めた市", 2021, None),
        ("2020年(令和2年)より前に始めた市", None, 2019),
        ("令和3年度(2021年度)から令和5年度(2023年度)まで", 2021, 2023),
        ("2020年(度)までに導入した市", None, 2020),
        ("昨年からRPAを始めた市", 2025, None),
        ("去年以降に始めた市", 2025, None),
        ("昨年末までに導入した市町村", None, 2025),
        ("一昨年までに導入した市", None, 2024),
        ("去年より前に始めた市", None, 2024),
        ("3年前までに始めた市", None, 2023),
        ("5年以上前からRPAを使う市", None, 2021),
        ("開発元は? 市の2018年のアプリ", 2018, 2018),
        ("2024年度の予算で始めた市", 2024, 2024),
        ("2026年度に導入予定の市", 2026, 2026),
        ("2020年以降の事例を探しています。RPAを使う市は?", 2020, None),
        ("which cities began after March 2020", 2020, None),
        ("which cities began before June 2023", None, 2023),
        ("as of 2022, which cities had RPA", None, 2022),
        ("since last year, who uses RPA", 2025, None),
        ("which cities had AI forecast from last year's forms", 2025, 2025),
        ("by last year, which cities had RPA", None, 2025),
        ("which towns began before last year", None, 2024),
        ("who began more than three years ago", None, 2023),
    ],
)
def test_bounds_of_a_year(text: str, first: int | None, last: int | None) -> None:
    found = period_in(text)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "来年度の予算要求の参考に、RPAで時間を減らした市を教えて",
        "来年の視察先を探しています。書かない窓口を始めた市は?",
        "今年度、書かない窓口の導入を検討しています。先行事例は?",
        "令和8年度に生成AIを導入したいので、先行事例を教えて",
        "令和8年度に生成AIを導入したいのですが予算が限られており、先行事例を教えて",
        "令和8年度の予算要求に向けて、RPAの先行事例を探しています",
        "2019年にRPAを導入しました。うまくいっている自治体はどこですか。",
        "We plan to introduce RPA next year. Which cities have done so?",
        "I'm preparing our FY2027 budget; which towns use drones?",
        "In 2019 we introduced RPA. Which other towns did so?",
        "Last year our town had a flood. Which cities use drones?",
        "荒川区の経費はいくら減りましたか。来年度予算の資料に使います",
    ],
)
def test_what_the_asker_plans_or_tells_of_is_no_period(text: str) -> None:
    assert period_in(text) is None
