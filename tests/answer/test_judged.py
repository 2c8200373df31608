"""How sure the cases are that an answer tells."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from answer.decision import Counts, Decision, JudgedEntry
from answer.judged import Judged
from answer.question import understand
from answer.signals import EntryTable
from tests.answer.deciding import CUTS, FACT, about, decide
from tests.answer.made import MACHIDA, SAITAMA, generation, ratings

MATCH = JudgedEntry(0, "match", 0.9, (0,))
WEAK = JudgedEntry(1, "unsure", 0.5, (1,), "weak")


def judged(decision: Decision, presumes: bool = True, asked: str = "RPAを使う市は？") -> Judged:
    table = EntryTable.of(generation(*about(SAITAMA, MACHIDA)))
    given = ratings(table, [0.9, 0.5], None, 0.4, presumes)
    return Judged(understand(asked), (), given, decision, np.ones(2, dtype=np.bool_))


def scores(entries: Sequence[JudgedEntry]) -> list[float]:
    return [round(entry.score, 6) for entry in entries]


def test_doubt_whether_anything_answers_is_in_the_scores() -> None:
    doubted = Decision((WEAK,), (), Counts(0, 1, 1), doubted=True)
    assert scores(judged(doubted).told) == [0.2]
    # The signals' probabilities take nothing for granted.
    assert scores(judged(doubted, presumes=False).told) == [0.5]
    sure = replace(doubted, entries=(MATCH, WEAK), doubted=False)
    assert scores(judged(sure).told) == [0.9, 0.5]
    # Whether it is stated is all there is to a fact of a named place.
    assert scores(judged(sure, asked=FACT).told) == [0.36, 0.2]


def test_nearest_of_a_refusal_have_the_doubt_once() -> None:
    nothing = Decision((), (MATCH, WEAK), Counts(0, 0, 2), doubted=True)
    assert scores(judged(nothing).nearest) == [0.36, 0.2]
    assert [entry.verdict for entry in judged(nothing).nearest] == ["unsure", "unsure"]
    # Refused by a rule, whatever was decided.
    by_rule = replace(nothing, entries=(WEAK,), nearest=())
    assert scores(judged(by_rule).nearest) == [0.2]


@pytest.mark.parametrize(
    ("question", "answerable", "doubted"),
    [
        (FACT, 0.9, False),
        (FACT, 0.5, True),
        # All there is of a place needs no proof.
        ("町田市の事例は？", 0.5, True),
        ("東京都の事例は？", 0.5, False),
    ],
)
def test_what_is_doubted(question: str, answerable: float, doubted: bool) -> None:
    found = decide(question, [0.9, 0.5], *about(MACHIDA, MACHIDA), cuts=CUTS, answerable=answerable)
    assert found.doubted == doubted
