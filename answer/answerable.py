"""How probable it is that the documents answer a question at all."""

import math
from dataclasses import dataclass

from answer.question import Question

QUESTION_FEATURES = ("best", "known", "listed", "placed", "english")
"""The log-odds of the likeliest entry before they are weighed against others; the share of what is
asked that the index knows; 1 for a list, for a question that names a place, for an English one."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """A logistic model over QUESTION_FEATURES."""

    coefficients: tuple[float, float, float, float, float]
    intercept: float

    def probability(self, features: tuple[float, ...] | None) -> float:
        """Of an answerable question, 0 to 1; 0 where no entry can be meant (None)."""
        if features is None:
            return 0.0
        weighed = zip(self.coefficients, features, strict=True)
        log_odds = self.intercept + sum(weight * value for weight, value in weighed)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


def question_features(question: Question, best: float, known: float) -> tuple[float, ...] | None:
    """The values of QUESTION_FEATURES; None if `best` is not finite: no entry can be meant."""
    if not math.isfinite(best):
        return None
    listed, placed = float(question.mode == "list"), float(question.is_placed)
    return best, known, listed, placed, float(question.lang == "en")
