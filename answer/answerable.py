"""How probable it is that the documents answer a question at all."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.marks import Wanted, marks
from answer.modes import Mode
from answer.question import Question

QUESTION_FEATURES = ("best", "several", "listed", "placed", "listed_there", "english")
"""The highest log-odds of all that was judged; how probable the LIKELIEST are on average; 1 for a
list, for a question that names a place or an area, for a list that does, for an English one."""

READ_FEATURES = (*QUESTION_FEATURES, "signals")
"""With what a judge that reads adds: the highest log-odds by the signals."""

READ_FACT_FEATURES = (*READ_FEATURES, "likeness", "asked", "told")
"""Of a fact, such a judge looks at the sentence that is closest, and so quoted first: "best" is its
log-odds. Added are how like the question the likeliest sentence is, whether it asks for a figure, a
date or an organisation, and which share of these the closest one says.

To be near the subject is not yet to say what is asked of it: what is much alike and read coolly
is not.
"""

LIKELIEST = 10


@dataclass(frozen=True, slots=True)
class Answerable:
    """A logistic model over one of the tuples of features above."""

    coefficients: tuple[float, ...]
    intercept: float

    def probability(self, features: tuple[float, ...] | None) -> float:
        """Of an answerable question, 0 to 1; 0 where no entry can be meant (None)."""
        if features is None:
            return 0.0
        weighed = zip(self.coefficients, features, strict=True)
        log_odds = self.intercept + sum(weight * value for weight, value in weighed)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


@dataclass(frozen=True, slots=True)
class AnswerableModels:
    """One for facts, one for all else.

    Of a place that is named, much is near whatever is asked of it; in a list, nearness tells more.
    """

    facts: Answerable
    others: Answerable

    def of(self, mode: Mode) -> Answerable:
        """The model for a question of this kind."""
        return self.facts if mode == "fact" else self.others


def question_features(
    question: Question, log_odds: NDArray[np.floating]
) -> tuple[float, ...] | None:
    """The values of QUESTION_FEATURES, by the log-odds of all that can be meant, shape (n,).

    None for n = 0: no entry can be meant.
    """
    if not len(log_odds):
        return None
    likeliest = np.sort(log_odds.astype(np.float64))[::-1][:LIKELIEST]
    several = float(np.mean(1 / (1 + np.exp(-np.clip(likeliest, -60, 60)))))
    listed, placed = question.mode == "list", question.is_placed
    of_question = (listed, placed, listed and placed, question.lang == "en")
    return float(likeliest[0]), several, *map(float, of_question)


def with_signals(
    read: tuple[float, ...] | None, by_signals: tuple[float, ...] | None
) -> tuple[float, ...] | None:
    """The values of READ_FEATURES, from those of QUESTION_FEATURES by reading and by signals.

    Where the reranker misjudges a sentence, the signals often do not. None if no entry can be
    meant.
    """
    if read is None or by_signals is None:
        return None
    return (*read, by_signals[QUESTION_FEATURES.index("best")])


def with_closest(
    read: tuple[float, ...], closest: str, log_odds: float, likeness: float, asked: Wanted
) -> tuple[float, ...]:
    """The values of READ_FACT_FEATURES, from those of READ_FEATURES, the closest sentence and its
    log-odds, how like the question the likeliest one is, and what the fact asks for.
    """
    parts = asked.each()
    told = sum(bool(marks(closest, part)) for part in parts) / max(1, len(parts))
    return (log_odds, *read[1:], likeness, float(bool(parts)), told)
