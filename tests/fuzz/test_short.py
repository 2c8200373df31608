"""A short run of what `python -m tests.fuzz` does for as long as one likes, and what it found."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from ingest.reading import Outcome
from tests.fuzz import loaders, opening
from tests.fuzz.damage import Damage
from tests.fuzz.loaders import DamagedFile, LoaderCheck
from tests.fuzz.opening import DamagedIndex, OpeningCheck

SHORT = settings(
    deadline=None, max_examples=150, suppress_health_check=list(HealthCheck), database=None
)
POSTINGS = ("offsets.npy", "rows.npy", "counts.npy")
FLIP = Damage("flip", 0.5, 0, b"", b"", b"", None)


@pytest.fixture(scope="module")
def loader_check() -> Iterator[LoaderCheck]:
    check = LoaderCheck()
    yield check
    check.close()


@pytest.fixture(scope="module")
def opening_check() -> Iterator[OpeningCheck]:
    check = OpeningCheck()
    yield check
    check.close()


def results(opening_check: OpeningCheck, damage: Damage, *parts: str) -> set[str]:
    """What comes of an index of which one of these parts is damaged and signed anew.

    Every part is there twice, for chunks and for units.
    """
    files = list(opening_check.damage(DamagedIndex(0.0, (), False)))
    places = [(i + 0.5) / len(files) for i, name in enumerate(files) if name.endswith(parts)]
    assert len(places) == 2 * len(parts)
    return {opening_check.check(DamagedIndex(place, (damage,), True)) for place in places}


@SHORT
@given(case=loaders.cases)
def test_damaged_file_is_balanced_or_refused(loader_check: LoaderCheck, case: DamagedFile):
    loader_check.check(case)


@SHORT
@given(case=opening.cases)
def test_damaged_index_is_opened_or_refused(opening_check: OpeningCheck, case: DamagedIndex):
    opening_check.check(case)


@pytest.mark.parametrize(
    "damage",
    [
        replace(FLIP, kind="stop", at=0.0),
        replace(FLIP, kind="splice"),
        replace(FLIP, kind="cut", at=0.9, length=6),
    ],
)
def test_postings_that_are_signed_though_broken_are_refused(
    opening_check: OpeningCheck, damage: Damage
):
    assert results(opening_check, damage, *POSTINGS) == {"refused"}


@pytest.mark.parametrize("at", [0.5, 0.75])
def test_postings_of_another_index_may_be_opened(opening_check: OpeningCheck, at: float):
    """The lowest bit of a number flipped and signed may be as good an index as the first."""
    assert results(opening_check, replace(FLIP, at=at), *POSTINGS) <= {"opened", "refused"}


def test_what_the_checks_look_for_would_be_seen(opening_check: OpeningCheck):
    """The child tells errors that nobody told it to expect."""
    outcome = Outcome("a.txt", "failed", "parse_crashed", {"file": "a", "why": "x"})
    with pytest.raises(AssertionError, match="parse_crashed"):
        loaders.judge([outcome])
    with pytest.raises(AssertionError):
        loaders.judge([])
    assert opening_check.damage(DamagedIndex(0.0, (FLIP,), True)) != opening_check.damage(
        DamagedIndex(0.0, (), True)
    )


@pytest.mark.parametrize("at", [0.4, 0.6, 0.9])
def test_postings_that_do_not_fit_together_are_refused_when_opened(
    opening_check: OpeningCheck, at: float
):
    flip = replace(FLIP, at=at, length=7)
    # A count may be any number.
    assert results(opening_check, flip, "offsets.npy", "rows.npy") == {"refused"}
