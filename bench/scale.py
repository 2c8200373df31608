"""List questions over 10,000 documents, made of the corpus: `python -m bench.scale`.

The documents repeat those of the corpus under other municipalities' names; each vector is moved a
little, so that no two are alike. The encoder is not what is measured: a question is encoded once
however many documents there are.
"""

import json
import sys
from dataclasses import replace

import numpy as np

from answer.respond import Answerer
from bench.timing import Figure, latencies, machine, table
from index.build import build
from index.encoder import make_encoder
from index.generation import Generation, Level
from index.lexical import LexicalIndex
from index.terms import split_terms
from index.thesaurus import Thesaurus, load_thesaurus
from index.vectors import VectorIndex
from ingest.documents import Chunk, Document, Place
from ingest.places import all_places
from search.hybrid import SearchSettings
from settings import load_settings

DOCUMENTS = 10_000
JITTER = 0.02
QUESTIONS = (
    "RPAを入力業務に使っている市は？",
    "which cities use RPA for data entry?",
    "書かない窓口を導入している自治体を全部教えて",
    "Which municipalities use generative AI to prepare assembly answers?",
    "2020年以降に電子決裁率が90%以上になった県は？",
    "九州でオンライン申請を広げた市は？",
    "How many towns monitor rivers with sensors?",
    "高齢者の見守りにIoTを使っているところは？",
)


def enlarged(small: Generation, thesaurus: Thesaurus, n_documents: int) -> Generation:
    """A generation of `n_documents`, those of `small` in turn under other names."""
    places = [place for place in all_places() if place.city]
    documents: dict[str, Document] = {}
    chunks: list[Chunk] = []
    chunk_rows: list[int] = []
    unit_rows: list[int] = []
    by_document: dict[str, list[int]] = {}
    first_unit = np.cumsum([0, *(chunk.n_units for chunk in small.chunks)])
    for row, chunk in enumerate(small.chunks):
        by_document.setdefault(chunk.document, []).append(row)
    originals = list(by_document)
    for number in range(n_documents):
        original = originals[number % len(originals)]
        place = places[(number * 7) % len(places)]
        name = f"scale/{number:05}.md"
        documents[name] = _renamed(small.documents[original], name, place)
        for row in by_document[original]:
            chunks.append(replace(small.chunks[row], document=name, place=place))
            chunk_rows.append(row)
            unit_rows += range(first_unit[row], first_unit[row + 1])
    levels = {
        "chunks": _level(small.chunk_level, [c.text for c in small.chunks], chunk_rows, thesaurus),
        "units": _level(small.unit_level, [u.text for u in small.units], unit_rows, thesaurus),
    }
    return Generation(
        small.manifest,
        documents,
        tuple(chunks),
        levels["chunks"],
        levels["units"],
        small.background,
    )


def _renamed(document: Document, name: str, place: Place) -> Document:
    return replace(document, id=name, metadata=replace(document.metadata, place=place))


def _level(level: Level, texts: list[str], rows: list[int], thesaurus: Thesaurus) -> Level:
    terms = [split_terms(text) + thesaurus.concept_terms(text) for text in texts]
    vectors = np.stack([level.vectors.vector(row) for row in range(len(texts))])[rows]
    moved = vectors + np.random.default_rng(1).normal(0, JITTER, vectors.shape)
    return Level(
        VectorIndex.from_vectors(moved.astype(np.float32)),
        LexicalIndex.from_terms([terms[row] for row in rows]),
    )


def main() -> None:
    """Measures and prints the table; `--json` prints it as JSON."""
    settings = load_settings()
    encoder = make_encoder(settings)
    thesaurus = load_thesaurus(settings.thesaurus)
    small = build([settings.corpus], encoder, settings).generation
    generation = enlarged(small, thesaurus, DOCUMENTS)
    answerer = Answerer(generation, encoder, thesaurus, SearchSettings())
    answerer.warm_up()
    median, p95 = latencies(answerer, QUESTIONS)
    figures = [
        Figure(f"question over {DOCUMENTS} documents, p50", median, "ms", None),
        Figure(f"question over {DOCUMENTS} documents, p95", p95, "ms", 500),
        Figure("units", float(len(generation.units)), "", None),
    ]
    if "--json" in sys.argv:
        print(json.dumps({f.name: f.value for f in figures}, indent=1))
        return
    print(machine(settings))
    print(table(figures))


if __name__ == "__main__":
    main()
