"""What of a question no longer holds once another one follows it."""

import pytest

from answer.followup import readings
from answer.question import understand


@pytest.mark.parametrize(
    ("before", "question", "text", "level"),
    [
        ("RPAを使う県は？", "市は？", "RPAを使う市区町村は? 市は？", "municipal"),
        ("RPAを使う町村は？", "市区町村だと？", "RPAを使う市区町村は? 市区町村だと？", "municipal"),
        ("RPAを使う市は？", "県では？", "RPAを使う自治体は? 県では？", "prefecture"),
        ("RPAを使う市", "県レベルでは？", "RPAを使う自治体 県レベルでは？", "prefecture"),
        # A class of the towns asked for narrows them.
        ("RPAを使う市は？", "町村では？", "RPAを使う市は? 町村では？", "town"),
    ],
)
def test_level_replaces_a_level(before: str, question: str, text: str, level: str) -> None:
    found = readings(understand(question), [before])[0].question
    assert (found.text, found.level) == (text, level)


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("日高村のスマホの話", "都農町は？", "スマホの話 都農町は？"),
        ("スマホと日高村の話", "都農町は？", "スマホとの話 都農町は？"),
        ("日高村は何を？", "都農町は？", "は何を? 都農町は？"),
    ],
)
def test_name_that_opens_goes_with_its_tie(before: str, question: str, text: str) -> None:
    assert readings(understand(question), [before])[0].question.text == text


@pytest.mark.parametrize(
    ("question", "stays"),
    [
        ("よその市にも売れてるの？", True),
        ("ほかの市でも使われていますか", True),
        ("ほかの自治体へ広がった？", True),
        ("他の市では？", False),
        ("他の市でもやってる？", False),
    ],
)
def test_what_went_to_others_is_asked_of_the_place_before(question: str, stays: bool) -> None:
    found = readings(understand(question), ["北見市の窓口は？"])[0].question
    assert (bool(found.places), bool(found.areas)) == (stays, not stays)


def test_one_in_a_place_is_one_of_those_before() -> None:
    found = readings(understand("Was the one in Miyagi used?"), ["Which places use drones?"])[0]
    assert "drones" in found.question.content
