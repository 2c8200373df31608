"""From ratings to verdicts: which entries answer a question, which may, and which do not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from answer.aspects import Aspect
from answer.conditions import Conditions
from answer.cut import all_of, certainty_of, cut
from answer.decision import NEAREST, Counts, Decision, JudgedEntry
from answer.judge import Cuts, Ratings
from answer.narrow import Narrow
from answer.question import Question
from answer.reasons import NAMED, missing_of, with_reason
from answer.signals import EntryTable
from answer.verdicts import Probabilities, beside_the_best, given_one
from index.generation import Generation

CANDIDATES = 400
DOUBTED = 0.5


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


@dataclass(frozen=True)
class Decider:
    """Draws the line between yes and no for one index."""

    generation: Generation
    table: EntryTable

    def decide(
        self,
        question: Question,
        ratings: Ratings,
        aspects: tuple[Aspect, ...],
        cuts: Cuts,
        narrow: Narrow,
        admitted: NDArray[np.bool_],
    ) -> Decision:
        """The verdict of every entry; one that is not `admitted` has "no".

        A list that asks for nothing but its places (九州の事例) has all that is admitted.
        """
        probability: Probabilities = np.where(admitted, ratings.probability, 0.0)
        if question.mode == "list" and ratings.presumes_answer:
            probability = given_one(probability)
        if question.asked_of_one and not narrow.places_chosen:
            keys = [self.table.key(entry) for entry in range(self.table.n_entries)]
            probability = beside_the_best(probability, keys)
            # A share of the odds falls faster than the probability from which a rival is shown.
            cuts = replace(cuts, unsure=cuts.unsure / 2)
        order = np.lexsort((np.arange(len(probability)), -probability, ~admitted))[:CANDIDATES]
        if whole := _asks_for_all(question, aspects):
            probability = admitted.astype(np.float64)
        compared = question.mode == "compare"
        candidates = [int(e) for e in order if probability[e] > 0 or (compared and admitted[e])]
        judged = self._judged(candidates, probability, ratings, question, narrow)
        placed = question.is_placed and not narrow.places_chosen
        of_question = cuts.of_question(question.mode, placed)
        certainty = certainty_of(question, ratings.answerable, of_question)
        answered = ratings.unconditional(1.0)
        decided = all_of(judged) if whole else cut(question, judged, certainty, cuts, answered)
        doubted = certainty != "sure" and not whole
        decided = self._with_reasons(decided, question, aspects, doubted)
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

    def _judged(
        self,
        candidates: Sequence[int],
        probability: Probabilities,
        ratings: Ratings,
        question: Question,
        narrow: Narrow,
    ) -> list[JudgedEntry]:
        """The candidates that fail no condition, the surest first."""
        conditions, quoting = Conditions.of(question, narrow), QUOTING[question.mode]
        each = (self._judge(e, probability, ratings, conditions, quoting) for e in candidates)
        return sorted((found for found in each if found), key=lambda found: -found.score)

    def _judge(
        self,
        entry: int,
        probability: Probabilities,
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

    def _with_reasons(
        self,
        decided: Sequence[JudgedEntry],
        question: Question,
        aspects: Sequence[Aspect],
        doubted: bool,
    ) -> tuple[JudgedEntry, ...]:
        """The unsure ones with their reasons; of a list's matches, those come first whose sentence
        names all that is asked, if the documents have words for all of it.
        """
        lexical = self.generation.unit_level.lexical
        # What weighs nothing is a word of another language, for which documents have their own.
        mentions = [(a.label, a.presence(lexical)) for a in aspects if a.weight > 0]
        found = [with_reason(entry, mentions, doubted) for entry in decided]
        if question.mode == "list":
            told = len(mentions) == len(aspects)
            found.sort(
                key=lambda f: (
                    f.verdict != "match" or (told and bool(missing_of(f, mentions, NAMED)))
                )
            )
        return tuple(found)

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


def _asks_for_all(question: Question, aspects: Sequence[Aspect]) -> bool:
    level = question.level and question.level != "municipal"
    named = question.places or question.areas or level or question.bounds
    unchecked = question.population and not question.bounds
    nothing_else = not aspects and not question.content and not unchecked
    return question.mode == "list" and bool(named) and nothing_else
