"""Rates every entry of the index: how probable is it that it states what is asked?"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from answer.answerable import QUESTION_FEATURES, AnswerableModels, question_features
from answer.modes import Mode
from answer.question import Question
from answer.signals import EntryTable, Signals, UnitOrder, closeness
from answer.verdicts import Probabilities
from search.fusion import Scores

FEATURES = ("dense", "terms", "lexical", "best", "english", "placed")
"""What an entry is rated by: the signals of its closest unit; how close the closest unit of any
entry is; 1 for an English question; 1 for an entry of a place that is itself asked about, or of one
in which a fact is asked for, not of one that lies in the area of a list."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class QuestionCuts:
    """How probable it must be that a question is answerable, each 0 to 1.

    Below `refuse` it is refused; below `answer`, all that is found is unsure.
    """

    refuse: float
    answer: float


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where an answer is drawn, each number 0 to 1.

    A comparison, whose places each stand for themselves, has none of the first four.
    An entry is unsure from `unsure` times the threshold of a list, or the probability of the best
    entry, on; of a list none matches below `match`. Probabilities below `floor` count as 0.
    """

    lists: QuestionCuts
    placed_lists: QuestionCuts
    facts: QuestionCuts
    placed_facts: QuestionCuts
    unsure: float
    match: float
    floor: float

    def of_question(self, mode: Mode, is_placed: bool) -> QuestionCuts:
        """The cuts of a list or else of a fact, and of those that name a place or an area."""
        if mode == "list":
            return self.placed_lists if is_placed else self.lists
        return self.placed_facts if is_placed else self.facts


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over FEATURES, its cuts, and what it was calibrated for."""

    features: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float
    answerable: AnswerableModels
    cuts: Cuts
    encoder: str
    adapter: str
    splitter: str


@cache
def shipped_weights() -> Weights:
    """The weights of `judge_weights.json`, as `python -m upkeep.calibrate` wrote them."""
    path = Path(__file__).parent / "judge_weights.json"
    weights = TypeAdapter(Weights).validate_json(path.read_bytes())
    models = weights.answerable
    if any(len(m.coefficients) != len(QUESTION_FEATURES) for m in (models.facts, models.others)):
        raise ValueError(f"{path.name}: expected a coefficient for each of {QUESTION_FEATURES}")
    if weights.features != FEATURES:
        raise ValueError(f"{path.name}: features {weights.features}, expected {FEATURES}")
    return weights


@dataclass(frozen=True)
class Ratings:
    """What a judge makes of a question.

    `probability[i]`, 0 to 1, says how probable it is that entry i states what is asked; `close`,
    shape (n_units,), how close each unit comes to being the answer, and `likeness` how much it is
    like the question. `features`, shape (n_entries, len(names)), are
    the values that `coefficients` weigh: their products and `intercept` add up to the log-odds.
    `answerable`, 0 to 1, is how probable it is that any entry answers, judged by
    `question_features`; if `presumes_answer`, `probability` takes for granted that one does.
    """

    probability: Probabilities
    close: Scores
    likeness: Scores
    order: UnitOrder
    names: tuple[str, ...]
    features: Matrix
    coefficients: tuple[float, ...]
    intercept: float
    answerable: float
    question_features: tuple[float, ...] | None
    presumes_answer: bool = False

    def unconditional(self, probability: float) -> float:
        """The probability of an entry, 0 to 1, without taking for granted that any answers."""
        return probability * (self.answerable if self.presumes_answer else 1.0)

    def explain(self, entry: int) -> dict[str, tuple[float, float]]:
        """Each signal of an entry: its value, and what it adds to the log-odds."""
        values = self.features[entry]
        return {
            name: (float(value), float(value * weight))
            for name, value, weight in zip(self.names, values, self.coefficients, strict=True)
        }


class Judge(Protocol):
    """Rates all entries; the seat that a trained model can take."""

    @property
    def cuts(self) -> Cuts:
        """Where its probabilities are cut."""
        ...

    def rate(
        self, question: Question, signals: Signals, table: EntryTable, admitted: NDArray[np.bool_]
    ) -> Ratings:
        """The ratings of every entry for a question.

        `admitted`, shape (n_entries,), says which ones the question may mean; the probability of
        any other one has no meaning.
        """
        ...


@dataclass(frozen=True, slots=True)
class SignalJudge:
    """Judges by a weighted sum of signals: no neural model, every step can be followed."""

    weights: Weights

    @property
    def cuts(self) -> Cuts:
        """Where its probabilities are cut."""
        return self.weights.cuts

    def rate(
        self, question: Question, signals: Signals, table: EntryTable, admitted: NDArray[np.bool_]
    ) -> Ratings:
        """The ratings of every entry; 0 where something that must be mentioned is not."""
        close = closeness(signals)
        order = UnitOrder.of(close, table)
        closest = order.closest()
        features = _features(question, signals, table, close, closest)
        log_odds = features @ np.array(self.weights.coefficients) + self.weights.intercept
        probability = 1 / (1 + np.exp(-np.clip(log_odds, -60, 60)))
        possible = signals.required[closest]
        asked = question_features(question, log_odds[admitted & possible])
        return Ratings(
            probability=np.where(possible, probability, 0.0),
            close=close,
            likeness=close,
            order=order,
            names=FEATURES,
            features=features,
            coefficients=self.weights.coefficients,
            intercept=self.weights.intercept,
            answerable=self.weights.answerable.of(question.mode).probability(asked),
            question_features=asked,
        )


def _features(
    question: Question,
    signals: Signals,
    table: EntryTable,
    close: Scores,
    closest: NDArray[np.int64],
) -> Matrix:
    n, about, within = len(closest), question.asked_about, question.asked_within
    placed = [place in about or (place and place.prefecture in within) for place in table.places]
    columns = {
        "best": np.full(n, float(close[closest].max(initial=0.0))),
        "english": np.full(n, float(question.lang == "en")),
        "placed": np.array(placed, dtype=np.bool_).astype(np.float64),
    }
    for name in ("dense", "terms", "lexical"):
        columns[name] = getattr(signals, name)[closest].astype(np.float64)
    return np.stack([columns[name] for name in FEATURES], axis=1)
