"""Ranks a data set's documents with the product's own index and search, arm by arm."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evaluation.datasets import Dataset, Passage
from index.build import build
from index.encoder import Encoder
from index.generation import Generation, open_generation
from index.terms import fold_width
from index.thesaurus import Thesaurus, load_thesaurus, splitter_name
from index.vectors import Vectors
from ingest.documents import Chunk
from search.hybrid import Hit, Searcher, SearchSettings
from search.reading import Readers, search_and_read
from settings import Settings

DEPTH = 10
"""How many documents are ranked: no measure looks deeper."""

FIRST_LOOK = 50
SHOWN = 3
BATCH = 256

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Ranked = Mapping[str, tuple[str, ...]]
"""For each query, document ids, best first, at most DEPTH."""


@dataclass(frozen=True, slots=True)
class Found:
    """One of the best documents of a query: its id, and the beginning of its best chunk."""

    document: str
    heading: str
    text: str


@dataclass(frozen=True)
class Rankings:
    """What the arms found. `arms` maps the name of each to its rankings.

    `found` holds what the fused arm put first, with text, for people to look at.
    """

    index: str
    arms: Mapping[str, Ranked]
    found: Mapping[str, tuple[Found, ...]]


class KnownQueries:
    """An encoder that has encoded its queries already, in batches; for the rest it asks."""

    def __init__(self, encoder: Encoder, queries: Sequence[str]) -> None:
        self._encoder = encoder
        texts = list(dict.fromkeys(fold_width(query) for query in queries))
        parts = [encoder.encode_queries(texts[at : at + BATCH]) for at in _starts(len(texts))]
        self._known = dict(zip(texts, (v for part in parts for v in part), strict=True))

    @property
    def fingerprint(self) -> str:
        """That of the encoder behind it."""
        return self._encoder.fingerprint

    @property
    def dim(self) -> int:
        """Length of the vectors."""
        return self._encoder.dim

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dim)."""
        if all(text in self._known for text in texts):
            return np.stack([self._known[text] for text in texts])
        return self._encoder.encode_queries(texts)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions that are compared with sentences, shape (n, dim)."""
        return self._encoder.encode_questions(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of passages, shape (n, dim)."""
        return self._encoder.encode_passages(texts, progress)


def _starts(n: int) -> range:
    return range(0, n, BATCH)


@dataclass(frozen=True, slots=True)
class Arm:
    """A way to search; with `readers`, what is found is read and ranked anew."""

    settings: SearchSettings
    readers: Readers | None = None

    def search(self, text: str, k: int, indexed: "Indexed", encoder: Encoder) -> list[Hit]:
        """The k best chunks, best first."""
        searcher = Searcher(indexed.generation, encoder, self.settings, indexed.thesaurus)
        return search_and_read(searcher, text, k, self.readers)


def arms_of(settings: Settings, readers: Readers | None = None) -> dict[str, Arm]:
    """Dense and lexical search alone, both fused as they are set, and that read by `readers`."""
    fused = SearchSettings.of(settings)
    arms = {
        "dense": Arm(SearchSettings(dense=True, lexical=False)),
        "lexical": Arm(SearchSettings(dense=False, lexical=True)),
        "fused": Arm(fused),
    }
    return arms | ({"reranked": Arm(fused, readers)} if readers else {})


@dataclass(frozen=True)
class Indexed:
    """An index, and how the data set calls the document that a chunk belongs to."""

    generation: Generation
    thesaurus: Thesaurus
    id_of: Callable[[Chunk], str]


