"""Word documents (.docx): paragraphs, headings and tables in the order of the page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.text.paragraph import Paragraph

from ingest.documents import Reading
from ingest.headings import looks_like_heading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.drawings import FALLBACK, parse_part, put_drawing
from ingest.loaders.office import open_office
from ingest.loaders.tables import Cell, put_table
from ingest.loaders.unzip import prove_zip
from ingest.loaders.word_marks import M, spell_out
from ingest.loaders.word_marks import W as _W
from ingest.scrutiny import nonblank

_Levels = dict[tuple[str | None, bool], int]
_PIECES = (_W + "t", _W + "delText", M + "t")
_BREAKS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n"}


def load_docx(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A Word document. Headers and footers of its pages are left out, hidden text is flagged.

    Raises JireiError if it is broken, has a password, or unpacks to more than the cap.
    """
    prove_zip(path, document_id, limits)
    with open_office(path) as file:
        word = docx.Document(file)
    parts = [p for p in word.part.package.iter_parts() if p.content_type.endswith("+xml")]
    roots = {str(part.partname): parse_part(part.blob) for part in parts}
    # SharePoint calls it document2.xml.
    del roots[str(word.part.partname)]
    roots["/word/document.xml"] = word.element
    builder, count = TextBuilder(document_id, limits), 0
    for name, root in roots.items():
        if name.startswith("/word/"):
            spell_out(root)
            count += sum(nonblank(node.text or "") for node in _texts(root))
    # The whole document and not its body: a damaged one may have two.
    _put_blocks(builder, word.element, word, {})
    outside = (node.text or "" for node in _texts(word.element) if not _in_paragraph(node))
    builder.leave_out("left_other", "".join(outside))
    for name, root in sorted(roots.items()):
        _put_part(builder, name, root)
        if name.startswith(("/word/diagrams/data", "/word/charts/chart")):
            count += put_drawing(builder, root)
    title = word.core_properties.title or ""
    return builder.reading(count, title=title if nonblank(title) else "")


_OFF = ("0", "false", "off")


def _put_part(builder: TextBuilder, name: str, root: Any) -> None:
    """What stands outside of the body: notes are put, headers and footers left out."""
    stem = name.removeprefix("/word/")
    if stem.startswith(("header", "footer")):
        builder.leave_out("left_header", "".join(node.text or "" for node in _texts(root)))
    elif stem.startswith(("footnotes", "endnotes", "comments")):
        with builder.apart():  # they end up below the last heading, which need not be theirs
            for paragraph in root.iter(_W + "p"):
                builder.line(_text(builder, paragraph).replace("\n", " "), "※ ")
    elif stem != "document.xml" and name.startswith("/word/"):
        builder.leave_out("left_other", "".join(node.text or "" for node in _texts(root)))


def _put_blocks(builder: TextBuilder, body: Any, word: Any, levels: _Levels) -> None:
    """Paragraphs and tables; `levels` keeps what each style met so far means: asking is slow."""
    for child in _blocks(body):
        if child.tag == _W + "tbl":
            builder.add("\n")
            put_table(builder, _rows(builder, child))
            continue
        text = _text(builder, child)
        level = _level(Paragraph(child, word), levels) or (6 if _is_bold_line(child, text) else 0)
        if level:
            builder.heading(text, level)
        else:
            builder.line(text, "- " if child.find(f"{_W}pPr/{_W}numPr") is not None else "")
        for box in _boxes(child):
            _put_blocks(builder, box, word, levels)


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables, those inside content controls and tracked changes too."""
    for child in body:
        if child.tag in (_W + "p", _W + "tbl"):
            yield child
        elif isinstance(child.tag, str):
            yield from _blocks(child)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph; not those inside another box."""
    for box in paragraph.iter(_W + "txbxContent"):
        above = [node for node in box.iterancestors() if node.tag in (_W + "txbxContent", FALLBACK)]
        inside = [node for node in above if paragraph in node.iterancestors()]
        if not inside:
            yield box


