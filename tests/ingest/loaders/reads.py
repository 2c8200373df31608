"""Reads bytes with the loader of an ending."""

from pathlib import Path

from ingest.chunking import chunk_document
from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders import loader_of
from ingest.scrutiny import nonblank

NAMED = '<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(folder: Path, name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """The reading of a file; its characters balance, or this fails."""
    path = folder / name
    path.write_bytes(data)
    loader = loader_of(path.suffix)
    assert loader
    reading = loader(path, f"docs/{name}", limits)
    chunks = chunk_document(reading.document)
    indexed = nonblank("".join(chunk.text for chunk in chunks)) - reading.facts.added
    assert reading.facts.characters == indexed + sum(reading.facts.left_out.values())
    return reading


def text_of(folder: Path, name: str, data: bytes) -> str:
    """The text of the document in a file."""
    return read(folder, name, data).document.text
