"""Whether the documents answer at all: what is weighed, and the probability."""

import math
from dataclasses import replace

import numpy as np
import pytest

from answer.answerable import (
    READ_FACT_FEATURES,
    Answerable,
    question_features,
    with_closest,
)
from answer.marks import Wanted
from answer.question import understand

YEN = Wanted(units=frozenset({"円"}))


def test_features_of_kind_place_and_language_stand_in_their_order() -> None:
    even = np.zeros(1, dtype=np.float32)
    fact = question_features(understand("How many hours did Machida save?"), even)
    assert fact == (0.0, 0.5, 0.0, 1.0, 0.0, 1.0)
    listed = question_features(understand("RPAを使う市は？"), even)
    assert listed == (0.0, 0.5, 1.0, 0.0, 0.0, 0.0)
    there = question_features(understand("九州でRPAを使う市は？"), even)
    assert there == (0.0, 0.5, 1.0, 1.0, 1.0, 0.0)


def test_highest_log_odds_and_mean_probability_of_the_likeliest() -> None:
    fact = understand("RPAの費用は？")
    one_of_three = question_features(fact, np.array([-math.log(3), -99.0, math.log(3)]))
    assert one_of_three is not None
    assert one_of_three[:2] == pytest.approx((math.log(3), (3 / 4 + 1 / 4 + 0) / 3))
    # Ten count, however many there are.
    many = question_features(fact, np.array([*[-99.0] * 30, *[99.0] * 7]))
    assert many is not None
    assert many[:2] == pytest.approx((99.0, 0.7))


def test_nothing_that_can_be_meant_has_no_features_and_probability_0() -> None:
    none = question_features(understand("RPAの費用は？"), np.zeros(0))
    assert none is None
    assert Answerable((1.0,) * 6, 9.0).probability(none) == 0.0


@pytest.mark.parametrize(
    ("closest", "asked", "told"),
    [
        ("費用は5万円である。", YEN, (1.0, 1.0)),
        ("費用は国が負担した。", YEN, (1.0, 0.0)),
        ("2021年に始めた。", Wanted(date=True), (1.0, 1.0)),
        # Half of what is asked for, and all of it.
        ("費用は5万円である。", replace(YEN, date=True), (1.0, 0.5)),
        ("2021年に5万円で始めた。", replace(YEN, date=True), (1.0, 1.0)),
        # Nothing in particular is asked for, and so nothing of it is told.
        ("費用は5万円である。", Wanted(), (0.0, 0.0)),
    ],
)
def test_of_a_fact_it_is_told_how_much_of_what_it_asks_for_the_closest_sentence_says(
    closest: str, asked: Wanted, told: tuple[float, float]
) -> None:
    read = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    found = with_closest(read, closest, -1.5, 2.5, asked)
    assert found == (-1.5, *read[1:], 2.5, *told)
    assert len(found) == len(READ_FACT_FEATURES)


def test_probability_worked_out_by_hand() -> None:
    model = Answerable((1.0, 2.0, 0.5, -1.0, 8.0, 0.25), 0.5)
    log_odds = 0.5 + 2.0 + 1.0 - 1.0
    assert model.probability((2.0, 0.5, 0.0, 1.0, 0.0, 0.0)) == pytest.approx(
        1 / (1 + math.exp(-log_odds))
    )
