"""Builds the index: folders in, a live generation out."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np

from errors import JireiError
from index.carry import Rows, known_files, old_rows
from index.encoder import Encoder
from index.generation import Generation, Level, dump_records, open_generation, to_files
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Manifest, Pointer, current_name, read_pointer
from index.publish import build_lock, generation_names, point_to, publish, stamp_and_serial
from index.row_texts import background_sentences, row_texts
from index.terms import split_terms
from index.thesaurus import Thesaurus, load_thesaurus, splitter_name
from index.vector_store import VectorStore
from index.vectors import VectorIndex, Vectors
from ingest.documents import FileReport, Ingested
from ingest.folders import files_of, ingest
from ingest.limits import Limits
from ingest.reading import digest_of_code, reading_rules
from ingest.snapshots import key_of
from ingest.uploads import with_uploads
from settings import Settings

_CODE = digest_of_code(__file__)  # of the code that runs, not of what lies there later


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
    opened: Generation | None = None,
) -> Built:
    """Reads `roots` and the uploads, and makes their index the live one unless it is already.

    Raises JireiError if a root is missing, holds no document, or the disk can't take the index;
    the generation that was live stays so. If `strict`, the first file that fails raises too.
    `opened` saves the opening of the live generation, if it is that one.
    """
    progress = progress or BuildProgress()
    folder = settings.index_folder
    own = [root for root in roots if root.resolve() != settings.uploads_folder.resolve()]
    folders = with_uploads(own, settings.uploads_folder)
    thesaurus = load_thesaurus(settings.thesaurus)
    splitter = splitter_name(thesaurus)
    with build_lock(folder, on_wait=progress.on_wait):
        live = live_generation(folder, encoder, splitter, opened)
        ingested = ingest(
            folders,
            on_file=progress.on_file,
            limits=settings.limits,
            strict=strict,
            rules=reading_and_cutting(settings.limits),
            known=known_files(live) if live else {},
        )
        reports = tuple(ingested.reports)
        inputs = _inputs(folders, encoder, splitter, (file.key for file in ingested.files))
        if live and live.manifest.inputs == inputs and _same_files(live, ingested):
            _let_go(folder)
            return Built(live, False, reports)
        store = VectorStore(settings.vectors_folder, encoder)
        levels = _levels(ingested, live, store, thesaurus, progress)
        background = VectorIndex.from_vectors(store.encode_passages(background_sentences()))
        made = _Made(inputs, splitter, tuple(str(root.resolve()) for root in own))
        manifest = _manifest(made, folder, encoder, len(ingested.documents), levels)
        del live
        generation = _publish(manifest, ingested, levels, background, settings)
        return Built(generation, True, reports)


@dataclass(frozen=True, slots=True)
class _Made:
    """What a generation is made of: a digest of all its inputs, the splitter, the folders."""

    inputs: str
    splitter: str
    roots: tuple[str, ...]


def _manifest(
    made: _Made, folder: Path, encoder: Encoder, n_documents: int, levels: tuple[Level, Level]
) -> Manifest:
    created = datetime.now(UTC)
    chunks, units = levels
    return Manifest(
        name=_new_name(folder, created, made.inputs),
        format=FORMAT,
        created=created.isoformat(timespec="seconds"),
        inputs=made.inputs,
        encoder=encoder.fingerprint,
        splitter=made.splitter,
        dim=encoder.dim,
        counts={
            "documents": n_documents,
            "chunks": chunks.vectors.n_rows,
            "units": units.vectors.n_rows,
        },
        roots=made.roots,
        files={},
    )


def _publish(
    manifest: Manifest,
    ingested: Ingested,
    levels: tuple[Level, Level],
    background: VectorIndex,
    settings: Settings,
) -> Generation:
    documents = {document.id: document for document in ingested.documents}
    chunks, records = tuple(ingested.chunks), tuple(ingested.files)
    generation = Generation(manifest, documents, chunks, *levels, background, records)
    files = to_files(generation)
    whole = publish(settings.index_folder, files, manifest, settings.keep_generations)
    return replace(generation, manifest=whole)


def reading_and_cutting(limits: Limits) -> str:
    """All but a file itself that decides what comes of it, before it is encoded."""
    return f"{_CODE}|{reading_rules(limits)}"


def inputs_digest(roots: Sequence[Path], encoder: Encoder, splitter: str, limits: Limits) -> str:
    """sha256 over all that decides a generation: rules, encoder, folders, every file's key."""
    rules = reading_and_cutting(limits)
    return _inputs(
        roots, encoder, splitter, (key_of(file, rules, limits) for file in files_of(roots))
    )


def _inputs(roots: Sequence[Path], encoder: Encoder, splitter: str, keys: Iterable[str]) -> str:
    folders = [str(root.resolve()) for root in roots]
    told = [FORMAT, splitter, encoder.fingerprint, folders, list(keys)]
    return sha256(json.dumps(told).encode("ascii")).hexdigest()


def live_generation(
    folder: Path, encoder: Encoder, splitter: str, opened: Generation | None = None
) -> Generation | None:
    """The live generation, if it is whole and was built with this encoder and splitter.

    It is not read again if it is the one that is `opened`.
    """
    try:
        if opened and opened.name == current_name(folder):
            live = opened
        else:
            live = open_generation(folder, encoder.fingerprint, splitter)
    except JireiError:
        return None
    same = (live.manifest.encoder, live.manifest.splitter) == (encoder.fingerprint, splitter)
    return live if same else None


def _same_files(live: Generation, ingested: Ingested) -> bool:
    """Whether the same came of all files: one that could not be read may be readable by now."""
    return dump_records(live.files) == dump_records(ingested.files)


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
    ingested: Ingested,
    live: Generation | None,
    store: VectorStore,
    thesaurus: Thesaurus,
    progress: BuildProgress,
) -> tuple[Level, Level]:
    """The levels of chunks and units; rows of documents that are known come from `live`."""
    rows = old_rows(live, ingested.known, ingested.chunks)
    fresh = [chunk for chunk in ingested.chunks if chunk.document not in ingested.known]
    texts = row_texts({document.id: document for document in ingested.documents}, fresh)
    vectors = store.encode_passages(texts.encoded(), progress.on_encoded)
    n, u = len(texts.chunks), len(texts.units)
    unit_vectors = mean_of(vectors[n : n + u], vectors[n + u :])
    old_chunks, old_units = (live.chunk_level, live.unit_level) if live else (None, None)
    return (
        _level(old_chunks, rows.chunks, vectors[:n], texts.chunks, thesaurus),
        _level(old_units, rows.units, unit_vectors, texts.named_units, thesaurus),
    )


def mean_of(plain: Vectors, named: Vectors) -> Vectors:
    """The vectors of units, shape (n, dim): read alone, and after whose case they belong to.

    The inner product with the mean of two vectors is the mean of the two cosines.
    """
    mean: Vectors = (plain + named) * np.float32(0.5)
    return mean


def _level(
    old: Level | None, rows: Rows, vectors: Vectors, texts: Sequence[str], thesaurus: Thesaurus
) -> Level:
    """A level of rows of the `old` one, and of new ones with these vectors and texts."""
    terms = (split_terms(text) + thesaurus.concept_terms(text) for text in texts)
    if old is None or (rows < 0).all():
        return Level(VectorIndex.from_vectors(vectors), LexicalIndex.from_terms(terms))
    return Level(old.vectors.carried_over(rows, vectors), old.lexical.carried_over(rows, terms))
