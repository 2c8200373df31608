"""An encoder without a model, for tests: the same text gives the same vector anywhere."""

from collections.abc import Callable, Sequence
from hashlib import sha256

import numpy as np

from index.terms import split_terms
from index.vectors import Vectors

DIM = 64


class StubEncoder:
    """The sum of one fixed direction per term, at unit length: shared terms mean nearness."""

    fingerprint = "stub@1"
    dim = DIM

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (n, 64)."""
        return np.stack([_vector(text) for text in texts]) if texts else _none()

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """The same vectors: the adapter belongs to the embedded encoder."""
        return self.encode_queries(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of shape (n, 64)."""
        if progress:
            progress(len(texts))
        return self.encode_queries(texts)


def _none() -> Vectors:
    return np.zeros((0, DIM), dtype=np.float32)


def _direction(term: str) -> Vectors:
    digest = sha256(term.encode()).digest() * 2
    return (np.frombuffer(digest, dtype=np.uint8).astype(np.float32) - 127.5) / 127.5


def _vector(text: str) -> Vectors:
    total = sum((_direction(term) for term in split_terms(text)), _direction(text) * 0.01)
    vector: Vectors = (total / np.linalg.norm(total)).astype(np.float32)
    return vector
