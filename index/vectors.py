"""Vectors in FAISS: exact search by inner product."""

import os
from dataclasses import dataclass
from io import BufferedReader

import faiss
import numpy as np
from numpy.typing import NDArray

from errors import JireiError
from index.npy import Parts, read_head, to_npy
from ingest.durable import digest_of

Vectors = NDArray[np.float32]
Halves = NDArray[np.float16]


def checked(vectors: Vectors, n: int) -> Vectors:
    """`vectors` if they are float32 (n, dim), finite and of unit length (within 1e-3).

    Raises ValueError otherwise: the one place where an encoder's output is judged.
    """
    if vectors.dtype != np.float32 or vectors.ndim != 2 or len(vectors) != n:
        raise ValueError(f"expected float32 ({n}, dim), got {vectors.dtype} {vectors.shape}")
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3):
        raise ValueError("vectors are not finite or not of unit length")
    return vectors


def _rounded(vectors: Vectors) -> Halves:
    """The nearest float16 values. Raises ValueError unless all are finite."""
    # Not FAISS's own way, which rounds some ties otherwise than IEEE 754 asks for.
    with np.errstate(over="ignore"):
        halves = vectors.astype(np.float16)
    if not np.isfinite(halves).all():
        raise ValueError("vectors: not all values are finite in float16")
    return halves


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """A flat FAISS index; row i is vector i. Scores are inner products, higher is better.

    Of unit vectors they are cosines, -1 to 1. Values are kept as float16, which takes half the
    room and moves a cosine by 2**-11 at most.
    """

    flat: faiss.IndexScalarQuantizer

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> "VectorIndex":
        """Index finite float32 vectors of shape (n, dim). Raises ValueError for any other shape."""
        if vectors.ndim != 2 or vectors.dtype != np.float32:
            raise ValueError(
                f"vectors: expected float32 (n, dim), got {vectors.dtype} {vectors.shape}"
            )
        index = cls._unwritten(*vectors.shape)
        index._view[:] = _rounded(vectors)
        return index

    @classmethod
    def _unwritten(cls, n: int, dim: int) -> "VectorIndex":
        """Rows to be written where they stay: to add them afterwards would copy them all."""
        kind = faiss.ScalarQuantizer.QT_fp16
        flat = faiss.IndexScalarQuantizer(dim, kind, faiss.METRIC_INNER_PRODUCT)
        flat.codes.resize(n * flat.code_size)
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
    def _view(self) -> Halves:
        """All vectors, shape (n_rows, dim): FAISS's own memory, for as long as the index lives."""
        # Copies of all vectors are what a build would spend its time and memory on.
        codes = faiss.rev_swig_ptr(self.flat.codes.data(), self.n_rows * self.flat.code_size)
        view: Halves = codes.view(np.float16).reshape(self.n_rows, self.dim)
        return view

    def carried_over(self, old_rows: NDArray[np.int64], vectors: Vectors) -> "VectorIndex":
        """The index in which row i is row `old_rows[i]` of this one, or new where that is -1.

        `vectors`, shape (n, dim), are those of the new rows, in order.
        """
        index = self._unwritten(len(old_rows), self.dim)
        merged = index._view
        merged[old_rows < 0] = _rounded(vectors)
        kept = np.flatnonzero(old_rows >= 0)
        # Runs of rows that stay side by side are copied at once.
        ends = np.flatnonzero((np.diff(kept) != 1) | (np.diff(old_rows[kept]) != 1)) + 1
        for run in np.split(kept, ends) if len(kept) else []:
            first = old_rows[run[0]]
            merged[run[0] : run[-1] + 1] = self._view[first : first + len(run)]
        return index

    def to_npy(self) -> Parts:
        """The vectors as an .npy file, which is not a copy of them."""
        return to_npy(self._view)

    def digest(self) -> str:
        """The sha256 of the file of `to_npy`."""
        return digest_of(*self.to_npy())

    @classmethod
    def from_npy(cls, file: BufferedReader) -> "VectorIndex":
        """The index of the file of `to_npy`. Raises ValueError if it is no float16 (n, dim)."""
        shape, dtype = read_head(file)
        if len(shape) != 2 or dtype != np.float16:
            raise ValueError(f"vectors: expected float16 (n, dim), got {dtype} {shape}")
        n, dim = shape
        # Before room is made for what the file only claims.
        if dim < 1 or n < 0 or file.tell() + n * dim * 2 != os.fstat(file.fileno()).st_size:
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
        return cls.from_vectors(index.reconstruct_n(0, index.ntotal))
