"""PDF: text by page in reading order, tables as rows, running heads and page numbers left out."""

from bisect import bisect_left
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from errors import JireiError
from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders import ocr
from ingest.loaders.builder import TextBuilder
from ingest.loaders.pdf_glyphs import name_glyphs
from ingest.loaders.pdf_layout import (
    Line,
    Page,
    Table,
    arrange,
    join_paragraphs,
    joint,
    middle_height,
    running_lines,
    segments_of,
    without_doubles,
    without_furigana,
)
from ingest.loaders.tables import Cell, put_table
from ingest.scrutiny import nonblank
from ingest.tools import tesseract


def load_pdf(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A PDF. A page without text is read by OCR if that is installed, else counted as such.

    Raises JireiError if it is broken, has a password or more pages than the cap, or if no page
    of it holds text.
    """
    try:
        with pdfplumber.open(path) as pdf:
            if not pdf.pages:
                raise JireiError("file_broken", file=document_id, why="PDF")
            if len(pdf.pages) > limits.pages:
                raise JireiError("too_many_pages", file=document_id, limit=limits.pages)
            builder = TextBuilder(document_id, limits)
            pages = [_page(page, path, builder) for page in pdf.pages]
            title = str((pdf.metadata or {}).get("Title") or "")
    except PdfminerException as error:
        if _is_password(error):
            raise JireiError("file_password", file=document_id) from error
        raise
    _read_scans(path, pages, builder)
    count = _put_pages(builder, pages)
    first = next((line.text for page in pages for line in page.lines if not line.running), "")
    return builder.reading(count, title=title if _is_title(title) else first, markdown=False)


def _is_password(error: PdfminerException) -> bool:
    return any(isinstance(argument, PDFPasswordIncorrect) for argument in error.args)


def _is_title(title: str) -> bool:
    """Whether the title of a file's properties is one, and not what a program left there."""
    lowered = title.lower()
    useless = ("untitled", "無題", "anonymous", "microsoft ", ".doc", ".xls", ".ppt", ".jtd")
    return nonblank(title) > 1 and not any(word in lowered for word in useless)


def _page(page: Any, path: Path, builder: TextBuilder) -> Page:
    name_glyphs(path, page.page_number - 1, float(page.height), page.chars)
    every = [c for c in page.chars if nonblank(c["text"])]
    once = without_doubles(every)
    count = sum(nonblank(c["text"]) for c in every)
    doubled = count - sum(nonblank(c["text"]) for c in once)
    if any(_is_white(c.get("non_stroking_color")) for c in once):
        builder.flags.add("flag_white")
    readings, plain = without_furigana(once)
    tables, rest = _tables(page, plain)
    lines = segments_of(rest)
    arrange([*lines, *tables], float(page.width))
    lines.sort(key=lambda line: line.order)
    builder.leave_out("left_doubled", "x" * doubled)
    builder.leave_out("left_ruby", readings)
    page.close()
    return Page(float(page.height), count, lines, tables)


def _is_white(colour: Any) -> bool:
    values = colour if isinstance(colour, (tuple, list)) else (colour,)
    if len(values) == 4:
        return all(value == 0 for value in values)
    return len(values) in (1, 3) and all(isinstance(v, (int, float)) and v >= 0.99 for v in values)


def _tables(page: Any, characters: list[Any]) -> tuple[list[Table], list[Any]]:
    """The tables drawn with lines, of two rows and columns or more; the characters outside."""
    found: list[Table] = []
    if not (page.lines or page.rects or page.curves):
        return found, characters
    ordered = sorted(characters, key=middle_height)
    heights = [middle_height(c) for c in ordered]
    taken: set[int] = set()
    for table in page.find_tables():
        if len(table.rows) < 2 or max(len(row.cells) for row in table.rows) < 2:
            continue
        cells: list[list[str]] = []
        for row in table.rows:
            cells.append([])
            for box in row.cells:
                x0, top, x1, bottom = box or (0.0, 0.0, 0.0, 0.0)
                level = ordered[bisect_left(heights, top) : bisect_left(heights, bottom)]
                inside = [c for c in level if id(c) not in taken and x0 <= _middle_across(c) < x1]
                taken.update(map(id, inside))
                cells[-1].append("".join(line.text for line in segments_of(inside)))
        x0, top, x1, bottom = table.bbox
        found.append(Table(x0, top, x1, bottom, cells=cells))
    return found, [c for c in characters if id(c) not in taken]


def _middle_across(character: Any) -> float:
    return float(character["x0"] + character["x1"]) / 2


def _read_scans(path: Path, pages: list[Page], builder: TextBuilder) -> None:
    for number, page in enumerate(pages):
        if page.characters or tesseract() is None:
            continue
        text = ocr.read_pdf_page(path, number, builder.limits)
        page.lines = [
            Line(0.0, 0.0, 0.0, 0.0, text=line.strip())
            for line in text.splitlines()
            if line.strip()
        ]
        page.characters = nonblank(text)
        builder.flags.add("flag_ocr")


def _put_pages(builder: TextBuilder, pages: list[Page]) -> int:
    """Puts the pages; how many characters they have."""
    for line in running_lines(pages):
        line.running = True
    join_paragraphs(pages)
    for page, following in zip_longest(pages, pages[1:]):
        builder.page()
        if not page.characters:
            builder.pages_without_text += 1
        for line in page.lines:
            if line.running:
                builder.leave_out("left_header", line.text)
        blocks = page.blocks()
        for block, after in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Table):
                put_table(builder, [[Cell(text) for text in row] for row in block.cells])
                continue
            builder.put(block.text)
            if after is None and not block.ends:
                after = following.blocks()[0]
            builder.add(_between(block, after))
        if not blocks or isinstance(blocks[-1], Table) or blocks[-1].ends:
            builder.add("\n")
    return sum(page.characters for page in pages)


def _between(line: Line, after: Line | Table | None) -> str:
    """The end of a line: a line end, unless its paragraph goes on below."""
    if not isinstance(after, Line):
        return "\n"
    if not line.ends:
        return joint(line.text, after.text)
    # Blank lines are what headings are told by.
    apart = after.top - line.bottom > 0.9 * line.size or abs(line.size - after.size) > 1.0
    return "\n\n" if apart else "\n"
