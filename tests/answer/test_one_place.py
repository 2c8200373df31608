"""A fact that is asked of somewhere in an area: but one of its places is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from answer.judge import Cuts, Ratings
from answer.question import Question
from answer.respond import Answerer
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


def cases(question: str, *probability: float) -> list[tuple[str, str, float]]:
    made = generation(*about(OTSU, KUSATSU, SHIGA, KYOTO))
    judge = Fixed(probability)
    answer = Answerer(made, StubEncoder(), EMPTY, SearchSettings(), judge).ask(question)
    return [(case.name, case.verdict, round(case.score, 2)) for case in answer.cases]


def test_rivals_of_a_sure_place_are_none() -> None:
    # Odds 49, 9 and 1 of the places of 滋賀県: 49/60, 9/60, 1/60; 京都市 is not asked.
    assert cases(WITHIN, 0.98, 0.9, 0.5, 0.99) == [("大津市", "match", 0.82)]


def test_two_sure_places_are_both_shown() -> None:
    # Odds 9, 4 and 0: 9/14, 4/14.
    assert cases(WITHIN, 0.9, 0.8, 0.0, 0.99) == [
        ("大津市", "match", 0.64),
        ("草津市", "unsure", 0.29),
    ]


def test_places_of_a_fact_that_is_asked_of_all_are_no_rivals() -> None:
    assert cases(OF_ALL, 0.98, 0.9, 0.4, 0.5) == [
        ("大津市", "match", 0.98),
        ("草津市", "unsure", 0.9),
        ("京都市", "unsure", 0.5),
    ]
