"""Measures of rankings, and how sure a mean is: bootstrap intervals over queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MEASURES = {
    "nDCG@10": nDCG @ 10,
    "MRR@10": RR @ 10,
    "R@1": R @ 1,
    "R@5": R @ 5,
    "R@10": R @ 10,
}

RESAMPLES = 1000
SEED = 20250304

Scores = Mapping[str, Mapping[str, float]]
"""For each query its value in each measure; a measure that does not apply is missing."""


def retrieval_scores(
    ranked: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Every judged query's value (0 to 1) in each of MEASURES.

    `ranked` holds document ids, best first. A query without a ranking has 0 everywhere; one
    that nobody judged is left out. Where a query has n relevant documents, R@k is the share
    of these n in the first k.
    """
    run = {
        query: {document: float(-rank) for rank, document in enumerate(documents)}
        for query, documents in ranked.items()
        if documents
    }
    scores = {query: dict.fromkeys(MEASURES, 0.0) for query in qrels}
    names = {measure: name for name, measure in MEASURES.items()}
    judged = {query: dict(judgements) for query, judgements in qrels.items() if judgements}
    if judged and run:
        for metric in ir_measures.iter_calc(list(names), judged, run):
            scores[metric.query_id][names[metric.measure]] = float(metric.value)
    return scores


def unjudged_share(
    ranked: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]], depth: int = 10
) -> float:
    """The share (0 to 1) of the first `depth` results that nobody judged; 0 without results."""
    results = [
        document in judged
        for query, judged in qrels.items()
        for document in ranked.get(query, ())[:depth]
    ]
    return 1 - sum(results) / len(results) if results else 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval over `n` queries."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def half_width(self) -> float:
        """Half the interval: what a mean may well be off by."""
        return (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Difference:
    """New less old mean over the queries of both, with its 95 % interval.

    `p` is the two-sided share of resamples (0 to 1) in which the sign is another one.
    """

    mean: float
    low: float
    high: float
    p: float
    n: int


def resamples(n: int, seed: int = SEED) -> Floats:
    """How often each of n queries is drawn in each resample, shape (RESAMPLES, n), rows sum n."""
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    return drawn.astype(np.float64)


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and percentile bootstrap interval. Raises ValueError without a value."""
    if not values:
        raise ValueError("no values to estimate from")
    array = np.asarray(values, dtype=np.float64)
    means = resamples(len(array)) @ array / len(array)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(array.mean()), float(low), float(high), len(array))


def estimates(scores: Scores) -> dict[str, Estimate]:
    """An estimate for each measure, over the queries that it applies to."""
    names = dict.fromkeys(name for values in scores.values() for name in values)
    return {
        name: estimate([values[name] for values in scores.values() if name in values])
        for name in names
    }


def difference(new: Sequence[float], old: Sequence[float]) -> Difference:
    """Paired bootstrap of the difference of means: value i of both belongs to query i.

    Raises ValueError without a value or for different lengths.
    """
    if not new or len(new) != len(old):
        raise ValueError(f"pairs: got {len(new)} new and {len(old)} old values")
    gaps = np.asarray(new, dtype=np.float64) - np.asarray(old, dtype=np.float64)
    means = resamples(len(gaps)) @ gaps / len(gaps)
    low, high = np.percentile(means, [2.5, 97.5])
    tail = min(float((means <= 0).mean()), float((means >= 0).mean()))
    return Difference(float(gaps.mean()), float(low), float(high), min(1.0, 2 * tail), len(gaps))


BINS = 10


def calibration_bins(confidences: Sequence[float], correct: Sequence[bool]) -> Floats:
    """Count, sum of confidences and number of right ones in each of BINS, shape (3, BINS)."""
    sums = np.zeros((3, BINS))
    for confidence, right in zip(confidences, correct, strict=True):
        column = min(int(confidence * BINS), BINS - 1)
        sums[:, column] += (1.0, confidence, float(right))
    return sums


def calibration_error(sums: Floats) -> float:
    """Expected calibration error (0 to 1) of the sums of `calibration_bins`; 0 without any.

    The mean over all judged things of how far the mean confidence of their bin is from the
    share that was right.
    """
    total = sums[0].sum()
    return float(np.abs(sums[1] - sums[2]).sum() / total) if total else 0.0


def calibration_by_chance(sums: Floats) -> float:
    """What `calibration_error` shows on average (0 to 1) if the confidences are perfectly right.

    Of so few things the share that is right is never quite what it should be: in a bin of n with
    mean confidence c, the number of right ones has a standard deviation of about sqrt(n c (1 - c)),
    and sqrt(2 / pi) of it is how far it is off on average (the mean of a half-normal).
    """
    n, confidence, _ = sums
    share = np.divide(confidence, n, out=np.zeros_like(n), where=n > 0)
    off = np.sqrt(2 / np.pi * n * share * (1 - share)).sum()
    return float(off / n.sum()) if n.sum() else 0.0


def calibration_estimate(bins: Sequence[Floats]) -> Estimate:
    """The error over the bins of all queries, with an interval from resampled queries.

    Raises ValueError without a query.
    """
    if not bins:
        raise ValueError("no queries to estimate from")
    stacked = np.stack(bins)
    drawn = np.tensordot(resamples(len(bins)), stacked, axes=1)
    low, high = np.percentile([calibration_error(sums) for sums in drawn], [2.5, 97.5])
    return Estimate(calibration_error(stacked.sum(axis=0)), float(low), float(high), len(bins))


def reliability(bins: Sequence[Floats]) -> list[tuple[int, float, float]]:
    """The points of a reliability diagram: size, mean confidence and share right of each full bin.

    `bins` are those of `calibration_bins` of every query.
    """
    sums = np.sum(bins, axis=0) if len(bins) else np.zeros((3, BINS))
    return [
        (int(n), round(float(confidence / n), 4), round(float(right / n), 4))
        for n, confidence, right in sums.T
        if n
    ]
