"""BM25 over terms, with every weight worked out once, when it is first asked for."""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from errors import JireiError
from index.npy import Parts, read_npy, read_npz, to_npy

K1 = 0.6
B = 0.75

FILES = ("terms.json", "offsets.npy", "rows.npy", "counts.npy")
OLD_FILES = ("terms.json", "postings.npz")
"""Before format 4; in formats 1 and 2 the archive has weights in place of counts."""

Integers = NDArray[np.int64]
Rows = NDArray[np.int32]
Counts = NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True)
class _Postings:
    """Term `i` of `terms` has the next `sizes[i]` of `rows` and `counts`."""

    terms: Sequence[str]
    sizes: Integers
    rows: Rows
    counts: Counts

    def moved(self, to: Rows) -> "_Postings":
        """Row i becomes `to[i]`, and is left out where that is -1."""
        rows = to[self.rows]
        gone = np.flatnonzero(rows < 0)
        terms_of_gone = np.searchsorted(np.cumsum(self.sizes), gone, "right")
        sizes = self.sizes - np.bincount(terms_of_gone, minlength=len(self.terms))
        return _Postings(self.terms, sizes, np.delete(rows, gone), np.delete(self.counts, gone))

    def used_terms(self) -> list[str]:
        """The terms that stand in a row."""
        return [self.terms[i] for i in np.flatnonzero(self.sizes).tolist()]

    def numbers_in(self, positions: Mapping[str, int]) -> Integers:
        """The number of each term in another numbering, which has all terms that are used."""
        return np.array([positions.get(term, -1) for term in self.terms], dtype=np.int64)