def _rows(builder: TextBuilder, table: Any) -> list[list[Cell]]:
    """The cells of a table; each merged one stands at every place it covers.

    Not as python-docx has them: it refuses merges that begin nowhere, as tables of forms have.
    """
    rows: list[list[Cell]] = []
    for row in _own(table, _W + "tr"):
        cells = [Cell("")] * _number(row.find(f"{_W}trPr/{_W}gridBefore"))
        for node in _own(row, _W + "tc"):
            marks = node.find(_W + "tcPr")
            paragraphs = (p for p in node.iter(_W + "p") if FALLBACK not in _tags_above(p))
            text = "\n".join(_text(builder, paragraph) for paragraph in paragraphs)
            cell = Cell(text)
            if not text.strip() and _goes_on(marks, "hMerge") and cells:
                cell = Cell(cells[-1].text, own=False)
            elif not text.strip() and _goes_on(marks, "vMerge") and rows:
                above = rows[-1][len(cells) : len(cells) + 1]
                cell = Cell(above[0].text if above else "", own=False)
            cells.append(cell)
            span = _number(marks.find(_W + "gridSpan")) if marks is not None else 1
            cells.extend([Cell(cell.text, own=False)] * (span - 1))
        rows.append(cells)
    return rows


def _own(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for node in parent.iter(tag):
        if next(node.iterancestors(parent.tag)) is parent:
            yield node


def _goes_on(marks: Any, name: str) -> bool:
    """Whether a cell is one with that above or to the left of it."""
    merge = marks.find(_W + name) if marks is not None else None
    return merge is not None and merge.get(_W + "val", "continue") == "continue"


def _number(mark: Any) -> int:
    """How many columns an element says, 0 without it, at most the 63 that Word has."""
    digits = mark.get(_W + "val", "") if mark is not None else ""
    return min(int(digits), 63) if digits.isdecimal() else 0


def _in_paragraph(node: Any) -> bool:
    return next(node.iterancestors(_W + "p"), None) is not None


def _tags_above(node: Any) -> set[str]:
    return {above.tag for above in node.iterancestors()}


def _level(paragraph: Paragraph, levels: _Levels) -> int:
    """The level of a heading from its outline or style, 0 for other paragraphs."""
    own = paragraph._p.find(f"{_W}pPr/{_W}outlineLvl")
    if own is not None and int(own.get(_W + "val", "9")) < 9:
        return int(own.get(_W + "val", "9")) + 1
    key = (paragraph._p.style, own is None)
    if key not in levels:
        levels[key] = _level_of_style(paragraph.style, own is None)
    return levels[key]


def _is_bold_line(paragraph: Any, text: str) -> bool:
    """Whether a paragraph is a heading by its looks: short, bold throughout, and no sentence."""
    if not looks_like_heading(text.strip(), numbered=True):
        return False
    runs = [run for run in paragraph.iter(_W + "r") if nonblank("".join(run.itertext()))]
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(b is not None and b.get(_W + "val", "1") not in _OFF for b in bold)


def _level_of_style(style: Any, outlined: bool) -> int:
    outline = None
    if outlined and style is not None:
        outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None and int(outline.get(_W + "val", "9")) < 9:
        return int(outline.get(_W + "val", "9")) + 1
    name = (style.name or "") if style is not None else ""
    if name == "Title":
        return 1
    digits = name.removeprefix("Heading ").removeprefix("見出し ").strip()
    return int(digits) if digits != name and digits.isdecimal() else 0


def _texts(root: Any) -> Iterator[Any]:
    """Each piece of text once: what is drawn again for old programs is the same text."""
    for node in root.iter(*_PIECES):
        if FALLBACK not in _tags_above(node):
            yield node


def _text(builder: TextBuilder, paragraph: Any) -> str:
    """The text of a paragraph, without its boxes; deleted and hidden text is left out."""
    said = []
    for node in paragraph.iter(*_PIECES, *_BREAKS):
        above = list(node.iterancestors())
        inside = {n.tag for n in above[: above.index(paragraph)]}
        if inside & {_W + "txbxContent", FALLBACK, _W + "p"}:
            continue
        if node.tag in _BREAKS:
            said.append(_BREAKS[node.tag])
        elif _W + "rt" in inside:
            builder.leave_out("left_ruby", node.text or "")
        elif node.tag == _W + "delText" or inside & {_W + "del", _W + "moveFrom"}:
            builder.leave_out("left_deleted", node.text or "")
        elif _hidden(builder, node):
            builder.leave_out("left_hidden", node.text or "")
        else:
            said.append(node.text or "")
    return "".join(said)


def _hidden(builder: TextBuilder, node: Any) -> bool:
    """Whether a run is hidden; white text is only flagged, for it may stand on a dark ground."""
    marks = node.getparent().find(_W + "rPr")
    if marks is None:
        return False
    vanish, colour = marks.find(_W + "vanish"), marks.find(_W + "color")
    if colour is not None and colour.get(_W + "val", "").upper() == "FFFFFF":
        builder.flags.add("flag_white")
    if vanish is not None and vanish.get(_W + "val", "true") not in ("0", "false"):
        builder.flags.add("flag_hidden")
        return True
    return False
