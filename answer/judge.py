"""Judges every case of the index: does it state what is asked?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from answer.facets import Facet, coverage
from answer.question import Question
from index.generation import Generation
from ingest.documents import Place
from search.fusion import Scores, z_scores
from search.hybrid import QueryScores, best_of_groups

Verdict = Literal["match", "unsure", "no"]


@dataclass(frozen=True)
class CaseTable:
    """Which case each unit row belongs to.

    A case is a place, over all documents that tell of it, or, without a place, a document.
    `places[i]` is the place of case i, `titles[i]` a document's title, `case_of_unit` has shape
    (n_units,).
    """

    places: tuple[Place | None, ...]
    titles: tuple[str, ...]
    case_of_unit: NDArray[np.int64]

    @classmethod
    def of(cls, generation: Generation) -> "CaseTable":
        """The cases of a generation, in order of first appearance."""
        numbers: dict[str, int] = {}
        places: list[Place | None] = []
        titles: list[str] = []
        rows: list[int] = []
        for chunk in generation.chunks:
            key = chunk.place.code if chunk.place else chunk.document
            if key not in numbers:
                numbers[key] = len(numbers)
                places.append(chunk.place)
                titles.append(generation.documents[chunk.document].metadata.title)
            rows.extend([numbers[key]] * len(chunk.units))
        return cls(tuple(places), tuple(titles), np.array(rows, dtype=np.int64))

    @cached_property
    def n_cases(self) -> int:
        """How many cases there are."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for each unit, arrays of shape (n_units,).

    `dense`: z-score of its similarity among all units; `unit`, `passage` and `case`: the share
    of what is asked (0 to 1) that the unit itself, its chunk, and its whole case mention;
    `required`: whether its case mentions everything that must be mentioned.
    """

    dense: Scores
    unit: Scores
    passage: Scores
    case: Scores
    required: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case and its verdict. `score` is 0 to 1; `units` are unit rows, the best first."""

    case: int
    verdict: Verdict
    score: float
    units: tuple[int, ...]


class Judge(Protocol):
    """Gives every case its verdict; the seat that a trained model can take."""

    def judge(self, question: Question, signals: Signals, cases: CaseTable) -> Sequence[JudgedCase]:
        """Every case that the question may mean, best first."""
        ...


def signals_of(
    scores: QueryScores, facets: tuple[Facet, ...], generation: Generation, cases: CaseTable
) -> Signals:
    """The signals of all units for one question."""
    n = len(generation.units)
    dense = scores.units.dense
    unit = coverage(facets, generation.unit_level.lexical)
    passages = coverage(facets, generation.chunk_level.lexical)
    passage = np.maximum(unit, passages[np.asarray(generation.chunk_of_unit, dtype=np.int64)])
    whole = np.zeros(cases.n_cases, dtype=np.float32)
    required = np.ones(cases.n_cases, dtype=np.bool_)
    weight = sum(facet.weight for facet in facets)
    for facet in facets:
        present = facet.presence(generation.unit_level.lexical)
        best = best_of_groups(present, cases.case_of_unit, cases.n_cases)
        if weight:
            whole += np.float32(facet.weight / weight) * best
        if facet.required:
            required &= best > 0
    return Signals(
        dense=z_scores(dense) if dense is not None else np.zeros(n, dtype=np.float32),
        unit=unit,
        passage=passage.astype(np.float32),
        case=whole[cases.case_of_unit],
        required=required[cases.case_of_unit],
    )


@dataclass(frozen=True, slots=True)
class SignalWeights:
    """How the signals of a unit add up, and where the verdicts are cut.

    A unit's evidence is ``dense * z + unit * share + passage * share + case * share - bias``;
    its score the logistic function of that. `match` and `unsure` are the lowest scores of these
    verdicts; for "match" a case must also come within `gap` of the best one's evidence.
    """

    dense: float = 1.0
    unit: float = 3.0
    passage: float = 1.0
    case: float = 0.5
    bias: float = 5.0
    match: float = 0.6
    unsure: float = 0.35
    gap: float = 2.5


@dataclass(frozen=True, slots=True)
class SignalJudge:
    """Judges by the weighted sum of the signals: no model, every step can be followed."""

    weights: SignalWeights = SignalWeights()
    quotes: int = 3

    def evidence(self, signals: Signals) -> Scores:
        """The log-odds of each unit, shape (n_units,); -inf where a required thing is missing."""
        w = self.weights
        total = (
            w.dense * signals.dense
            + w.unit * signals.unit
            + w.passage * signals.passage
            + w.case * signals.case
            - w.bias
        )
        evidence: Scores = np.where(signals.required, total, -np.inf).astype(np.float32)
        return evidence

    def judge(self, question: Question, signals: Signals, cases: CaseTable) -> Sequence[JudgedCase]:
        """Every case that the question may mean, best first; ties in order of case."""
        evidence = self.evidence(signals)
        allowed = _allowed(question, cases)
        evidence = np.where(allowed[cases.case_of_unit], evidence, -np.inf).astype(np.float32)
        best = best_of_groups(evidence, cases.case_of_unit, cases.n_cases)
        top = float(best.max(initial=-np.inf))
        order = np.lexsort((np.arange(cases.n_cases), -best))
        judged = []
        for case in (int(c) for c in order if allowed[c]):
            judged.append(
                JudgedCase(
                    case=case,
                    verdict=self._verdict(float(best[case]), top),
                    score=logistic(float(best[case])),
                    units=self._units(case, evidence, cases),
                )
            )
        return judged

    def _verdict(self, evidence: float, top: float) -> Verdict:
        score = logistic(evidence)
        if score >= self.weights.match and evidence >= top - self.weights.gap:
            return "match"
        return "unsure" if score >= self.weights.unsure else "no"

    def _units(self, case: int, evidence: Scores, cases: CaseTable) -> tuple[int, ...]:
        """The best unit, and up to `quotes` in all that come near it."""
        rows = np.flatnonzero(cases.case_of_unit == case)
        rows = rows[np.lexsort((rows, -evidence[rows]))][: self.quotes]
        kept = [
            r for r in rows if np.isfinite(evidence[r]) and evidence[r] >= evidence[rows[0]] - 1
        ]
        return tuple(int(row) for row in kept)


def logistic(x: float) -> float:
    """1 / (1 + exp(-x)), 0 for -inf."""
    return float(1 / (1 + np.exp(-np.clip(x, -60, 60)))) if np.isfinite(x) else 0.0


def _allowed(question: Question, cases: CaseTable) -> NDArray[np.bool_]:
    """Which cases the question may mean: those of its places and of its level."""
    named = question.named
    cities = {place.code for place in named}
    prefectures = {place.prefecture for place in named if place.city is None}

    def fits(place: Place | None) -> bool:
        if question.level == "prefecture" and (place is None or place.city):
            return False
        if not named:
            return True
        return place is not None and (place.code in cities or place.prefecture in prefectures)

    return np.array([fits(place) for place in cases.places], dtype=np.bool_)
