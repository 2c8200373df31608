"""A generation made by hand: every sentence and where it belongs is known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from answer.answerable import Answerable, AnswerableModels
from answer.judge import FEATURES, Cuts, QuestionCuts, Ratings
from answer.signals import EntryTable, UnitOrder
from index.generation import Generation, Level
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Manifest
from index.terms import split_terms
from index.thesaurus import EMPTY, Thesaurus
from index.vectors import VectorIndex
from ingest.documents import Chunk, Document, Metadata, Place
from ingest.places import place_by_code


def place(code: str) -> Place:
    """The place with this code."""
    found = place_by_code(code)
    assert found is not None
    return found


SAITAMA, MACHIDA, MIE, KYOTO = map(place, ("111007", "132098", "240001", "261009"))


def cuts_alike(refuse: float, answer: float, unsure: float = 0.5, floor: float = 0.02) -> Cuts:
    """The same cuts for every kind of question; any likely entry of a list matches."""
    same = QuestionCuts(refuse, answer)
    return Cuts(same, same, same, same, unsure, match=0.0, floor=floor)


def answerable_alike(coefficients: tuple[float, ...], intercept: float) -> AnswerableModels:
    """The same model for facts and for all else."""
    model = Answerable(coefficients, intercept)
    return AnswerableModels(model, model)


@dataclass(frozen=True)
class Part:
    """Sentences of a document below one heading, about one place or none."""

    document: str
    place: Place | None
    sentences: tuple[str, ...]
    heading: tuple[str, ...] = ("題", "取り組み")


def generation(
    *parts: Part, metadata: dict[str, Metadata] | None = None, thesaurus: Thesaurus = EMPTY
) -> Generation:
    """A generation of these parts, in order; vectors say nothing."""
    texts: dict[str, str] = {}
    chunks: list[Chunk] = []
    for part in parts:
        start = len(texts.get(part.document, ""))
        texts[part.document] = texts.get(part.document, "") + "".join(part.sentences)
        chunks.append(_chunk(part, start))
    documents = {
        name: Document(name, text, 0, (metadata or {}).get(name, Metadata(name)), True)
        for name, text in texts.items()
    }
    manifest = Manifest("made", FORMAT, "", "", "stub@1", "", 1, {}, (), {})
    sentences = [sentence for part in parts for sentence in part.sentences]
    return Generation(
        manifest,
        documents,
        tuple(chunks),
        _level([chunk.text for chunk in chunks], thesaurus),
        _level(sentences, thesaurus),
        VectorIndex.from_vectors(np.ones((1, 1), dtype=np.float32)),
    )


def _chunk(part: Part, start: int) -> Chunk:
    spans: list[int] = []
    at = start
    for sentence in part.sentences:
        spans += (at, at + len(sentence))
        at += len(sentence)
    text = "".join(part.sentences)
    return Chunk(part.document, part.heading, part.place, None, start, at, text, tuple(spans))


def _level(texts: Sequence[str], thesaurus: Thesaurus) -> Level:
    terms = [split_terms(text) + thesaurus.concept_terms(text) for text in texts]
    vectors = np.ones((len(texts), 1), dtype=np.float32)
    return Level(VectorIndex.from_vectors(vectors), LexicalIndex.from_terms(terms))


def ratings(
    table: EntryTable,
    probability: Sequence[float],
    close: Sequence[float] | None = None,
    answerable: float = 0.9,
    presumes_answer: bool = False,
) -> Ratings:
    """Ratings as given: a probability for each entry, a closeness for each unit (or all alike)."""
    n_units = len(table.entry_of_unit)
    near = np.array(close if close is not None else [0.0] * n_units, dtype=np.float32)
    return Ratings(
        probability=np.array(probability, dtype=np.float64),
        close=near,
        likeness=near,
        order=UnitOrder.of(near, table),
        names=FEATURES,
        features=np.zeros((table.n_entries, len(FEATURES))),
        coefficients=(0.0,) * len(FEATURES),
        intercept=0.0,
        answerable=answerable,
        question_features=None,
        presumes_answer=presumes_answer,
    )
