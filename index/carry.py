"""What the next generation takes over from the live one: whatever came of files that are the same.

It never decides what a build results in, only how long that takes: a file is the same if its key
is, a digest over its name, its bytes and the rules, and a generation is opened only if it is whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from ingest.documents import Chunk, Known
from ingest.snapshots import MAY_PASS

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class OldRows:
    """For each row of the next generation the row of the live one it is, -1 if it is new."""

    chunks: Rows
    units: Rows


def known_files(live: Generation) -> dict[str, Known]:
    """By its key, what came of each file that need not be read again."""
    chunks: dict[str, list[Chunk]] = {}
    for chunk in live.chunks:
        chunks.setdefault(chunk.document, []).append(chunk)
    known = {}
    for record in live.files:
        if any(report.reason in MAY_PASS for report in record.reports):
            continue
        read = [report.path for report in record.reports if report.status == "read"]
        known[record.key] = Known(
            record,
            tuple(live.documents[path] for path in read),
            tuple(chunk for path in read for chunk in chunks.get(path, ())),
        )
    return known


def old_rows(live: Generation | None, known: frozenset[str], chunks: Sequence[Chunk]) -> OldRows:
    """Where the rows of `chunks` stand in the live generation; `known` are documents in both."""
    spans = _spans(chunks)
    n_chunks, n_units = (max((span[i] for span in spans.values()), default=0) for i in (1, 3))
    found = OldRows(np.full(n_chunks, -1), np.full(n_units, -1))
    before = _spans(live.chunks) if live else {}
    for document in known & spans.keys():
        (a, b, c, d), old = spans[document], before[document]
        found.chunks[a:b] = np.arange(old[0], old[1])
        found.units[c:d] = np.arange(old[2], old[3])
    return found


def _spans(chunks: Sequence[Chunk]) -> dict[str, tuple[int, int, int, int]]:
    """The rows of each document: its chunks' `[first, end)`, then its units'."""
    spans: dict[str, tuple[int, int, int, int]] = {}
    unit = 0
    for row, chunk in enumerate(chunks):
        first_chunk, _, first_unit, _ = spans.get(chunk.document, (row, 0, unit, 0))
        unit += chunk.n_units
        spans[chunk.document] = (first_chunk, row + 1, first_unit, unit)
    return spans
