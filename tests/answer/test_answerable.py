"""Whether the documents answer at all: what is weighed, and the probability."""

import math

import pytest

from answer.answerable import Answerable, question_features
from answer.question import understand


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("町田市のRPAの費用は？", "費用は50万円である。", 0.0),
        ("町田市のRPAの費用は？", "RPAで2,028時間を減らした。", 1.0),
        ("How many hours did Machida save?", "2,028時間を減らした。", 0.0),
        ("町田市がRPAを始めたのはいつ？", "2019年に始めた。", 0.0),
        ("町田市がRPAを始めたのはいつ？", "RPAを始めた。", 1.0),
        # Nothing that can be pointed at is asked for; a list.
        ("町田市のRPAの用途は？", "費用は50万円である。", 0.0),
        ("費用を50万円に抑えた市は？", "RPAを始めた。", 0.0),
    ],
)
def test_a_fact_that_the_likeliest_sentence_lacks(
    question: str, sentence: str, lacking: float
) -> None:
    found = question_features(understand(question), 2.0, 0.5, sentence)
    assert found is not None
    assert (found[:2], found[5]) == ((2.0, 0.5), lacking)


def test_features_of_kind_place_and_language_stand_in_their_order() -> None:
    fact = question_features(understand("How many hours did Machida save?"), 1.0, 1.0, "1時間")
    assert fact == (1.0, 1.0, 0.0, 1.0, 1.0, 0.0)
    several = question_features(understand("RPAを使う市は？"), 1.0, 1.0, "")
    assert several == (1.0, 1.0, 1.0, 0.0, 0.0, 0.0)


def test_nothing_that_can_be_meant_has_no_features_and_probability_0() -> None:
    none = question_features(understand("RPAの費用は？"), -math.inf, 1.0, "")
    assert none is None
    assert Answerable((1.0,) * 6, 9.0).probability(none) == 0.0


def test_probability_worked_out_by_hand() -> None:
    model = Answerable((1.0, 2.0, 0.5, -1.0, 0.25, -3.0), 0.5)
    log_odds = 0.5 + 2.0 + 1.0 - 1.0 - 3.0
    assert model.probability((2.0, 0.5, 0.0, 1.0, 0.0, 1.0)) == pytest.approx(
        1 / (1 + math.exp(-log_odds))
    )
