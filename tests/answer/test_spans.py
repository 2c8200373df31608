"""Spans of a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.spans import Span, blanked, disjoint, overlaps, span_of, spans_of
from ingest.places import find_places

TEXT = "町田市と大津市のRPAは？"
SPANS = st.lists(st.tuples(st.integers(0, 14), st.integers(1, 6)).map(lambda s: (s[0], sum(s))))


def test_where_things_were_found() -> None:
    found = find_places(TEXT)
    assert span_of(found[0]) == (0, 3)
    assert spans_of(found) == [(0, 3), (4, 7)]


@pytest.mark.parametrize(
    ("span", "expected"),
    [((2, 5), True), ((3, 4), True), ((0, 9), True), ((0, 2), False), ((5, 8), False)],
)
def test_spans_that_only_touch_do_not_overlap(span: Span, expected: bool) -> None:
    assert overlaps(span, [(2, 5), (20, 21)]) is expected


def test_nothing_overlaps_none() -> None:
    assert not overlaps((0, 9), [])


def test_blanks_keep_all_other_offsets() -> None:
    assert blanked(TEXT, [(4, 7), (0, 3)]) == "   と   のRPAは？"
    assert blanked(TEXT, []) == TEXT


def test_longer_of_two_that_begin_together_stays_and_what_begins_in_it_goes() -> None:
    assert disjoint([(6, 8), (0, 2), (0, 5), (4, 9), (5, 6)]) == ((0, 5), (5, 6), (6, 8))


@given(SPANS)
def test_disjoint_spans_are_some_of_the_given_and_every_other_one_overlaps_them(
    spans: list[Span],
) -> None:
    kept = disjoint(spans)
    assert set(kept) <= set(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(kept))
    assert all(overlaps(span, kept) for span in spans)


@given(st.text(min_size=20, max_size=30), SPANS)
def test_blanked_text_is_as_long_and_blank_in_the_spans_alone(text: str, spans: list[Span]) -> None:
    blank = blanked(text, spans)
    assert len(blank) == len(text)
    for at, (before, after) in enumerate(zip(text, blank, strict=True)):
        assert after == (" " if overlaps((at, at + 1), spans) else before)
