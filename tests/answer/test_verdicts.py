"""The cut with the highest expected F1, and what the best leaves to others, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.verdicts import beside_the_best, best_cut, given_one


def test_cut_takes_as_many_as_make_the_expected_f1_highest() -> None:
    # k=1: 2*.9/(1+2) = .6; k=2: 2*1.7/(2+2) = .85; k=3: 2*2/(3+2) = .8
    assert best_cut(np.array([0.3, 0.9, 0.8])) == 0.8


def test_many_weak_entries_are_taken_when_nothing_better_is_there() -> None:
    # k=1: .2/(1+.3) = .154; k=2: .4/2.3 = .174; k=3: .6/3.3 = .182
    assert best_cut(np.array([0.1, 0.1, 0.1])) == 0.1
    # k=1: 1/1.7 = .588; k=2: 1.2/2.7 = .444
    assert best_cut(np.array([0.1, 0.1, 0.5])) == 0.5


def test_what_lies_below_the_floor_counts_as_nothing() -> None:
    crowd = np.concatenate([[0.5], np.full(10_000, 0.009)])
    assert best_cut(crowd, floor=0.01) == 0.5
    assert best_cut(crowd) == 0.009


@pytest.mark.parametrize("probabilities", [[], [0.0, 0.0], [0.009]])
def test_nothing_to_take(probabilities: list[float]) -> None:
    assert best_cut(np.array(probabilities), floor=0.01) == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_no_other_number_of_entries_promises_more(probabilities: list[float]) -> None:
    ordered = sorted(probabilities, reverse=True)
    total = sum(ordered)
    promised = [2 * sum(ordered[:k]) / (k + total) for k in range(1, len(ordered) + 1)]
    cut = best_cut(np.array(probabilities))
    taken = sum(p >= cut for p in ordered)
    if taken and total:
        assert promised[taken - 1] == pytest.approx(max(promised), abs=1e-9)


def test_knowing_that_one_is_right_makes_all_likelier() -> None:
    # None of them would be right in .5 * .8 = .4 of all cases.
    assert given_one(np.array([0.5, 0.2, 0.0])).tolist() == pytest.approx([0.5 / 0.6, 0.2 / 0.6, 0])
    assert given_one(np.array([0.003])).tolist() == pytest.approx([1.0])
    assert given_one(np.array([1.0, 0.25])).tolist() == pytest.approx([1.0, 0.25])
    assert given_one(np.zeros(2)).tolist() == [0.0, 0.0]


@given(st.lists(st.floats(0, 1), max_size=8))
def test_knowing_that_one_is_right_keeps_the_order_and_lowers_none(given: list[float]) -> None:
    before = np.array(given)
    found = given_one(before)
    assert np.all((found >= before) & (found <= 1))
    assert np.all(np.diff(found[np.argsort(before, kind="stable")]) >= 0)


def test_entry_counts_as_its_odds_do_beside_the_best() -> None:
    # Odds 9, 4 and 1/4 of three places.
    found = beside_the_best(np.array([0.9, 0.8, 0.2]), ["a", "b", "c"])
    assert found.tolist() == pytest.approx([0.9, 0.8 * 4 / 9, 0.2 / 4 / 9])


def test_what_is_as_likely_as_the_best_stays() -> None:
    assert beside_the_best(np.array([0.9, 0.9, 0.0]), ["a", "b", "c"]).tolist() == [0.9, 0.9, 0.0]
    assert beside_the_best(np.array([0.0, 0.0]), ["a", "b"]).tolist() == [0.0, 0.0]


def test_entries_of_one_place_do_not_compete() -> None:
    assert beside_the_best(np.array([0.9, 0.8]), ["a", "a"]).tolist() == [0.9, 0.8]
    # b's best has odds 4, a's 9: all entries of b count 4/9.
    found = beside_the_best(np.array([0.8, 0.9, 0.5, 0.8]), ["a", "a", "b", "b"])
    assert found.tolist() == pytest.approx([0.8, 0.9, 0.5 * 4 / 9, 0.8 * 4 / 9])


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abc")), max_size=8))
def test_none_gains_and_the_best_stays(given: list[tuple[float, str]]) -> None:
    before = np.array([probability for probability, _ in given])
    found = beside_the_best(before, [group for _, group in given])
    assert np.all((found >= 0) & (found <= before))
    assert found.max(initial=0.0) == before.max(initial=0.0)
