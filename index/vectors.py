"""Vectors in FAISS: exact search by inner product."""

import os
from dataclasses import dataclass
from io import BufferedReader, BytesIO

import faiss
import numpy as np
from numpy.typing import NDArray

from errors import JireiError
from index.npy import read_head
from ingest.durable import digest_of

Vectors = NDArray[np.float32]


def checked(vectors: Vectors, n: int) -> Vectors:
    """`vectors` if they are float32 (n, dim), finite and of unit length (within 1e-3).

    Raises ValueError otherwise: the one place where an encoder's output is judged.
    """
    if vectors.dtype != np.float32 or vectors.ndim != 2 or len(vectors) != n:
        raise ValueError(f"expected float32 ({n}, dim), got {vectors.dtype} {vectors.shape}")
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3):
        raise ValueError("vectors are not finite or not of unit length")
    return vectors


def _check_finite(vectors: Vectors) -> None:
    if not np.isfinite(vectors).all():
        raise ValueError("vectors: not all values are finite")


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """A flat FAISS index; row i is vector i. Scores are inner products, higher is better.

    Of unit vectors they are cosines, -1 to 1.
    """

    flat: faiss.IndexFlat

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> "VectorIndex":
        """Index finite float32 vectors of shape (n, dim). Raises ValueError for any other shape."""
        if vectors.ndim != 2 or vectors.dtype != np.float32:
            raise ValueError(
                f"vectors: expected float32 (n, dim), got {vectors.dtype} {vectors.shape}"
            )
        _check_finite(vectors)
        return cls._of(vectors)

    @classmethod
    def _of(cls, vectors: Vectors) -> "VectorIndex":
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(np.ascontiguousarray(vectors))
        return cls(flat)

    @classmethod
    def _unwritten(cls, n: int, dim: int) -> "VectorIndex":
        """Rows to be written where they stay: to add them afterwards would copy them all."""
        flat = faiss.IndexFlatIP(dim)
        flat.codes.resize(n * dim * 4)
        flat.ntotal = n
        return cls(flat)

    @property
    def n_rows(self) -> int:
        """How many vectors there are."""
        return int(self.flat.ntotal)

    @property
    def dim(self) -> int:
        """Length of each vector."""
        return int(self.flat.d)

    def scores(self, query: Vectors) -> Vectors:
        """Inner product of a query, shape (dim,), with every row, shape (n_rows,)."""
        if query.shape != (self.dim,):
            raise ValueError(f"query: expected shape ({self.dim},), got {query.shape}")
        scores = np.zeros(self.n_rows, dtype=np.float32)
        if self.n_rows:
            found, rows = self.flat.search(query[None, :], self.n_rows)
            scores[rows[0]] = found[0]
        return scores

    def vector(self, row: int) -> Vectors:
        """The vector of a row, shape (dim,)."""
        return np.asarray(self.flat.reconstruct(row), dtype=np.float32)

    @property
    def _view(self) -> Vectors:
        """All vectors, shape (n_rows, dim): FAISS's own memory, for as long as the index lives."""
        # Copies of all vectors are what a build would spend its time and memory on.
        flat = faiss.rev_swig_ptr(self.flat.get_xb(), self.n_rows * self.dim)
        view: Vectors = flat.reshape(self.n_rows, self.dim)
        return view

    def carried_over(self, old_rows: NDArray[np.int64], vectors: Vectors) -> "VectorIndex":
        """The index in which row i is row `old_rows[i]` of this one, or new where that is -1.

        `vectors`, shape (n, dim), are those of the new rows, in order.
        """
        _check_finite(vectors)
        index = self._unwritten(len(old_rows), self.dim)
        merged = index._view
        merged[old_rows < 0] = vectors
        kept = np.flatnonzero(old_rows >= 0)
        # Runs of rows that stay side by side are copied at once.
        ends = np.flatnonzero((np.diff(kept) != 1) | (np.diff(old_rows[kept]) != 1)) + 1
        for run in np.split(kept, ends) if len(kept) else []:
            first = old_rows[run[0]]
            merged[run[0] : run[-1] + 1] = self._view[first : first + len(run)]
        return index

    def to_npy(self) -> tuple[bytes, memoryview]:
        """The vectors as an .npy file: its head, and the rows where they are, not a copy."""
        head, rows = BytesIO(), self._view
        np.lib.format.write_array_header_1_0(head, np.lib.format.header_data_from_array_1_0(rows))
        return head.getvalue(), rows.reshape(-1).view(np.uint8).data

    def digest(self) -> str:
        """The sha256 of the file of `to_npy`."""
        return digest_of(*self.to_npy())

    @classmethod
    def from_npy(cls, file: BufferedReader) -> "VectorIndex":
        """The index of the file of `to_npy`. Raises ValueError if it is no float32 (n, dim)."""
        shape, dtype = read_head(file)
        if len(shape) != 2 or dtype != np.float32:
            raise ValueError(f"vectors: expected float32 (n, dim), got {dtype} {shape}")
        n, dim = shape
        # Before room is made for what the file only claims.
        if dim < 1 or n < 0 or file.tell() + n * dim * 4 != os.fstat(file.fileno()).st_size:
            raise ValueError(f"vectors: the file is not of the size that {shape} takes")
        index = cls._unwritten(n, dim)
        rows = index._view.reshape(-1).view(np.uint8)
        if file.readinto(rows.data) != len(rows):
            raise ValueError("vectors: the file became shorter")
        return index

    @classmethod
    def from_faiss(cls, data: bytes) -> "VectorIndex":
        """An index as formats 1 and 2 kept it. Raises JireiError if the bytes are no flat index."""
        try:
            index = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
        except RuntimeError as error:
            raise JireiError("index_damaged", file="vectors.faiss") from error
        if not isinstance(index, faiss.IndexFlat):
            raise JireiError("index_damaged", file="vectors.faiss")
        return cls(index)
