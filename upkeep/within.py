"""List questions asked of a part of the country: `python -m upkeep.moved within`.

Staff ask what the towns around them do, 「九州でRPAを使っている市は？」, and our own questions
hardly ever do: a judge learns from them alone that whoever names a place means one town.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from answer.question import Question, understand
from answer.regions import REGIONS
from evaluation.questions import JudgedQuestion
from ingest.documents import Place
from ingest.places import places_named
from upkeep.elsewhere import MARK

AREAS = ("東北", "関東", "中部", "近畿", "中国地方", "四国", "九州")
"""The regions that are asked of, beside every prefecture that has documents."""

ANSWERED, UNANSWERED = 2, 1
"""Of how many areas that have an answer, and of how many that have none, a question is asked."""


def asked_within(
    questions: Sequence[JudgedQuestion], places: Iterable[Place | None]
) -> tuple[JudgedQuestion, ...]:
    """Each list question that names no place, asked of areas in which the documents' `places` lie.

    Gold, municipalities by name, is that of the question less what lies outside of the area; where
    nothing is left, the question is taken for unanswerable, unless what is left is arguable. Areas
    are drawn by the question's id: the same each time.
    """
    known = sorted({place for place in places if place}, key=lambda place: place.code)
    asked: list[JudgedQuestion] = []
    for question in questions:
        read = understand(question.question)
        if question.type not in ("list", "none") or question.history or read.negated:
            continue
        if read.mode != "list" or read.places or read.areas:
            continue
        within = list(_asked(question, read, known))
        asked += islice((one for one in within if one.gold), ANSWERED)
        asked += islice((one for one in within if not one.gold), UNANSWERED)
    return tuple(asked)


def _asked(
    question: JudgedQuestion, read: Question, known: Sequence[Place]
) -> Iterator[JudgedQuestion]:
    """The question of every area, in an order drawn by its id."""
    prefectures = sorted({place.prefecture for place in known})
    # "Which prefectures in Gunma" nobody asks.
    areas = [*AREAS, *prefectures] if read.level != "prefecture" else list(AREAS)
    random.Random(question.id).shuffle(areas)  # noqa: S311
    for area in areas:
        text = _asked_of(area, question)
        within = understand(text)
        # Where the name is not read as an area, or makes another question of it, it says nothing.
        if not within.is_placed or (within.mode, within.content) != (read.mode, read.content):
            continue
        inside = {place.name for place in known if within.admits(place)}
        gold = tuple(name for name in question.gold if name in inside)
        arguable = tuple(name for name in question.acceptable if name in inside)
        if inside and (gold or not arguable):
            yield replace(
                question,
                id=f"{question.id}{MARK}{area}",
                type="list" if gold else "none",
                question=text,
                gold=gold,
                acceptable=arguable,
                evidence=(),
            )


def _asked_of(area: str, question: JudgedQuestion) -> str:
    text = question.question
    if question.lang == "ja":
        return f"{area}で{text}"
    name = REGIONS[area][1] if area in REGIONS else places_named(area)[0].name_en
    if area in ("東京都", "北海道"):
        name = name.removesuffix(" Prefecture")
    first, *_ = text.split()
    if first[1:].islower():
        text = text[0].lower() + text[1:]
    return f"In {name}, {text}"
