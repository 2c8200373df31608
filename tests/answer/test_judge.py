"""Ratings, worked out by hand from signals."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.answerable import Answerable, AnswerableModels
from answer.judge import (
    FEATURES,
    Ratings,
    SignalJudge,
    Weights,
    shipped_weights,
)
from answer.question import understand
from answer.signals import EntryTable, Signals
from tests.answer.made import MACHIDA, MIE, SAITAMA, answerable_alike, cuts_alike

CUTS = cuts_alike(0.1, 0.3)
IF_BEST = answerable_alike((1.0, 0.5, 0.25, 0.125, 4.0, 2.0), -1.0)
# Units 0 and 1 belong to entry 0, unit 2 to entry 1.
TABLE = EntryTable((SAITAMA, MACHIDA), ("a", "b"), ("甲", "乙"), np.array([0, 0, 1]))
JA, EN = understand("RPAを使う市は？"), understand("Which cities use RPA?")


def weights(intercept: float = 0.0, **coefficients: float) -> Weights:
    values = tuple(coefficients.get(name, 0.0) for name in FEATURES)
    return Weights(FEATURES, values, intercept, IF_BEST, CUTS, "stub@1", "", "x")


ADMITTED = np.ones(2, dtype=np.bool_)


def signals(rows: dict[str, list[float]], required: tuple[bool, ...] = (True,) * 3) -> Signals:
    def row(name: str) -> np.ndarray:
        return np.array(rows.get(name, [0.0] * 3), dtype=np.float32)

    return Signals(
        dense=row("dense"),
        terms=row("terms"),
        lexical=row("lexical"),
        required=np.array(required),
    )


def rated(given: Signals, judging: Weights, english: bool = False) -> Ratings:
    return SignalJudge(judging).rate(EN if english else JA, given, TABLE, ADMITTED)


def p(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def test_log_odds_are_the_sum_of_the_products_and_the_intercept() -> None:
    given = signals(
        {
            "dense": [1, 2, -1],
            "terms": [0, 3, 0],
            "lexical": [0, 1, 2],
        },
    )
    judging = weights(-2.0, dense=0.5, terms=0.1, lexical=0.2, best=-0.1)
    found = rated(given, judging)
    # Closeness: unit 0 is 1; unit 1 is 2 + 1.5 + .2 = 3.7, the closest of entry 0 and of all;
    # unit 2 is -1 + .4 = -.6.
    # Entry 0: 2 * .5 + 3 * .1 + 1 * .2 - 3.7 * .1 - 2 = -.87
    # Entry 1: -1 * .5 + 0 + 2 * .2 - 3.7 * .1 - 2 = -2.47
    assert found.close == pytest.approx([1, 3.7, -0.6])
    assert found.probability == pytest.approx([p(-0.87), p(-2.47)])


def test_explanation_gives_each_signals_value_and_what_it_adds() -> None:
    given = signals({"dense": [1, 2, -1], "lexical": [0, 0.5, 1]})
    told = rated(given, weights(-2.0, dense=0.5, lexical=3.0), english=True).explain(0)
    assert list(told) == list(FEATURES)
    assert told["dense"] == (2.0, 1.0)
    assert told["lexical"] == (0.5, 1.5)
    assert told["best"][0] == pytest.approx(2.1)


signal_rows = st.lists(st.floats(-5, 5, width=32), min_size=3, max_size=3)


@given(
    st.fixed_dictionaries(dict.fromkeys(("dense", "terms", "lexical"), signal_rows)),
    st.lists(st.floats(-2, 2), min_size=len(FEATURES), max_size=len(FEATURES)),
    st.floats(-3, 3),
    st.booleans(),
)
def test_what_is_explained_adds_up_to_the_probability(
    rows: dict[str, list[float]], coefficients: list[float], intercept: float, english: bool
) -> None:
    judging = weights(intercept, **dict(zip(FEATURES, coefficients, strict=True)))
    found = rated(signals(rows), judging, english)
    for entry in (0, 1):
        log_odds = sum(adds for _, adds in found.explain(entry).values()) + found.intercept
        assert found.probability[entry] == pytest.approx(p(log_odds), abs=1e-9)


def test_only_an_english_question_has_the_signal_of_english() -> None:
    judging = weights(english=1.0)
    assert rated(signals({}), judging, english=True).probability == pytest.approx([p(1)] * 2)
    assert rated(signals({}), judging).probability == pytest.approx([0.5] * 2)


@pytest.mark.parametrize(
    ("question", "placed"),
    [
        ("RPAを使う市は？", [0, 0, 0, 0]),
        ("町田市以外でRPAを使う市は？", [0, 0, 0, 0]),
        ("町田市のRPAの費用は？", [0, 1, 0, 0]),
        ("町田市とさいたま市の違いは？", [1, 1, 0, 0]),
        ("関東でRPAを使う市は？", [0, 0, 0, 0]),
        ("関東か町田市でRPAを使う市は？", [1, 1, 0, 0]),
        # A list of 三重県 is one of its towns, a fact is the prefecture's own.
        ("三重県でRPAを使う市は？", [0, 0, 0, 0]),
        ("三重県のRPAの費用は？", [0, 0, 1, 0]),
        # A fact of a region, or of somewhere in a prefecture, may be of any place in it.
        ("関東のRPAの費用は？", [1, 1, 0, 0]),
        ("東京の市でRPAを使った費用は？", [0, 1, 0, 0]),
        ("What did the one in Tokyo cost?", [0, 1, 0, 0]),
    ],
)
def test_a_place_that_is_itself_asked_about_is_told_from_one_in_an_area(
    question: str, placed: list[int]
) -> None:
    table = EntryTable((SAITAMA, MACHIDA, MIE, None), tuple("abcd"), ("",) * 4, np.arange(4))
    none = np.zeros(4, dtype=np.float32)
    given = Signals(dense=none, terms=none, lexical=none, required=np.ones(4, dtype=np.bool_))
    judge = SignalJudge(weights(placed=2.0))
    found = judge.rate(understand(question), given, table, np.ones(4, dtype=np.bool_))
    assert [found.explain(entry)["placed"] for entry in range(4)] == [(v, 2 * v) for v in placed]


def test_the_best_of_hopeless_entries_counts_as_nothing() -> None:
    found = rated(signals({"dense": [-3, -4, -5]}), weights(best=1.0))
    assert found.explain(0)["best"] == (0.0, 0.0)


def test_entry_without_a_required_thing_is_impossible() -> None:
    given = signals({"dense": [9, 9, 0]}, required=(False, False, True))
    assert rated(given, weights(dense=1.0)).probability.tolist() == [0.0, 0.5]


def test_answerable_by_the_likeliest_entry_that_can_be_meant() -> None:
    judging = weights(-1.0, dense=1.0)
    given = signals({"dense": [3, 2, 1]})
    # The log-odds are 3 - 1 and 1 - 1; a list.
    several = (p(2) + 0.5) / 2
    log_odds = 2 + 0.5 * several + 0.25 - 1
    assert rated(given, judging).answerable == pytest.approx(p(log_odds))
    assert rated(given, judging, english=True).answerable == pytest.approx(p(log_odds + 2))
    placed = understand("町田市のRPAの費用は？")
    town = SignalJudge(judging).rate(placed, given, TABLE, np.array([False, True]))
    assert town.answerable == pytest.approx(p(0 + 0.5 * 0.5 + 0.125 - 1))
    # A fact has a model of its own.
    apart = AnswerableModels(Answerable((0.0,) * 6, 2.0), Answerable((0.0,) * 6, 1.0))
    judging = replace(judging, answerable=apart)
    assert rated(given, judging).answerable == pytest.approx(p(1))
    town = SignalJudge(judging).rate(placed, given, TABLE, ADMITTED)
    assert town.answerable == pytest.approx(p(2))
    # The first entry lacks what must be mentioned, the second is not meant.
    lacking = signals({"dense": [3, 2, 1]}, required=(False, False, True))
    none = SignalJudge(judging).rate(placed, lacking, TABLE, np.array([True, False]))
    assert (none.answerable, none.question_features) == (0.0, None)


def test_shipped_weights_fit_the_features_and_their_cuts_are_in_order() -> None:
    shipped = shipped_weights()
    assert shipped.features == FEATURES
    assert len(shipped.coefficients) == len(FEATURES)
    cuts = shipped.cuts
    for doubts in (cuts.lists, cuts.placed_lists, cuts.facts, cuts.placed_facts):
        assert 0 < cuts.floor <= doubts.refuse <= doubts.answer < 1
    assert 0 < cuts.unsure < 1


def test_a_better_sentence_makes_no_entry_less_probable() -> None:
    """The shipped weights are positive on what is measured of a sentence."""
    shipped = dict(zip(FEATURES, shipped_weights().coefficients, strict=True))
    assert all(shipped[name] > 0 for name in ("dense", "terms", "lexical"))
