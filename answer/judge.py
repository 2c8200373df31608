"""Judges every case of the index: does it state what is asked?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from answer.facets import Facet, coverage, known_share
from answer.question import Question
from index.generation import Generation
from ingest.documents import Place
from search.fusion import Scores, z_scores
from search.hybrid import QueryScores, best_of_groups

Verdict = Literal["match", "unsure", "no"]

WHOLE = 0.99


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

    `dense` and `lexical` are z-scores of the unit in each arm among all units, `chunk` the dense
    one of its chunk. `unit`, `passage` and `case` are the share of what is asked (0 to 1) that
    the unit itself, its chunk, and its whole case mention; `required` says whether its case
    mentions everything that must be mentioned, `insists` whether there is such a thing. `known`
    is the share of what is asked (0 to 1) that any unit mentions.
    """

    dense: Scores
    lexical: Scores
    chunk: Scores
    unit: Scores
    passage: Scores
    case: Scores
    required: NDArray[np.bool_]
    insists: bool
    known: float


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
    chunk_of_unit = np.asarray(generation.chunk_of_unit, dtype=np.int64)
    unit = coverage(facets, generation.unit_level.lexical)
    passage = coverage(facets, generation.chunk_level.lexical)[chunk_of_unit]
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
    n = len(chunk_of_unit)
    return Signals(
        dense=_z(scores.units.dense, scores.background.dense, n),
        lexical=_z(scores.units.lexical, scores.background.lexical, n),
        chunk=_z(scores.chunks.dense, scores.background.dense, len(generation.chunks))[
            chunk_of_unit
        ],
        unit=unit,
        passage=np.maximum(unit, passage),
        case=whole[cases.case_of_unit],
        required=required[cases.case_of_unit],
        insists=any(facet.required for facet in facets),
        known=known_share(facets),
    )


def _z(scores: Scores | None, background: Scores | None, n: int) -> Scores:
    """z-scores; an arm that is off says nothing."""
    return np.zeros(n, dtype=np.float32) if scores is None else z_scores(scores, background)


FEATURES = ("dense", "passage", "case", "lexical", "chunk", "known", "best", "english")
"""What a case is judged by: the signals of its closest unit; the share of what is asked that is
known to the index at all; how close the closest unit of any case is; 1 for an English question."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over FEATURES, and where its probability p is cut.

    A case is a match from `match` on and unsure from `unsure` on (from `mention` on, if it
    mentions a thing that the question insists on). Below `refuse` the best case is no answer
    (below `refuse_unknown`, if no document has a word of a Japanese question); below `answer`
    (`answer_fact`, if a fact is asked) it is no match either, only unsure.
    """

    features: tuple[str, ...]
    coefficients: tuple[float, ...]
    intercept: float
    match: float
    unsure: float
    mention: float
    refuse: float
    refuse_unknown: float
    answer: float
    answer_fact: float


@cache
def shipped_weights() -> Weights:
    """The weights of `judge_weights.json`, fitted by logistic regression on judged questions."""
    path = Path(__file__).parent / "judge_weights.json"
    weights = TypeAdapter(Weights).validate_json(path.read_bytes())
    if weights.features != FEATURES:
        raise ValueError(f"{path.name}: features {weights.features}, expected {FEATURES}")
    return weights


def closeness(signals: Signals) -> Scores:
    """How close each unit comes, to pick a case's closest; shape (n_units,), no bounds."""
    close: Scores = (
        signals.dense
        + 2.5 * signals.unit
        + signals.passage
        + 0.3 * signals.lexical
        + 0.3 * signals.chunk
    ).astype(np.float32)
    return close


@dataclass(frozen=True, slots=True)
class SignalJudge:
    """Judges by a weighted sum of signals: no neural model, every step can be followed."""

    weights: Weights
    quotes: int = 3
    quote_margin: float = 1.5

    def judge(self, question: Question, signals: Signals, cases: CaseTable) -> Sequence[JudgedCase]:
        """Every case that the question may mean, the surest first; ties in order of case.

        In a list, a case with a unit that mentions everything asked goes before one without.
        """
        close = closeness(signals)
        units = [np.flatnonzero(cases.case_of_unit == case) for case in range(cases.n_cases)]
        units = [rows[np.lexsort((rows, -close[rows]))] for rows in units]
        allowed = [c for c in _allowed(question, cases) if len(units[c])]
        if not allowed:
            return []
        closest = np.array([units[case][0] for case in allowed])
        scores = self._probabilities(closest, close, signals, question)
        whole = (signals.unit[closest] > WHOLE) & (question.kind == "list")
        order = np.lexsort((np.arange(len(allowed)), -scores, ~whole))
        floor = self.weights.mention if signals.insists else self.weights.unsure
        unknown = question.lang == "ja" and signals.known == 0
        verdicts = self._verdicts(scores, floor, unknown, question.kind == "fact")
        return [
            JudgedCase(
                case=allowed[i],
                verdict=verdicts[i],
                score=float(scores[i]),
                units=self._quoted(units[allowed[i]], close),
            )
            for i in order
        ]

    def _probabilities(
        self, closest: NDArray[np.int64], close: Scores, signals: Signals, question: Question
    ) -> NDArray[np.float64]:
        n = len(closest)
        columns = {
            "known": np.full(n, signals.known),
            "best": np.full(n, float(close[closest].max())),
            "english": np.full(n, float(question.lang == "en")),
        }
        for name in ("dense", "passage", "case", "lexical", "chunk"):
            columns[name] = getattr(signals, name)[closest].astype(np.float64)
        matrix = np.stack([columns[name] for name in FEATURES], axis=1)
        log_odds = matrix @ np.array(self.weights.coefficients) + self.weights.intercept
        probabilities = 1 / (1 + np.exp(-np.clip(log_odds, -60, 60)))
        return np.where(signals.required[closest], probabilities, 0.0)

    def _verdicts(
        self, scores: NDArray[np.float64], floor: float, unknown: bool, fact: bool
    ) -> list[Verdict]:
        weights, best = self.weights, float(scores.max())
        refuse = weights.refuse_unknown if unknown else weights.refuse

        answer = weights.answer_fact if fact else weights.answer

        def verdict(score: float) -> Verdict:
            if best < refuse or score < floor:
                return "no"
            return "match" if score >= weights.match and best >= answer else "unsure"

        return [verdict(float(score)) for score in scores]

    def _quoted(self, rows: NDArray[np.int64], close: Scores) -> tuple[int, ...]:
        """The closest unit, and up to `quotes` in all that come near it."""
        near = rows[close[rows] >= close[rows[0]] - self.quote_margin]
        return tuple(int(row) for row in near[: self.quotes])


def _allowed(question: Question, cases: CaseTable) -> list[int]:
    """The cases that the question may mean: those of its places and of its level."""
    named = question.named
    codes = {place.code for place in named}
    prefectures = {place.prefecture for place in named if place.city is None}

    def fits(place: Place | None) -> bool:
        if place is None:
            return question.kind == "fact" and not named
        if question.level == "prefecture" and place.city:
            return False
        return not named or place.code in codes or place.prefecture in prefectures

    return [case for case, place in enumerate(cases.places) if fits(place)]
