"""The judge that reads: a cross-encoder's word on the entries that could matter."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from answer.answerable import (
    READ_FACT_FEATURES,
    READ_FEATURES,
    AnswerableModels,
    question_features,
    with_closest,
    with_signals,
)
from answer.judge import FEATURES, Cuts, Ratings, SignalJudge
from answer.marks import wanted
from answer.question import Question
from answer.signals import EntryTable, Signals, UnitOrder
from index.generation import Generation
from search.fusion import Scores
from search.reading import PairScorer, passage_of

# As many as can be read while a person waits; what that misses stands in docs/retrieval.md.
LIST_PAIRS, FACT_PAIRS = 80, 24

LIST_UNITS = 3
"""How many units of an entry are read for a list, at most."""

READ_WEIGHT, DENSE_WEIGHT = 0.6, 0.9
"""What the reranker's log-odds and the vectors' z-score count for in how close a unit comes.

Alone it tells the subject better than what is asked of it (docs/retrieval.md); whether a place
answers at all is its own word, though.
"""

UNREAD = 100.0
"""How far units that were not read fall behind those that were."""

Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RerankWeights:
    """How the signals' log-odds and the reranker's are added up, and the cuts that go with it.

    `english`, `placed` and `area` are added for an English question, an entry of a place that is
    itself asked about, and a list that names a place or an area.
    """

    signals: float
    reranker: float
    english: float
    placed: float
    area: float
    intercept: float
    answerable: AnswerableModels
    cuts: Cuts
    model: str


@cache
def shipped_rerank_weights() -> RerankWeights:
    """The weights of `rerank_weights.json`, as `python -m upkeep.calibrate` wrote them."""
    path = Path(__file__).parent / "rerank_weights.json"
    weights = TypeAdapter(RerankWeights).validate_json(path.read_bytes())
    for model, names in (
        (weights.answerable.facts, READ_FACT_FEATURES),
        (weights.answerable.others, READ_FEATURES),
    ):
        if len(model.coefficients) != len(names):
            raise ValueError(f"{path.name}: expected a coefficient for each of {names}")
    return weights


@dataclass(frozen=True)
class RerankJudge:
    """Lets the reranker read the likeliest units and adds its word to the signals'."""

    signal_judge: SignalJudge
    scorer: PairScorer
    generation: Generation
    weights: RerankWeights

    @property
    def cuts(self) -> Cuts:
        """Where its probabilities are cut."""
        return self.weights.cuts

    def rate(
        self, question: Question, signals: Signals, table: EntryTable, admitted: Booleans
    ) -> Ratings:
        """The ratings of every entry; one of which no unit was read has probability 0."""
        rated = self.signal_judge.rate(question, signals, table, admitted)
        entries, rows = self._candidates(question, rated, table, admitted)
        pairs = [(question.text, passage_of(self.generation, row)) for row in rows]
        read = self.scorer.score(pairs) if pairs else np.zeros(0, dtype=np.float32)
        close = (rated.close - UNREAD).astype(np.float32)
        close[rows] = READ_WEIGHT * read + DENSE_WEIGHT * signals.dense[rows]
        asked = self._question_features(question, rated, close, rows, read)
        rated = replace(
            rated,
            close=close,
            order=UnitOrder.of(close, table),
            answerable=self.weights.answerable.of(question.mode).probability(asked),
            question_features=asked,
        )
        return self._joined(question, rated, table, entries, read)

    def _question_features(
        self,
        question: Question,
        rated: Ratings,
        close: Scores,
        rows: NDArray[np.int64],
        read: NDArray[np.float32],
    ) -> tuple[float, ...] | None:
        """By what it is told whether anything answers; None if nothing was read."""
        asked = with_signals(question_features(question, read), rated.question_features)
        if question.mode != "fact" or asked is None:
            return asked
        closest = int(np.argmax(close[rows]))
        text, log_odds = self.generation.units[rows[closest]].text, float(read[closest])
        likeness = float(rated.likeness[rows].max())
        return with_closest(asked, text, log_odds, likeness, wanted(question))

    def _candidates(
        self, question: Question, rated: Ratings, table: EntryTable, admitted: Booleans
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Entry and unit rows of all pairs to read: the closest units, the closest first."""
        listed = question.mode == "list"
        pairs = LIST_PAIRS if listed else FACT_PAIRS
        of_one = LIST_UNITS if listed else FACT_PAIRS
        possible = admitted & (rated.probability > 0)
        rows = np.flatnonzero(possible[table.entry_of_unit])
        taken: Counter[int] = Counter()
        found: list[tuple[int, int]] = []
        for row in rows[np.argsort(-rated.close[rows], kind="stable")]:
            if len(found) == pairs:
                break
            entry = int(table.entry_of_unit[row])
            if taken[entry] < of_one:
                taken[entry] += 1
                found.append((entry, int(row)))
        both = np.array(found, dtype=np.int64).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    def _joined(
        self,
        question: Question,
        rated: Ratings,
        table: EntryTable,
        entries: NDArray[np.int64],
        read: NDArray[np.float32],
    ) -> Ratings:
        weights = self.weights
        best = np.full(table.n_entries, -np.inf)
        np.maximum.at(best, entries, read.astype(np.float64))
        was_read = np.isfinite(best)
        word = np.where(was_read, best, 0.0)
        english, placed = (
            rated.features[:, FEATURES.index(name)] for name in ("english", "placed")
        )
        area = np.full(table.n_entries, float(question.mode == "list" and question.is_placed))
        features = np.column_stack([rated.features, word, english, placed, area])
        coefficients = (
            *(weights.signals * value for value in rated.coefficients),
            weights.reranker,
            weights.english,
            weights.placed,
            weights.area,
        )
        intercept = weights.signals * rated.intercept + weights.intercept
        log_odds = features @ np.array(coefficients) + intercept
        probability = 1 / (1 + np.exp(-np.clip(log_odds, -60, 60)))
        return replace(
            rated,
            probability=np.where(was_read & (rated.probability > 0), probability, 0.0),
            names=(*rated.names, "reranker", "english+", "placed+", "area+"),
            features=features,
            coefficients=coefficients,
            intercept=intercept,
            # They were learnt from questions that something answers.
            presumes_answer=True,
        )
