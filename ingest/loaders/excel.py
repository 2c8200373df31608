"""Excel workbooks: values, merged cells filled, each row with its column names."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlrd
from openpyxl.packaging.relationship import get_dependents, get_rels_path

from errors import JireiError
from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.drawings import DRAWN, parse_part, put_drawing
from ingest.loaders.excel_values import shown, shown_xls
from ingest.loaders.office import mended_office, open_office
from ingest.loaders.tables import Cell, put_table
from ingest.loaders.unzip import prove_zip
from ingest.scrutiny import nonblank

_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_NO_VALUE = re.compile(
    rb'<c(?![^>]*t="str")[^>]*>\s*<f[^>]*>[^<]*</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)

Span = tuple[int, int, int, int]
"""A merged range, from 0, ends excluded: first row, end row, first column, end column."""


def load_xlsx(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A workbook. Each sheet is a section; hidden sheets are left out and flagged.

    Raises JireiError if it is broken, has a password, or has more cells than the cap.
    """
    prove_zip(path, document_id, limits)
    cells, unsaved = _cells_written(path)
    _check_cells(cells, document_id, limits)
    book = _open(path)
    builder, count = TextBuilder(document_id, limits), 0
    if unsaved:
        builder.flags.add("flag_no_values")
    for sheet in book.worksheets:
        _check_cells(len(sheet._cells), document_id, limits)
        values = {
            (row - 1, column - 1): shown(c.value, c.number_format)
            for (row, column), c in sheet._cells.items()
        }
        spans = [
            (span.min_row - 1, span.max_row, span.min_col - 1, span.max_col)
            for span in sheet.merged_cells.ranges
        ]
        if sheet.sheet_state == "visible":
            _flag_unseen(builder, sheet)
        notes = [c.comment.text for c in sheet._cells.values() if getattr(c, "comment", None)]
        hidden = sheet.sheet_state != "visible"
        count += _put_sheet(builder, sheet.title, values, spans, hidden)
        for note in notes:
            count += nonblank(note)
            if hidden:
                builder.leave_out("left_hidden", note)
            else:
                builder.line(note.replace("\n", " "), "※ ")
        count += _put_drawings(builder, path, sheet)
    return builder.reading(count, title=Path(document_id).stem)


def _open(path: Path) -> Any:
    with open_office(path) as file:  # openpyxl would refuse a path without a known ending
        try:
            return openpyxl.load_workbook(file, data_only=True, rich_text=False)
        except (TypeError, ValueError):
            pass
    with mended_office(path) as file:
        return openpyxl.load_workbook(file, data_only=True, rich_text=False)


def _put_drawings(builder: TextBuilder, path: Path, sheet: Any) -> int:
    """Puts text boxes, SmartArt and titles of charts; how many characters they have."""
    count = 0
    with open_office(path) as file, zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        for drawing in (rel.target for rel in sheet._rels if rel.Type.endswith("/drawing")):
            beside = get_rels_path(drawing)
            inner = list(get_dependents(archive, beside)) if beside in names else []
            drawn = [rel.target for rel in inner if rel.Type.endswith(DRAWN)]
            for name in (drawing, *drawn):
                root = parse_part(archive.read(name))
                count += put_drawing(builder, root, hidden=sheet.sheet_state != "visible")
    return count


def _flag_unseen(builder: TextBuilder, sheet: Any) -> None:
    """Flags values in hidden rows and columns, which a filter may hide too, and white ones."""
    told = [cell for cell in sheet._cells.values() if cell.value is not None]
    rows = {at for at, row in sheet.row_dimensions.items() if row.hidden}
    spans = [(c.min, c.max) for c in sheet.column_dimensions.values() if c.hidden]
    columns = {cell.column for cell in told}
    out = {at for at in columns if any(low <= at <= high for low, high in spans)}
    if any(cell.row in rows or cell.column in out for cell in told):
        builder.flags.add("flag_hidden")
    styles = {(cell._style.fontId, cell._style.fillId) for cell in told if cell.has_style}
    book = sheet.parent
    if any(
        _is_white(book._fonts[font]) and not book._fills[fill].fill_type for font, fill in styles
    ):
        builder.flags.add("flag_white")


def _is_white(font: Any) -> bool:
    colour = font.color
    if colour is None:
        return False
    if colour.type == "theme":
        return bool(colour.theme == 0)
    return bool(colour.type == "rgb" and str(colour.rgb)[-6:].upper() == "FFFFFF")


def load_xls(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A workbook of Excel before 2007. Raises JireiError as `load_xlsx` does."""
    try:
        # Its warnings would go among our own lines.
        book = xlrd.open_workbook(path, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypt" in str(error).lower():
            raise JireiError("file_password", file=document_id) from error
        raise
    builder, count = TextBuilder(document_id, limits), 0
    for sheet in book.sheets():
        _check_cells(sheet.nrows * sheet.ncols, document_id, limits)
        values = {
            (row, column): shown_xls(sheet.cell(row, column), book)
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
        }
        count += _put_sheet(builder, sheet.name, values, sheet.merged_cells, sheet.visibility != 0)
    return builder.reading(count, title=Path(document_id).stem)


def _cells_written(path: Path) -> tuple[int, bool]:
    """How many cells a workbook holds, counted before they fill the memory.

    And whether any has a formula without its value, as programs other than Excel write them.
    """
    count, unsaved = 0, False
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as file:
                    while chunk := file.read(1 << 20):
                        count += len(_CELL.findall(chunk))
                        unsaved = unsaved or _NO_VALUE.search(chunk) is not None
    return count, unsaved


def _check_cells(cells: int, document_id: str, limits: Limits) -> None:
    if cells > limits.cells:
        raise JireiError("too_many_cells", file=document_id, limit=limits.cells)


def _put_sheet(
    builder: TextBuilder,
    title: str,
    values: dict[tuple[int, int], str],
    spans: list[Span],
    hidden: bool,
) -> int:
    """Puts a sheet, or leaves it out if hidden; how many characters it has."""
    count = nonblank(title) + sum(nonblank(value) for value in values.values())
    if not any(values.values()) or hidden:
        builder.leave_out("left_hidden" if hidden else "left_sheet_name", title)
        for value in values.values():
            builder.leave_out("left_hidden", value)
        if hidden:
            builder.flags.add("flag_hidden")
        return count
    builder.heading(title, 2)
    for block in _blocks(values, spans):
        put_table(builder, block)
    return count


def _blocks(values: dict[tuple[int, int], str], spans: list[Span]) -> Iterator[list[list[Cell]]]:
    """The tables of a sheet: rows down to the next empty one, merged cells filled."""
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), value in values.items():
        if value.strip():
            by_row.setdefault(row, {})[column] = Cell(value)
    widest = max(max(cells) for cells in by_row.values()) + 1
    for first, end, left, right in spans:
        value = values.get((first, left), "")
        # A merge down to the last row of a sheet is not to fill a million rows with nothing else.
        rows = range(first, end) if end - first <= len(by_row) else list(by_row)
        for row in rows:
            if value.strip() and first <= row < end and row in by_row:
                for column in range(left, min(right, widest)):
                    by_row[row].setdefault(column, Cell(value, own=False))
    block: list[list[Cell]] = []
    previous = -1
    for row in sorted(by_row):
        if block and row > previous + 1:
            yield block
            block = []
        cells = by_row[row]
        block.append([cells.get(column, Cell("")) for column in range(max(cells) + 1)])
        previous = row
    yield block
