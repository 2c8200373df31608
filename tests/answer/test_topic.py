"""What a follow-up leaves of the question before it: what that is about."""

import pytest

from answer.followup import readings
from answer.question import understand
from tests.answer.following import TODAY, alone, made, used


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        (
            "町田市の選考は何分で終わる？",
            "まだ困っていることは？",
            "町田市の選考 まだ困っていることは？",
        ),
        ("町田市のレジ、いくらかかった？", "いつから？", "町田市のレジ いつから？"),
        ("町田市のバスは何路線で走る？", "費用は？", "町田市のバス 費用は？"),
        ("町田市は二年で何時間減らした？", "費用は？", "町田市は減らした? 費用は？"),
        (
            "How much did Machida's counter cost?",
            "What about waiting times in Fukaya?",
            "counter cost? What about waiting times in Fukaya?",
        ),
        ("町田市は何人にスマホを貸した？", "効果は？", "町田市はスマホを貸した? 効果は？"),
        (
            "How many people used Machida's coin?",
            "When did it start?",
            "used Machida's coin? When did it start?",
        ),
        # What its towns have done, not which ones these are.
        ("RPAを無料にした市は？", "理由は？", "RPAを無料にした 理由は？"),
        ("Which cities replaced RPA?", "Why?", "replaced RPA? Why?"),
        (
            "Which cities use RPA?",
            "How much did Machida pay for it?",
            "use RPA? How much did Machida pay for it?",
        ),
        # The same is asked on, or nothing else was asked.
        (
            "町田市の紙はどれだけ減った？",
            "次の年度は？",
            "町田市の紙はどれだけ減った? 次の年度は？",
        ),
        ("町田市のRPAについて教えて", "費用は？", "町田市のRPAについて教えて 費用は？"),
        ("RPAを使う市は？", "費用は？", "RPAを使う市は? 費用は？"),
    ],
)
def test_what_was_asked_before_gives_way_to_what_is_asked(
    before: str, question: str, text: str
) -> None:
    assert used(question, before) == text


def test_reason_after_a_list_is_asked_of_its_towns() -> None:
    found = made("理由は？", "RPAを無料にした市は？")
    assert (found.question.mode, found.within) == ("fact", alone("RPAを無料にした市は？"))


def test_follow_up_may_be_asked_of_the_place_alone() -> None:
    history = ("町田市の選考は何分で終わる？",)
    joined, there = readings(understand("課題は？", TODAY), history, TODAY)
    assert (joined.question.text, joined.repeated) == ("町田市の選考 課題は？", None)
    assert there.question.text == "町田市 課題は？"
    assert there.repeated == understand(history[0], TODAY)
    # The next year's figure is one of the same thing.
    assert len(readings(understand("次の年度は？", TODAY), history, TODAY)) == 1
