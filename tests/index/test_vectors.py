from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from errors import JireiError
from index.vectors import VectorIndex, Vectors, checked


def unit_vectors(n: int, dim: int, seed: int = 7) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def halves(n: int, dim: int) -> Vectors:
    """Unit vectors of values that the index keeps as they are."""
    return unit_vectors(n, dim).astype(np.float16).astype(np.float32)


@pytest.mark.parametrize(("n", "dim"), [(1, 1), (5, 3), (700, 64)])
def test_scores_equal_brute_force(n, dim):
    vectors = halves(n, dim)
    index = VectorIndex.from_vectors(vectors)
    assert (index.n_rows, index.dim) == (n, dim)
    for query in unit_vectors(5, dim, seed=8):
        expected = (vectors.astype(np.float64) * query).sum(axis=1)
        found = index.scores(query)
        assert found.dtype == np.float32
        assert np.abs(found - expected).max() < 1e-6
        assert np.argsort(-found).tolist() == np.argsort(-expected).tolist()


def test_scores_are_inner_products_by_hand():
    index = VectorIndex.from_vectors(np.array([[1, 0], [0, 1], [3, 4]], np.float32))
    assert index.scores(np.array([0.5, -1], np.float32)).tolist() == [0.5, -1.0, -2.5]
    assert index.vector(2).tolist() == [3.0, 4.0]


def test_values_are_rounded_to_the_nearest_of_float16_ties_to_even():
    # Between 1 and 2 the values of float16 are 1/1024 apart.
    given = [1 + 0.4 / 1024, 1 + 0.6 / 1024, 1 + 0.5 / 1024, 1 + 1.5 / 1024]
    index = VectorIndex.from_vectors(np.array([given], np.float32))
    assert index.vector(0).tolist() == [1, 1 + 1 / 1024, 1, 1 + 2 / 1024]


def test_rounding_moves_a_cosine_by_its_bound_at_most():
    vectors, query = unit_vectors(700, 64), unit_vectors(1, 64, seed=8)[0]
    error = np.abs(VectorIndex.from_vectors(vectors).scores(query) - vectors @ query).max()
    assert 0 < error < 2**-11


def test_no_rows_give_no_scores():
    index = VectorIndex.from_vectors(np.zeros((0, 4), np.float32))
    assert index.scores(np.ones(4, np.float32)).shape == (0,)


@pytest.mark.parametrize(
    "vectors",
    [
        np.zeros(4, np.float32),
        np.zeros((2, 2, 2), np.float32),
        np.zeros((2, 2), np.float64),
        np.zeros((2, 2), np.int32),
    ],
)
def test_vectors_of_another_shape_or_type_are_refused(vectors):
    with pytest.raises(ValueError, match=r"expected float32 \(n, dim\)"):
        VectorIndex.from_vectors(vectors)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 65520])
def test_vectors_that_are_not_finite_are_refused(value):
    vectors = unit_vectors(3, 4)
    vectors[1, 2] = value
    with pytest.raises(ValueError, match="not all values are finite"):
        VectorIndex.from_vectors(vectors)
    with pytest.raises(ValueError, match="not all values are finite"):
        VectorIndex.from_vectors(halves(1, 4)).carried_over(np.array([-1, -1, -1]), vectors)
    with pytest.raises(ValueError, match="not finite"):
        checked(vectors, 3)


@pytest.mark.parametrize("shape", [(3,), (5,), (1, 4), ()])
def test_query_of_another_shape_is_refused(shape):
    index = VectorIndex.from_vectors(unit_vectors(3, 4))
    with pytest.raises(ValueError, match=r"query: expected shape \(4,\)"):
        index.scores(np.zeros(shape, np.float32))


def test_round_trip_keeps_every_bit(tmp_path: Path):
    vectors = halves(20, 8)
    index = from_npy(tmp_path, to_bytes(VectorIndex.from_vectors(vectors)))
    assert np.array_equal([index.vector(row) for row in range(20)], vectors)


def to_bytes(index: VectorIndex) -> bytes:
    return b"".join(index.to_npy())


def from_npy(folder: Path, data: bytes) -> VectorIndex:
    (folder / "a.npy").write_bytes(data)
    with (folder / "a.npy").open("rb") as file:
        return VectorIndex.from_npy(file)


