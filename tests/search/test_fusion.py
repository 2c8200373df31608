import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.fusion import Scores, convex, ranking, z_scores


def array(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


def test_z_scores_by_hand():
    # Mean 2, deviation sqrt(2/3) = 0.816497: 1 / 0.816497 = 1.224745.
    assert z_scores(array(1, 2, 3)) == pytest.approx([-1.224745, 0, 1.224745], abs=1e-6)
    # Mean 2, deviation sqrt(2): 1 / 1.414214 = 0.707107.
    assert z_scores(array(3, 3, 0)) == pytest.approx([0.707107, 0.707107, -1.414214], abs=1e-6)
    assert z_scores(array(1, 2)).dtype == np.float32


def test_z_scores_measured_with_a_background_by_hand():
    # Of 1, 3, 2, 2 together: mean 2, deviation sqrt(1/2): 1 / 0.707107 = 1.414214.
    assert z_scores(array(1, 3), array(2, 2)) == pytest.approx([-1.414214, 1.414214], abs=1e-6)
    # One row alone is measured by the background: mean 2, deviation sqrt(8/3) = 1.632993.
    assert z_scores(array(4), array(2, 0)) == pytest.approx([1.224745], abs=1e-6)
    assert z_scores(array(), array(2, 0)).tolist() == []


@pytest.mark.parametrize("value", [0.0, 3.0, -7.0])
@pytest.mark.parametrize("n", [0, 1, 5])
def test_z_scores_of_a_constant_are_zero(value, n):
    assert z_scores(np.full(n, value, np.float32)).tolist() == [0.0] * n


def test_convex_by_hand():
    fused = convex([(0.6, array(1, 2, 3)), (0.4, array(3, 3, 0))])
    # 0.6 * -1.224745 + 0.4 * 0.707107 = -0.452004; 0.4 * 0.707107 = 0.282843;
    # 0.6 * 1.224745 - 0.4 * 1.414214 = 0.169162.
    assert fused == pytest.approx([-0.452004, 0.282843, 0.169162], abs=1e-6)
    assert fused.dtype == np.float32
    assert ranking(fused, 3).tolist() == [1, 2, 0]


def test_weights_are_scaled_to_one():
    arms = array(1, 2, 3), array(3, 3, 0)
    parts = convex([(0.6, arms[0]), (0.4, arms[1])])
    assert convex([(6, arms[0]), (4, arms[1])]) == pytest.approx(parts, abs=1e-6)


def test_arm_of_weight_zero_or_of_equal_scores_decides_nothing():
    expected = pytest.approx([-1.224745, 0, 1.224745], abs=1e-6)
    assert convex([(1, array(1, 2, 3)), (0, array(9, 1, 4))]) == expected
    half = convex([(0.5, array(1, 2, 3)), (0.5, array(4, 4, 4))])
    assert half == pytest.approx([-0.612372, 0, 0.612372], abs=1e-6)


@pytest.mark.parametrize(
    "arms",
    [
        [],
        [(0.0, array(1, 2))],
        [(0.0, array(1, 2)), (0.0, array(2, 1))],
        [(-1.0, array(1, 2)), (3.0, array(2, 1))],
    ],
)
def test_weights_that_are_no_shares_are_refused(arms):
    with pytest.raises(ValueError, match="weights: expected some >= 0 with a positive sum"):
        convex(arms)


def test_arms_of_different_length_are_refused():
    with pytest.raises(ValueError, match=r"arms: lengths differ, \[2, 3\]"):
        convex([(0.5, array(1, 2)), (0.5, array(1, 2, 3))])


@pytest.mark.parametrize(
    ("k", "rows"), [(0, []), (1, [1]), (3, [1, 3, 0]), (5, [1, 3, 0, 2, 4]), (9, [1, 3, 0, 2, 4])]
)
def test_ranking_is_best_first_and_ties_in_order_of_row(k, rows):
    assert ranking(array(2, 5, 2, 5, 1), k).tolist() == rows


def test_ranking_puts_minus_infinity_last():
    assert ranking(array(-np.inf, -3, -np.inf, 0), 4).tolist() == [3, 1, 0, 2]


numbers = st.lists(st.integers(-50, 50), min_size=2, max_size=20)


@settings(max_examples=100, deadline=None)
@given(numbers, st.integers(-100, 100), st.sampled_from([0.125, 1, 2, 3, 64]), st.data())
def test_adding_to_an_arm_or_scaling_it_changes_nothing(first, shift, factor, data):
    second = data.draw(st.lists(st.integers(0, 9), min_size=len(first), max_size=len(first)))
    one, other = array(*first), array(*second)
    fused = convex([(0.6, one), (0.4, other)])
    changed = convex([(0.6, one * np.float32(factor) + np.float32(shift)), (0.4, other)])
    assert changed == pytest.approx(fused, abs=1e-4)


@settings(max_examples=100, deadline=None)
@given(numbers)
def test_z_scores_keep_the_order_and_have_mean_zero(values):
    scores = array(*values)
    normal = z_scores(scores)
    assert abs(float(normal.mean())) < 1e-5
    assert ranking(normal, len(values)).tolist() == ranking(scores, len(values)).tolist()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(-5, 5), max_size=20), st.integers(0, 25))
def test_ranking_equals_a_stable_sort(values, k):
    expected = sorted(range(len(values)), key=lambda row: -values[row])[:k]
    assert ranking(array(*values), k).tolist() == expected
