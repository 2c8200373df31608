"""Where the ranked entries of a question are cut into what answers it and what may."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from answer.decision import LIKELY, JudgedEntry, Verdict
from answer.judge import Cuts, QuestionCuts
from answer.question import Question
from answer.verdicts import best_cut

Certainty = Literal["sure", "doubted", "refused"]


def all_of(judged: Sequence[JudgedEntry]) -> tuple[JudgedEntry, ...]:
    """Every entry, also of a question that is hardly answerable; a doubted one is unsure."""
    sure = [_as(found, "match") for found in judged if found.reason is None]
    return (*sure, *(found for found in judged if found.reason))


def cut(
    question: Question,
    judged: Sequence[JudgedEntry],
    certainty: Certainty,
    cuts: Cuts,
    answered: float,
) -> tuple[JudgedEntry, ...]:
    """The entries that answer or may, each with its verdict.

    `answered`, 0 to 1, is the probability that any does, if the scores take that for granted.
    """
    if not judged or certainty == "refused":
        return ()
    if question.mode == "compare":
        return _cut_each_place(judged)
    if question.mode == "list":
        return _cut_list(judged, certainty == "sure", cuts)
    return _cut_fact(judged, certainty == "sure" and judged[0].score * answered >= LIKELY, cuts)


def certainty_of(question: Question, answerable: float, cuts: QuestionCuts) -> Certainty:
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


def _cut_fact(judged: Sequence[JudgedEntry], likely: bool, cuts: Cuts) -> tuple[JudgedEntry, ...]:
    """Of a fact only the best entry is the answer; what comes near it may be."""
    best = judged[0]
    first = _as(best, "match" if likely and not best.reason else "unsure")
    floor = max(cuts.floor, best.score * cuts.unsure)
    return first, *(found for found in judged[1:] if found.score >= floor)


def _cut_each_place(judged: Sequence[JudgedEntry]) -> tuple[JudgedEntry, ...]:
    """Every place that is compared stands for itself; the weakest is unsure, not left out."""
    sure = [found for found in judged if found.score >= LIKELY and found.reason is None]
    unsure = [found for found in judged if found not in sure]
    return (*(_as(found, "match") for found in sure), *unsure)


def _as(found: JudgedEntry, verdict: Verdict) -> JudgedEntry:
    return replace(found, verdict=verdict, reason=None if verdict == "match" else found.reason)
