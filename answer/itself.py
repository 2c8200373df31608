"""Prefectures that are asked about themselves, not about the towns in them."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from answer.followup import Standalone
from answer.question import Question
from answer.spans import span_of
from ingest.documents import Place


def meanings(readings: Iterable[Standalone], here: Collection[Place]) -> tuple[Standalone, ...]:
    """What readings of a question may mean by the prefectures that it names, the likelier first.

    「佐賀県は何をしていますか」 asks the prefecture if it has a case of its own among `here`; only
    if that does not answer, any of its towns. What is compared with a prefecture is never its town.
    """
    found: dict[Standalone, None] = {}
    for asked in readings:
        found[replace(asked, question=_alone(asked.question, here))] = None
        if asked.question.mode != "compare":
            found[asked] = None
    return tuple(found)


def _alone(question: Question, here: Collection[Place]) -> Question:
    if question.mode == "list":
        return question
    itself = frozenset(
        place
        for mention in question.places
        if question.mode == "compare" or span_of(mention) not in question.where
        for place in mention.candidates
        if place.city is None and place in here
    )
    return replace(question, alone=itself)
