"""A follow-up question made to stand alone, by what the questions before it set."""

import re
from collections.abc import Sequence

from answer.question import Question, understand

_LEANS = re.compile(
    r"^(?:そのうち|その(?:中|なか|市|町|村|県|内)|それ|そこ|この(?:うち|中)|では|じゃあ?|ほか|他に)"
    r"|^(?:and|of (?:those|these|them)|what about|how about|there|then)\b",
    re.IGNORECASE,
)
_BARE = 12


def standalone(question: Question, history: Sequence[str]) -> Question:
    """The question with what it leaves out taken from the last question of `history`.

    A question that leans on another ("And Machida?", 「費用は？」) takes over its words, and its
    places unless it names its own. Any other stays as it is.
    """
    if not history or not _is_elliptic(question):
        return question
    before = standalone(understand(history[-1]), history[:-1])
    kept = before.text
    if question.places:
        for mention in sorted(before.places, key=lambda m: -m.start):
            kept = kept.replace(mention.text, "")
    return understand(f"{kept} {question.text}"[-900:])


def _is_elliptic(question: Question) -> bool:
    if _LEANS.search(question.text):
        return True
    if question.lang == "en":
        return len(question.text.split()) <= 3
    return len(question.text) <= _BARE and not (question.places and question.content)
