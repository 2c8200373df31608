"""Facets by which an answer is narrowed."""

from datetime import date

import pytest

from answer.narrow import Narrow, age_of, years_of_period
from ingest.documents import Metadata, Source
from ingest.places import place_by_code

TODAY = date(2026, 11, 24)
SAITAMA = place_by_code("111007")
METADATA = Metadata(
    title="入力事務の自動化",
    place=SAITAMA,
    published="2023-11-25",
    period="2019-2021",
    themes=("RPA", "AI-OCR"),
    sources=(Source(kind="official"), Source(kind="press")),
)


@pytest.mark.parametrize(
    ("narrow", "admitted"),
    [
        (Narrow(), True),
        (Narrow(prefectures=frozenset({"埼玉県", "千葉県"})), True),
        (Narrow(prefectures=frozenset({"東京都"})), False),
        (Narrow(municipalities=frozenset({"111007"})), True),
        (Narrow(municipalities=frozenset({"132098"})), False),
        (Narrow(frozenset({"千葉県"}), frozenset({"111007"})), True),
        (Narrow(frozenset({"埼玉県"}), frozenset({"132098"})), True),
        (Narrow(anytime=True), True),
        (Narrow(themes=frozenset({"RPA"})), True),
        (Narrow(themes=frozenset({"生成AI"})), False),
        (Narrow(source_kinds=frozenset({"press"})), True),
        (Narrow(source_kinds=frozenset({"vendor"})), False),
        (Narrow(first_year=2021), True),
        (Narrow(first_year=2022), False),
        (Narrow(last_year=2019), True),
        (Narrow(last_year=2018), False),
        (Narrow(max_age=3), True),  # Three years are full tomorrow.
        (Narrow(max_age=2), False),
        (Narrow(themes=frozenset({"RPA"}), prefectures=frozenset({"東京都"})), False),
    ],
)
def test_every_facet_has_to_admit(narrow: Narrow, admitted: bool) -> None:
    assert narrow.admits(SAITAMA, METADATA, TODAY) is admitted


def test_what_is_not_known_passes_no_facet_that_asks_for_it() -> None:
    blank = Metadata(title="不明")
    assert Narrow().admits(None, blank, TODAY)
    assert Narrow(anytime=True).admits(None, blank, TODAY)
    assert not Narrow(municipalities=frozenset({"111007"})).admits(None, blank, TODAY)
    for narrow in (Narrow(first_year=2000), Narrow(max_age=99), Narrow(themes=frozenset({"RPA"}))):
        assert not narrow.admits(None, blank, TODAY)
    assert not Narrow(prefectures=frozenset({"埼玉県"})).admits(None, blank, TODAY)


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2023-", (2023, None)),
        ("2020-2021", (2020, 2021)),
        ("2018", (2018, 2018)),
        ("2019年〜", (2019, None)),
        ("", None),
        (None, None),
        ("不明", None),
    ],
)
def test_years_of_a_period(period: str | None, years: tuple[int, int | None] | None) -> None:
    assert years_of_period(period) == years


@pytest.mark.parametrize(
    ("published", "age"),
    [
        ("2023-11-24", 3),
        ("2023-11-25", 2),
        ("2023-11", 2),
        ("2023", 2),
        ("2026-12-31", 0),
        ("", None),
        ("近日", None),
        (None, None),
    ],
)
def test_age_in_full_years(published: str | None, age: int | None) -> None:
    assert age_of(Metadata(title="t", published=published), TODAY) == age


def test_place_or_time_of_the_question_can_be_dropped_or_replaced() -> None:
    assert not Narrow().places_chosen
    assert not Narrow().years_chosen
    assert Narrow(municipalities=frozenset({"111007"})).places_chosen
    assert Narrow(anywhere=True).places_chosen
    assert Narrow(anytime=True).years_chosen
