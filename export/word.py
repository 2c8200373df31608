"""A report as a Word document: its quotes have footnotes that name where they stand."""

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from export.plain import cases
from export.report import Claim, Matrix, Report, source_text, where
from export.text import one_line, printable
from messages import tell

FONT_JA = "游ゴシック"
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


def to_docx(report: Report) -> bytes:
    """The document as bytes: each question below a heading, then the list of all sources."""
    return _Writer(report).write()


class _Writer:
    """Writes one document, its footnotes along with its text."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._document: WordDocument = Document()
        self._footnotes: list[tuple[int, str]] = []
        self._set_up()

    def write(self) -> bytes:
        report, document, lang = self._report, self._document, self._report.lang
        document.add_heading(tell("export_title", lang), 0)
        indexes = ", ".join(dict.fromkeys(part.index for part in report.parts))
        document.add_paragraph(printable(tell("export_made", lang, day=report.made, index=indexes)))
        for part in report.parts:
            document.add_heading(one_line(part.question), 1)
            document.add_paragraph(printable(part.said))
            for note in part.notes:
                document.add_paragraph(printable(note)).style = "Caption"
            if part.matrix:
                self._matrix(part.matrix)
            for head, claims in cases(part, lang):
                document.add_heading(one_line(head), 2)
                for claim in claims:
                    self._quote(document.add_paragraph(), claim)
        document.add_heading(tell("page_sources", lang), 1)
        for claim in report.sources:
            self._source(claim)
        self._add_footnotes()
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def _set_up(self) -> None:
        """A4, a Japanese font, and the two styles of footnotes, which the template has not."""
        document = self._document
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(22)
        styles = document.styles
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
            fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
            fonts.set(qn("w:eastAsia"), FONT_JA)
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.font.size = Pt(9)
        mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True
        self._text_style, self._mark_style = text.style_id, mark.style_id
        core = document.core_properties
        core.author, core.comments = "Jirei", ""
        core.title = tell("export_title", self._report.lang)
        core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)

    def _quote(self, paragraph: Paragraph, claim: Claim) -> None:
        lang = self._report.lang
        effect = f"{tell('part_effect', lang)}: " if claim.part == "effect" else ""
        paragraph.add_run(f"{effect}「{printable(claim.text)}」")
        run = paragraph.add_run()._r
        run.get_or_add_rPr().append(_element("w:rStyle", val=self._mark_style))
        run.append(_element("w:footnoteReference", id=str(claim.number)))
        self._footnotes.append((claim.number, where(claim, lang)))

    def _matrix(self, matrix: Matrix) -> None:
        lang = self._report.lang
        table = self._document.add_table(rows=1, cols=1 + len(matrix.places))
        table.style = "Table Grid"
        heads = (tell("column_theme", lang), *matrix.places)
        for cell, text in zip(table.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(printable(text)).bold = True
        for theme, cells in matrix.rows:
            row = table.add_row().cells
            row[0].text = printable(theme)
            for cell, claims in zip(row[1:], cells, strict=True):
                self._fill(cell, claims)

    def _fill(self, cell: Any, claims: Sequence[Claim]) -> None:
        if not claims:
            cell.text = tell("compare_nothing", self._report.lang)
        for number, claim in enumerate(claims):
            self._quote(cell.add_paragraph() if number else cell.paragraphs[0], claim)

    def _source(self, claim: Claim) -> None:
        about = (claim.title, claim.document, claim.published)
        line = one_line(" ".join(part for part in about if part))
        self._document.add_paragraph(line, style="List Number")
        for source in claim.sources:
            told = one_line(source_text(source, self._report.lang))
            self._document.add_paragraph(told, style="List Bullet 2")

    def _add_footnotes(self) -> None:
        """python-docx knows no footnotes: their part of the file is made here."""
        root = OxmlElement("w:footnotes")
        for number, kind in _SEPARATORS:
            note = _element("w:footnote", id=number, type=kind)
            note.append(_paragraph(_run(OxmlElement(f"w:{kind}"))))
            root.append(note)
        mark = _run(OxmlElement("w:footnoteRef"), self._mark_style)
        for claim, text in self._footnotes:
            note = _element("w:footnote", id=str(claim))
            words = OxmlElement("w:t")
            words.text = f" {text}"
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            note.append(_paragraph(deepcopy(mark), _run(words), style=self._text_style))
            root.append(note)
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = self._document.part
        name = PackURI("/word/footnotes.xml")
        file = FilePart(name, CONTENT_TYPE.WML_FOOTNOTES, blob, part.package)
        part.relate_to(file, RELATIONSHIP_TYPE.FOOTNOTES)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _run(content: Any, style: str | None = None) -> Any:
    run = OxmlElement("w:r")
    if style:
        properties = OxmlElement("w:rPr")
        properties.append(_element("w:rStyle", val=style))
        run.append(properties)
    run.append(content)
    return run


def _paragraph(*runs: Any, style: str | None = None) -> Any:
    paragraph = OxmlElement("w:p")
    if style:
        properties = OxmlElement("w:pPr")
        properties.append(_element("w:pStyle", val=style))
        paragraph.append(properties)
    for run in runs:
        paragraph.append(run)
    return paragraph
