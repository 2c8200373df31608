"""Where a ranked list is cut: as many entries as make the expected F1 highest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cut:
    """From which probability on an entry is a match, and the F1 (0 to 1) to be expected of it."""

    threshold: float
    f1: float


def best_cut(probabilities: Probabilities, floor: float = 0.0) -> Cut:
    """The cut with the highest expected F1, for probabilities of shape (n,), 0 to 1.

    With the k most probable taken, F1 is expected to be about 2 (p_1 + … + p_k) / (k + p_1 + … +
    p_n), after Lipton, Elkan and Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize
    F1 Measure" (2014). Probabilities below `floor` count as 0, so that thousands of hopeless
    entries don't add up to something. Nothing above the floor gives Cut(1, 0).
    """
    kept = np.sort(probabilities[probabilities >= max(floor, np.finfo(float).tiny)])[::-1]
    if not len(kept):
        return Cut(1.0, 0.0)
    expected = 2 * np.cumsum(kept) / (np.arange(1, len(kept) + 1) + kept.sum())
    best = int(np.argmax(expected))
    return Cut(float(kept[best]), float(expected[best]))
