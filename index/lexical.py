"""BM25 over terms, with every weight worked out when the index is built."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from errors import JireiError

K1 = 0.6
B = 0.75


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Postings of `n_rows` rows, sorted by term.

    Term `i` of `terms` has the postings `offsets[i]:offsets[i + 1]` of `rows` (int32) and
    `weights` (float32, > 0). Scores are sums of weights: 0 for a row without any query term,
    higher is better, no upper bound.
    """

    terms: tuple[str, ...]
    offsets: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    n_rows: int
    positions: dict[str, int]

    @classmethod
    def from_terms(
        cls, documents: Sequence[Sequence[str]], *, k1: float = K1, b: float = B
    ) -> "LexicalIndex":
        """Index the terms of each row.

        Weight of a term in a row, after Robertson and Zaragoza, "The Probabilistic Relevance
        Framework: BM25 and Beyond" (2009), with the idf of Lucene, which is never negative:
        ``ln(1 + (N - df + .5) / (df + .5)) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len / avg))``
        """
        counts = [Counter(terms) for terms in documents]
        lengths = np.array([len(terms) for terms in documents], dtype=np.float64)
        average = lengths.mean() if lengths.sum() else 1.0
        postings: dict[str, list[tuple[int, int]]] = {}
        for row, counted in enumerate(counts):
            for term, times in counted.items():
                postings.setdefault(term, []).append((row, times))
        terms = tuple(sorted(postings))
        sizes = [len(postings[term]) for term in terms]
        flat = np.array([pair for term in terms for pair in postings[term]], dtype=np.int64)
        flat = flat.reshape(-1, 2)
        tf, rows = flat[:, 1].astype(np.float64), flat[:, 0]
        df = np.repeat(np.array(sizes, dtype=np.float64), sizes)
        idf = np.log1p((len(documents) - df + 0.5) / (df + 0.5))
        saturated = tf * (k1 + 1) / (tf + k1 * (1 - b + b * lengths[rows] / average))
        return cls._of(
            terms,
            np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64),
            rows.astype(np.int32),
            (idf * saturated).astype(np.float32),
            len(documents),
        )

    @classmethod
    def _of(
        cls,
        terms: tuple[str, ...],
        offsets: NDArray[np.int64],
        rows: NDArray[np.int32],
        weights: NDArray[np.float32],
        n_rows: int,
    ) -> "LexicalIndex":
        positions = {term: i for i, term in enumerate(terms)}
        return cls(terms, offsets, rows, weights, n_rows, positions)

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """BM25 of every row, shape (n_rows,). A term asked twice counts twice."""
        total = np.zeros(self.n_rows, dtype=np.float32)
        for term, times in Counter(terms).items():
            rows, weights = self.postings(term)
            total[rows] += times * weights
        return total

    def postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The rows that hold a term, and its weight in each; both empty if none does."""
        at = self.positions.get(term)
        span = slice(0, 0) if at is None else slice(self.offsets[at], self.offsets[at + 1])
        return self.rows[span], self.weights[span]

    def to_files(self) -> dict[str, bytes]:
        """The index as `terms.json` and `postings.npz`."""
        buffer = BytesIO()
        np.savez(buffer, offsets=self.offsets, rows=self.rows, weights=self.weights)
        head = {"n_rows": self.n_rows, "terms": self.terms}
        return {
            "terms.json": json.dumps(head, ensure_ascii=False).encode(),
            "postings.npz": buffer.getvalue(),
        }

    @classmethod
    def from_files(cls, files: dict[str, bytes]) -> "LexicalIndex":
        """The index of `to_files`. Raises JireiError if its parts do not fit together."""
        head = json.loads(files["terms.json"])
        with np.load(BytesIO(files["postings.npz"]), allow_pickle=False) as arrays:
            index = cls._of(
                tuple(head["terms"]),
                arrays["offsets"],
                arrays["rows"],
                arrays["weights"],
                int(head["n_rows"]),
            )
        fits = (
            len(index.offsets) == len(index.terms) + 1
            and len(index.rows) == len(index.weights) == index.offsets[-1]
            and (not len(index.rows) or 0 <= index.rows.min() <= index.rows.max() < index.n_rows)
        )
        if not fits:
            raise JireiError("index_damaged", file="postings.npz")
        return index
