"""Reads folders of files into documents, and reports on each file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from errors import JireiError
from ingest.chunking import chunk_document
from ingest.documents import Chunk, Document, FileReport, Ingested
from ingest.isolation import IsolatedReader
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders import LOADERS, PLAIN, UNPACKERS
from ingest.reading import Outcome, read_file
from ingest.scrutiny import nonblank
from ingest.uploads import is_uploads, is_whole, read_uploads


def files_below(root: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder (or the one file named), each with its document id, sorted by id.

    The id is the path relative to the parent of `root`. Hidden files and folders are left out.
    Of a folder of uploads it is the name they came with below the folder's own.
    Raises JireiError if `root` does not exist, or the index of its uploads is damaged.
    """
    root = root.resolve()
    if not root.exists():
        raise JireiError("path_missing", path=root)
    if is_uploads(root):
        yield from ((root / each.sha256, f"{root.name}/{each.name}") for each in read_uploads(root))
        return
    paths = [root] if root.is_file() else [p for p in root.rglob("*") if p.is_file()]
    by_id = {path.relative_to(root.parent).as_posix(): path for path in paths}
    for document_id, path in sorted(by_id.items()):
        if not any(part.startswith(".") for part in document_id.split("/")[1:]):
            yield path, document_id


def ingest(
    roots: Sequence[Path],
    *,
    on_file: Callable[[FileReport], None] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    strict: bool = False,
) -> Ingested:
    """Reads every file below `roots`. A bad file is reported and does not stop the rest.

    Raises JireiError if a root is missing, two files get the same id, or no document is found;
    if `strict`, for the first file that fails.
    """
    found = _Found(on_file, strict)
    seen: dict[str, Path] = {}
    looked_at: set[Path] = set()
    with IsolatedReader(limits) as reader:
        for top, path, document_id in (
            (root.resolve(), *pair) for root in roots for pair in files_below(root)
        ):
            if path in looked_at:
                continue
            looked_at.add(path)
            if document_id in seen:
                raise JireiError("same_id", file=document_id, one=seen[document_id], other=path)
            seen[document_id] = path
            for outcome in _read(reader, top, path, document_id, limits):
                found.take(outcome)
    if not found.documents:
        failed = next((r for r in found.reports if r.status == "failed" and r.reason), None)
        if failed and failed.reason:
            raise JireiError(failed.reason, **failed.values)
        raise JireiError("no_documents", path=" ".join(str(root) for root in roots))
    return Ingested(found.documents, found.chunks, found.reports)


def _read(
    reader: IsolatedReader, root: Path, path: Path, document_id: str, limits: Limits
) -> list[Outcome]:
    if not path.resolve().is_relative_to(root):
        return [Outcome(document_id, "skipped", "skipped_outside")]
    if is_uploads(root) and not is_whole(path):
        return [Outcome(document_id, "failed", "upload_damaged", {"file": document_id})]
    ending = Path(document_id).suffix.lower()
    foreign = ending not in PLAIN and (ending in LOADERS or ending in UNPACKERS)
    if foreign:
        return reader.read(path, document_id)
    return read_file(path, document_id, limits)


@dataclass
class _Found:
    """What was read so far, and the reports on it."""

    on_file: Callable[[FileReport], None] | None
    strict: bool
    documents: list[Document] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def take(self, outcome: Outcome) -> None:
        """Cuts the document of an outcome and reports on it; raises if strict and it failed."""
        report = self._report(outcome)
        self.reports.append(report)
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
        twin = self.texts.setdefault(document.text, document.id)
        self.documents.append(document)
        self.chunks.extend(chunks)
        return FileReport(
            document.id,
            "read",
            cases=len({chunk.place for chunk in chunks if chunk.place}),
            chunks=len(chunks),
            indexed=indexed,
            facts=facts,
            duplicate_of=twin if twin != document.id else None,
        )
