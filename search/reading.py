"""Search with a second look: models read the best chunks, and they are ranked anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from index.matcher import make_matcher
from index.reranker import make_reranker
from index.row_texts import passage_text
from ingest.documents import Chunk
from ingest.sentences import in_one_line
from search.hybrid import Hit, Searcher, checked
from settings import Settings

MATCHED = 20
"""How many chunks are matched with the question; the rest stay behind them in their order."""

MATCHING_WEIGHT = 20.0
"""What a chunk's match, a cosine, counts for beside its fused score."""

READ = 10
"""How many of these, the best by then, are read with the question; likewise."""

READING_WEIGHT = 0.4
"""What the log-odds of a chunk count for beside its fused score."""


class PairScorer(Protocol):
    """A model that says how well a passage answers a question."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Of each question with its passage, shape (n,); higher is better.

        Of a reranker the log-odds that the passage states what is asked, of a matcher a cosine.
        """
        ...


@dataclass(frozen=True, slots=True)
class Readers:
    """Who looks again: `reranker` gives the log-odds of a chunk, `matcher` its match."""

    reranker: PairScorer
    matcher: PairScorer | None = None


def make_readers(settings: Settings) -> Readers | None:
    """The reranker of the settings, with the matcher that comes with the shipped one.

    None as `make_reranker`.
    """
    reranker = make_reranker(settings)
    if reranker is None:
        return None
    return Readers(reranker, make_matcher(settings) if settings.reranker == "shipped" else None)


def passage_of(generation: Generation, row: int) -> str:
    """What the reranker reads of a unit: whose it is, and the sentence."""
    chunk = generation.chunks[generation.chunk_of_unit[row]]
    return _headed(generation, chunk, in_one_line(generation.units[row].text))


def _sentences(chunk: Chunk) -> str:
    """A chunk from its first unit to its last."""
    if not chunk.spans:
        return chunk.text.strip()
    return chunk.text[chunk.spans[0] - chunk.start : chunk.spans[-1] - chunk.start]


def _headed(generation: Generation, chunk: Chunk, text: str) -> str:
    """A document that tells of no municipality stands under its title."""
    if chunk.place is None:
        return f"{generation.documents[chunk.document].metadata.title}（）{text}"
    return f"{chunk.place.name}（{chunk.place.prefecture}）{text}"


def search_and_read(searcher: Searcher, query: str, k: int, readers: Readers | None) -> list[Hit]:
    """The k best chunks, best first, as `Searcher.search` returns them; those matched or read have
    a new `fused`. Without `readers` none is.

    Raises JireiError as `Searcher.search` does.
    """
    if readers is None:
        return searcher.search(query, k)
    generation = searcher.generation
    hits = searcher.search(query, max(checked(k), MATCHED, READ))
    if readers.matcher:
        hits = match_again(query, hits, generation, readers.matcher)
    return read_again(query, hits, generation, readers.reranker)[:k]


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
    return _ranked(first, [MATCHING_WEIGHT * (match - worst) for match in matches], others)


def read_again(
    query: str, hits: Sequence[Hit], generation: Generation, reranker: PairScorer
) -> list[Hit]:
    """The first READ hits ranked anew, then the others; ties in order of before.

    A chunk is read as a whole, under the name of its place instead of its headings.
    """
    first, others = hits[:READ], hits[READ:]
    passages = [_headed(generation, hit.chunk, _sentences(hit.chunk)) for hit in first]
    words = reranker.score([(query, passage) for passage in passages]).tolist() if first else []
    return _ranked(first, [READING_WEIGHT * word for word in words], others)


def _ranked(first: Sequence[Hit], added: Sequence[float], others: Sequence[Hit]) -> list[Hit]:
    again = [replace(hit, fused=hit.fused + more) for hit, more in zip(first, added, strict=True)]
    return sorted(again, key=lambda hit: -hit.fused) + list(others)