def index_dataset(dataset: Dataset, encoder: Encoder, settings: Settings) -> Indexed:
    """The index of a data set's documents, built unless an earlier run left it.

    It stands in `var/eval/<digest>`; a data set without documents takes the live index.
    Raises JireiError as `build` and `open_generation` do.
    """
    thesaurus = load_thesaurus(settings.thesaurus)
    if dataset.documents is None:
        splitter = splitter_name(thesaurus)
        live = open_generation(settings.index_folder, encoder.fingerprint, splitter)
        return Indexed(live, thesaurus, lambda chunk: chunk.document)
    own = settings.model_copy(update={"var": settings.var / "eval" / dataset.digest})
    with TemporaryDirectory(prefix="jirei-eval-") as temporary:
        names = write_documents(dataset.documents, Path(temporary) / "documents")
        generation = build([Path(temporary) / "documents"], encoder, own).generation
    return Indexed(generation, thesaurus, lambda chunk: names[chunk.document])


def write_documents(documents: Sequence[Passage], folder: Path) -> dict[str, str]:
    """Writes each document as a Markdown file; returns the id of each file's document.

    Control characters become blanks, since the product takes a file with them for binary.
    """
    folder.mkdir(parents=True)
    ids: dict[str, str] = {}
    for number, passage in enumerate(documents):
        title = " ".join(_CONTROL.sub(" ", passage.title).split())
        head = f"# {title}\n\n" if title else ""
        file = folder / f"{number:07}.md"
        file.write_text(head + _CONTROL.sub(" ", passage.text) + "\n", encoding="utf-8")
        ids[f"{folder.name}/{file.name}"] = passage.id
    return ids


def rank(
    queries: Mapping[str, str],
    indexed: Indexed,
    encoder: Encoder,
    arms: Mapping[str, Arm],
    on_query: Callable[[int, int], None] | None = None,
) -> Rankings:
    """Ranks documents by their best chunk, for every query and arm.

    `on_query` gets how many queries are done, of how many.
    """
    known = KnownQueries(encoder, list(queries.values()))
    ranked: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in arms}
    found: dict[str, tuple[Found, ...]] = {}
    for done, (query, text) in enumerate(queries.items(), start=1):
        for name, arm in arms.items():
            best = _best_chunks(text, indexed, known, arm)
            ranked[name][query] = tuple(best)
            if name == "fused":
                found[query] = tuple(_found(*pair) for pair in list(best.items())[:SHOWN])
        if on_query:
            on_query(done, len(queries))
    return Rankings(indexed.generation.name, ranked, found)


def _best_chunks(text: str, indexed: Indexed, encoder: Encoder, arm: Arm) -> dict[str, Hit]:
    """The best chunk of each of the DEPTH best documents, in that order."""
    for k in (FIRST_LOOK, len(indexed.generation.chunks)):
        hits = arm.search(text, k, indexed, encoder)
        best: dict[str, Hit] = {}
        for hit in hits:
            best.setdefault(indexed.id_of(hit.chunk), hit)
        if len(best) >= DEPTH or len(hits) < k:
            break
    return dict(list(best.items())[:DEPTH])


def _found(id: str, hit: Hit) -> Found:
    return Found(id, " > ".join(hit.chunk.heading), " ".join(hit.chunk.text.split())[:120])


def passage_id(chunk: Chunk) -> str:
    """What a chunk is called where chunks are judged, not documents."""
    return f"{chunk.document}#{chunk.start}"


def passage_level(dataset: Dataset, indexed: Indexed) -> tuple[Dataset, Indexed]:
    """The same queries with the chunks that hold the evidence as what is to be found.

    A query whose evidence no chunk holds counts, with nothing that could be found.
    """
    qrels: dict[str, dict[str, int]] = {evidence.query: {} for evidence in dataset.evidence}
    for evidence in dataset.evidence:
        for chunk in _holding(indexed.generation, evidence.document, evidence.quote):
            qrels[evidence.query][passage_id(chunk)] = 1
    queries = {query: dataset.queries[query] for query in qrels}
    passages = Dataset(f"{dataset.name}-passages", None, queries, qrels)
    return passages, Indexed(indexed.generation, indexed.thesaurus, passage_id)


def _holding(generation: Generation, document: str, quote: str) -> Iterator[Chunk]:
    return (
        chunk for chunk in generation.chunks if chunk.document == document and quote in chunk.text
    )
