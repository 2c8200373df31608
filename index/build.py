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
    Pointer,
    current_name,
    open_generation,
    read_manifest,
    read_pointer,
    to_files,
)
from index.lexical import LexicalIndex
from index.publish import build_lock, generation_names, point_to, publish, stamp_and_serial
from index.row_texts import background_sentences, row_texts
from index.terms import split_terms
from index.thesaurus import Thesaurus, load_thesaurus, splitter_name
from index.vector_store import VectorStore
from index.vectors import VectorIndex, Vectors
from ingest.documents import FileReport, Ingested
from ingest.folders import files_below, ingest
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.reading import reading_rules
from ingest.uploads import with_uploads
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
    """Callbacks of a build: a file was looked at; texts encoded so far, of how many; it waits
    for another build to end.
    """

    on_file: Callable[[FileReport], None] | None = None
    on_encoded: Callable[[int, int], None] | None = None
    on_wait: Callable[[], None] | None = None


def build(
    roots: Sequence[Path],
    encoder: Encoder,
    settings: Settings,
    progress: BuildProgress | None = None,
    *,
    strict: bool = False,
) -> Built:
    """Reads `roots` and the uploads, and makes their index the live one unless it is already.

    Raises JireiError if a root is missing, holds no document, or the disk can't take the index;
    the generation that was live stays so. If `strict`, the first file that fails raises too.
    """
    progress = progress or BuildProgress()
    folder = settings.index_folder
    roots = with_uploads(roots, settings.uploads_folder)
    thesaurus = load_thesaurus(settings.thesaurus)
    splitter = splitter_name(thesaurus)
    with build_lock(folder, on_wait=progress.on_wait):
        # Before the files are read: one that changes meanwhile makes the index stale, not wrong.
        inputs = inputs_digest(roots, encoder, splitter, settings.limits)
        ingested = ingest(roots, on_file=progress.on_file, limits=settings.limits, strict=strict)
        live = live_generation(folder, inputs, encoder, splitter)
        if live:
            _let_go(folder)
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


def live_generation(
    folder: Path, inputs: str, encoder: Encoder, splitter: str
) -> Generation | None:
    """The live generation if it is whole and was built from these inputs."""
    try:
        name = current_name(folder)
        if name is None or read_manifest(folder, name).inputs != inputs:
            return None
        return open_generation(folder, encoder.fingerprint, splitter)
    except JireiError:
        return None


def _let_go(folder: Path) -> None:
    """Whoever builds wants the index to follow its folders again."""
    pointer = read_pointer(folder)
    if pointer and pointer.held:
        point_to(folder, Pointer(pointer.name))


def _new_name(folder: Path, created: datetime, inputs: str) -> str:
    """Sorts after every earlier name, also when the clock went backwards."""
    stamp, serial = created.strftime("%Y%m%dT%H%M%S"), 0
    earlier = generation_names(folder)
    if earlier and stamp_and_serial(earlier[-1]) >= (stamp, serial):
        stamp, last = stamp_and_serial(earlier[-1])
        serial = last + 1
    return f"{stamp}-{serial:04}-{inputs[:8]}"


def _levels(
    ingested: Ingested, store: VectorStore, thesaurus: Thesaurus, progress: BuildProgress
) -> dict[str, Level]:
    documents = {document.id: document for document in ingested.documents}
    texts = row_texts(documents, ingested.chunks)
    vectors = store.encode_passages(texts.encoded(), progress.on_encoded)
    n, u = len(texts.chunks), len(texts.units)
    unit_vectors = mean_of(vectors[n : n + u], vectors[n + u :])
    return {
        "chunks": _level(vectors[:n], texts.chunks, thesaurus),
        "units": _level(unit_vectors, texts.named_units, thesaurus),
    }


def mean_of(plain: Vectors, named: Vectors) -> Vectors:
    """The vectors of units, shape (n, dim): read alone, and after whose case they belong to.

    The inner product with the mean of two vectors is the mean of the two cosines.
    """
    mean: Vectors = (plain + named) * np.float32(0.5)
    return mean


def _level(vectors: NDArray[np.float32], texts: Sequence[str], thesaurus: Thesaurus) -> Level:
    terms = [split_terms(text) + thesaurus.concept_terms(text) for text in texts]
    lexical = LexicalIndex.from_terms(terms)
    return Level(VectorIndex.from_vectors(vectors), lexical)
