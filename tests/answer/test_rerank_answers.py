"""Answers of an answerer that has a reader."""

import numpy as np
import pytest

from answer.judge import FEATURES, SignalJudge
from answer.respond import Answerer
from answer.verdicts import given_one
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY
from search.hybrid import SearchSettings
from tests.answer.deciding import FACT
from tests.answer.made import MACHIDA, SAITAMA, Part, generation
from tests.answer.test_rerank import LIST, Reader, weights


def answerer(reader: Reader | None) -> Answerer:
    made = generation(
        Part("a.md", SAITAMA, ("入力事務をRPAで自動化している。", "RPAを試した。")),
        Part("b.md", MACHIDA, ("RPAによる手作業の自動化。",)),
    )
    return Answerer(made, StubEncoder(), EMPTY, SearchSettings(), scorer=reader)


def hardly_liked(word: float) -> Answerer:
    """What the reader says of the one sentence that may answer; it likes no other."""
    liked = Reader({"さいたま市（埼玉県）RPAを試した。": word, "町田市（東京都）三。": -9.0})
    made = generation(Part("a.md", SAITAMA, ("RPAを試した。",)), Part("b.md", MACHIDA, ("三。",)))
    return Answerer(made, StubEncoder(), EMPTY, SearchSettings(), scorer=liked)


# The vectors of a made generation have one dimension; only words are compared.
@pytest.fixture
def flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        StubEncoder, "encode_queries", lambda _, texts: np.ones((len(texts), 1), dtype=np.float32)
    )


@pytest.fixture
def reader(flat: None) -> Reader:
    return Reader(
        {
            "さいたま市（埼玉県）RPAを試した。": 30.0,
            "町田市（東京都）RPAによる手作業の自動化。": -30.0,
        }
    )


def test_answer_follows_the_reader_unless_it_is_to_be_quick(reader: Reader) -> None:
    asked = answerer(reader)
    assert asked.reranks
    answer = asked.ask(LIST)
    assert [case.name for case in answer.cases] == ["さいたま市"]
    assert answer.cases[0].quotes[0].text == "RPAを試した。"
    assert "reranker" in {signal.name for signal in answer.cases[0].signals}
    calls = reader.calls
    quick = asked.ask(LIST, quick=True)
    assert reader.calls == calls == 1
    first, *_ = (*quick.cases, *quick.nearest)
    assert {signal.name for signal in first.signals} == set(FEATURES)


def test_ratings_are_the_readers_unless_they_are_to_be_quick(reader: Reader) -> None:
    asked = answerer(reader)
    assert asked.rate(LIST)[1].names[-4:] == ("reranker", "english+", "placed+", "area+")
    assert asked.rate(LIST, quick=True)[1].names == FEATURES


@pytest.mark.usefixtures("flat")
def test_nearest_cases_of_a_refusal_are_no_surer_than_that_anything_answers() -> None:
    asked = hardly_liked(-3.0)
    _, ratings, _ = asked.rate(LIST)
    refused = asked.ask(LIST)
    assert refused.refused
    nearest = refused.nearest[0]
    assert nearest.name == "さいたま市"
    answers = given_one(ratings.probability)[0]
    assert nearest.score == pytest.approx(answers * ratings.answerable)
    # There is no other case, and of a list one is taken for right.
    assert answers == pytest.approx(1.0)
    # The signals' probabilities were learnt from all questions and stay as they are.
    _, ratings, _ = asked.rate(LIST, quick=True)
    assert ratings.unconditional(0.5) == 0.5


@pytest.mark.usefixtures("flat")
def test_case_of_a_doubted_answer_is_no_surer_than_that_anything_answers() -> None:
    asked = hardly_liked(0.0)
    _, ratings, _ = asked.rate(FACT)
    (case, *_) = asked.ask(FACT).cases
    assert case.reason == "doubted"
    assert case.score == pytest.approx(ratings.probability[0] * ratings.answerable)


def test_without_a_reader_or_with_a_judge_of_ones_own_nothing_is_read(reader: Reader) -> None:
    assert not answerer(None).reranks
    made = generation(Part("a.md", SAITAMA, ("RPAを試した。",)))
    own = SignalJudge(weights(dense=1.0))
    asked = Answerer(made, StubEncoder(), EMPTY, SearchSettings(), judge=own, scorer=reader)
    assert not asked.reranks
    asked.ask(LIST)
    assert reader.calls == 0