@dataclass(frozen=True)
class LexicalIndex:
    """Postings of `n_rows` rows, sorted by term.

    Term `i` of `terms` has the postings `offsets[i]:offsets[i + 1]` of `rows` (int32), `counts`
    (unsigned, how often it stands in the row) and `weights` (float32, > 0). Scores are sums of
    weights: 0 for a row without any query term, higher is better, no upper bound. An index that
    was written in a format with weights alone has `old_weights` in place of `counts`.
    """

    terms: tuple[str, ...]
    offsets: Integers
    rows: Rows
    counts: Counts | None
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
        """Index the terms of each row.

        A row's terms are let go before the next row's are asked for: together they would take
        more memory than all else.
        """
        known: dict[str, int] = {}
        flat, lengths = array("q"), array("q")
        for terms in documents:
            flat.extend(known.setdefault(term, len(known)) for term in terms)
            lengths.append(len(terms))
        n_rows = len(lengths)
        in_order = sorted(known)
        numbers = np.empty(len(known), dtype=np.int64)
        numbers[[known[term] for term in in_order]] = np.arange(len(known))
        rows = np.repeat(np.arange(n_rows), np.array(lengths, dtype=np.int64))
        ids = numbers[np.array(flat, dtype=np.int64)]
        pairs, counts = np.unique(ids * n_rows + rows, return_counts=True)
        ids, rows = np.divmod(pairs, max(1, n_rows))
        sizes = np.bincount(ids, minlength=len(in_order))
        return cls._of(_Postings(in_order, sizes, rows.astype(np.int32), _narrow(counts)), n_rows)

    @classmethod
    def _of(cls, kept: _Postings, n_rows: int) -> "LexicalIndex":
        offsets = np.concatenate([[0], np.cumsum(kept.sizes)]).astype(np.int64)
        return cls(tuple(kept.terms), offsets, kept.rows, kept.counts, n_rows)

    def _postings(self) -> _Postings:
        return _Postings(self.terms, np.diff(self.offsets), self.rows, self._counted())

    def _counted(self) -> Counts:
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
        kept = np.flatnonzero(old_rows >= 0)
        to = np.full(self.n_rows, -1, dtype=np.int32)
        to[old_rows[kept]] = kept
        old = self._postings().moved(to)
        fresh = np.flatnonzero(old_rows < 0).astype(np.int32)
        new = self.from_terms(documents)._postings().moved(fresh)
        return self._of(_joined(old, new, len(old_rows)), len(old_rows))

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """BM25 of every row, shape (n_rows,). A term asked twice counts twice."""
        total = np.zeros(self.n_rows, dtype=np.float32)
        for term, times in Counter(terms).items():
            rows, weights = self.postings(term)
            total[rows] += times * weights
        return total

    def postings(self, term: str) -> tuple[Rows, NDArray[np.float32]]:
        """The rows that hold a term, and its weight in each; both empty if none does."""
        at = self.positions.get(term)
        span = slice(0, 0) if at is None else slice(self.offsets[at], self.offsets[at + 1])
        return self.rows[span], self.weights[span]

    def to_files(self) -> dict[str, Parts]:
        """The index as the files FILES. Raises ValueError without `counts`."""
        head = {"n_rows": self.n_rows, "terms": self.terms}
        return {
            "terms.json": (json.dumps(head, ensure_ascii=False).encode(),),
            "offsets.npy": to_npy(self.offsets),
            "rows.npy": to_npy(self.rows),
            "counts.npy": to_npy(self._counted()),
        }

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> "LexicalIndex":
        """The index of FILES or OLD_FILES. Raises JireiError if they do not fit together."""
        head = json.loads(files["terms.json"])
        terms, n_rows = tuple(head["terms"]), int(head["n_rows"])
        if OLD_FILES[1] in files:
            arrays = read_npz(files[OLD_FILES[1]])
        else:
            arrays = {name.removesuffix(".npy"): read_npy(files[name]) for name in FILES[1:]}
        offsets, rows = arrays["offsets"], arrays["rows"]
        counts, weights = arrays.get("counts"), arrays.get("weights")
        values = weights if counts is None else counts
        fits = (
            all(isinstance(term, str) for term in terms)
            and values is not None
            and offsets.shape == (len(terms) + 1,)
            and values.dtype.kind in ("f" if counts is None else "iu")
            and rows.shape == values.shape == (offsets[-1],)
            and offsets.dtype == np.int64
            and rows.dtype == np.int32
            and offsets[0] == 0
            and (np.diff(offsets) >= 0).all()
            and (not len(rows) or 0 <= rows.min() <= rows.max() < n_rows)
            and ((values > 0) & (values < np.inf)).all()
        )
        if not fits:
            raise JireiError("index_damaged", file="postings")
        counts = None if counts is None else _narrow(counts)
        return cls(terms, offsets, rows, counts, n_rows, weights)


def _joined(old: _Postings, new: _Postings, n_rows: int) -> _Postings:
    """The postings of both by term and row. The few new ones are put between the many old ones."""
    # Not a set: what is in order already is sorted faster.
    terms = sorted(dict.fromkeys(old.used_terms() + new.used_terms()))
    positions = {term: i for i, term in enumerate(terms)}
    sizes = np.zeros(len(terms), dtype=np.int64)
    keys = []
    for part in (old, new):
        numbers, used = part.numbers_in(positions), part.sizes > 0
        sizes[numbers[used]] += part.sizes[used]
        keys.append(np.repeat(numbers * n_rows, part.sizes) + part.rows)
    rows, counts = old.rows, old.counts
    if (keys[0][1:] < keys[0][:-1]).any():  # a file that was renamed takes its rows elsewhere
        order = np.argsort(keys[0], kind="stable")
        keys[0], rows, counts = keys[0][order], rows[order], counts[order]
    at = np.searchsorted(keys[0], keys[1])
    counts = counts.astype(np.result_type(counts, new.counts), copy=False)
    merged = _narrow(np.insert(counts, at, new.counts))
    return _Postings(terms, sizes, np.insert(rows, at, new.rows), merged)


def _narrow(counts: NDArray[np.integer[Any]]) -> Counts:
    """The counts in the smallest type that holds them: nearly all are below ten."""
    narrowed: Counts = counts.astype(np.min_scalar_type(counts.max(initial=0)), copy=False)
    return narrowed
