"""The cut with the highest expected F1, and one right place of several, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.verdicts import best_cut, one_right


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


def test_of_several_places_but_one_is_right() -> None:
    # Odds 9, 4 and 1/4 of three places: 9/(1+13.25), 4/(1+13.25), .25/(1+13.25).
    found = one_right(np.array([0.9, 0.8, 0.2]), ["a", "b", "c"])
    assert found.tolist() == pytest.approx([9 / 14.25, 4 / 14.25, 0.25 / 14.25])


def test_entries_of_one_place_do_not_compete() -> None:
    assert one_right(np.array([0.9, 0.8]), ["a", "a"]).tolist() == pytest.approx([0.9, 0.8])
    # The best entry, odds 9, speaks for a: 4/(1+4+1), 9/(1+9+1), 1/(1+1+9).
    found = one_right(np.array([0.8, 0.9, 0.5]), ["a", "a", "b"])
    assert found.tolist() == pytest.approx([4 / 6, 9 / 11, 1 / 11])


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("abc")), max_size=8))
def test_surest_entries_of_all_places_add_up_to_one_at_most(given: list[tuple[float, str]]) -> None:
    before = np.array([probability for probability, _ in given])
    found = one_right(before, [group for _, group in given])
    assert np.all((found >= 0) & (found <= before + 1e-12))
    best: dict[str, float] = {}
    for own, (_, group) in zip(found.tolist(), given, strict=True):
        best[group] = max(best.get(group, 0.0), own)
    assert sum(best.values()) <= 1 + 1e-9
