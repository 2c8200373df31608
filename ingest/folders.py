"""Reads folders of files into documents, and reports on each file."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from errors import JireiError
from ingest.chunking import chunk_document
from ingest.documents import Chunk, Document, FileReport, Ingested
from ingest.loaders import LOADERS

ABOUT_THE_FOLDER = ("readme", "license", "licence", "changelog")


def files_below(root: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder (or the one file named), each with its document id, sorted by id.

    The id is the path relative to the parent of `root`. Hidden files and folders are left out.
    Raises JireiError if `root` does not exist.
    """
    root = root.resolve()
    if not root.exists():
        raise JireiError("path_missing", path=root)
    paths = [root] if root.is_file() else [p for p in root.rglob("*") if p.is_file()]
    by_id = {path.relative_to(root.parent).as_posix(): path for path in paths}
    for document_id, path in sorted(by_id.items()):
        if not any(part.startswith(".") for part in document_id.split("/")[1:]):
            yield path, document_id


def ingest(
    roots: Sequence[Path], *, on_file: Callable[[FileReport], None] | None = None
) -> Ingested:
    """Reads every file below `roots`. A bad file is reported and does not stop the rest.

    Raises JireiError if a root is missing, two files get the same id, or no document is found.
    """
    documents: list[Document] = []
    chunks: list[Chunk] = []
    reports: list[FileReport] = []
    seen: dict[str, Path] = {}
    for path, document_id in (pair for root in roots for pair in files_below(root)):
        if path in seen.values():
            continue
        if document_id in seen:
            raise JireiError("same_id", file=document_id, one=seen[document_id], other=path)
        seen[document_id] = path
        document, report, pieces = _read(path, document_id)
        if document:
            documents.append(document)
            chunks.extend(pieces)
        reports.append(report)
        if on_file:
            on_file(report)
    if not documents:
        failed = next((r for r in reports if r.status == "failed" and r.reason), None)
        if failed and failed.reason:
            raise JireiError(failed.reason, **failed.values)
        raise JireiError("no_documents", path=" ".join(str(root) for root in roots))
    return Ingested(documents, chunks, reports)


def _read(path: Path, document_id: str) -> tuple[Document | None, FileReport, tuple[Chunk, ...]]:
    if path.stem.split(".")[0].lower() in ABOUT_THE_FOLDER:
        return None, FileReport(document_id, "skipped", "skipped_about"), ()
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        return None, FileReport(document_id, "skipped", "skipped_format"), ()
    try:
        document = loader(path, document_id)
    except JireiError as error:
        return None, FileReport(document_id, "failed", error.key, dict(error.values)), ()
    chunks = chunk_document(document)
    cases = len({chunk.place for chunk in chunks if chunk.place})
    return document, FileReport(document_id, "read", cases=cases, chunks=len(chunks)), chunks