@pytest.mark.parametrize("n", [0, 3])
def test_digest_is_that_of_the_file(n):
    index = VectorIndex.from_vectors(unit_vectors(n, 4))
    assert index.digest() == sha256(to_bytes(index)).hexdigest()


def npy(array: NDArray[Any]) -> bytes:
    buffer = BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"x", b"garbage" * 50, b"\0" * 200),
        npy(np.zeros((3, 4))),
        npy(np.zeros((3, 4), np.float32)),
        npy(np.zeros(4, np.float16)),
        npy(np.zeros((3, 4), np.float16, order="F")),
    ],
)
def test_bytes_that_are_no_rows_of_float16_are_refused(tmp_path: Path, data):
    with pytest.raises(ValueError, match=r"."):
        from_npy(tmp_path, data)


def claiming(shape: tuple[int, int], data: bytes) -> bytes:
    head = BytesIO()
    np.lib.format.write_array_header_1_0(
        head, {"descr": "<f2", "fortran_order": False, "shape": shape}
    )
    return head.getvalue() + data


@pytest.mark.parametrize(
    ("shape", "size"),
    [((3, 4), 0), ((3, 4), 23), ((3, 4), 25), ((9, 4), 24), ((12, 0), 0), ((-3, -4), 24)],
)
def test_file_of_another_size_than_its_rows_is_refused(tmp_path: Path, shape, size):
    assert from_npy(tmp_path, claiming((3, 4), bytes(24))).n_rows == 3
    with pytest.raises(ValueError, match="not of the size"):
        from_npy(tmp_path, claiming(shape, bytes(size)))


@pytest.mark.parametrize("kept", [4, 20, 140, -1])
def test_bytes_cut_short_are_refused(tmp_path: Path, kept):
    data = to_bytes(VectorIndex.from_vectors(unit_vectors(3, 4)))
    with pytest.raises(ValueError, match=r"."):
        from_npy(tmp_path, data[:kept])


@pytest.mark.parametrize("data", [b"", b"x", b"garbage" * 50, b"\0" * 200])
def test_garbage_for_an_index_of_faiss_is_refused(data):
    with pytest.raises(JireiError, match=r"vectors\.faiss.*jirei build") as caught:
        VectorIndex.from_faiss(data)
    assert caught.value.key == "index_damaged"


def test_index_of_another_kind_is_refused():
    other = bytes(faiss.serialize_index(faiss.IndexHNSWFlat(4, 8)))
    with pytest.raises(JireiError, match=r"vectors\.faiss"):
        VectorIndex.from_faiss(other)


def test_index_of_faiss_is_that_of_its_vectors():
    vectors, flat = unit_vectors(20, 8), faiss.IndexFlatIP(8)
    flat.add(vectors)
    data = bytes(faiss.serialize_index(flat))
    assert to_bytes(VectorIndex.from_faiss(data)) == to_bytes(VectorIndex.from_vectors(vectors))


@pytest.mark.parametrize(
    "old_rows",
    [[], [-1], [0, 1, 2, 3], [3, 2, 1, 0], [-1, 1, 2, -1, -1, 0], [2, 3, -1, 0, 1], [1, 2], [3]],
)
def test_carried_over_rows_are_old_ones_and_new_ones_in_order(old_rows):
    old, new = halves(4, 8), halves(6, 8)[::-1][: old_rows.count(-1)]
    fresh = iter(new)
    expected = [old[row] if row >= 0 else next(fresh) for row in old_rows]
    carried = VectorIndex.from_vectors(old).carried_over(np.array(old_rows, dtype=np.int64), new)
    assert (carried.n_rows, carried.dim) == (len(old_rows), 8)
    assert [carried.vector(row).tolist() for row in range(len(old_rows))] == [
        vector.tolist() for vector in expected
    ]


def test_checked_returns_good_vectors_and_refuses_the_rest():
    vectors = unit_vectors(3, 4)
    assert checked(vectors, 3) is vectors
    with pytest.raises(ValueError, match=r"expected float32 \(2, dim\), got float32 \(3, 4\)"):
        checked(vectors, 2)
    with pytest.raises(ValueError, match="float64"):
        checked(vectors.astype(np.float64), 3)
    with pytest.raises(ValueError, match="unit length"):
        checked(vectors * np.float32(1.01), 3)
