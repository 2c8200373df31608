"""Chunks as lines of JSON that name places in documents: their text is never written twice.

What is read back is cut from the document, so a chunk or a unit cannot say anything else.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import TypeAdapter

from ingest.documents import Chunk, Document, Place, Unit


@dataclass(frozen=True, slots=True)
class _Line:
    """A chunk without texts; each of `units` is where one starts and ends."""

    document: str
    heading: tuple[str, ...]
    place: Place | None
    page: int | None
    start: int
    end: int
    units: tuple[tuple[int, int], ...]


_lines = TypeAdapter(_Line)
_old_lines = TypeAdapter(Chunk)


def dump_chunks(chunks: Iterable[Chunk]) -> bytes:
    """The chunks, one a line."""
    return b"".join(_lines.dump_json(_line(chunk)) + b"\n" for chunk in chunks)


def _line(chunk: Chunk) -> _Line:
    spans = tuple((unit.start, unit.end) for unit in chunk.units)
    return _Line(
        chunk.document, chunk.heading, chunk.place, chunk.page, chunk.start, chunk.end, spans
    )


def parse_chunks(data: bytes, documents: Mapping[str, Document]) -> tuple[Chunk, ...]:
    """The chunks of `dump_chunks`. Raises ValueError or KeyError if they are none of these."""
    with _uncollected():
        return tuple(_chunk(_lines.validate_json(line), documents) for line in data.splitlines())


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: of 100,000 units, which have none, it takes a third."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _chunk(line: _Line, documents: Mapping[str, Document]) -> Chunk:
    text = documents[line.document].text
    return Chunk(
        line.document,
        line.heading,
        line.place,
        line.page,
        line.start,
        line.end,
        text[line.start : line.end],
        tuple([Unit(start, end, text[start:end]) for start, end in line.units]),
    )


def parse_old_chunks(data: bytes) -> tuple[Chunk, ...]:
    """The chunks of formats 1 and 2, whose lines hold their texts. Raises ValueError."""
    return tuple(_old_lines.validate_json(line) for line in data.splitlines())
