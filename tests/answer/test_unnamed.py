"""Facts told without the name of their place."""

import pytest

from answer.question import understand
from answer.unnamed import unnamed


def told(text: str) -> str:
    question = understand(text)
    return unnamed(question.text, question.places, question.lang)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加賀市で電子投票をしたことは？", "市で電子投票をしたことは?"),
        ("横須賀で対話型AIを試した人数は？", "市で対話型AIを試した人数は?"),
        ("仙台のRPAの費用は？（仙台市）", "市のRPAの費用は?(市)"),
        ("宮城県仙台市のRPAの費用は？", "市のRPAの費用は?"),
        ("ﾂｸﾊﾞ市のRPAの費用は？", "市のRPAの費用は?"),
        ("Tsukuba市のRPAの費用は？", "市のRPAの費用は?"),
        ("つくば市役所のRPAは？", "市役所のRPAは?"),
        ("都農町のRPAは？", "町のRPAは?"),
        # A city and a town are called so.
        ("府中のAIの費用は？", "自治体のAIの費用は?"),
    ],
)
def test_japanese_question_asks_of_the_kind_of_place(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many hours did Tsukuba City save?", "How many hours did the city save?"),
        ("Iiyama's AI taxi, in service?", "the city's AI taxi, in service?"),
        ("What do Iiyama's Smart Taxis cost?", "What do the city's Smart Taxis cost?"),
        ("Does Tsuno use Tsunomachi?", "Does the town use Tsunomachi?"),
        ("Has the Town of Tsuno paid?", "Has the town paid?"),
        ("When did the small town of Tsuno pay?", "When did the small town pay?"),
        ("What did the Shiga prefecture do?", "What did the prefecture do?"),
        ("Does Shibuya Ward lend phones?", "Does the ward lend phones?"),
        ("When did Tsukuba, Ibaraki start RPA?", "When did the city start RPA?"),
        ("How many Yokosuka employees use AI?", "How many city employees use AI?"),
        ("When did a Tsukuba pilot start?", "When did a city pilot start?"),
        # A city and a prefecture are called so.
        ("Does Saitama use RPA?", "Does the municipality use RPA?"),
        ("Does the city of Saitama use RPA?", "Does the city use RPA?"),
        ("What does Hidaka Village do? Hidakas?", "What does the village do? Hidakas?"),
        ("When did Kobe start, and what did Kobe City pay?",
         "When did the city start, and what did the city pay?"),
    ],
)  # fmt: skip
def test_english_question_asks_of_the_kind_of_place(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("都農町の都農ページの登録者は？", "町の都農ページの登録者は?"),
        ("小田原市のODAWARAポイントは何人？", "市のODAWARAポイントは何人?"),
        ("つくばエクスプレスとつくば市の予算は？", "つくばエクスプレスと市の予算は?"),
        ("日向市と東日向市のRPAの費用は？", "市と東日向市のRPAの費用は?"),
        ("加賀市のe-加賀市民制度は？", "市のe-加賀市民制度は?"),
        ("横浜市立大学のRPAは？", "横浜市立大学のRPAは？"),
        ("How many e-Kaga citizens has Kaga?", "How many e-Kaga citizens has the city?"),
        ("When did the Tsuno Page start in Tsuno?", "When did the Tsuno Page start in the town?"),
        ("What does GovTech Tokyo do?", "What does GovTech Tokyo do?"),
    ],
)
def test_name_within_another_one_stays(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "小国町は熊本県といつ協定を結びましたか？",
        "How much did Ibaraki Prefecture pay Tsukuba?",
        "RPAとは？",
        "Which cities use RPA?",
    ],
)
def test_question_of_several_places_or_none_stays(text: str) -> None:
    assert told(text) == text
