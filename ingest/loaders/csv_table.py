"""CSV and TSV: each row with the names of its columns."""

import csv
import io
import re
from pathlib import Path

from errors import JireiError
from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.tables import Cell, put_table
from ingest.loaders.text import read_decoded
from ingest.scrutiny import nonblank

_GUARDED = re.compile(r'\A="([^"]*)"\Z')
OWN_TABLES = (["document", "figures", "sources"], ["concept", "term", "lang", "kind"])
"""First rows of the tables that Jirei keeps beside its documents."""


def load_csv(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A table of values between commas, tabs or semicolons; the marks themselves are left out.

    Raises JireiError if it is one of our own tables (to be skipped), has too many cells, or
    cannot be told apart into cells.
    """
    decoded = read_decoded(path, document_id, limits)
    delimiter = _delimiter(decoded.text)
    csv.field_size_limit(limits.characters)
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise JireiError("file_broken", file=document_id, why=str(error)) from error
    if rows and rows[0] in OWN_TABLES:
        raise JireiError("skipped_own_table")
    if sum(map(len, rows)) > limits.cells:
        raise JireiError("too_many_cells", file=document_id, limit=limits.cells)
    builder = TextBuilder(document_id, limits)
    # ="001" keeps the zeros when Excel opens it.
    guarded = sum(bool(_GUARDED.fullmatch(value)) for row in rows for value in row)
    rows = [[_GUARDED.sub(r"\1", value) for value in row] for row in rows]
    put_table(builder, [[Cell(value) for value in row] for row in rows])
    marks = "".join(delimiter * (len(row) - 1) for row in rows) + "=" * guarded
    quotes = decoded.text.count('"') - sum(value.count('"') for row in rows for value in row)
    builder.leave_out("left_marks", marks + '"' * quotes)
    return builder.reading(
        nonblank(decoded.text),
        title=Path(document_id).stem,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
    )


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first line with any of them."""
    for line in text.splitlines()[:20]:
        counts = {mark: line.count(mark) for mark in (",", "\t", ";")}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return ","
