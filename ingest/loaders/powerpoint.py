"""PowerPoint presentations: each slide a page, its title a heading, its notes below."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER

from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.drawings import DRAWN, FALLBACK, A, line_of, parse_part, put_drawing
from ingest.loaders.office import open_office
from ingest.loaders.tables import Cell, put_table
from ingest.loaders.unzip import prove_zip
from ingest.scrutiny import nonblank

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"


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
        _unwrap(slide._element)
        count += _count(slide._element)
        notes = slide.notes_slide if slide.has_notes_slide else None
        if notes is not None:
            _unwrap(notes._element)
            count += _count(notes._element)
        hidden = slide._element.get("show") == "0"
        if hidden:
            builder.flags.add("flag_hidden")
            for element in (slide._element, *([notes._element] if notes is not None else [])):
                builder.leave_out("left_hidden", _all_text(element))
        else:
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


def _unwrap(root: Any) -> None:
    """Takes what has a stand-in for old programs out of its frame: python-pptx passes it over."""
    for again in list(root.iter(FALLBACK)):
        again.getparent().remove(again)
    for choice in list(root.iter(_CHOICE)):
        for shape in list(choice) if choice.getprevious() is None else ():
            choice.getparent().addprevious(shape)


def _count(element: Any) -> int:
    return sum(nonblank(node.text or "") for node in element.iter(A + "t"))


def _all_text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(A + "t"))


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
        return
    for paragraph in shape._element.iter(A + "p"):
        builder.line(line_of(paragraph))


def _rows(table: Any) -> list[list[Cell]]:
    """The cells of a table; each merged one stands at every place it covers."""
    cells = [[Cell(_text(cell._tc)) for cell in row.cells] for row in table.rows]
    for at, row in enumerate(table.rows):
        for beside, cell in enumerate(row.cells):
            for below in range(at, at + cell.span_height):
                for right in range(beside, beside + cell.span_width):
                    inside = below < len(cells) and right < len(cells[below])
                    if inside and not cells[below][right].text:
                        cells[below][right] = Cell(cells[at][beside].text, own=False)
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


_FURNITURE = (PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE)
