"""What a reranker is worth on questions that it was not trained on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from training.data import Collection, Example

ONE_IN = 20
WRONG = 20

Score = Callable[[Sequence[tuple[str, str]]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Figures over the questions that were held out, each 0 to 1.

    `auc`: a right passage scores above a hard wrong one. `mrr`: mean reciprocal rank of the first
    right one. `answerable`: the best passage of an answerable question scores above that of an
    unanswerable one.
    """

    questions: int
    auc: float
    mrr: float
    answerable: float


def split(collections: Sequence[Collection]) -> tuple[list[Collection], list[Collection]]:
    """Every collection without and with only its held-out questions (one in ONE_IN).

    Those are held out in all wordings, and measured in the first.
    """
    kept, held = [], []
    for collection in collections:
        out = tuple(
            replace(e, wordings=()) for e in collection.examples if _is_held_out(e.question)
        )
        rest = tuple(e for e in collection.examples if not _is_held_out(e.question))
        kept.append(replace(collection, examples=rest))
        held.append(replace(collection, examples=out))
    return kept, [collection for collection in held if collection.examples]


def _is_held_out(question: str) -> bool:
    return int(sha256(question.encode()).hexdigest(), 16) % ONE_IN == 0


def evaluate(score: Score, held: Sequence[Collection]) -> HeldOut:
    """The figures of a model over held-out questions; a figure without any question is 0."""
    truths: list[bool] = []
    scores: list[float] = []
    ranks: list[float] = []
    best: list[tuple[bool, float]] = []
    for collection in held:
        for example in collection.examples:
            right, found = _scored(score, example, collection.passages)
            truths += right
            scores += found
            best.append((any(right), max(found)))
            order = np.argsort(-np.array(found), kind="stable")
            if any(right):
                ranks.append(1 / (1 + int(np.flatnonzero(np.array(right)[order])[0])))
    return HeldOut(
        questions=len(best),
        auc=_auc(truths, scores),
        mrr=float(np.mean(ranks)) if ranks else 0.0,
        answerable=_auc([answer for answer, _ in best], [value for _, value in best]),
    )


def _scored(
    score: Score, example: Example, passages: Sequence[str]
) -> tuple[list[bool], list[float]]:
    rows = [*example.right, *example.hard[:WRONG]]
    found = score([(example.question, passages[row]) for row in rows])
    return [i < len(example.right) for i in range(len(rows))], [float(value) for value in found]


def _auc(truth: Sequence[bool], scores: Sequence[float]) -> float:
    return float(roc_auc_score(truth, scores)) if len(set(truth)) == 2 else 0.0
