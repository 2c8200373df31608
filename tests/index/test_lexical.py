import json
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import JireiError
from index.lexical import LexicalIndex
from index.npy import Parts, to_npy

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


def joined(files: dict[str, Parts]) -> dict[str, bytes]:
    return {name: b"".join(parts) for name, parts in files.items()}


def test_round_trip_keeps_everything(index):
    again = LexicalIndex.from_files(joined(index.to_files()))
    assert (again.terms, again.n_rows) == (index.terms, 3) == (("a", "b", "c", "d"), 3)
    assert again.positions == index.positions
    for name in ("offsets", "rows", "counts", "weights"):
        one, other = getattr(again, name), getattr(index, name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_same_rows_give_the_same_bytes():
    one, other = (joined(LexicalIndex.from_terms(ROWS).to_files()) for _ in range(2))
    assert one == other


def test_counts_tell_how_often_a_term_stands_in_a_row(index):
    assert index.counts.tolist() == [2, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("times", "dtype"), [(255, np.uint8), (256, np.uint16), (65536, np.uint32)]
)
def test_counts_take_as_many_bytes_as_the_highest_needs(index, times, dtype):
    assert index.counts.dtype == np.uint8
    carried = index.carried_over(np.array([0, -1]), [["b"] * times])
    assert (carried.counts.tolist(), carried.counts.dtype) == ([2, 1, times], dtype)
    again = carried.carried_over(np.array([0]), [])
    assert (again.counts.tolist(), again.counts.dtype) == ([2, 1], np.uint8)


def npz(**arrays: Any) -> bytes:
    buffer = BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def test_index_of_format_3_is_read(index):
    counts = index.counts.astype(np.int32)
    postings = npz(offsets=index.offsets, rows=index.rows, counts=counts)
    terms = joined(index.to_files())["terms.json"]
    again = LexicalIndex.from_files({"terms.json": terms, "postings.npz": postings})
    assert joined(again.to_files()) == joined(index.to_files())


@pytest.mark.parametrize("dtype", [np.float32, np.complex64, "U1"])
def test_counts_that_are_no_whole_numbers_are_refused(index, dtype):
    with pytest.raises(JireiError, match="postings"):
        LexicalIndex.from_files(changed(index, counts=index.counts.astype(dtype)))


def changed(index: LexicalIndex, **arrays: np.ndarray) -> dict[str, bytes]:
    """Its files with other arrays."""
    others = {f"{name}.npy": to_npy(array) for name, array in arrays.items()}
    return joined(index.to_files() | others)


def old_files(index: LexicalIndex, **changed: Any) -> dict[str, bytes]:
    """The files of formats 1 and 2, which had weights and no counts."""
    arrays = {"offsets": index.offsets, "rows": index.rows, "weights": index.weights}
    terms = joined(index.to_files())["terms.json"]
    return {"terms.json": terms, "postings.npz": npz(**(arrays | changed))}


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
    files = joined(index.to_files()) | {"terms.json": head(n_rows, terms)}
    with pytest.raises(JireiError, match=r"postings.*jirei build") as caught:
        LexicalIndex.from_files(files)
    assert caught.value.key == "index_damaged"


@pytest.mark.parametrize("cut", ["offsets", "rows", "counts"])
def test_postings_cut_short_are_refused(index, cut):
    with pytest.raises(JireiError, match="postings"):
        LexicalIndex.from_files(changed(index, **{cut: getattr(index, cut)[:-1]}))


@pytest.mark.parametrize("cut", ["offsets", "rows", "weights"])
def test_old_postings_cut_short_are_refused(index, cut):
    with pytest.raises(JireiError, match="postings"):
        LexicalIndex.from_files(old_files(index, **{cut: getattr(index, cut)[:-1]}))


def test_negative_row_is_refused(index):
    with pytest.raises(JireiError, match="postings"):
        LexicalIndex.from_files(changed(index, rows=index.rows - 1))


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
    expected = LexicalIndex.from_terms(everything)
    assert joined(carried.to_files()) == joined(expected.to_files())
    assert carried.weights.tolist() == expected.weights.tolist()
