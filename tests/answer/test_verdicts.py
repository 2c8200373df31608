"""The cut with the highest expected F1, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.verdicts import best_cut


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
