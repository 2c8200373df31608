"""The cut with the highest expected F1, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.verdicts import Cut, best_cut


def test_cut_takes_as_many_as_make_the_expected_f1_highest() -> None:
    # k=1: 2*.9/(1+2) = .6; k=2: 2*1.7/(2+2) = .85; k=3: 2*2/(3+2) = .8
    cut = best_cut(np.array([0.3, 0.9, 0.8]))
    assert cut.threshold == 0.8
    assert cut.f1 == pytest.approx(0.85)


def test_many_weak_entries_are_taken_when_nothing_better_is_there() -> None:
    # k=1: .2/(1+.3) = .154; k=2: .4/2.3 = .174; k=3: .6/3.3 = .182
    cut = best_cut(np.array([0.1, 0.1, 0.1]))
    assert cut.threshold == 0.1
    assert cut.f1 == pytest.approx(0.6 / 3.3)


def test_what_lies_below_the_floor_counts_as_nothing() -> None:
    alone = best_cut(np.array([0.5]))
    crowd = best_cut(np.concatenate([[0.5], np.full(10_000, 0.009)]), floor=0.01)
    assert alone == crowd
    assert alone.threshold == 0.5
    assert alone.f1 == pytest.approx(2 / 3)
    assert best_cut(np.concatenate([[0.5], np.full(10_000, 0.009)])).f1 < 0.1


@pytest.mark.parametrize("probabilities", [[], [0.0, 0.0], [0.009]])
def test_nothing_to_take(probabilities: list[float]) -> None:
    assert best_cut(np.array(probabilities), floor=0.01) == Cut(1.0, 0.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_no_other_number_of_entries_promises_more(probabilities: list[float]) -> None:
    ordered = sorted(probabilities, reverse=True)
    total = sum(ordered)
    promised = [2 * sum(ordered[:k]) / (k + total) for k in range(1, len(ordered) + 1)]
    assert best_cut(np.array(probabilities)).f1 == pytest.approx(max(promised), abs=1e-9)
