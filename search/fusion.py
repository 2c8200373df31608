"""Fusion of the arms: pure functions over score arrays."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def z_scores(scores: Scores, background: Scores | None = None) -> Scores:
    """Scores as standard deviations from the mean; all 0 if they are all the same.

    Shape (n,), higher is better as before. Mean and deviation are those of the scores and of
    the `background` together, so that a few rows are not measured by themselves alone.
    """
    sample = scores if background is None else np.concatenate([scores, background])
    if not len(sample) or sample.max() == sample.min():
        return np.zeros_like(scores)
    wide = sample.astype(np.float64)
    normal: Scores = ((scores - wide.mean()) / wide.std()).astype(np.float32)
    return normal


def convex(arms: list[tuple[float, Scores]]) -> Scores:
    """The convex combination of z-normalised arms: each a weight >= 0 and scores, shape (n,).

    The weights are scaled to sum 1. Bruch, Gai and Ingber, "An Analysis of Fusion Functions for
    Hybrid Retrieval" (2023) show that it beats reciprocal rank fusion when the weights fit.
    Raises ValueError if there is no arm, no positive weight, or the lengths differ.
    """
    total = sum(weight for weight, _ in arms)
    if not arms or total <= 0 or any(weight < 0 for weight, _ in arms):
        raise ValueError(
            f"weights: expected some >= 0 with a positive sum, got {[w for w, _ in arms]}"
        )
    if len({len(scores) for _, scores in arms}) != 1:
        raise ValueError(f"arms: lengths differ, {[len(scores) for _, scores in arms]}")
    fused: Scores = sum(
        (np.float32(weight / total) * z_scores(scores) for weight, scores in arms),
        start=np.zeros(len(arms[0][1]), dtype=np.float32),
    )
    return fused


def ranking(scores: Scores, k: int) -> NDArray[np.int64]:
    """The rows of the k best scores, best first; ties in order of row. Fewer rows give fewer."""
    order: NDArray[np.int64] = np.lexsort((np.arange(len(scores)), -scores))[:k]
    return order
