"""Which units of an index name a thing, and which stand where something else names it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.aspects import Aspect
from index.generation import Generation
from index.terms import normalize, split_words
from index.thesaurus import Thesaurus

Units = NDArray[np.bool_]
"""Of each unit of an index whether it is meant; shape (n_units,)."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Looks names up in one index."""

    generation: Generation
    thesaurus: Thesaurus

    def theme(self, theme: str) -> Units:
        """Which units name a theme, by one of its concepts or by all of its words."""
        return self._either(self.concepts(theme), split_words(theme))

    def aspects(self, aspects: Iterable[Aspect]) -> Units:
        """Which units name one of these aspects, likewise.

        One word of several names nothing: 避難所システム is no システム標準化.
        """
        named = np.zeros(len(self.generation.units), dtype=np.bool_)
        for aspect in aspects:
            named |= self._either(_concepts(aspect), aspect.words)
        return named

    def concepts(self, text: str) -> frozenset[str]:
        """The concepts that a text names."""
        return frozenset(found.concept for found in self.thesaurus.find(normalize(text)))

    def stands_under(self, unit: int, aspects: Collection[Aspect]) -> bool:
        """Whether the heading of a unit, its document's title or themes name one of the aspects."""
        chunk = self.generation.chunks[self.generation.chunk_of_unit[unit]]
        metadata = self.generation.documents[chunk.document].metadata
        if any(chunk.document in aspect.documents for aspect in aspects):
            return True
        above = (metadata.title, *metadata.themes, *chunk.heading)
        return any(self.names(text, aspects) for text in above)

    def names(self, text: str, aspects: Collection[Aspect]) -> bool:
        """Whether a text names one of the aspects, by its concept or by all of its words."""
        concepts, words = self.concepts(text), set(split_words(text))
        return any(
            aspect.concept in concepts or (aspect.words and words.issuperset(aspect.words))
            for aspect in aspects
        )

    def _either(self, concepts: Iterable[str], words: Collection[str]) -> Units:
        named = np.zeros(len(self.generation.units), dtype=np.bool_)
        for concept in concepts:
            named |= self._having(f"c:{concept}")
        if not words:
            return named
        every = np.ones_like(named)
        for word in words:
            every &= self._having(word)
        return named | every

    def _having(self, term: str) -> Units:
        lexical = self.generation.unit_level.lexical
        having = np.zeros(lexical.n_rows, dtype=np.bool_)
        having[lexical.postings(term)[0]] = True
        return having


def _concepts(aspect: Aspect) -> tuple[str, ...]:
    return (aspect.concept,) if aspect.concept else ()
