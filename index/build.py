"""Builds the index: folders in, a live generation out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from errors import JireiError
from index.encoder import Encoder
from index.generation import (
    FORMAT,
    Generation,
    Level,
    Manifest,
    current_name,
    open_generation,
    read_manifest,
    to_files,
)
from index.lexical import LexicalIndex
from index.publish import build_lock, generation_names, publish
from index.terms import fold_width, split_terms
from index.thesaurus import Thesaurus, load_thesaurus, splitter_name
from index.vector_store import VectorStore
from index.vectors import VectorIndex
from ingest.documents import Chunk, Document, FileReport, Ingested
from ingest.folders import files_below, ingest
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.reading import reading_rules
from settings import Settings

RULES = "headings+sentences+background+folded/1"
"""How documents are cut and which text is encoded; raise it when either changes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. `changed` is False if the live generation already held just this."""

    generation: Generation
    changed: bool
    reports: tuple[FileReport, ...]


@dataclass(frozen=True)
class BuildProgress:
    """Callbacks of a build: a file was looked at; texts encoded so far, of how many."""

    on_file: Callable[[FileReport], None] | None = None
    on_encoded: Callable[[int, int], None] | None = None


def build(
    roots: Sequence[Path],
    encoder: Encoder,
    settings: Settings,
    progress: BuildProgress | None = None,
    *,
    strict: bool = False,
) -> Built:
    """Reads `roots`, and makes their index the live one unless it is that already.

    Raises JireiError if a root is missing, holds no document, or the disk can't take the index;
    the generation that was live stays so. If `strict`, the first file that fails raises too.
    """
    progress = progress or BuildProgress()
    folder = settings.index_folder
    thesaurus = load_thesaurus(settings.thesaurus)
    splitter = splitter_name(thesaurus)
    ingested = ingest(roots, on_file=progress.on_file, limits=settings.limits, strict=strict)
    inputs = inputs_digest(roots, encoder, splitter, settings.limits)
    with build_lock(folder):
        live = _live(folder, inputs, encoder, splitter)
        if live:
            return Built(live, False, tuple(ingested.reports))
        store = VectorStore(settings.vectors_folder, encoder)
        levels = _levels(ingested, store, thesaurus, progress)
        documents, chunks = list(ingested.documents), list(ingested.chunks)
        background = VectorIndex.from_vectors(store.encode_passages(background_sentences()))
        files = to_files(documents, chunks, levels, background)
        counts = {"documents": len(documents)} | {n: v.vectors.n_rows for n, v in levels.items()}
        created = datetime.now(UTC)
        manifest = Manifest(
            name=_new_name(folder, created, inputs),
            format=FORMAT,
            created=created.isoformat(timespec="seconds"),
            inputs=inputs,
            encoder=encoder.fingerprint,
            splitter=splitter,
            dim=levels["chunks"].vectors.dim,
            counts=counts,
            roots=tuple(str(root.resolve()) for root in roots),
            files={name: sha256(data).hexdigest() for name, data in files.items()},
        )
        publish(folder, files, manifest, settings.keep_generations)
        return Built(
            open_generation(folder, encoder.fingerprint, splitter), True, tuple(ingested.reports)
        )


def inputs_digest(
    roots: Sequence[Path], encoder: Encoder, splitter: str, limits: Limits = DEFAULT_LIMITS
) -> str:
    """sha256 over all that decides a generation: rules, encoder, folders, every file's bytes."""
    digest = sha256(
        f"{FORMAT}|{RULES}|{splitter}|{encoder.fingerprint}|{reading_rules(limits)}".encode()
    )
    for root in roots:
        digest.update(f"\n{root.resolve()}".encode())
        for path, document_id in files_below(root):
            try:
                data = path.read_bytes()
            except OSError:
                data = b""
            digest.update(f"\n{document_id} {sha256(data).hexdigest()}".encode())
    return digest.hexdigest()


