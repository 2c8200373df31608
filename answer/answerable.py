"""How probable it is that the documents answer a question at all."""

import math
from dataclasses import dataclass

from answer.marks import marks, wanted
from answer.question import Question

QUESTION_FEATURES = ("best", "known", "listed", "placed", "english", "lacking")
"""The log-odds of the likeliest entry before they are weighed against others; the share of what is
asked that the index knows; 1 for a list, for a question that names a place, for an English one, and
for a fact question that asks for a figure, a date or a name which the likeliest sentence lacks."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """A logistic model over QUESTION_FEATURES."""

    coefficients: tuple[float, float, float, float, float, float]
    intercept: float

    def probability(self, features: tuple[float, ...] | None) -> float:
        """Of an answerable question, 0 to 1; 0 where no entry can be meant (None)."""
        if features is None:
            return 0.0
        weighed = zip(self.coefficients, features, strict=True)
        log_odds = self.intercept + sum(weight * value for weight, value in weighed)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


def question_features(
    question: Question, best: float, known: float, likeliest: str
) -> tuple[float, ...] | None:
    """The values of QUESTION_FEATURES; None if `best` is not finite: no entry can be meant.

    `likeliest` is the sentence that comes closest to an answer.
    """
    if not math.isfinite(best):
        return None
    listed, placed = float(question.mode == "list"), float(question.is_placed)
    lacking = float(question.mode == "fact" and _lacks(likeliest, question))
    return best, known, listed, placed, float(question.lang == "en"), lacking


def _lacks(sentence: str, question: Question) -> bool:
    asked = wanted(question)
    return asked.anything and not marks(sentence, asked)
