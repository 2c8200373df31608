"""Which sentences meet a question's conditions, fail them, or say nothing of them."""

import pytest

from answer.conditions import Conditions
from answer.narrow import Narrow
from answer.question import understand
from ingest.documents import Metadata

SINCE_2020 = "2020年以降にRPAを使った市は？"
HOURS = "RPAで年1,000時間以上を削減した市は？"
BOTH = "2020年以降にRPAで1,000時間以上を削減した市は？"
NONE = Narrow()


def check(
    question: str, *texts: str, period: str | None = None, narrow: Narrow = NONE
) -> tuple[list[int], str | None]:
    conditions = Conditions.of(understand(question), narrow)
    return conditions.check(texts, Metadata("題", period=period))


def test_question_without_conditions_asks_for_nothing() -> None:
    assert not Conditions.of(understand("RPAを使う市は？"), NONE).any
    assert check("RPAを使う市は？", "2010年に始めた。", "終えた。") == ([0, 1], None)


@pytest.mark.parametrize(
    ("question", "narrow"),
    [(SINCE_2020, NONE), (HOURS, NONE), ("RPA", Narrow(states=frozenset({"trial"})))],
)
def test_period_threshold_and_state_are_conditions(question: str, narrow: Narrow) -> None:
    assert Conditions.of(understand(question), narrow).any


@pytest.mark.parametrize(
    ("text", "period", "found"),
    [
        ("2021年に始めた。", None, ([0], None)),
        ("2020年に始めた。", None, ([0], None)),
        ("2019年に始めた。", None, ([], None)),
        # One of its years is enough.
        ("2019年に試し、2022年に広げた。", None, ([0], None)),
        # Its own year goes before the document's.
        ("2019年に始めた。", "2021", ([], None)),
        ("2021年に始めた。", "2010", ([0], None)),
        # No year of its own: the document's decides.
        ("自動化した。", "2021-2023", ([0], None)),
        ("自動化した。", "2021-", ([0], None)),
        ("自動化した。", "2016-2018", ([], None)),
        ("自動化した。", "2018-2022", ([0], "period")),
        ("自動化した。", "2018-", ([0], "period")),
        ("自動化した。", None, ([0], "period")),
    ],
)
def test_period(text: str, period: str | None, found: tuple[list[int], str | None]) -> None:
    assert check(SINCE_2020, text, period=period) == found


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2018", ([0], None)),
        ("2018-", ([0], None)),
        ("2018-2021", ([0], "period")),
        ("2020-", ([], None)),
    ],
)
def test_period_that_ends(period: str, found: tuple[list[int], str | None]) -> None:
    assert check("2019年までにRPAを使った市は？", "自動化した。", period=period) == found


def test_first_months_count_for_the_fiscal_year_that_is_asked_for() -> None:
    march, april = "令和5年3月に始めた。", "令和5年4月に始めた。"
    assert check("2022年度に始めた市は？", march, april) == ([0], None)
    assert check("2022年に始めた市は？", march, april) == ([], None)


def test_what_was_before_a_case_may_be_a_fact_of_it_but_no_case_of_a_list() -> None:
    spoke = "スピーカーの一部だけが鳴った。"
    asked = "2011年の災害で、仙台市のスピーカーはいくつ鳴りましたか？"
    assert check(asked, spoke, period="2018-") == ([0], "period")
    assert check("2011年にスピーカーを鳴らした市は？", spoke, period="2018-") == ([], None)
    # A sentence's own year still decides.
    assert check(asked, "2019年には一部だけが鳴った。", period="2018-") == ([], None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年1,200時間を減らした。", ([0], None)),
        ("年1,000時間を減らした。", ([0], None)),
        ("年900時間を減らした。", ([], None)),
        ("年2,000件を減らした。", ([0], "quantity")),
        ("作業を減らした。", ([0], "quantity")),
    ],
)
def test_threshold(text: str, found: tuple[list[int], str | None]) -> None:
    assert check(HOURS, text) == found


def test_sentences_that_meet_it_leave_no_room_for_those_that_say_nothing() -> None:
    texts = (
        "作業を減らした。",
        "年1,200時間を減らした。",
        "年900時間。",
        "年5,000時間を減らした。",
    )
    assert check(HOURS, *texts) == ([1, 3], None)


def test_both_conditions_have_to_be_met_by_one_sentence() -> None:
    assert check(BOTH, "2021年に1,500時間を減らした。") == ([0], None)
    assert check(BOTH, "2018年に1,500時間を減らした。", "2021年に900時間を減らした。") == ([], None)


def test_sentence_that_fails_one_condition_does_not_push_out_one_that_may_meet_both() -> None:
    texts = ("2018年に1,500時間を減らした。", "2021年に作業を減らした。")
    assert check(BOTH, *texts) == ([1], "quantity")


def test_least_doubted_sentence_stays() -> None:
    texts = ("作業を減らした。", "1,500時間を減らした。", "2021年に作業を減らした。")
    assert check(BOTH, *texts) == ([1, 2], "period")
    assert check(BOTH, texts[0]) == ([0], "period")


def test_state_keeps_only_sentences_that_tell_of_it() -> None:
    texts = ("自動化した。", "実証を行った。", "導入する方針である。")
    assert check("RPA", *texts, narrow=Narrow(states=frozenset({"trial"}))) == ([1], None)
    assert check("RPA", *texts, narrow=Narrow(states=frozenset({"planned", "running"}))) == (
        [0, 2],
        None,
    )
    assert check("RPA", *texts, narrow=Narrow(states=frozenset({"ended"}))) == ([], None)


def test_years_chosen_by_hand_go_before_those_of_the_question() -> None:
    assert check(SINCE_2020, "2010年に始めた。", narrow=Narrow(first_year=2009)) == ([0], None)


PLANNED, TRIAL = "来年度に始める予定である。", "2021年に実証を行った。"
USED, ENDED = "RPAを使っている。", "RPAの利用をやめた。"


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("RPAを使っている市は？（予定は除く）", [1, 2, 3]),
        ("RPAを使っている市は？（試行や計画は除く）", [2, 3]),
        ("Which cities use RPA? Leave out trials and abandoned ones.", [0, 2]),
        ("RPAを使っている市は？（予定も含む）", [0, 1, 2, 3]),
        # A fact may be of what was planned.
        ("町田市のRPAは、予定を除くと何業務？", [0, 1, 2, 3]),
    ],
)
def test_list_leaves_out_stages(question: str, kept: list[int]) -> None:
    assert check(question, PLANNED, TRIAL, USED, ENDED) == (kept, None)


def test_chosen_state_goes_before_the_question() -> None:
    planned = Narrow(states=frozenset({"planned"}))
    question = "RPAを使っている市は？（予定は除く）"
    assert check(question, PLANNED, USED, narrow=planned) == ([0], None)