def is_stale(settings: Settings, encoder: Encoder) -> bool:
    """Whether the live generation is missing, damaged, or no longer what its folders hold.

    One whose folders are gone is not stale: it is all that is left of them.
    """
    folder = settings.index_folder
    try:
        name = current_name(folder)
        if name is None:
            return True
        manifest = read_manifest(folder, name)
        roots = [Path(root) for root in manifest.roots]
        if not all(root.exists() for root in roots):
            return False
        splitter = splitter_name(load_thesaurus(settings.thesaurus))
        inputs = inputs_digest(roots, encoder, splitter, settings.limits)
        return _live(folder, inputs, encoder, splitter) is None
    except JireiError:
        return True


def roots_of_index(settings: Settings) -> list[Path]:
    """The folders of the live generation; the corpus of the settings if there is none."""
    try:
        name = current_name(settings.index_folder)
        roots = read_manifest(settings.index_folder, name).roots if name else ()
    except JireiError:
        roots = ()
    found = [Path(root) for root in roots if Path(root).exists()]
    return found or [settings.corpus]


def _live(folder: Path, inputs: str, encoder: Encoder, splitter: str) -> Generation | None:
    """The live generation if it is whole and was built from these inputs."""
    try:
        name = current_name(folder)
        if name is None or read_manifest(folder, name).inputs != inputs:
            return None
        return open_generation(folder, encoder.fingerprint, splitter)
    except JireiError:
        return None


def _new_name(folder: Path, created: datetime, inputs: str) -> str:
    """Sorts after every earlier name, also when the clock went backwards."""
    stamp, serial = created.strftime("%Y%m%dT%H%M%S"), 0
    earlier = generation_names(folder)
    if earlier and earlier[-1] >= f"{stamp}-{serial:04}":
        stamp, number, _ = earlier[-1].split("-")
        serial = int(number) + 1
    return f"{stamp}-{serial:04}-{inputs[:8]}"


def _levels(
    ingested: Ingested, store: VectorStore, thesaurus: Thesaurus, progress: BuildProgress
) -> dict[str, Level]:
    documents = {document.id: document for document in ingested.documents}
    chunks = ingested.chunks
    chunk_texts = [passage_text(chunk, documents[chunk.document]) for chunk in chunks]
    plain = [unit.text for chunk in chunks for unit in chunk.units]
    named = [
        f"{case_name(chunk, documents[chunk.document])}：{unit.text}"
        for chunk in chunks
        for unit in chunk.units
    ]
    texts = [fold_width(text) for text in (*chunk_texts, *plain, *named)]
    vectors = store.encode_passages(texts, progress.on_encoded)
    n, u = len(chunk_texts), len(plain)
    # The inner product with the mean of two vectors is the mean of the two cosines.
    unit_vectors = (vectors[n : n + u] + vectors[n + u :]) * np.float32(0.5)
    return {
        "chunks": _level(vectors[:n], chunk_texts, thesaurus),
        "units": _level(unit_vectors, named, thesaurus),
    }


def background_sentences() -> list[str]:
    """Sentences on everyday municipal life that answer no question in particular."""
    path = Path(__file__).parent / "data" / "background.txt"
    return path.read_text(encoding="utf-8").split()


def _level(vectors: NDArray[np.float32], texts: Sequence[str], thesaurus: Thesaurus) -> Level:
    terms = [split_terms(text) + thesaurus.concept_terms(text) for text in texts]
    lexical = LexicalIndex.from_terms(terms)
    return Level(VectorIndex.from_vectors(vectors), lexical)


def case_name(chunk: Chunk, document: Document) -> str:
    """Whose case a chunk tells: the municipality, else the document's title."""
    return chunk.place.name if chunk.place else document.metadata.title


def passage_text(chunk: Chunk, document: Document) -> str:
    """What is encoded of a chunk: whose case, under which headings, and its text."""
    titles = [case_name(chunk, document), document.metadata.title, *chunk.heading]
    head = " ".join(dict.fromkeys(titles))
    return f"{head}\n{chunk.text.strip()}"
