"""Arrays as NumPy writes them, read without believing what they say of their size."""

import zipfile
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Parts = tuple[bytes | memoryview, ...]
"""A file as parts that follow each other, so that no array is copied to be written."""


def to_npy(array: NDArray[Any]) -> Parts:
    """An array in rows as an .npy file: its head, and its numbers where they are, not a copy."""
    head = BytesIO()
    np.lib.format.write_array_header_1_0(head, np.lib.format.header_data_from_array_1_0(array))
    return head.getvalue(), array.reshape(-1).view(np.uint8).data


def read_head(file: BinaryIO) -> tuple[tuple[int, ...], np.dtype[Any]]:
    """Shape and type that an .npy file claims; `file` then stands at the first number.

    Raises ValueError if they are not those of plain numbers in rows.
    """
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("an array in another format than 1.0")
    shape, by_columns, dtype = np.lib.format.read_array_header_1_0(file)
    if by_columns or dtype.hasobject:
        raise ValueError(f"an array by columns or of objects: {dtype}")
    return shape, dtype


def read_npy(data: bytes) -> NDArray[Any]:
    """The array of an .npy file, which stays in `data` and cannot be written to.

    `numpy.load` would first make room for whatever shape the file claims. Raises ValueError if
    the bytes are not just that array, or are no plain numbers in rows.
    """
    head = BytesIO(data)
    shape, dtype = read_head(head)
    return np.frombuffer(data, dtype, offset=head.tell()).reshape(shape)


def read_npz(data: bytes) -> dict[str, NDArray[Any]]:
    """The arrays of an .npz file by name. Raises ValueError as `read_npy`, or if one is packed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if any(info.compress_type != zipfile.ZIP_STORED for info in archive.infolist()):
            raise ValueError("a packed array")
        return {n.removesuffix(".npy"): read_npy(archive.read(n)) for n in archive.namelist()}
