"""Which documents are like a document: by the vectors of their sentences."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from index.vectors import Vectors


@dataclass(frozen=True)
class Likeness:
    """A vector for each document that has sentences; shape (n_documents, dim), of unit length."""

    documents: tuple[str, ...]
    vectors: Vectors

    @classmethod
    def of(cls, generation: Generation) -> "Likeness":
        """The mean of each document's unit vectors, less what all documents have in common.

        Sentences of one encoder point much the same way: without the second step the likeness of
        any two documents lies between 0.9 and 1.
        """
        rows: dict[str, list[int]] = {}
        for row, chunk in enumerate(generation.chunk_of_unit):
            rows.setdefault(generation.chunks[chunk].document, []).append(row)
        vector = generation.unit_level.vectors.vector
        means = [np.mean([vector(row) for row in of_one], axis=0) for of_one in rows.values()]
        dim = generation.unit_level.vectors.dim
        stacked = np.array(means, dtype=np.float32).reshape(len(rows), dim)
        if len(rows) > 2:  # Of two, what remains would point in opposite directions.
            stacked = stacked - stacked.mean(axis=0)
        return cls(tuple(rows), _of_unit_length(stacked))

    def like(self, document: str, k: int) -> tuple[tuple[str, float], ...]:
        """The k documents most like one, each with its cosine (-1 to 1), the closest first.

        Ties are in the order of the index; the document itself is never among them. A document
        without sentences is like none.
        """
        if document not in self.documents:
            return ()
        own = self.documents.index(document)
        cosines = self.vectors @ self.vectors[own]
        order = np.lexsort((np.arange(len(cosines)), -cosines))
        others = [int(i) for i in order if i != own][:k]
        return tuple((self.documents[i], float(cosines[i])) for i in others)


def _of_unit_length(vectors: NDArray[np.float32]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled
