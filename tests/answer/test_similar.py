"""Likeness of documents, from vectors made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from answer.similar import Likeness
from index.generation import Generation
from index.vectors import VectorIndex
from tests.answer.made import Part, generation


def made(**documents: tuple[tuple[float, float], ...]) -> Generation:
    """A generation whose documents have sentences with these vectors."""
    parts = [Part(name, None, ("文。",) * len(vectors)) for name, vectors in documents.items()]
    plain = generation(*parts)
    rows = np.array([v for vectors in documents.values() for v in vectors], dtype=np.float32)
    return replace(
        plain, unit_level=replace(plain.unit_level, vectors=VectorIndex.from_vectors(rows))
    )


def test_mean_of_the_sentences_decides_less_what_is_common_to_all() -> None:
    # Means: a (5, 0), b (4, 3), c (0, -5), d (-5, 0); common to all: (1, -0.5).
    like = Likeness.of(made(a=((5, 0),), b=((5, 0), (3, 6)), c=((0, -5),), d=((-5, 0),)))
    found = like.like("a", 3)
    assert [name for name, _ in found] == ["b", "c", "d"]
    # a is (4, 0.5), b is (3, 3.5): 13.75 / (sqrt(16.25) * sqrt(21.25)).
    assert found[0][1] == pytest.approx(13.75 / np.sqrt(16.25 * 21.25), abs=1e-5)
    # c is (-1, -4.5): -6.25 / (sqrt(16.25) * sqrt(21.25)).
    assert found[1][1] == pytest.approx(-6.25 / np.sqrt(16.25 * 21.25), abs=1e-5)


def test_document_is_never_like_itself_and_ties_keep_the_order_of_the_index() -> None:
    like = Likeness.of(made(a=((1, 0),), b=((0, 1),), c=((0, 1),), d=((0, 1),)))
    assert [name for name, _ in like.like("c", 9)] == ["b", "d", "a"]
    assert [name for name, _ in like.like("c", 1)] == ["b"]


def test_two_documents_are_as_like_as_their_vectors() -> None:
    ((name, cosine),) = Likeness.of(made(a=((1, 0),), b=((3, 4),))).like("a", 5)
    assert name == "b"
    assert cosine == pytest.approx(0.6)


def test_single_or_unknown_document_is_like_none() -> None:
    alone = Likeness.of(made(a=((1, 0),)))
    assert alone.like("a", 5) == ()
    assert alone.like("b", 5) == ()
