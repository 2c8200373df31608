"""Metrics against values worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.metrics import (
    RESAMPLES,
    calibration_bins,
    calibration_by_chance,
    calibration_error,
    calibration_estimate,
    difference,
    estimate,
    estimates,
    reliability,
    resamples,
    retrieval_scores,
    unjudged_share,
)


def test_relevant_document_second_of_two() -> None:
    scores = retrieval_scores({"q": ["x", "a"]}, {"q": {"a": 1}})["q"]
    assert scores == pytest.approx(
        {"nDCG@10": 1 / math.log2(3), "MRR@10": 0.5, "R@1": 0.0, "R@5": 1.0, "R@10": 1.0}
    )


def test_two_of_three_relevant_found_at_1_and_3() -> None:
    scores = retrieval_scores({"q": ["a", "x", "b"]}, {"q": {"a": 1, "b": 1, "c": 1}})["q"]
    gained = 1 + 1 / 2  # 1/log2(2) + 1/log2(4)
    ideal = 1 + 1 / math.log2(3) + 1 / 2
    assert scores["nDCG@10"] == pytest.approx(gained / ideal)
    assert scores["MRR@10"] == 1.0
    assert scores["R@1"] == pytest.approx(1 / 3)
    assert scores["R@5"] == pytest.approx(2 / 3)


def test_graded_relevance_counts_in_ndcg() -> None:
    scores = retrieval_scores({"q": ["low", "high"]}, {"q": {"high": 2, "low": 1}})["q"]
    assert scores["nDCG@10"] == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))


def test_rank_11_is_too_deep_for_all_measures() -> None:
    ranked = [f"x{i}" for i in range(10)] + ["a"]
    assert set(retrieval_scores({"q": ranked}, {"q": {"a": 1}})["q"].values()) == {0.0}


def test_judged_query_without_answer_counts_as_0_and_unjudged_query_not_at_all() -> None:
    ranked = {"found": ["a"], "empty": [], "unjudged": ["a"]}
    scores = retrieval_scores(ranked, {"found": {"a": 1}, "empty": {"a": 1}, "absent": {"b": 1}})
    assert sorted(scores) == ["absent", "empty", "found"]
    assert estimates(scores)["R@1"].mean == pytest.approx(1 / 3)


def test_order_of_documents_decides_not_their_names() -> None:
    for first, second in (("a", "z"), ("z", "a")):
        assert retrieval_scores({"q": [first, second]}, {"q": {first: 1}})["q"]["R@1"] == 1.0


@given(st.permutations(["a", "b", "c", "d", "e"]), st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_scores_lie_between_0_and_1_and_a_better_rank_is_never_worse(
    order: list[str], n: int
) -> None:
    qrels = {"q": dict.fromkeys(sorted(order)[:n], 1)}
    scores = retrieval_scores({"q": order}, qrels)["q"]
    assert all(0 <= value <= 1 + 1e-9 for value in scores.values())
    best = retrieval_scores({"q": sorted(order)}, qrels)["q"]
    assert all(best[name] >= scores[name] - 1e-9 for name in scores)


def test_unjudged_share_is_over_the_results_of_judged_queries() -> None:
    ranked = {"p": ["a", "x", "y"], "q": ["b"], "other": ["z"]}
    assert unjudged_share(ranked, {"p": {"a": 1, "x": 0}, "q": {"b": 1}}) == pytest.approx(1 / 4)
    assert unjudged_share(ranked, {"p": {"a": 1}}, depth=1) == 0.0
    assert unjudged_share({}, {"p": {"a": 1}}) == 0.0


def test_estimate_of_equal_values_has_no_width() -> None:
    found = estimate([0.5] * 7)
    assert (found.mean, found.low, found.high, found.n) == (0.5, 0.5, 0.5, 7)
    assert found.half_width == 0.0


def test_interval_of_a_fair_coin_is_near_the_normal_one_and_the_same_each_time() -> None:
    found = estimate([0.0, 1.0] * 200)
    assert found.mean == 0.5
    assert found.half_width == pytest.approx(1.96 * 0.5 / 20, rel=0.15)
    assert found == estimate([0.0, 1.0] * 200)


def test_resamples_draw_as_many_queries_as_there_are() -> None:
    drawn = resamples(9)
    assert drawn.shape == (RESAMPLES, 9)
    assert set(drawn.sum(axis=1)) == {9.0}


def test_estimate_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no values"):
        estimate([])


def test_measure_is_averaged_over_the_queries_it_applies_to() -> None:
    found = estimates({"p": {"hit": 1.0}, "q": {"F1": 0.2}, "r": {"F1": 0.4}})
    assert (found["hit"].mean, found["hit"].n) == (1.0, 1)
    assert found["F1"].mean == pytest.approx(0.3)
    assert found["F1"].n == 2


def test_difference_pairs_the_queries() -> None:
    # Each query gains just 0.1: unpaired, the spread of the queries would hide it.
    old = [0.0, 0.3, 0.6, 0.9]
    gap = difference([value + 0.1 for value in old], old)
    assert (gap.mean, gap.low, gap.high) == pytest.approx((0.1, 0.1, 0.1))
    assert (gap.p, gap.n) == (0.0, 4)


def test_no_difference_is_certain_to_be_none() -> None:
    gap = difference([0.2, 0.8], [0.2, 0.8])
    assert (gap.mean, gap.p) == (0.0, 1.0)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_difference_of_swapped_sides_is_the_opposite(values: list[float], random) -> None:
    other = [random.random() for _ in values]
    there, back = difference(values, other), difference(other, values)
    assert there.mean == pytest.approx(-back.mean)
    assert there.p == pytest.approx(back.p)


@pytest.mark.parametrize(("new", "old"), [([], []), ([1.0], [1.0, 0.0])])
def test_difference_without_pairs_is_an_error(new: list[float], old: list[float]) -> None:
    with pytest.raises(ValueError, match="pairs"):
        difference(new, old)


def test_calibration_error_by_hand() -> None:
    # Bin of .2: two at .25, one right → |.25 - .5|; bin of .9: one at .95, right → .05.
    sums = calibration_bins([0.25, 0.25, 0.95], [True, False, True])
    assert sums[0].tolist() == [0, 0, 2, 0, 0, 0, 0, 0, 0, 1]
    assert calibration_error(sums) == pytest.approx((2 * 0.25 + 0.05) / 3)


def test_confidence_of_1_falls_into_the_last_bin_and_right_is_no_error() -> None:
    assert calibration_error(calibration_bins([1.0], [True])) == 0.0
    assert calibration_error(calibration_bins([], [])) == 0.0


def test_error_by_chance_by_hand() -> None:
    # Four at .5: two are right, give or take 1 (standard deviation); one at .9: .3.
    sums = calibration_bins([0.5] * 4 + [0.9], [True] * 5)
    assert calibration_by_chance(sums) == pytest.approx(math.sqrt(2 / math.pi) * (1 + 0.3) / 5)
    assert calibration_by_chance(calibration_bins([1.0], [False])) == 0.0
    assert calibration_by_chance(calibration_bins([], [])) == 0.0


def test_confidences_that_are_right_show_the_error_by_chance() -> None:
    rng = np.random.default_rng(1)
    confidences = rng.random(200).tolist()
    shown = [
        calibration_error(calibration_bins(confidences, [rng.random() < c for c in confidences]))
        for _ in range(300)
    ]
    expected = calibration_by_chance(calibration_bins(confidences, [True] * 200))
    assert np.mean(shown) == pytest.approx(expected, rel=0.05)


def test_reliability_has_a_point_for_each_bin_that_is_full() -> None:
    bins = [calibration_bins([0.12, 0.95], [False, True]), calibration_bins([0.18], [True])]
    # Two in the second tenth: mean .15, one right. One in the last.
    assert reliability(bins) == [(2, 0.15, 0.5), (1, 0.95, 1.0)]
    assert reliability([]) == []


def test_calibration_over_queries_is_that_of_all_their_cases() -> None:
    bins = [calibration_bins([0.25], [True]), calibration_bins([0.25, 0.95], [False, True])]
    found = calibration_estimate(bins)
    assert found.mean == pytest.approx((2 * 0.25 + 0.05) / 3)
    assert found.n == 2
    assert 0 <= found.low <= found.mean <= found.high
    assert np.isclose(found.high, 0.75, atol=0.15)
    with pytest.raises(ValueError, match="no queries"):
        calibration_estimate([])
