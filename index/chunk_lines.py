"""Chunks as lines of JSON that name places in documents: their text is never written twice.

What is read back is cut from the document, so a chunk or a unit cannot say anything else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from ingest.documents import Chunk, Document, Place


@dataclass(frozen=True, slots=True)
class _Head:
    """A chunk without its text and its units."""

    document: str
    heading: tuple[str, ...]
    place: Place | None
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line(_Head):
    spans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _OldUnit:
    """A unit in formats 1 and 2, whose lines hold its text and the chunk's as well."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _OldLine(_Head):
    """A chunk before format 4; in format 3 each unit is a pair."""

    units: tuple[tuple[int, int] | _OldUnit, ...]


_lines = TypeAdapter(_Line)
_old_lines = TypeAdapter(_OldLine)


def dump_chunks(chunks: Iterable[Chunk]) -> bytes:
    """The chunks, one a line."""
    return b"".join(_lines.dump_json(_line(chunk)) + b"\n" for chunk in chunks)


def _line(chunk: Chunk) -> _Line:
    return _Line(
        chunk.document,
        chunk.heading,
        chunk.place,
        chunk.page,
        chunk.start,
        chunk.end,
        chunk.spans,
    )


def parse_chunks(data: bytes, documents: Mapping[str, Document]) -> tuple[Chunk, ...]:
    """The chunks of `dump_chunks`. Raises ValueError or KeyError if they are none of these."""
    lines = map(_lines.validate_json, data.splitlines())
    return tuple(_chunk(line, line.spans, documents) for line in lines)


def parse_old_chunks(data: bytes, documents: Mapping[str, Document]) -> tuple[Chunk, ...]:
    """The chunks of formats before 4. Raises as `parse_chunks`."""
    lines = map(_old_lines.validate_json, data.splitlines())
    return tuple(_chunk(line, _spans(line), documents) for line in lines)


def _spans(line: _OldLine) -> tuple[int, ...]:
    pairs = [u if isinstance(u, tuple) else (u.start, u.end) for u in line.units]
    return tuple(at for pair in pairs for at in pair)


def _chunk(line: _Head, spans: tuple[int, ...], documents: Mapping[str, Document]) -> Chunk:
    if len(spans) % 2:
        raise ValueError(f"a unit that does not end: {spans}")
    text = documents[line.document].text[line.start : line.end]
    heading, place, page = line.heading, line.place, line.page
    return Chunk(line.document, heading, place, page, line.start, line.end, text, spans)
