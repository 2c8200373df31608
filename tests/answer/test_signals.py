"""Entries, the order of their units, and what speaks for each unit, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.aspects import Aspect
from answer.signals import EntryTable, Signals, UnitOrder, closeness, signals_of
from ingest.documents import Metadata
from search.hybrid import ArmScores, UnitScores
from tests.answer.made import MACHIDA, MIE, SAITAMA, Part, generation

# a.md and c.md are both about Saitama; b.md is about two towns, and explains something itself.
PARTS = (
    Part("a.md", SAITAMA, ("RPAを使う。", "窓口を改めた。")),
    Part("b.md", None, ("二つの市の話。",)),
    Part("b.md", SAITAMA, ("RPAを試した。",)),
    Part("b.md", MACHIDA, ("窓口。",)),
    Part("c.md", SAITAMA, ("チャットボット。",)),
    Part("b.md", SAITAMA, ("効果があった。",)),
)
MADE = generation(*PARTS, metadata={"a.md": Metadata("甲")})
TABLE = EntryTable.of(MADE)


def row(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def table(*entry_of_unit: int) -> EntryTable:
    n = max(entry_of_unit) + 1
    return EntryTable((None,) * n, ("d",) * n, ("t",) * n, np.array(entry_of_unit))


def test_an_entry_is_what_one_document_tells_of_one_place() -> None:
    assert TABLE.places == (SAITAMA, None, SAITAMA, MACHIDA, SAITAMA)
    assert TABLE.documents == ("a.md", "b.md", "b.md", "b.md", "c.md")
    assert TABLE.titles == ("甲", "b.md", "b.md", "b.md", "c.md")
    names = [TABLE.name(entry) for entry in range(TABLE.n_entries)]
    assert names == ["さいたま市", "b.md", "さいたま市", "町田市", "さいたま市"]
    # The last sentence stands in b.md and is about Saitama again: entry 2.
    assert TABLE.entry_of_unit.tolist() == [0, 0, 1, 2, 3, 4, 2]
    assert TABLE.n_entries == 5


def test_a_heading_without_a_sentence_makes_no_entry() -> None:
    made = generation(
        Part("a.md", None, ()), Part("a.md", SAITAMA, ("文。",)), Part("b.md", MIE, ())
    )
    entries = EntryTable.of(made)
    assert (entries.places, entries.documents) == ((SAITAMA,), ("a.md",))
    assert UnitOrder.of(row(1.0), entries).closest().tolist() == [0]


def test_units_of_an_entry_come_closest_first_and_ties_in_order_of_row() -> None:
    order = UnitOrder.of(row(1.0, 3.0, 2.0, 3.0, 0.5), table(0, 1, 0, 1, 1))
    assert [order.units(entry).tolist() for entry in (0, 1)] == [[2, 0], [1, 3, 4]]
    assert order.closest().tolist() == [2, 1]


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-9, 9, width=32)), min_size=1, max_size=30))
def test_order_holds_every_unit_of_an_entry_once(units: list[tuple[int, float]]) -> None:
    known = sorted({entry for entry, _ in units})
    made = table(*(known.index(entry) for entry, _ in units))
    close = row(*(value for _, value in units))
    order = UnitOrder.of(close, made)
    for entry in range(made.n_entries):
        rows = order.units(entry)
        assert sorted(rows) == np.flatnonzero(made.entry_of_unit == entry).tolist()
        assert all(np.diff(close[rows]) <= 0)


def aspect(word: str, weight: float, required: bool = False, known: bool = True) -> Aspect:
    return Aspect(word, None, (word,), weight, required, known)


def signals(*aspects: Aspect, units: np.ndarray | None = None):
    background = None if units is None else row(0.0)
    scores = UnitScores(ArmScores(units, None), ArmScores(background, None))
    return signals_of(scores, scores, aspects, MADE, TABLE)


def test_what_must_be_mentioned_has_to_stand_somewhere_in_the_entry() -> None:
    told = signals(aspect("rpa", 1.0, required=True))
    assert told.required.tolist() == [True, True, False, True, False, False, True]
    both = signals(aspect("rpa", 1.0, required=True), aspect("窓口", 1.0, required=True))
    assert both.required.tolist() == [True, True, False, False, False, False, False]


def test_scores_are_measured_in_deviations() -> None:
    told = signals(units=row(7, 0, 0, 0, 0, 0, 0))
    # Of 7 and seven 0 (one is the background): mean 7/8, variance 49/8 - 49/64 = 343/64.
    deviation = 343**0.5 / 8
    assert told.dense == pytest.approx([(7 - 7 / 8) / deviation, *[(-7 / 8) / deviation] * 6])


def test_an_arm_that_is_off_says_nothing() -> None:
    told = signals(aspect("rpa", 1.0))
    for silent in (told.dense, told.terms, told.lexical):
        assert silent.tolist() == [0.0] * 7


@pytest.mark.parametrize(("others", "words"), [(43, 7.0), (94, 8.0)])
def test_one_rare_word_does_not_outweigh_all_else(others: int, words: float) -> None:
    found, background = row(1, 0, 0, 0, 0, 0, 0), np.zeros(others, dtype=np.float32)
    scores = UnitScores(ArmScores(found, found), ArmScores(background, background))
    told = signals_of(scores, scores, (), MADE, TABLE)
    # One 1 among n scores is (n - 1) ** .5 deviations out: 7 of 50, 10 of 101.
    assert told.dense[0] == pytest.approx((6 + others) ** 0.5)
    assert told.lexical[0] == pytest.approx(words)


def test_closeness_is_the_weighted_sum() -> None:
    one = row(1.0)
    # 1 + .5 * 9 + .2 * 2
    assert closeness(Signals(one, 9 * one, 2 * one, one > 0)) == pytest.approx([5.9])
