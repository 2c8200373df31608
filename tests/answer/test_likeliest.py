"""Which reading of a question is taken."""

from dataclasses import dataclass

import pytest

from answer.followup import Standalone
from answer.likeliest import likeliest
from answer.question import understand


@dataclass(frozen=True)
class Found:
    """What `Judged` tells of a reading."""

    best: float
    closest: int | None


FIRST, OTHER, EARLIER = understand("市の選考"), understand("課題は？"), understand("何分？")
ALONE = understand("選考の課題は？")


def taken(first: Found, other: Found, earlier: Found | None) -> int:
    """0 if the first reading is taken, 1 for the other."""
    meant = [
        Standalone(FIRST, FIRST),
        Standalone(OTHER, OTHER, repeated=EARLIER if earlier else None),
    ]
    found = {FIRST: first, OTHER: other, EARLIER: earlier}
    used, _ = likeliest(meant, lambda one: found[one.question])  # type: ignore[arg-type,return-value]
    return meant.index(used)


@pytest.mark.parametrize(
    ("first", "other", "chosen"), [(0.5, 0.9, 0), (0.5, 1.0, 0), (0.4, 0.9, 1), (0.9, 0.1, 0)]
)
def test_first_reading_may_be_half_as_likely(first: float, other: float, chosen: int) -> None:
    assert taken(Found(first, 1), Found(other, 2), None) == chosen


@pytest.mark.parametrize(
    ("first", "other", "chosen"), [(0.9, 0.5, 1), (0.9, 0.4, 0), (0.9, 0.45, 0), (0.1, 0.9, 1)]
)
def test_reading_that_repeats_the_answer_may_be_twice_as_likely(
    first: float, other: float, chosen: int
) -> None:
    assert taken(Found(first, 7), Found(other, 2), Found(0.8, 7)) == chosen


def test_reading_for_a_repeated_answer_does_not_count_otherwise() -> None:
    assert taken(Found(0.1, 1), Found(0.9, 2), Found(0.8, 7)) == 0
    assert taken(Found(0.1, None), Found(0.9, 2), Found(0.8, None)) == 0


def test_reading_that_repeats_the_answer_as_well_does_not_count() -> None:
    assert taken(Found(0.9, 7), Found(1.0, 7), Found(0.8, 7)) == 0


def test_reading_that_does_not_count_leaves_the_first_its_advantage() -> None:
    meant = [
        Standalone(FIRST, FIRST),
        Standalone(OTHER, OTHER, repeated=EARLIER),
        Standalone(ALONE, ALONE),
    ]
    found = {FIRST: Found(0.9, 7), OTHER: Found(0.9, 7), EARLIER: Found(0.8, 7)}
    found[ALONE] = Found(0.5, 2)
    used, _ = likeliest(meant, lambda one: found[one.question])  # type: ignore[arg-type,return-value]
    assert used == meant[0]


def test_no_other_reading_is_asked_that_cannot_win() -> None:
    asked = []

    def judged(one: Standalone) -> Found:
        asked.append(one.question)
        return Found(0.5, 1)

    likeliest([Standalone(FIRST, FIRST), Standalone(OTHER, OTHER)], judged)  # type: ignore[arg-type]
    assert asked == [FIRST]


def test_single_reading_is_taken() -> None:
    only = Standalone(FIRST, FIRST)
    assert likeliest([only], lambda _: Found(0.0, None))[0] == only  # type: ignore[arg-type,return-value]
