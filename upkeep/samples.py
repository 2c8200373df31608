"""What the judges learn from: judged questions, and what is known of each entry they admit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from answer.judge import FEATURES, shipped_weights
from answer.modes import Mode
from answer.question import understand
from answer.respond import Answerer
from evaluation.metrics import Floats
from evaluation.questions import JudgedQuestion

Origin = Literal["written", "elsewhere", "within"]
"""Whether a question was written so, or is one asked of another place, or of an area."""


@dataclass(frozen=True)
class Sample:
    """One question: a row of `features` and a truth (0 or 1) for each entry that it admits.

    `counted` is False where a truth could be argued either way; such entries are neither learnt
    from nor scored. `names` are the entries' municipalities (a town may have several entries);
    `asked` are the features of the question itself, None if no entry can be meant. `weight` is how
    much it counts in the regressions; unless it `teaches_entries`, it counts only in that over
    questions. `mode` is how it is answered, whatever kind it was judged as, `is_placed` whether it
    names a place or an area.
    """

    question: JudgedQuestion
    asked: Floats | None
    features: Floats
    truth: Floats
    counted: NDArray[np.bool_]
    names: tuple[str, ...]
    mode: Mode
    is_placed: bool
    weight: float = 1.0
    teaches_entries: bool = True
    origin: Origin = "written"


def sample_of(question: JudgedQuestion, answerer: Answerer, reranked: bool) -> Sample:
    """What a question gives to learn from.

    The features are those of the signals; if `reranked`, their log-odds and what the reranker
    adds, of the entries that were read.
    """
    understood, ratings, admitted = answerer.rate(
        question.question, question.history, quick=not reranked
    )
    rows = np.flatnonzero(admitted & (ratings.probability > 0))
    features = ratings.features
    if reranked:
        weights = shipped_weights()
        log_odds = features[:, : len(FEATURES)] @ np.array(weights.coefficients)
        features = np.column_stack([log_odds + weights.intercept, features[:, len(FEATURES) :]])
    names = [answerer.table.name(row) for row in range(answerer.table.n_entries)]
    acceptable = set(question.acceptable) - set(question.gold)
    return Sample(
        question=question,
        asked=np.array(ratings.question_features) if ratings.question_features else None,
        features=features[rows],
        truth=np.array([names[row] in question.gold for row in rows], dtype=np.float64),
        counted=np.array([names[row] not in acceptable for row in rows], dtype=np.bool_),
        names=tuple(names[row] for row in rows),
        mode=understood.mode,
        is_placed=understood.is_placed,
    )


@dataclass(frozen=True)
class Source:
    """Questions, the answerer over the documents that they were judged over, whether
    probabilities of entries are learnt from them, and how they came about.
    """

    answerer: Answerer
    questions: Sequence[JudgedQuestion]
    teaches_entries: bool = True
    origin: Origin = "written"


def samples_of(sources: Sequence[Source], reranked: bool) -> list[Sample]:
    """The samples of all sources; every source counts alike, however many questions it has.

    Questions that ask who does not do a thing are left out: they are refused by rule. If
    `reranked`, those that nothing answers teach nothing about entries: they are refused before.
    """
    samples = []
    for source in sources:
        kept = [q for q in source.questions if not understand(q.question).negated]
        for question in kept:
            found = sample_of(question, source.answerer, reranked)
            teaches = source.teaches_entries and (not reranked or bool(question.gold))
            found = replace(found, teaches_entries=teaches, origin=source.origin)
            samples.append(replace(found, weight=1 / len(kept)))
    largest = max(sample.weight for sample in samples)
    return [replace(sample, weight=sample.weight / largest) for sample in samples]


def evened(samples: Sequence[Sample]) -> list[Sample]:
    """The samples, those without an answer weighed to count as much as those with one.

    Half of that is theirs that were written so, half theirs that were moved: the odds must not hang
    on how many were made of each question.
    """
    answered = [s for s in samples if s.question.gold]
    half = sum(s.weight for s in answered) / 2
    found = list(answered)
    for was_written in (True, False):
        of = [s for s in samples if not s.question.gold and (s.origin == "written") == was_written]
        total = sum(s.weight for s in of)
        found += [replace(s, weight=s.weight * half / total) for s in of]
    return found
