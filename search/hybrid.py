"""Hybrid search over one generation: dense and lexical arm, chunks and units, fused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from errors import JireiError
from index.encoder import Encoder
from index.generation import Generation, Level
from index.terms import fold_width, query_terms
from index.thesaurus import Thesaurus
from index.vectors import Vectors
from ingest.documents import Chunk
from search.fusion import Scores, convex, ranking
from settings import Settings

IntArray = NDArray[np.int64]
Vector = NDArray[np.float32]

# The unit level carries the proof, the chunk level the context.
UNIT_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found. Higher scores are better.

    `fused` is the z-normalised sum of the arms, 0 for the average chunk of the index; `dense`
    the mean cosine of chunk and best unit; `lexical` the sum of their BM25 scores, 0 if no term
    of the query occurs. A rank, from 1, says where that arm alone would have put it.
    """

    row: int
    chunk: Chunk
    fused: float
    dense: float
    lexical: float
    dense_rank: int | None
    lexical_rank: int | None

    def to_json(self) -> dict[str, Any]:
        """The hit as `jirei search --json` prints it."""
        chunk = self.chunk
        return {
            "document": chunk.document,
            "heading": " > ".join(chunk.heading),
            "municipality": chunk.place.name if chunk.place else None,
            "page": chunk.page,
            "start": chunk.start,
            "end": chunk.end,
            "text": chunk.text,
            "score": round(self.fused, 4),
            "dense": round(self.dense, 4),
            "lexical": round(self.lexical, 4),
            "dense_rank": self.dense_rank,
            "lexical_rank": self.lexical_rank,
        }


@dataclass(frozen=True, slots=True)
class ArmScores:
    """Every row's score in both arms, shape (n_rows,); an arm that is off is None."""

    dense: Scores | None
    lexical: Scores | None


@dataclass(frozen=True, slots=True)
class QueryScores:
    """What a query scores on every chunk and every unit."""

    chunks: ArmScores
    units: ArmScores


@dataclass(frozen=True, slots=True)
class UnitScores:
    """What a query scores on every unit, and on the sentences of the background."""

    units: ArmScores
    background: ArmScores


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Which arms take part, and the dense arm's share of the fused score (0 to 1)."""

    dense: bool = True
    lexical: bool = True
    dense_weight: float = 0.7

    def __post_init__(self) -> None:
        if not (self.dense or self.lexical):
            raise JireiError("no_arm")

    @classmethod
    def of(cls, settings: Settings) -> "SearchSettings":
        """As they are set. Raises JireiError if both arms are off."""
        return cls(settings.dense, settings.lexical, settings.dense_weight)


def score(
    query: str,
    generation: Generation,
    encoder: Encoder,
    settings: SearchSettings,
    thesaurus: Thesaurus,
) -> QueryScores:
    """Scores of a query on all rows, the concepts it names included in the lexical arm.

    Raises JireiError for an empty query.
    """
    (vector,) = _encoded([query], encoder.encode_queries, settings)
    terms = _terms(query, thesaurus, settings)
    return QueryScores(
        _scored(generation.chunk_level, vector, terms),
        _scored(generation.unit_level, vector, terms),
    )


def score_units(
    query: str,
    words: str,
    generation: Generation,
    encoder: Encoder,
    settings: SearchSettings,
    thesaurus: Thesaurus,
) -> tuple[UnitScores, UnitScores]:
    """How a query meets every single sentence, and the dense scores of what it names, `words`.

    Raises JireiError for an empty query.
    """
    of_query, of_words = _encoded([query, words], encoder.encode_questions, settings)
    terms = _terms(query, thesaurus, settings)

    def scored(vector: Vector | None, terms: list[str] | None) -> UnitScores:
        background = ArmScores(
            generation.background.scores(vector) if vector is not None else None,
            np.zeros(generation.background.n_rows, dtype=np.float32) if terms is not None else None,
        )
        return UnitScores(_scored(generation.unit_level, vector, terms), background)

    return scored(of_query, terms), scored(of_words, None)


