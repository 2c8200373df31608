"""What a follow-up question takes over."""

import pytest

from answer.followup import standalone
from answer.question import understand


def made(question: str, *history: str) -> str:
    return standalone(understand(question), history).text


def test_question_without_history_stays_as_it_is() -> None:
    assert made("費用は？") == "費用は？"


def test_elliptic_question_takes_over_the_one_before() -> None:
    assert made("費用は？", "佐賀市の公式アプリは？") == "佐賀市の公式アプリは？ 費用は？"


def test_named_place_replaces_the_one_before() -> None:
    asked = standalone(understand("And Machida?"), ["What does Saitama do about RPA?"])
    assert {place.name for place in asked.named} == {"町田市"}
    assert "rpa" in asked.content


def test_new_topic_takes_nothing_over() -> None:
    asked = "避難所の受付をマイナンバーカードでしている市は？"
    assert made(asked, "佐賀市の公式アプリは？") == asked


@pytest.mark.parametrize("question", ["そのうち九州の市は？", "of those, which are towns?"])
def test_words_that_lean_on_the_question_before(question: str) -> None:
    assert made(question, "RPAを使う市は？").startswith("RPAを使う市は")
