"""Which pairs the reranker reads, and how its word is added up, worked out by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from answer.answerable import Answerable, AnswerableModels
from answer.judge import FEATURES, Ratings, SignalJudge, Weights
from answer.question import understand
from answer.rerank import (
    FACT_PAIRS,
    LIST_PAIRS,
    LIST_UNITS,
    UNREAD,
    RerankJudge,
    RerankWeights,
)
from answer.signals import EntryTable, Signals
from index.generation import Generation
from search.reading import passage_of
from tests.answer.made import (
    MACHIDA,
    MIE,
    SAITAMA,
    Part,
    answerable_alike,
    cuts_alike,
    generation,
)

CUTS = cuts_alike(0.1, 0.3)
HALF = answerable_alike((0.0,) * 6, 0.0)
IF_BEST = AnswerableModels(
    facts=Answerable((1.0, 4.0, 0.5, 0.0, 0.0, 0.0, 0.25, -0.5, -2.0, 3.0), -1.0),
    others=Answerable((1.0, 4.0, 0.5, 0.0, 0.0, 0.0, 0.25), -1.0),
)
ADDED = RerankWeights(0.5, 2.0, 0.25, -0.75, 1.5, 0.1, IF_BEST, CUTS, "none")
LIST, FACT, PLACED = "RPAを使う市は？", "RPAの費用は？", "さいたま市のRPAの費用は？"
Pairs = Sequence[tuple[str, str]]


class Reader:
    """Scores a passage by a table (0 if it is in none), and remembers what it was given."""

    def __init__(self, scores: dict[str, float] | None = None) -> None:
        self.scores = scores or {}
        self.read: list[tuple[str, str]] = []
        self.calls = 0

    def score(self, pairs: Pairs) -> NDArray[np.float32]:
        self.calls += 1
        self.read += pairs
        return np.array([self.scores.get(text, 0.0) for _, text in pairs], dtype=np.float32)

    @property
    def passages(self) -> list[str]:
        return [text for _, text in self.read]


def signals(dense: Sequence[float], required: Sequence[bool] | None = None) -> Signals:
    """Only the vectors say something: a unit is as close as `dense`."""
    none = np.zeros(len(dense), dtype=np.float32)
    known = np.ones(len(dense), dtype=bool) if required is None else np.array(required)
    return Signals(np.array(dense, dtype=np.float32), none, none, known)


def weights(intercept: float = 0.0, **coefficients: float) -> Weights:
    values = tuple(coefficients.get(name, 0.0) for name in FEATURES)
    return Weights(FEATURES, values, intercept, HALF, CUTS, "stub@1", "", "x")


def judge(made: Generation, reader: Reader) -> RerankJudge:
    return RerankJudge(SignalJudge(weights(-3.0, dense=1.0)), reader, made, ADDED)


def rate(
    question: str,
    made: Generation,
    reader: Reader,
    dense: Sequence[float],
    admitted: Sequence[bool] | None = None,
    required: Sequence[bool] | None = None,
) -> Ratings:
    table = EntryTable.of(made)
    kept = [True] * table.n_entries if admitted is None else admitted
    given = signals(dense, required)
    return judge(made, reader).rate(understand(question), given, table, np.array(kept, dtype=bool))


def many(entries: int, units: int) -> Generation:
    """Entry i says "i-0。", "i-1。", … ."""
    return generation(
        *(Part(f"{i}.md", None, tuple(f"{i}-{j}。" for j in range(units))) for i in range(entries))
    )


def falling(entries: int, units: int) -> list[float]:
    """Entry 0 is the likeliest, and so on; of each entry the last unit is the closest."""
    return [entries - i + j / 100 for i in range(entries) for j in range(units)]


def p(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


THREE = generation(
    Part("a.md", SAITAMA, ("一。", "二。")),
    Part("b.md", MACHIDA, ("三。",)),
    Part("c.md", MIE, ("四。",)),
)
ONE, TWO, FOUR = "さいたま市（埼玉県）一。", "さいたま市（埼玉県）二。", "三重県（三重県）四。"
TOWN = "町田市（東京都）三。"


def test_of_a_list_the_closest_units_are_read_and_no_more_than_three_of_an_entry() -> None:
    assert (LIST_PAIRS, LIST_UNITS) == (80, 3)
    reader = Reader()
    found = rate(LIST, many(40, 4), reader, falling(40, 4))
    # 26 entries have their three closest read, which makes 78; the next one has two.
    wanted = [f"{i}.md（）{i}-{j}。" for i in range(26) for j in (3, 2, 1)]
    assert reader.passages == [*wanted, "26.md（）26-3。", "26.md（）26-2。"]
    assert {question for question, _ in reader.read} == {LIST}
    assert reader.calls == 1
    assert (found.probability[:27] > 0).all()
    assert found.probability[27:].tolist() == [0.0] * 13


def test_a_close_unit_comes_before_a_farther_one_of_a_likelier_entry() -> None:
    reader = Reader()
    rate(LIST, THREE, reader, [1, 9, 8, 7])
    assert reader.passages == [TWO, TOWN, FOUR, ONE]


def test_of_a_fact_the_closest_units_are_read_whosever_they_are() -> None:
    assert FACT_PAIRS == 24
    reader = Reader()
    rate(FACT, many(3, 20), reader, falling(3, 20))
    wanted = [f"0.md（）0-{j}。" for j in range(19, -1, -1)]
    assert reader.passages == [*wanted, *(f"1.md（）1-{j}。" for j in (19, 18, 17, 16))]


@pytest.mark.parametrize("question", [LIST, FACT])
def test_only_admitted_and_possible_entries_are_read(question: str) -> None:
    reader = Reader()
    # The likeliest is not admitted, the last does not mention what it must.
    found = rate(
        question,
        THREE,
        reader,
        [9, 8, 1, 1],
        admitted=[False, True, True],
        required=[True, True, True, False],
    )
    assert reader.passages == [TOWN]
    assert found.probability.tolist() == [0.0, pytest.approx(p(0.5 * (1 - 3) + 0.1)), 0.0]


def test_an_entry_that_is_not_admitted_takes_no_place_of_one_that_is() -> None:
    n = LIST_PAIRS + 1
    reader = Reader()
    rate(LIST, many(n, 1), reader, falling(n, 1), admitted=[False, *[True] * LIST_PAIRS])
    assert reader.passages == [f"{i}.md（）{i}-0。" for i in range(1, n)]


def test_log_odds_are_those_of_the_signals_and_of_the_best_sentence_read() -> None:
    reader = Reader({ONE: 1.5, TWO: -1.0, TOWN: -2.0, FOUR: 0.5})
    found = rate(LIST, THREE, reader, [1, 2, 3, -1])
    # Half the signals' (their closest sentence less 3), twice the reader's best, .1: the sentence
    # that counts need not be the closest one.
    assert found.probability == pytest.approx(
        [p(-0.5 + 2 * 1.5 + 0.1), p(0 - 2 * 2 + 0.1), p(-2 + 2 * 0.5 + 0.1)]
    )


def test_answerable_by_the_best_that_was_read_and_the_best_by_signals() -> None:
    reader = Reader({ONE: -1.0, TWO: -3.0, TOWN: 2.0, FOUR: 0.5})
    several = (p(-1) + p(-3) + p(2) + p(0.5)) / 4
    # The signals' log-odds of a sentence are how near it is, less 3.
    listed = rate(LIST, THREE, reader, [0, 0, 0, 5])
    assert listed.answerable == pytest.approx(p(2 + 4 * several + 0.5 + 0.25 * (5 - 3) - 1))
    # What is not admitted is not read; a fact is no list, asks for yen that nothing tells, and how
    # like it the likeliest is speaks against it.
    only = rate(FACT, THREE, reader, [0, 1, 9, 0], admitted=[True, False, True])
    several = (p(-1) + p(-3) + p(0.5)) / 3
    log_odds = 0.5 + 4 * several + 0.25 * (1 - 3) - 0.5 * 1 - 2 - 1
    assert only.answerable == pytest.approx(p(log_odds))
    assert rate(LIST, THREE, reader, [0] * 4, admitted=[False] * 3).answerable == 0


def test_that_the_closest_sentence_says_what_is_asked_speaks_for_a_fact() -> None:
    made = generation(Part("a.md", SAITAMA, ("費用は5万円。", "一。", "二。", "三。")))
    texts = [passage_of(made, row) for row in range(4)]
    far = Reader({texts[0]: -1.0, texts[1]: 1.0, texts[2]: 1.0, texts[3]: 1.0})
    near = Reader({texts[0]: 1.0, texts[1]: -1.0, texts[2]: 1.0, texts[3]: 1.0})
    found = [rate(FACT, made, reader, [0] * 4).answerable for reader in (far, near)]
    without = 1 + 4 * (3 * p(1) + p(-1)) / 4 + 0.25 * -3 - 2 - 1
    assert found == pytest.approx([p(without), p(without + 3)])


def test_of_a_fact_it_counts_how_the_closest_sentence_reads() -> None:
    made = generation(Part("a.md", SAITAMA, ("一。", "二。")))
    texts = [passage_of(made, row) for row in range(2)]
    # 一 is liked less, but comes closer: 2 * .9 - .6 against .6.
    found = rate(FACT, made, Reader({texts[0]: -1.0, texts[1]: 1.0}), [2, 0])
    log_odds = -1 + 4 * (p(-1) + p(1)) / 2 + 0.25 * (2 - 3) - 0.5 * 2 - 2 - 1
    assert found.answerable == pytest.approx(p(log_odds))


def test_word_on_english_and_on_a_named_place() -> None:
    placed = rate(PLACED, THREE, Reader(), [0] * 4, admitted=[True, False, False])
    assert placed.probability.tolist() == [pytest.approx(p(-1.5 + 0.1 - 0.75)), 0, 0]
    # The area of a list has a word of its own; in that of a fact, any place may be meant.
    within = rate("関東でRPAを使う市は？", THREE, Reader(), [0] * 4, admitted=[True, True, False])
    assert within.probability[:2] == pytest.approx([p(-1.5 + 0.1 + 1.5)] * 2)
    fact = rate("関東のRPAの費用は？", THREE, Reader(), [0] * 4, admitted=[True, True, False])
    assert fact.probability[:2] == pytest.approx([p(-1.5 + 0.1 - 0.75)] * 2)
    english = rate("Which cities use RPA?", THREE, Reader(), [0] * 4)
    assert english.probability == pytest.approx([p(-1.5 + 0.1 + 0.25)] * 3)


def test_units_that_were_read_come_first_by_the_reader_and_the_vectors() -> None:
    made = generation(Part("a.md", SAITAMA, ("一。", "二。", "三。", "四。")))
    texts = [passage_of(made, row) for row in range(4)]
    # A list reads three. The closest, 一, is liked less than 三; what is liked best, 四, is farther
    # away than it is liked; and all come before the rest.
    reader = Reader({texts[0]: -9.0, texts[2]: -6.0, texts[3]: -1.0})
    found = rate(LIST, made, reader, [9, 2, 8, 3])
    assert reader.passages == [texts[0], texts[2], texts[3]]
    assert found.order.units(0).tolist() == [2, 0, 3, 1]
    near = [0.9 * 9 - 0.6 * 9, 2 - UNREAD, 0.9 * 8 - 0.6 * 6, 0.9 * 3 - 0.6 * 1]
    assert found.close == pytest.approx(near)
    # How much a sentence is like the question has not changed.
    assert found.likeness.tolist() == [9, 2, 8, 3]


def test_without_a_candidate_nothing_is_read_and_everything_is_impossible() -> None:
    reader = Reader()
    found = rate(LIST, THREE, reader, [1, 2, 3, 4], admitted=[False] * 3)
    assert reader.calls == 0
    assert found.probability.tolist() == [0.0] * 3
    assert found.order.units(0).tolist() == [1, 0]
    empty = rate(FACT, generation(), reader, [])
    assert (reader.calls, len(empty.probability)) == (0, 0)


values = st.lists(st.floats(-5, 5, width=32), min_size=4, max_size=4)


@given(values, values, st.sampled_from([LIST, FACT, PLACED, "Which cities use RPA?"]))
def test_what_is_explained_adds_up_to_the_probability(
    dense: list[float], read: list[float], question: str
) -> None:
    reader = Reader(dict(zip([ONE, TWO, TOWN, FOUR], read, strict=True)))
    found = rate(question, THREE, reader, dense)
    for entry in range(3):
        told = found.explain(entry)
        assert list(told) == [*FEATURES, "reranker", "english+", "placed+", "area+"]
        log_odds = sum(adds for _, adds in told.values()) + found.intercept
        assert found.probability[entry] == pytest.approx(p(log_odds), abs=1e-9)