def _encoded(
    queries: list[str], encode: Callable[[list[str]], Vectors], settings: SearchSettings
) -> list[Vector] | list[None]:
    if not queries[0].strip():
        raise JireiError("question_empty")
    if not settings.dense:
        return [None] * len(queries)
    return list(encode([fold_width(query) for query in queries]))


def _terms(query: str, thesaurus: Thesaurus, settings: SearchSettings) -> list[str] | None:
    if not settings.lexical:
        return None
    return query_terms(query) + thesaurus.concept_terms(query, question=True)


def _scored(level: Level, vector: Vector | None, terms: list[str] | None) -> ArmScores:
    return ArmScores(
        level.vectors.scores(vector) if vector is not None else None,
        level.lexical.scores(terms) if terms is not None else None,
    )


def fuse(arms: ArmScores, settings: SearchSettings) -> Scores:
    """The fused score of every row: z-normalised, 0 for the average row."""
    weighted = [(settings.dense_weight, arms.dense), (1 - settings.dense_weight, arms.lexical)]
    live = [(weight, scores) for weight, scores in weighted if scores is not None]
    if len(live) == 1:
        live = [(1.0, live[0][1])]
    return convex(live)


def search(
    query: str,
    k: int,
    generation: Generation,
    encoder: Encoder,
    settings: SearchSettings,
    thesaurus: Thesaurus,
) -> list[Hit]:
    """The k best chunks for a query, best first; ties in order of row.

    A chunk's score in an arm is the mean of its own and of its best unit's. Fewer chunks than
    k give what there is. Raises JireiError for an empty query or k < 1.
    """
    scores = score(query, generation, encoder, settings, thesaurus)
    return best_hits(scores, k, generation, settings)


def best_hits(
    scores: QueryScores, k: int, generation: Generation, settings: SearchSettings
) -> list[Hit]:
    """The k best chunks by scores that a query already has, as `search` returns them.

    Raises JireiError for k < 1.
    """
    if k < 1:
        raise JireiError("k_too_small", k=k)
    arms = _with_best_units(scores, generation)
    fused = fuse(arms, settings)
    if not settings.dense and arms.lexical is not None:
        fused = np.where(arms.lexical > 0, fused, -np.inf).astype(np.float32)
    rows = [int(row) for row in ranking(fused, k) if np.isfinite(fused[row])]
    ranks = _ranks(arms.dense), _ranks(arms.lexical, above=0.0)
    return [
        Hit(
            row=row,
            chunk=generation.chunks[row],
            fused=float(fused[row]),
            dense=float(arms.dense[row]) if arms.dense is not None else 0.0,
            lexical=float(arms.lexical[row]) if arms.lexical is not None else 0.0,
            dense_rank=ranks[0].get(row),
            lexical_rank=ranks[1].get(row)
            if arms.lexical is not None and arms.lexical[row] > 0
            else None,
        )
        for row in rows
    ]


def _ranks(scores: Scores | None, above: float = -np.inf) -> dict[int, int]:
    if scores is None:
        return {}
    rows = (int(row) for row in ranking(scores, len(scores)) if scores[row] > above)
    return {row: rank for rank, row in enumerate(rows, start=1)}


def _with_best_units(scores: QueryScores, generation: Generation) -> ArmScores:
    def joined(chunks: Scores | None, units: Scores | None) -> Scores | None:
        if chunks is None or units is None:
            return None
        best = best_of_groups(units, generation.chunk_of_unit, len(chunks))
        best = np.where(np.isfinite(best), best, chunks)
        mixed: Scores = ((1 - UNIT_SHARE) * chunks + UNIT_SHARE * best).astype(np.float32)
        return mixed

    return ArmScores(
        joined(scores.chunks.dense, scores.units.dense),
        joined(scores.chunks.lexical, scores.units.lexical),
    )


def best_of_groups(scores: Scores, groups: Sequence[int] | IntArray, n_groups: int) -> Scores:
    """The highest score of each group's rows, shape (n_groups,); -inf for a group without."""
    best = np.full(n_groups, -np.inf, dtype=np.float32)
    np.maximum.at(best, np.asarray(groups, dtype=np.int64), scores)
    return best
