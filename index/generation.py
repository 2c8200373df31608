"""One generation of the index on disk: written whole, opened only if whole."""

import gc
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from errors import JireiError
from index.checked_files import CheckedFiles
from index.chunk_lines import dump_chunks, parse_chunks, parse_old_chunks
from index.lexical import FILES, OLD_FILES, LexicalIndex
from index.manifest import Manifest, current_name, read_manifest
from index.npy import Parts, read_npy
from index.thesaurus import can_search
from index.vectors import VectorIndex
from ingest.documents import Chunk, Document, FileRecord, Unit

LEVELS = ("chunks", "units")
RECORDS = "files.jsonl"

_documents = TypeAdapter(Document)
_records = TypeAdapter(FileRecord)


@dataclass(frozen=True, slots=True)
class Level:
    """The two arms over one kind of row: chunks or units. Row i is the same in both."""

    vectors: VectorIndex
    lexical: LexicalIndex


@dataclass(frozen=True)
class Generation:
    """An opened generation. Row i of `chunks` is chunk i; units follow in the same order.

    `background` holds vectors of sentences that belong to no document: what a question scores on
    them tells what a chance likeness is, also when the index holds only a few documents.
    `files` has a record of each file that was looked at; none in a generation before format 3.
    """

    manifest: Manifest
    documents: dict[str, Document]
    chunks: tuple[Chunk, ...]
    chunk_level: Level
    unit_level: Level
    background: VectorIndex
    files: tuple[FileRecord, ...] = ()

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.manifest.name

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The unit of each unit row."""
        return tuple(unit for chunk in self.chunks for unit in chunk.units)

    @cached_property
    def chunk_of_unit(self) -> tuple[int, ...]:
        """The chunk row of each unit row."""
        return tuple(row for row, chunk in enumerate(self.chunks) for _ in range(chunk.n_units))


def to_files(generation: Generation) -> Iterator[tuple[str, Parts]]:
    """Each file of a generation, manifest excepted: its name, and its bytes in parts."""
    for name, level in zip(LEVELS, (generation.chunk_level, generation.unit_level), strict=True):
        yield f"{name}.vectors.npy", level.vectors.to_npy()
        for part, data in level.lexical.to_files().items():
            yield f"{name}.{part}", data
    yield "background.vectors.npy", generation.background.to_npy()
    yield "documents.jsonl", (_lines(_documents, generation.documents.values()),)
    yield "chunks.jsonl", (dump_chunks(generation.chunks),)
    yield RECORDS, (dump_records(generation.files),)


def dump_records(records: Iterable[FileRecord]) -> bytes:
    """The records of files, one a line."""
    return _lines(_records, records)


def _lines(adapter: TypeAdapter[Any], values: Iterable[Any]) -> bytes:
    return b"".join(adapter.dump_json(value) + b"\n" for value in values)


def open_generation(
    folder: Path, encoder: str, splitter: str, name: str | None = None
) -> Generation:
    """A generation of an index folder, the live one if no `name` is given, every file checked
    against its digest.

    Raises JireiError if there is none, if it was built with another encoder than that of the name
    given, or with a splitter that does not go with the one given, or if a file is missing or
    damaged.
    """
    if name is not None:
        return _open(folder, encoder, splitter, name)
    live = current_name(folder)
    if live is None:
        raise JireiError("index_missing", path=folder)
    try:
        return _open(folder, encoder, splitter, live)
    except JireiError:
        # A build may have dropped it since CURRENT was read.
        newer = current_name(folder)
        if newer in (None, live):
            raise
        return _open(folder, encoder, splitter, newer)


def _open(folder: Path, encoder: str, splitter: str, name: str) -> Generation:
    manifest = read_manifest(folder, name)
    for what, found, expected, fits in (
        ("encoder", manifest.encoder, encoder, manifest.encoder == encoder),
        ("splitter", manifest.splitter, splitter, can_search(splitter, manifest.splitter)),
    ):
        if not fits:
            raise JireiError("index_mismatch", what=what, found=found, expected=expected)
    try:
        generation = _assemble(manifest, CheckedFiles(folder / name, manifest.files))
        _check_counts(generation)
    except (JireiError, MemoryError):
        raise
    except Exception as error:  # JSON, NumPy, zipfile and zlib each stumble in ways of their own
        raise JireiError("index_damaged", file=name) from error
    return generation


def damaged_files(folder: Path, name: str) -> list[str]:
    """The files of a generation that are missing or not as its manifest says.

    Raises JireiError if its manifest cannot be read.
    """
    return CheckedFiles(folder / name, read_manifest(folder, name).files).damaged()


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: what is read has none, and the search takes a quarter."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _assemble(manifest: Manifest, files: CheckedFiles) -> Generation:
    version = manifest.format
    # Vectors and words are read, hashed and copied without Python, whose turn the texts are. Two
    # files at a time: the bytes of all would double the memory that opening takes.
    with _uncollected(), ThreadPoolExecutor(1) as beside:
        reading = beside.submit(_read_levels, files, version)
        lines = files.read("documents.jsonl").splitlines()
        documents = {d.id: d for d in map(_documents.validate_json, lines)}
        data = files.read("chunks.jsonl")
        chunks = (parse_old_chunks if version < 4 else parse_chunks)(data, documents)
        lines = [] if version < 3 else files.read(RECORDS).splitlines()
        records = tuple(map(_records.validate_json, lines))
        return Generation(manifest, documents, chunks, *reading.result(), records)


def _read_levels(files: CheckedFiles, version: int) -> tuple[Level, Level, VectorIndex]:
    """The levels of chunks and units, and the background."""
    parts = OLD_FILES if version < 4 else FILES
    chunk_level, unit_level = (
        Level(
            _read_vectors(files, name, version),
            LexicalIndex.from_files({part: files.read(f"{name}.{part}") for part in parts}),
        )
        for name in LEVELS
    )
    return chunk_level, unit_level, _read_vectors(files, "background", version)


def _read_vectors(files: CheckedFiles, name: str, version: int) -> VectorIndex:
    if version < 3:
        return VectorIndex.from_faiss(files.read(f"{name}.vectors.faiss"))
    if version == 3:
        return VectorIndex.from_vectors(read_npy(files.read(f"{name}.vectors.npy")))
    return files.read_vectors(f"{name}.vectors.npy")


def _check_counts(generation: Generation) -> None:
    if len(generation.documents) != generation.manifest.counts["documents"]:
        raise JireiError("index_damaged", file=f"{generation.name}: documents")
    units = sum(chunk.n_units for chunk in generation.chunks)
    rows = {"chunks": len(generation.chunks), "units": units}
    levels = {"chunks": generation.chunk_level, "units": generation.unit_level}
    for name, level in levels.items():
        counts = {level.vectors.n_rows, level.lexical.n_rows, rows[name]}
        if counts != {generation.manifest.counts[name]}:
            raise JireiError("index_damaged", file=f"{generation.name}: {name} {sorted(counts)}")
        if level.vectors.dim != generation.manifest.dim:
            raise JireiError("index_damaged", file=f"{generation.name}: {name} dim")
