"""Search with a second look: a cross-encoder reads the best chunks, and they are ranked anew."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.generation import Generation
from index.thesaurus import Thesaurus
from search.hybrid import Hit, SearchSettings, best_hits, fuse, score

READ = 10
"""How many chunks are read; the rest stay behind them in their order."""

READING_WEIGHT = 2.0
"""What is added to a chunk's fused score if it is certain to answer."""


class PairScorer(Protocol):
    """A model that reads a question and a passage together."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Log-odds that each passage states what its question asks, shape (n,)."""
        ...


def passage_of(generation: Generation, row: int) -> str:
    """What the reranker reads of a unit: whose it is, and the sentence.

    A document that tells of no municipality stands under its title.
    """
    return _whose(generation, row) + generation.units[row].text


def _whose(generation: Generation, row: int) -> str:
    chunk = generation.chunks[generation.chunk_of_unit[row]]
    if chunk.place is None:
        return f"{generation.documents[chunk.document].metadata.title}（）"
    return f"{chunk.place.name}（{chunk.place.prefecture}）"


def search_and_read(
    query: str,
    k: int,
    generation: Generation,
    encoder: Encoder,
    settings: SearchSettings,
    thesaurus: Thesaurus,
    scorer: PairScorer,
) -> list[Hit]:
    """The k best chunks, best first, as `search` returns them; those read have a new `fused`.

    Raises JireiError as `search` does.
    """
    scores = score(query, generation, encoder, settings, thesaurus)
    hits = best_hits(scores, max(k, READ), generation, settings)
    return read_again(query, hits, fuse(scores.units, settings), generation, scorer)[:k]


def read_again(
    query: str,
    hits: Sequence[Hit],
    closeness: NDArray[np.float32],
    generation: Generation,
    scorer: PairScorer,
) -> list[Hit]:
    """The first READ hits ranked anew, then the others; ties in order of before.

    Of each the closest unit is read, by `closeness`, shape (n_units,), and once more after the one
    before it: what a sentence speaks of is often named there. The likelier of the two counts, by
    its probability. A chunk without units counts as the worst that was read.
    """
    first, others = hits[:READ], hits[READ:]
    owners: list[int] = []
    pairs: list[tuple[str, str]] = []
    for at, hit in enumerate(first):
        for passage in _to_read(generation, hit, closeness):
            owners.append(at)
            pairs.append((query, passage))
    if not pairs:
        return list(hits)
    likely = 1 / (1 + np.exp(-scorer.score(pairs).astype(np.float64)))
    best = np.full(len(first), -np.inf)
    np.maximum.at(best, owners, likely)
    best[np.isinf(best)] = best[np.isfinite(best)].min()
    again = [
        replace(hit, fused=hit.fused + READING_WEIGHT * float(probability))
        for hit, probability in zip(first, best, strict=True)
    ]
    return sorted(again, key=lambda hit: -hit.fused) + list(others)


def _to_read(generation: Generation, hit: Hit, closeness: NDArray[np.float32]) -> Iterator[str]:
    first = bisect_left(generation.chunk_of_unit, hit.row)
    units = closeness[first : first + len(hit.chunk.units)]
    if not len(units):
        return
    row = first + int(np.argmax(units))
    yield passage_of(generation, row)
    if row > first:
        before, closest = generation.units[row - 1].text, generation.units[row].text
        yield _whose(generation, row) + before + closest
