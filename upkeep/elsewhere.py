"""Questions about a place, asked of another one: `python -m upkeep.moved elsewhere`.

Who asks whether a town does a thing does not know that it does not. Our own questions of that kind
nearly all have an answer, so that a judge learns from them alone that a named town is right.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from answer.question import Question, understand
from evaluation.questions import JudgedQuestion
from ingest.places import Mention

OTHERS = 3
"""Of how many other places a question is asked, at most."""

MARK = "@"
"""Stands in the id of a moved question, between that of the original and the name."""

_JAPANESE_END = re.compile("[都道府県市区町村]$")
_ENGLISH_END = re.compile(r"(?: (?:city|town|village|ward|prefecture|metropolis))?(?:'s)?$", re.I)


@dataclass(frozen=True, slots=True)
class _Placed:
    judged: JudgedQuestion
    read: Question
    mention: Mention

    @property
    def form(self) -> tuple[str, str, bool]:
        """What another name must have in common with this one to stand in its place."""
        end = (_JAPANESE_END if self.judged.lang == "ja" else _ENGLISH_END).search(
            self.mention.text
        )
        whole = all(place.city is None for place in self.mention.candidates)
        return self.judged.lang, end.group().lower() if end else "", whole

    @property
    def right(self) -> set[str]:
        """Whose documents answer it, or may."""
        return {*self.judged.gold, *self.judged.acceptable}


def origin_of(id: str) -> str:
    """The id of the question that one was made of: its own, unless it was moved."""
    return id.partition(MARK)[0]


def asked_elsewhere(questions: Sequence[JudgedQuestion]) -> tuple[JudgedQuestion, ...]:
    """Each answerable fact question that names one place, with the names of others in its stead.

    They are taken for unanswerable; a few may not be, where two places did the same. The names are
    those of the other questions, drawn by the question's id: the same each time.
    """
    placed = [found for question in questions if (found := _placed(question))]
    texts = {one.read.normal for one in placed}
    asked: list[JudgedQuestion] = []
    for one in placed:
        others = {
            frozenset(place.code for place in other.mention.candidates): other.mention
            for other in placed
            if other.form == one.form and not other.right & one.right
        }
        mentions = sorted(others.values(), key=lambda mention: mention.text)
        random.Random(one.judged.id).shuffle(mentions)  # noqa: S311
        fresh = (found for found in _moved(one, mentions) if found.question not in texts)
        moved = list(islice(fresh, OTHERS))
        texts |= {found.question for found in moved}
        asked += moved
    return tuple(asked)


def _placed(question: JudgedQuestion) -> _Placed | None:
    if question.type != "fact" or question.history:
        return None
    read = understand(question.question)
    if read.mode != "fact" or len(read.places) != 1 or read.areas:
        return None
    return _Placed(question, read, read.places[0])


def _moved(one: _Placed, mentions: Sequence[Mention]) -> Iterator[JudgedQuestion]:
    """The question with each name that is then understood, unless one place lies in the other."""
    for mention in mentions:
        asked = one.read.normal
        text = asked[: one.mention.start] + mention.text + asked[one.mention.end :]
        read = understand(text)
        if [found.candidates for found in read.places] != [mention.candidates]:
            continue
        meant = [read.admits(place) for place in one.mention.candidates]
        if any(meant) or any(one.read.admits(place) for place in mention.candidates):
            continue
        yield replace(
            one.judged,
            id=f"{one.judged.id}{MARK}{mention.text}",
            type="none",
            question=text,
            gold=(),
            acceptable=(),
            answer_contains=(),
            evidence=(),
        )
