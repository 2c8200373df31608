import json
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import JireiError
from index.lexical import LexicalIndex

# Three rows of 3, 1 and 2 terms, 2 on average; k1 = 0.6, b = 0.75.
ROWS = [["a", "a", "b"], ["b"], ["c", "d"]]
# idf(a) = ln(1 + 2.5 / 1.5) = ln(8/3) = 0.980829; idf(b) = ln(1 + 1.5 / 2.5) = ln(1.6) = 0.470004.
# Length factors k1 * (1 - b + b * len / avg): 0.6 * 1.375 = 0.825, 0.6 * 0.625 = 0.375, 0.6.
# a in row 0: 0.980829 * 2 * 1.6 / (2 + 0.825) = 1.111028
# b in row 0: 0.470004 * 1 * 1.6 / (1 + 0.825) = 0.412058, in row 1: / (1 + 0.375) = 0.546914
# c in row 2: 0.980829 * 1 * 1.6 / (1 + 0.6) = 0.980829
B0, B1 = 0.412058, 0.546914


@pytest.fixture
def index() -> LexicalIndex:
    return LexicalIndex.from_terms(ROWS)


def scores(index: LexicalIndex, *terms: str) -> list[float]:
    return [float(score) for score in index.scores(terms)]


def test_bm25_of_three_rows_by_hand(index):
    assert scores(index, "a") == pytest.approx([1.111028, 0, 0], abs=1e-5)
    assert scores(index, "b") == pytest.approx([0.412058, 0.546914, 0], abs=1e-5)
    assert scores(index, "a", "b") == pytest.approx([1.523086, 0.546914, 0], abs=1e-5)
    assert scores(index, "c") == pytest.approx([0, 0, 0.980829], abs=1e-5)


def test_rare_term_ranks_above_common_one(index):
    assert np.argsort(-index.scores(["b", "c"])).tolist() == [2, 1, 0]


def test_term_asked_twice_counts_twice(index):
    assert scores(index, "b", "b") == pytest.approx([2 * B0, 2 * B1, 0], abs=1e-5)


def test_unknown_term_scores_nothing(index):
    assert scores(index, "z") == [0.0, 0.0, 0.0]
    assert scores(index) == [0.0, 0.0, 0.0]
    assert [len(part) for part in index.postings("z")] == [0, 0]


def test_postings_hold_rows_and_weights_of_a_term(index):
    rows, weights = index.postings("b")
    assert rows.tolist() == [0, 1]
    assert weights.tolist() == pytest.approx([B0, B1], abs=1e-5)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rows", [[], [[]], [[], [], []]])
def test_rows_without_terms_score_nothing(rows):
    index = LexicalIndex.from_terms(rows)
    assert scores(index, "a") == [0.0] * len(rows)


def test_round_trip_keeps_everything(index):
    again = LexicalIndex.from_files(index.to_files())
    assert (again.terms, again.n_rows) == (index.terms, 3) == (("a", "b", "c", "d"), 3)
    assert again.positions == index.positions
    for name in ("offsets", "rows", "counts", "weights"):
        one, other = getattr(again, name), getattr(index, name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_same_rows_give_the_same_bytes():
    one, other = (LexicalIndex.from_terms(ROWS).to_files() for _ in range(2))
    assert one == other


def test_counts_tell_how_often_a_term_stands_in_a_row(index):
    assert index.counts.tolist() == [2, 1, 1, 1, 1]


def old_files(index: LexicalIndex, **changed: Any) -> dict[str, bytes]:
    """The files of formats 1 and 2, which had weights and no counts."""
    buffer = BytesIO()
    arrays: dict[str, Any] = {
        "offsets": index.offsets,
        "rows": index.rows,
        "weights": index.weights,
    }
    np.savez(buffer, **(arrays | changed))
    return index.to_files() | {"postings.npz": buffer.getvalue()}


def test_index_with_weights_alone_is_read_but_neither_carried_over_nor_written(index):
    again = LexicalIndex.from_files(old_files(index))
    assert scores(again, "a", "b") == scores(index, "a", "b")
    assert again.counts is None
    with pytest.raises(ValueError, match="counts"):
        again.carried_over(np.array([0, 1, 2]), [])
    with pytest.raises(ValueError, match="counts"):
        again.to_files()


def head(n_rows: int, terms: list[str]) -> bytes:
    return json.dumps({"n_rows": n_rows, "terms": terms}).encode()


@pytest.mark.parametrize(
    ("n_rows", "terms"),
    [(3, ["a", "b", "c"]), (3, ["a", "b", "c", "d", "e"]), (2, ["a", "b", "c", "d"])],
)
def test_terms_that_do_not_fit_the_postings_are_refused(index, n_rows, terms):
    files = index.to_files() | {"terms.json": head(n_rows, terms)}
    with pytest.raises(JireiError, match=r"postings\.npz.*jirei build") as caught:
        LexicalIndex.from_files(files)
    assert caught.value.key == "index_damaged"


@pytest.mark.parametrize("kept", ["counts", "weights"])
@pytest.mark.parametrize("cut", ["offsets", "rows", "kept"])
def test_postings_cut_short_are_refused(index, kept, cut):
    cut = kept if cut == "kept" else cut
    arrays = {name: getattr(index, name) for name in ("offsets", "rows", kept)}
    buffer = BytesIO()
    np.savez(buffer, **(arrays | {cut: arrays[cut][:-1]}))
    with pytest.raises(JireiError, match=r"postings\.npz"):
        LexicalIndex.from_files(index.to_files() | {"postings.npz": buffer.getvalue()})


def test_negative_row_is_refused(index):
    with pytest.raises(JireiError, match=r"postings\.npz"):
        LexicalIndex.from_files(old_files(index, rows=index.rows - 1))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=8))
def test_a_row_scores_more_than_zero_just_if_it_holds_the_term(rows):
    found = LexicalIndex.from_terms(rows).scores(["a"])
    assert [score > 0 for score in found] == ["a" in row for row in rows]


rows_of_terms = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=8)


@settings(max_examples=300, deadline=None)
@given(rows_of_terms, st.data())
def test_carried_over_index_is_that_of_all_rows_made_at_once(old, data):
    kept = data.draw(st.permutations(range(len(old))))[: data.draw(st.integers(0, len(old)))]
    fresh = data.draw(rows_of_terms)
    order = data.draw(st.permutations([*kept, *([-1] * len(fresh))]))
    new = iter(fresh)
    everything = [old[row] if row >= 0 else next(new) for row in order]
    carried = LexicalIndex.from_terms(old).carried_over(np.array(order, dtype=np.int64), fresh)
    assert carried.to_files() == LexicalIndex.from_terms(everything).to_files()
    assert carried.weights.tolist() == LexicalIndex.from_terms(everything).weights.tolist()
