"""BM25 over terms, with every weight worked out once, when it is first asked for."""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from errors import JireiError
from index.npy import read_npz

K1 = 0.6
B = 0.75

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Postings:
    """Posting i: term number `ids[i]` of `terms` stands `counts[i]` times in row `rows[i]`."""

    terms: Sequence[str]
    ids: Integers
    rows: Integers
    counts: Integers

    @classmethod
    def of(cls, rows_of_terms: Iterable[Sequence[str]]) -> tuple["_Postings", int]:
        """The postings of rows, and how many rows there are.

        A row's terms are let go before the next row's are asked for: together they would take
        more memory than all else.
        """
        known: dict[str, int] = {}
        flat, lengths = array("q"), array("q")
        for terms in rows_of_terms:
            flat.extend(known.setdefault(term, len(known)) for term in terms)
            lengths.append(len(terms))
        n = max(1, len(lengths))
        rows = np.repeat(np.arange(len(lengths)), np.array(lengths, dtype=np.int64))
        pairs, counts = np.unique(np.array(flat, dtype=np.int64) * n + rows, return_counts=True)
        return cls(list(known), pairs // n, pairs % n, counts), len(lengths)

    def used_terms(self) -> list[str]:
        """The terms that stand in a row."""
        times = np.bincount(self.ids, minlength=len(self.terms))
        return [self.terms[i] for i in np.flatnonzero(times).tolist()]

    def ids_in(self, positions: Mapping[str, int]) -> Integers:
        """The numbers of the terms in another numbering, which has all terms that are used."""
        numbers = np.array([positions.get(term, -1) for term in self.terms], dtype=np.int64)
        return numbers[self.ids]


@dataclass(frozen=True)
class LexicalIndex:
    """Postings of `n_rows` rows, sorted by term.

    Term `i` of `terms` has the postings `offsets[i]:offsets[i + 1]` of `rows` (int32), `counts`
    (int32, how often it stands in the row) and `weights` (float32, > 0). Scores are sums of
    weights: 0 for a row without any query term, higher is better, no upper bound. An index that
    was written in a format with weights alone has `old_weights` in place of `counts`.
    """

    terms: tuple[str, ...]
    offsets: Integers
    rows: NDArray[np.int32]
    counts: NDArray[np.int32] | None
    n_rows: int
    old_weights: NDArray[np.float32] | None = None

    @cached_property
    def positions(self) -> dict[str, int]:
        """The number of each term."""
        return {term: i for i, term in enumerate(self.terms)}

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """The weight of each posting.

        After Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
        (2009), with the idf of Lucene, which is never negative:
        ``ln(1 + (N - df + .5) / (df + .5)) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len / avg))``
        """
        if self.old_weights is not None:
            return self.old_weights
        tf, df = self._counted().astype(np.float64), np.diff(self.offsets)
        lengths = np.bincount(self.rows, weights=tf, minlength=self.n_rows)
        average = lengths.mean() if lengths.sum() else 1.0
        idf = np.repeat(np.log1p((self.n_rows - df + 0.5) / (df + 0.5)), df)
        length_factor = K1 * (1 - B + B * lengths / average)
        weights: NDArray[np.float64] = idf * tf * (K1 + 1) / (tf + length_factor[self.rows])
        return weights.astype(np.float32)

    @classmethod
    def from_terms(cls, documents: Iterable[Sequence[str]]) -> "LexicalIndex":
        """Index the terms of each row."""
        postings, n_rows = _Postings.of(documents)
        return cls._merged([postings], n_rows)

    def _counted(self) -> NDArray[np.int32]:
        if self.counts is None:
            raise ValueError("an index without counts is only read")
        return self.counts

    def carried_over(
        self, old_rows: Integers, documents: Iterable[Sequence[str]]
    ) -> "LexicalIndex":
        """The index in which row i is row `old_rows[i]` of this one, or new where that is -1.

        `documents` holds the terms of the new rows, in order. The result is that of `from_terms`
        for all rows. Raises ValueError if this index has no `counts`.
        """
        counts = self._counted()
        kept = np.flatnonzero(old_rows >= 0)
        new_rows = np.full(self.n_rows, -1)
        new_rows[old_rows[kept]] = kept
        rows = new_rows[self.rows]
        left = rows >= 0
        ids = np.repeat(np.arange(len(self.terms)), np.diff(self.offsets))
        old = _Postings(self.terms, ids[left], rows[left], counts[left].astype(np.int64))
        new, _ = _Postings.of(documents)
        new = replace(new, rows=np.flatnonzero(old_rows < 0)[new.rows])
        return self._merged([old, new], len(old_rows))

    @classmethod
    def _merged(cls, parts: Sequence[_Postings], n_rows: int) -> "LexicalIndex":
        # Not a set: what is in order already is sorted faster.
        terms = tuple(sorted(dict.fromkeys(t for part in parts for t in part.used_terms())))
        positions = {term: i for i, term in enumerate(terms)}
        ids = np.concatenate([part.ids_in(positions) for part in parts])
        rows = np.concatenate([part.rows for part in parts])
        # Stable is also fast here: the parts are nearly sorted.
        order = np.argsort(ids * max(1, n_rows) + rows, kind="stable")
        counts = np.concatenate([part.counts for part in parts])[order].astype(np.int32)
        sizes = np.bincount(ids, minlength=len(terms))
        offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        rows = rows[order].astype(np.int32)
        return cls(terms, offsets, rows, counts, n_rows)

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
        """The index as `terms.json` and `postings.npz`. Raises ValueError without `counts`."""
        buffer = BytesIO()
        np.savez(buffer, offsets=self.offsets, rows=self.rows, counts=self._counted())
        head = {"n_rows": self.n_rows, "terms": self.terms}
        return {
            "terms.json": json.dumps(head, ensure_ascii=False).encode(),
            "postings.npz": buffer.getvalue(),
        }

    @classmethod
    def from_files(cls, files: dict[str, bytes]) -> "LexicalIndex":
        """The index of `to_files`. Raises JireiError if its parts do not fit together."""
        head = json.loads(files["terms.json"])
        terms, n_rows = tuple(head["terms"]), int(head["n_rows"])
        arrays = read_npz(files["postings.npz"])
        offsets, rows = arrays["offsets"], arrays["rows"]
        counts, weights = arrays.get("counts"), arrays.get("weights")
        values = weights if counts is None else counts
        fits = (
            all(isinstance(term, str) for term in terms)
            and values is not None
            and offsets.shape == (len(terms) + 1,)
            and rows.shape == values.shape == (offsets[-1],)
            and offsets.dtype == np.int64
            and rows.dtype == np.int32
            and offsets[0] == 0
            and (np.diff(offsets) >= 0).all()
            and (not len(rows) or 0 <= rows.min() <= rows.max() < n_rows)
            and ((values > 0) & (values < np.inf)).all()
        )
        if not fits:
            raise JireiError("index_damaged", file="postings.npz")
        return cls(terms, offsets, rows, counts, n_rows, weights)
