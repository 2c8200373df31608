"""PowerPoint presentations: each slide a page, its title a heading, its notes below."""

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER

from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.drawings import DRAWN, A, line_of, parse_part, put_drawing
from ingest.loaders.office import open_office
from ingest.loaders.tables import Cell, put_table
from ingest.loaders.unzip import prove_zip
from ingest.scrutiny import nonblank


def load_pptx(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A presentation. Slide numbers and footers are left out, hidden slides left out and flagged.

    Raises JireiError if it is broken, has a password, or has more slides than the cap of pages.
    """
    prove_zip(path, document_id, limits)
    with open_office(path) as file:
        shown = pptx.Presentation(file)
    slides = list(shown.slides)
    builder, count = TextBuilder(document_id, limits), 0
    for slide in slides:
        builder.page()
        notes = slide.notes_slide if slide.has_notes_slide else None
        sheets = [slide] if notes is None else [slide, notes]
        for sheet in sheets:
            _unwrap(sheet._element)
            count += nonblank(_all_text(sheet._element))
        hidden = slide._element.get("show") == "0"
        if hidden:
            builder.flags.add("flag_hidden")
        for sheet in sheets:
            shapes = {sheet.shapes._spTree}
            said = _all_text(sheet._element) if hidden else _outside(sheet._element, shapes)
            builder.leave_out("left_hidden" if hidden else "left_other", said)
        if not hidden:
            _put_slide(builder, slide)
        for drawn in slide.part.rels.values():
            if drawn.reltype.endswith(DRAWN) and not drawn.is_external:
                root = parse_part(drawn.target_part.blob)
                count += put_drawing(builder, root, hidden=hidden)
        if notes is not None and not hidden:
            _put_notes(builder, notes)
    title = shown.core_properties.title or ""
    first = next((s.shapes.title.text_frame.text for s in slides if s.shapes.title), "")
    return builder.reading(count, title=first if nonblank(first) else title)


def _all_text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(A + "t"))


def _unwrap(sheet: Any) -> None:
    """Takes shapes out of their two forms, of which the second is drawn for old programs.

    python-pptx does not look into these.
    """
    for both in list(sheet.iter(_MC + "AlternateContent")):
        for shape in both.findall(f"{_MC}Choice[1]/*"):
            both.addprevious(shape)
        both.getparent().remove(both)


def _outside(element: Any, read: Set[Any]) -> str:
    """What stands in none of the elements that are read, as in a damaged file that has two trees
    of shapes, or a frame with two tables.
    """
    texts = element.iter(A + "t")
    return "".join(t.text or "" for t in texts if read.isdisjoint(t.iterancestors()))


def _put_slide(builder: TextBuilder, slide: Any) -> None:
    title = slide.shapes.title
    if title is not None:
        builder.heading(_text(title._element), 2)
    rest = [s for s in _shapes(slide.shapes) if title is None or s._element is not title._element]
    # Stable: shapes whose tops are level keep the order in which they were drawn.
    for shape in sorted(rest, key=lambda s: (s.top or 0, s.left or 0)):
        _put_shape(builder, shape)


def _shapes(shapes: Any) -> Iterator[Any]:
    """All shapes of a slide, those inside groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _put_shape(builder: TextBuilder, shape: Any) -> None:
    if shape.is_placeholder and shape.placeholder_format.type in _FURNITURE:
        builder.leave_out("left_header", _all_text(shape._element))
        return
    if getattr(shape, "has_table", False) and shape.has_table:
        put_table(builder, _rows(shape.table))
        cells = {cell._tc for row in shape.table.rows for cell in row.cells}
        builder.leave_out("left_other", _outside(shape._element, cells))
        return
    if _is_white(shape._element):
        builder.flags.add("flag_white")
    for paragraph in shape._element.iter(A + "p"):
        builder.line(line_of(paragraph))


def _is_white(shape: Any) -> bool:
    """Whether letters are white in a shape that is not filled itself."""
    if any(node.tag in _FILLS for node in shape.iterfind(f"{_P}spPr/*")):
        return False
    if shape.find(f"{_P}style") is not None:
        return False
    colours = (
        colour.get("val", "").upper()
        for run in shape.iter(A + "r")
        for colour in run.iterfind(f"{A}rPr/{A}solidFill/*")
        if nonblank(line_of(run))
    )
    return any(colour in _WHITE for colour in colours)


def _rows(table: Any) -> list[list[Cell]]:
    """The cells of a table; each merged one stands at every place it covers."""
    cells = [[Cell(_text(cell._tc)) for cell in row.cells] for row in table.rows]
    for at, row in enumerate(table.rows):
        for beside, cell in enumerate(row.cells):
            for below in cells[at : at + cell.span_height]:
                for right in range(beside, min(beside + cell.span_width, len(below))):
                    if not below[right].text and (cell.span_height > 1 or cell.span_width > 1):
                        below[right] = Cell(cells[at][beside].text, own=False)
    return cells


def _put_notes(builder: TextBuilder, notes: Any) -> None:
    said = notes.notes_text_frame
    for shape in _shapes(notes.shapes):
        if said is not None and shape._element is said._txBody.getparent():
            for paragraph in shape._element.iter(A + "p"):
                builder.line(line_of(paragraph), "※ ")
        else:
            builder.leave_out("left_header", _all_text(shape._element))


def _text(element: Any) -> str:
    return "\n".join(line_of(paragraph) for paragraph in element.iter(A + "p"))


_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FILLS = {A + f"{kind}Fill" for kind in ("solid", "grad", "blip", "patt")}
_WHITE = ("FFFFFF", "BG1", "LT1")
_FURNITURE = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)
