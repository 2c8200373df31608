"""Whether the documents answer at all: what is weighed, and the probability."""

import math

import pytest

from answer.answerable import Answerable, question_features
from answer.question import understand


def test_features_of_kind_place_and_language_stand_in_their_order() -> None:
    fact = question_features(understand("How many hours did Machida save?"), 1.0, 1.0)
    assert fact == (1.0, 1.0, 0.0, 1.0, 1.0)
    several = question_features(understand("RPAを使う市は？"), 1.0, 1.0)
    assert several == (1.0, 1.0, 1.0, 0.0, 0.0)


def test_nothing_that_can_be_meant_has_no_features_and_probability_0() -> None:
    none = question_features(understand("RPAの費用は？"), -math.inf, 1.0)
    assert none is None
    assert Answerable((1.0,) * 5, 9.0).probability(none) == 0.0


def test_probability_worked_out_by_hand() -> None:
    model = Answerable((1.0, 2.0, 0.5, -1.0, 0.25), 0.5)
    log_odds = 0.5 + 2.0 + 1.0 - 1.0
    assert model.probability((2.0, 0.5, 0.0, 1.0, 0.0)) == pytest.approx(
        1 / (1 + math.exp(-log_odds))
    )
