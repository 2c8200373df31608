"""Reads folders of files into documents, and reports on each file."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from errors import JireiError
from ingest.chunking import chunk_document
from ingest.documents import Chunk, Document, FileRecord, FileReport, Ingested, Known
from ingest.isolation import IsolatedReader
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders import PLAIN, ending_of
from ingest.reading import Outcome, as_text, failed, not_read, read_file
from ingest.scrutiny import nonblank
from ingest.snapshots import (
    Found,
    is_text,
    key_of,
    key_of_failed,
    leads_out,
    take_snapshot,
)
from ingest.uploads import is_uploads, read_uploads

HIDDEN = (".", "~$")
"""How names begin that are left out; with "~$" those that Office makes beside an open file."""


def existing(root: Path) -> Path:
    """The whole path of a folder or file; raises JireiError if it is missing or no text."""
    root = root.resolve()
    if not is_text(str(root)):
        raise JireiError("name_broken", file=str(root).encode("utf-8", "replace").decode())
    if not root.exists():
        raise JireiError("path_missing", path=root)
    return root


def files_below(root: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder (or the one file named), each with its document id, sorted by id.

    The id is the path relative to the parent of `root`; of uploads, the name they came with below
    the folder's. Hidden files and folders are left out. A folder that cannot be looked into, or is
    a link out of `root`, comes as if it were a file, so that somebody is told. Raises JireiError
    if `root` does not exist or has a name that is no text, or the index of its uploads is damaged.
    """
    root = existing(root)
    if root.is_file():
        yield root, root.name
        return
    if is_uploads(root):
        yield from ((root / each.sha256, f"{root.name}/{each.name}") for each in read_uploads(root))
        return
    found: list[tuple[str, str]] = []
    closed: set[str] = set()
    for folder, folders, names in os.walk(root, onerror=lambda e: closed.add(str(e.filename))):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        id_of_folder = _id(root, folder)
        # No folder that is a link is looked into; somebody is told of what lies elsewhere.
        out = [name for name in folders if leads_out(Path(folder, name), root)]
        shown = [name for name in names + out if not name.startswith(HIDDEN)]
        found += [(f"{id_of_folder}/{n}".lstrip("/"), os.path.join(folder, n)) for n in shown]
    found += [(_id(root, folder), folder) for folder in closed]
    for document_id, path in sorted(found):
        if path in closed or os.path.isfile(path) or os.path.islink(path):
            yield Path(path), document_id


def _id(root: Path, folder: str) -> str:
    return "/".join(part for part in (root.name, *Path(folder).relative_to(root).parts) if part)


def files_of(roots: Sequence[Path]) -> Iterator[Found]:
    """The files below all roots, each once.

    Raises JireiError if a root is missing, or if two files get the same id.
    """
    paths: dict[str, Path] = {}
    seen: set[Path] = set()
    for root in roots:
        top = root.resolve()
        for path, document_id in files_below(root):
            if path in seen:
                continue
            if document_id in paths:
                other = paths[document_id]
                raise JireiError("same_id", file=document_id, one=other, other=path)
            seen.add(path)
            paths[document_id] = path
            yield Found.below(top, path, document_id)


def ingest(
    roots: Sequence[Path],
    *,
    on_file: Callable[[FileReport], None] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    strict: bool = False,
    rules: str = "",
    known: Mapping[str, Known] = MappingProxyType({}),
) -> Ingested:
    """Reads every file below `roots`. A bad file is reported and does not stop the rest.

    `rules` becomes part of each file's key; a file whose key is in `known` is not read again.
    Raises JireiError if a root is missing, two files get the same id, or no document is found;
    if `strict`, for the first file that fails; and if no copy of a file can be written.
    """
    found = _Found(on_file, strict)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        IsolatedReader(limits) as reader,
    ):
        for number, file in enumerate(files_of(roots)):
            before = known.get(key_of(file, rules, limits)) if known else None
            if before:
                found.take_known(before)
            else:
                # A name of its own: on Windows, one that a parser left open can't be written over.
                copy = Path(folder) / f"{number}{ending_of(file.document_id)}"
                found.take(*_read(reader, file, copy, rules, limits))
                with suppress(OSError):
                    copy.unlink()
    if not found.documents:
        reports = [report for file in found.files for report in file.reports]
        bad = next((r for r in reports if r.status == "failed" and r.reason), None)
        if bad and bad.reason:
            raise JireiError(bad.reason, **bad.values)
        raise JireiError("no_documents", path=" ".join(str(root) for root in roots))
    return Ingested(found.documents, found.chunks, found.files, frozenset(found.known))


def _read(
    reader: IsolatedReader, file: Found, copy: Path, rules: str, limits: Limits
) -> tuple[str, list[Outcome]]:
    """The key of a file, and what became of a copy of it."""
    if file.unread:
        return key_of(file, rules, limits), [not_read(file.unread, file.name)]
    try:
        key = take_snapshot(file, copy, rules, limits)
    except JireiError as error:
        if error.key == "disk_write":
            raise
        return key_of_failed(file, rules, limits, error.key), [failed(error, file.name)]
    if ending_of(file.document_id) in PLAIN:
        return key, read_file(copy, file.document_id, limits)
    return key, reader.read(copy, file.document_id)


@dataclass
class _Found:
    """What was read so far, and the records of it."""

    on_file: Callable[[FileReport], None] | None
    strict: bool
    documents: list[Document] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def take(self, key: str, outcomes: list[Outcome]) -> None:
        """Cuts the documents of a file and reports on it; raises if strict and it failed."""
        self._record(key, [self._report(as_text(outcome)) for outcome in outcomes])

    def take_known(self, file: Known) -> None:
        """Takes over what came of a file before; raises as `take` does."""
        self.documents.extend(file.documents)
        self.chunks.extend(file.chunks)
        self.known.extend(document.id for document in file.documents)
        twins = {document.id: self._twin(document) for document in file.documents}
        reports = [replace(r, duplicate_of=twins.get(r.path)) for r in file.record.reports]
        self._record(file.record.key, reports)

    def _record(self, key: str, reports: list[FileReport]) -> None:
        self.files.append(FileRecord(key, tuple(reports)))
        for report in reports:
            if self.on_file:
                self.on_file(report)
            if self.strict and report.status == "failed" and report.reason:
                raise JireiError(report.reason, **report.values)

    def _report(self, outcome: Outcome) -> FileReport:
        if outcome.reading is None:
            return FileReport(outcome.path, outcome.status, outcome.reason, dict(outcome.values))
        document, facts = outcome.reading.document, outcome.reading.facts
        chunks = chunk_document(document)
        indexed = nonblank("".join(chunk.text for chunk in chunks)) - facts.added
        missing = facts.characters - indexed - sum(facts.left_out.values())
        if missing:
            values: dict[str, object] = {"file": document.id, "missing": missing}
            return FileReport(document.id, "failed", "characters_lost", values, facts=facts)
        self.documents.append(document)
        self.chunks.extend(chunks)
        return FileReport(
            document.id,
            "read",
            cases=len({chunk.place for chunk in chunks if chunk.place}),
            chunks=len(chunks),
            indexed=indexed,
            facts=facts,
            duplicate_of=self._twin(document),
        )

    def _twin(self, document: Document) -> str | None:
        first = self.texts.setdefault(document.text, document.id)
        return first if first != document.id else None
