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


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one generation: by which encoder, in which arms, with whose concepts."""

    generation: Generation
    encoder: Encoder
    settings: SearchSettings
    thesaurus: Thesaurus

    def search(self, query: str, k: int) -> list[Hit]:
        """The k best chunks for a query, best first; ties in order of row.

        A chunk's score in an arm is the mean of its own and of its best unit's. Fewer chunks than
        k give what there is. Raises JireiError for an empty query or k < 1.
        """
        arms = _with_best_units(self.score(query), self.generation)
        fused = fuse(arms, self.settings)
        if not self.settings.dense and arms.lexical is not None:
            fused = np.where(arms.lexical > 0, fused, -np.inf).astype(np.float32)
        rows = [int(row) for row in ranking(fused, checked(k)) if np.isfinite(fused[row])]
        ranks = _ranks(arms.dense), _ranks(arms.lexical, above=0.0)
        return [
            Hit(
                row=row,
                chunk=self.generation.chunks[row],
                fused=float(fused[row]),
                dense=float(arms.dense[row]) if arms.dense is not None else 0.0,
                lexical=float(arms.lexical[row]) if arms.lexical is not None else 0.0,
                dense_rank=ranks[0].get(row),
                lexical_rank=ranks[1].get(row),
            )
            for row in rows
        ]

    def score(self, query: str) -> QueryScores:
        """Scores of a query on all rows, the concepts it names included in the lexical arm.

        Raises JireiError for an empty query.
        """
        (vector,) = self._encoded([query], self.encoder.encode_queries)
        terms = self._terms(query)
        return QueryScores(
            _scored(self.generation.chunk_level, vector, terms),
            _scored(self.generation.unit_level, vector, terms),
        )

    def score_units(self, query: str, words: str) -> tuple[UnitScores, UnitScores]:
        """How a query meets every single sentence, and the dense scores of what it names, `words`.

        Raises JireiError for an empty query.
        """
        of_query, of_words = self._encoded([query, words], self.encoder.encode_questions)
        terms = self._terms(query)
        return self._scored_units(of_query, terms), self._scored_units(of_words, None)

    def _scored_units(self, vector: Vector | None, terms: list[str] | None) -> UnitScores:
        sentences = self.generation.background
        background = ArmScores(
            sentences.scores(vector) if vector is not None else None,
            np.zeros(sentences.n_rows, dtype=np.float32) if terms is not None else None,
        )
        return UnitScores(_scored(self.generation.unit_level, vector, terms), background)

    def _encoded(
        self, queries: list[str], encode: Callable[[list[str]], Vectors]
    ) -> list[Vector] | list[None]:
        if not queries[0].strip():
            raise JireiError("question_empty")
        if not self.settings.dense:
            return [None] * len(queries)
        return list(encode([fold_width(query) for query in queries]))

    def _terms(self, query: str) -> list[str] | None:
        if not self.settings.lexical:
            return None
        return query_terms(query) + self.thesaurus.concept_terms(query, question=True)


def checked(k: int) -> int:
    """How many are searched for. Raises JireiError for k < 1."""
    if k < 1:
        raise JireiError("k_too_small", k=k)
    return k


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
