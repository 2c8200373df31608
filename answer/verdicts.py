"""Where a ranked list is cut, and what is likely if one entry, or but one, is known to be right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]


def best_cut(probabilities: Probabilities, floor: float = 0.0) -> float:
    """From which probability on an entry is a match, for probabilities of shape (n,), 0 to 1.

    It is the cut with the highest expected F1. With the k most probable taken, that is about
    2 (p_1 + … + p_k) / (k + p_1 + … + p_n), after Lipton, Elkan and Naryanaswamy, "Optimal
    Thresholding of Classifiers to Maximize F1 Measure" (2014). Probabilities below `floor` count
    as 0, so that thousands of hopeless entries don't add up to something. Nothing above the floor
    gives 1.
    """
    kept = np.sort(probabilities[probabilities >= max(floor, np.finfo(float).tiny)])[::-1]
    if not len(kept):
        return 1.0
    expected = 2 * np.cumsum(kept) / (np.arange(1, len(kept) + 1) + kept.sum())
    return float(kept[int(np.argmax(expected))])


def given_one(probabilities: Probabilities) -> Probabilities:
    """The probabilities of entries, shape (n,), knowing that at least one of them is right.

    By Bayes' rule, as if they were independent: p_i / (1 - (1 - p_1) … (1 - p_n)). All 0 stay 0.
    """
    one = -np.expm1(np.log1p(-np.minimum(probabilities, 1 - np.finfo(float).eps)).sum())
    return np.minimum(probabilities / one, 1.0) if one > 0 else probabilities


def beside_the_best(probabilities: Probabilities, groups: Sequence[str]) -> Probabilities:
    """The probabilities of entries, shape (n,), if but one of their groups is likely to be right.

    Each is multiplied by the odds of its group's best entry as a share of the best odds of all:
    what is as likely as the best stays as it is, and so do the entries of the best group.
    """
    odds = probabilities / np.maximum(1 - probabilities, np.finfo(float).eps)
    best: dict[str, float] = {}
    for group, own in zip(groups, odds.tolist(), strict=True):
        best[group] = max(best.get(group, 0.0), own)
    share = np.array([best[group] for group in groups]) / (max(best.values(), default=0.0) or 1.0)
    found: Probabilities = probabilities * share
    return found
