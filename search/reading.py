"""Search with a second look: models read the best chunks, and they are ranked anew."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.generation import Generation
from index.matcher import make_matcher
from index.reranker import make_reranker
from index.row_texts import passage_text
from index.thesaurus import Thesaurus
from search.hybrid import Hit, SearchSettings, best_hits, fuse, score
from settings import Settings

MATCHED = 20
"""How many chunks are matched with the question; the rest stay behind them in their order."""

MATCHING_WEIGHT = 20.0
"""What a chunk's match, a cosine, counts for beside its fused score."""

READ = 10
"""How many of these, the best by then, are read with the question; likewise."""

READING_WEIGHT = 0.2
"""What the log-odds of a chunk's best unit count for beside its fused score."""

UNITS = 3
"""How many of a chunk's units are read, at most: the closest one is not always what answers."""


class PairScorer(Protocol):
    """A model that says how well a passage answers a question."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Of each question with its passage, shape (n,); higher is better.

        Of a reranker the log-odds that the passage states what is asked, of a matcher a cosine.
        """
        ...


@dataclass(frozen=True, slots=True)
class Readers:
    """Who looks again: `units` gives the log-odds of a unit, `chunks` the match of a chunk."""

    units: PairScorer
    chunks: PairScorer | None = None


def make_readers(settings: Settings) -> Readers | None:
    """The reranker of the settings, with the matcher that comes with the shipped one.

    None as `make_reranker`.
    """
    units = make_reranker(settings)
    if units is None:
        return None
    return Readers(units, make_matcher(settings) if settings.reranker == "shipped" else None)


def passage_of(generation: Generation, row: int) -> str:
    """What the reranker reads of a unit: whose it is, and the sentence.

    A document that tells of no municipality stands under its title.
    """
    chunk = generation.chunks[generation.chunk_of_unit[row]]
    if chunk.place is None:
        return (
            f"{generation.documents[chunk.document].metadata.title}（）{generation.units[row].text}"
        )
    return f"{chunk.place.name}（{chunk.place.prefecture}）{generation.units[row].text}"


def search_and_read(
    query: str,
    k: int,
    generation: Generation,
    encoder: Encoder,
    settings: SearchSettings,
    thesaurus: Thesaurus,
    readers: Readers,
) -> list[Hit]:
    """The k best chunks, best first, as `search` returns them; those matched or read have a new
    `fused`.

    Raises JireiError as `search` does.
    """
    scores = score(query, generation, encoder, settings, thesaurus)
    hits = best_hits(scores, max(k, MATCHED, READ), generation, settings)
    if readers.chunks:
        hits = match_again(query, hits, generation, readers.chunks)
    return read_again(query, hits, fuse(scores.units, settings), generation, readers.units)[:k]


def match_again(
    query: str, hits: Sequence[Hit], generation: Generation, matcher: PairScorer
) -> list[Hit]:
    """The first MATCHED hits ranked anew, then the others; ties in order of before.

    What counts is how much better a chunk matches than the worst of these, so that none of them
    falls behind the others.
    """
    first, others = hits[:MATCHED], hits[MATCHED:]
    documents = generation.documents
    passages = [passage_text(hit.chunk, documents[hit.chunk.document]) for hit in first]
    matches = matcher.score([(query, passage) for passage in passages]).tolist()
    worst = min(matches, default=0.0)
    again = [
        replace(hit, fused=hit.fused + MATCHING_WEIGHT * (match - worst))
        for hit, match in zip(first, matches, strict=True)
    ]
    return sorted(again, key=lambda hit: -hit.fused) + list(others)


def read_again(
    query: str,
    hits: Sequence[Hit],
    closeness: NDArray[np.float32],
    generation: Generation,
    scorer: PairScorer,
) -> list[Hit]:
    """The first READ hits ranked anew, then the others; ties in order of before.

    Of each the UNITS closest units are read, by `closeness`, shape (n_units,), and the one that is
    liked best counts. A chunk without units counts as the worst of those.
    """
    first, others = hits[:READ], hits[READ:]
    units = [_closest(generation, hit, closeness) for hit in first]
    pairs = [(query, passage_of(generation, row)) for rows in units for row in rows]
    if not pairs:
        return list(hits)
    read = iter(scorer.score(pairs).tolist())
    words = [max((next(read) for _ in rows), default=None) for rows in units]
    worst = min(word for word in words if word is not None)
    again = [
        replace(hit, fused=hit.fused + READING_WEIGHT * (worst if word is None else word))
        for hit, word in zip(first, words, strict=True)
    ]
    return sorted(again, key=lambda hit: -hit.fused) + list(others)


def _closest(generation: Generation, hit: Hit, closeness: NDArray[np.float32]) -> list[int]:
    first = bisect_left(generation.chunk_of_unit, hit.row)
    units = closeness[first : first + hit.chunk.n_units]
    return [first + int(place) for place in np.argsort(-units, kind="stable")[:UNITS]]
