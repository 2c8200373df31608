"""Why an entry is unsure, and which of the things asked its sentence does not mention."""

from collections.abc import Sequence
from dataclasses import replace

from answer.decision import JudgedEntry, Reason
from search.fusion import Scores

MENTIONED, NAMED = 0.5, 0.99
"""How far a sentence must mention a thing for it not to be missing, and to be named outright (see
`Aspect.presence`)."""

Mentions = Sequence[tuple[str, Scores]]
"""Each thing asked, and how far each unit mentions it, 0 to 1."""


def missing_of(found: JudgedEntry, mentions: Mentions, enough: float) -> tuple[str, ...]:
    """Which of the things asked an entry's best sentence mentions less than `enough`, 0 to 1."""
    return tuple(label for label, presence in mentions if presence[found.units[0]] < enough)


def with_reason(found: JudgedEntry, mentions: Mentions, doubted: bool) -> JudgedEntry:
    """An unsure entry with the reason why, and what its best sentence does not mention.

    If it mentions nothing of what is asked, that is told only where it is not sure that any
    document answers: a sentence that answers in other words mentions none of it either.
    """
    if found.verdict == "match" or found.reason:
        return found
    missing = missing_of(found, mentions, MENTIONED)
    if len(missing) == len(mentions) and not doubted:
        missing = ()
    return replace(found, reason=_reason(doubted, missing), missing=missing)


def _reason(doubted: bool, missing: tuple[str, ...]) -> Reason:
    if doubted:
        return "doubted"
    return "part" if missing else "weak"
