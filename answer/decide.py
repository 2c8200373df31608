"""From ratings to verdicts: which entries answer a question, which may, and which do not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from answer.conditions import Conditions
from answer.facets import Facet
from answer.judge import Cuts, QuestionCuts, Ratings
from answer.narrow import Narrow
from answer.question import Question
from answer.signals import EntryTable
from answer.verdicts import best_cut
from index.generation import Generation
from search.fusion import Scores

Verdict = Literal["match", "unsure"]
Certainty = Literal["sure", "doubted", "refused"]
Reason = Literal["period", "quantity", "doubted", "part", "weak"]

CANDIDATES = 400
NEAREST = 3
DOUBTED = 0.5
MAYBE, LIKELY = 0.1, 0.5
"""Probabilities from which an entry may well answer, and from which it is more likely than not."""
MENTIONED, NAMED = 0.5, 0.99
"""How far a sentence must mention a thing for it not to be missing, and to be named outright (see
`Facet.presence`)."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """How many units of an entry are quoted, and how far they may fall behind its closest."""

    units: int
    margin: float


LIST_QUOTING = Quoting(3, 1.5)
FACT_QUOTING = Quoting(6, 3.0)
COMPARE_QUOTING = Quoting(6, 4.5)
"""Two places are compared on what both tell, which need not be what each tells first: all of 36
comparisons that no model was trained on quote what was asked of both; with 3.0, one does not."""

QUOTING = {"list": LIST_QUOTING, "fact": FACT_QUOTING, "compare": COMPARE_QUOTING}
"""By the kind of question."""


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """An entry that answers or may: `score` is its probability (0 to 1), `units` are unit rows,
    the best first. `reason` says why it is unsure, `missing` what its sentence does not mention.
    """

    entry: int
    verdict: Verdict
    score: float
    units: tuple[int, ...]
    reason: Reason | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents have a match, an unsure entry at best, or neither."""

    match: int
    unsure: int
    no: int


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdicts: `entries` the matches, then the unsure ones, the surest first.

    `nearest` are the closest entries when none is left. Every other entry has the verdict "no".
    `doubted` says that it is not sure whether anything answers.
    """

    entries: tuple[JudgedEntry, ...]
    nearest: tuple[JudgedEntry, ...]
    counts: Counts
    doubted: bool


@dataclass(frozen=True)
class Decider:
    """Draws the line between yes and no for one index."""

    generation: Generation
    table: EntryTable

    def decide(
        self,
        question: Question,
        ratings: Ratings,
        facets: tuple[Facet, ...],
        cuts: Cuts,
        narrow: Narrow,
        admitted: NDArray[np.bool_],
    ) -> Decision:
        """The verdict of every entry; one that is not `admitted` has "no".

        A list that asks for nothing but its places (九州の事例) has all that is admitted.
        """
        probability = np.where(admitted, ratings.probability, 0.0)
        order = np.lexsort((np.arange(len(probability)), -probability, ~admitted))[:CANDIDATES]
        if whole := _asks_for_all(question, facets):
            probability = admitted.astype(np.float64)
        compared = question.mode == "compare"
        candidates = [int(e) for e in order if probability[e] > 0 or (compared and admitted[e])]
        quoting = QUOTING[question.mode]
        conditions = Conditions.of(question, narrow)
        judged = [
            found
            for entry in candidates
            if (found := self._judge(entry, probability, ratings, conditions, quoting))
        ]
        judged.sort(key=lambda found: -found.score)
        placed = question.is_placed and not narrow.places_chosen
        of_question = cuts.of_question(question.mode, placed)
        certainty = _certainty(question, ratings.answerable, of_question)
        decided = _all_of(judged) if whole else _cut(question, judged, certainty, cuts)
        lexical = self.generation.unit_level.lexical
        # What weighs nothing is a word of another language, for which documents have their own.
        mentions = [(f.label, f.presence(lexical)) for f in facets if f.weight > 0]
        doubted = certainty != "sure" and not whole
        decided = tuple(_with_reason(found, mentions, doubted) for found in decided)
        if question.mode == "list":
            # Among the matches, those whose sentence names all that is asked are read first.
            decided = tuple(
                sorted(
                    decided,
                    key=lambda f: f.verdict != "match" or bool(_missing(f, mentions, NAMED)),
                )
            )
        return Decision(
            entries=decided,
            nearest=() if decided else tuple(judged[:NEAREST]),
            counts=self._counts(decided),
            doubted=doubted,
        )

    def admitted(
        self, question: Question, narrow: Narrow, within: frozenset[str] | None, today: date
    ) -> NDArray[np.bool_]:
        """Which entries may be an answer at all, shape (n_entries,).

        They are those that the question's places and `narrow` admit; with `within`, only those
        whose place has one of these codes.
        """
        documents = self.generation.documents

        def fits(entry: int) -> bool:
            place = self.table.places[entry]
            if place is None and (question.mode != "fact" or question.is_placed):
                return False
            if within is not None and (place is None or place.code not in within):
                return False
            if place is not None and not (narrow.places_chosen or question.admits(place)):
                return False
            return narrow.admits(place, documents[self.table.documents[entry]].metadata, today)

        return np.array([fits(entry) for entry in range(self.table.n_entries)], dtype=np.bool_)

    def _judge(
        self,
        entry: int,
        probability: NDArray[np.float64],
        ratings: Ratings,
        conditions: Conditions,
        quoting: Quoting,
    ) -> JudgedEntry | None:
        """An entry with the units to quote; None if it fails a condition."""
        rows = ratings.order.units(entry)
        near = rows[ratings.close[rows] >= ratings.close[rows[0]] - quoting.margin]
        score, reason = float(probability[entry]), None
        if conditions.any:
            texts = [self.generation.units[row].text for row in near]
            metadata = self.generation.documents[self.table.documents[entry]].metadata
            kept, reason = conditions.check(texts, metadata)
            if not kept:
                return None
            near = near[kept]
            score *= DOUBTED if reason else 1.0
        units = tuple(int(row) for row in near[: quoting.units])
        return JudgedEntry(entry, "unsure", score, units, reason)

    def _counts(self, decided: Sequence[JudgedEntry]) -> Counts:
        """All documents of a place with a match are quoted below that match, and count as such."""
        sure = {self.table.key(found.entry) for found in decided if found.verdict == "match"}
        quoted = {self.table.documents[found.entry] for found in decided}
        match = {
            self.table.documents[found.entry]
            for found in decided
            if self.table.key(found.entry) in sure
        }
        unsure = quoted - match
        total = len(self.generation.documents)
        return Counts(len(match), len(unsure), total - len(match) - len(unsure))


Mentions = Sequence[tuple[str, Scores]]
"""Each thing asked, and how far each unit mentions it, 0 to 1."""


def _missing(found: JudgedEntry, mentions: Mentions, enough: float) -> tuple[str, ...]:
    return tuple(label for label, presence in mentions if presence[found.units[0]] < enough)


def _with_reason(found: JudgedEntry, mentions: Mentions, doubted: bool) -> JudgedEntry:
    """An unsure entry with the reason why, and what its best sentence does not mention.

    If it mentions nothing of what is asked, that is told only where it is not sure that any
    document answers: a sentence that answers in other words mentions none of it either.
    """
    if found.verdict == "match" or found.reason:
        return found
    missing = _missing(found, mentions, MENTIONED)
    if len(missing) == len(mentions) and not doubted:
        missing = ()
    return replace(found, reason=_reason(doubted, missing), missing=missing)


def _reason(doubted: bool, missing: tuple[str, ...]) -> Reason:
    if doubted:
        return "doubted"
    return "part" if missing else "weak"


def _asks_for_all(question: Question, facets: Sequence[Facet]) -> bool:
    named = question.places or question.areas or question.level
    nothing_else = not facets and not question.content and not question.population
    return question.mode == "list" and bool(named) and nothing_else


def _all_of(judged: Sequence[JudgedEntry]) -> tuple[JudgedEntry, ...]:
    """Every entry, also of a question that is hardly answerable; a doubted one is unsure."""
    sure = [_as(found, "match") for found in judged if found.reason is None]
    return (*sure, *(found for found in judged if found.reason))


def _cut(
    question: Question, judged: Sequence[JudgedEntry], certainty: Certainty, cuts: Cuts
) -> tuple[JudgedEntry, ...]:
    """The entries that answer or may, each with its verdict."""
    if not judged or certainty == "refused":
        return ()
    if question.mode == "compare":
        return _cut_each_place(judged)
    if question.mode == "list":
        return _cut_list(judged, certainty == "sure", cuts)
    return _cut_fact(judged, certainty == "sure", cuts)


def _certainty(question: Question, answerable: float, cuts: QuestionCuts) -> Certainty:
    """How sure it is that anything answers; of a comparison that is not asked."""
    if question.mode == "compare" or answerable >= cuts.answer:
        return "sure"
    return "doubted" if answerable >= cuts.refuse else "refused"


def _cut_list(judged: Sequence[JudgedEntry], certain: bool, cuts: Cuts) -> tuple[JudgedEntry, ...]:
    threshold = best_cut(np.array([found.score for found in judged]), cuts.floor)
    # Of hardly likely entries the likeliest promise most, and are none the likelier for it.
    needed = max(threshold, cuts.match)

    def verdict(found: JudgedEntry) -> Verdict:
        sure = certain and found.score >= needed and found.reason is None
        return "match" if sure else "unsure"

    kept = [found for found in judged if found.score >= threshold * cuts.unsure]
    named = [_as(found, verdict(found)) for found in kept]
    return tuple(sorted(named, key=lambda found: (found.verdict != "match", -found.score)))


def _cut_fact(judged: Sequence[JudgedEntry], certain: bool, cuts: Cuts) -> tuple[JudgedEntry, ...]:
    """Of a fact only the best entry is the answer; what comes near it may be."""
    best = judged[0]
    sure = certain and best.score >= LIKELY and not best.reason
    first = _as(best, "match" if sure else "unsure")
    floor = max(cuts.floor, best.score * cuts.unsure)
    return first, *(found for found in judged[1:] if found.score >= floor)


def _cut_each_place(judged: Sequence[JudgedEntry]) -> tuple[JudgedEntry, ...]:
    """Every place that is compared stands for itself; the weakest is unsure, not left out."""
    sure = [found for found in judged if found.score >= LIKELY and found.reason is None]
    unsure = [found for found in judged if found not in sure]
    return (*(_as(found, "match") for found in sure), *unsure)


def _as(found: JudgedEntry, verdict: Verdict) -> JudgedEntry:
    return replace(found, verdict=verdict, reason=None if verdict == "match" else found.reason)
