"""Arrays on disk: read as they are, never believed."""

from io import BytesIO

import numpy as np
import pytest

from index.npy import read_npy, read_npz


def saved(array: np.ndarray) -> bytes:
    buffer = BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def test_array_comes_back_as_it_was():
    array = np.arange(6, dtype=np.int32).reshape(2, 3)
    assert read_npy(saved(array)).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert read_npy(saved(array)).dtype == np.int32


@pytest.mark.parametrize(
    "data",
    [
        saved(np.arange(6)).replace(b"(6,)", b"(99999999999999999,)"),
        saved(np.arange(6)).replace(b"(6,)", b"(5,)"),
        saved(np.arange(6))[:-3],
        saved(np.arange(6)) + b"x",
        saved(np.asfortranarray(np.ones((2, 3)))),
        b"",
        b"\x93NUMPY",
    ],
)
def test_array_that_claims_another_size_is_refused(data: bytes):
    with pytest.raises(ValueError):  # noqa: PT011
        read_npy(data)


def test_archive_gives_its_arrays_by_name_and_none_that_is_packed():
    plain, packed = BytesIO(), BytesIO()
    np.savez(plain, rows=np.arange(3), counts=np.ones(2))
    np.savez_compressed(packed, rows=np.zeros(10_000))
    read = read_npz(plain.getvalue())
    assert {name: array.tolist() for name, array in read.items()} == {
        "rows": [0, 1, 2],
        "counts": [1.0, 1.0],
    }
    with pytest.raises(ValueError, match="packed"):
        read_npz(packed.getvalue())
