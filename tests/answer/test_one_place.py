"""A fact that is asked of somewhere in an area: one of its places is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from answer.judge import Cuts, Ratings
from answer.narrow import Narrow
from answer.question import Question
from answer.respond import EVERYTHING, Answerer
from answer.signals import EntryTable, Signals
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY
from search.hybrid import SearchSettings
from tests.answer.deciding import CUTS, about
from tests.answer.made import KYOTO, generation, place, ratings

OTSU, KUSATSU, SHIGA = map(place, ("252018", "252069", "250007"))
WITHIN, OF_ALL = "滋賀県でRPAを使うところの費用は？", "RPAの費用は？"


@dataclass(frozen=True)
class Fixed:
    """A judge that has its mind made up, whatever is asked."""

    probability: Sequence[float]
    cuts: Cuts = CUTS

    def rate(
        self, _question: Question, _signals: Signals, table: EntryTable, _: NDArray[np.bool_]
    ) -> Ratings:
        return ratings(table, self.probability)


# The vectors of a made generation have one dimension; nothing is compared here.
@pytest.fixture(autouse=True)
def _flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        StubEncoder, "encode_queries", lambda _, texts: np.ones((len(texts), 1), dtype=np.float32)
    )


def cases(
    question: str, *probability: float, narrow: Narrow = EVERYTHING
) -> list[tuple[str, str, float]]:
    made = generation(*about(OTSU, KUSATSU, SHIGA, KYOTO))
    judge = Fixed(probability)
    answer = Answerer(made, StubEncoder(), EMPTY, SearchSettings(), judge).ask(
        question, narrow=narrow
    )
    return [(case.name, case.verdict, round(case.score, 2)) for case in answer.cases]


def test_rivals_of_a_sure_place_are_none() -> None:
    # Odds 49, 9 and 1 of the places of 滋賀県: .9 * 9/49 = .17; 京都市 is not asked.
    assert cases(WITHIN, 0.98, 0.9, 0.5, 0.99) == [("大津市", "match", 0.98)]


def test_two_sure_places_are_both_shown() -> None:
    # Odds 9 and 4: .8 * 4/9, which is more than a quarter of .9.
    assert cases(WITHIN, 0.9, 0.8, 0.0, 0.99) == [
        ("大津市", "match", 0.9),
        ("草津市", "unsure", 0.36),
    ]


ALL = [("大津市", "match", 0.98), ("草津市", "unsure", 0.9), ("滋賀県", "unsure", 0.5)]


@pytest.mark.parametrize(
    "question",
    [
        "滋賀県でのRPAの費用はそれぞれいくら？",
        "How much did each town in Shiga spend on RPA?",
        # A town that is named stands for itself, whatever else is.
        "大津市のRPAの費用は？",
    ],
)
def test_places_are_no_rivals_where_several_are_asked(question: str) -> None:
    admitted = ALL[:1] if question.startswith("大津市") else ALL
    assert cases(question, 0.98, 0.9, 0.5, 0.99) == admitted


def test_places_are_no_rivals_where_towns_in_general_are_asked() -> None:
    asked = "近畿の自治体はRPAで何時間減らした？"
    assert cases(asked, 0.98, 0.9, 0.5, 0.99) == [
        ("京都市", "match", 0.99),
        *((name, "unsure", score) for name, _, score in ALL),
    ]


def test_places_of_a_fact_that_is_asked_of_all_are_no_rivals() -> None:
    assert cases(OF_ALL, 0.98, 0.9, 0.4, 0.5) == [
        ("大津市", "match", 0.98),
        ("草津市", "unsure", 0.9),
        ("京都市", "unsure", 0.5),
    ]


def test_places_that_were_chosen_are_no_rivals() -> None:
    chosen = Narrow(municipalities=frozenset({OTSU.code, KUSATSU.code}))
    assert cases(WITHIN, 0.98, 0.9, 0.5, 0.99, narrow=chosen) == ALL[:2]


def test_entries_of_one_place_are_no_rivals() -> None:
    made = generation(*about(OTSU, OTSU, KUSATSU))
    judge = Fixed((0.9, 0.98, 0.9))
    answer = Answerer(made, StubEncoder(), EMPTY, SearchSettings(), judge).ask(WITHIN)
    (case,) = answer.cases
    assert (case.name, [quote.document for quote in case.quotes]) == ("大津市", ["1.md", "0.md"])
