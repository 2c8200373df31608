"""A report as tables: CSV that Excel opens, and an Excel workbook without a formula."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from export.report import Claim, Matrix, Part, Report
from export.text import cell_text, is_formula, printable
from messages import Lang, tell

LONGEST_CELL = 32_767
"""The characters that a cell of Excel holds."""

COLUMNS = (
    "number", "question", "who", "prefecture", "code", "verdict", "reason", "theme", "part", "text",
    "when", "document", "title", "heading", "page", "published", "kinds", "sources", "urls",
    "retrieved",
)  # fmt: skip
_WIDTHS = {"text": 60, "question": 30, "document": 30, "heading": 30, "sources": 30, "urls": 40}

Value = str | int | None
Rows = Sequence[Sequence[Value]]


def to_csv(report: Report) -> bytes:
    """A line for each claim, and for each question or cell of a comparison that has none.

    UTF-8 with a byte order mark; a cell that might be taken for a formula begins with "'".
    """
    return csv_bytes([_head(COLUMNS, report.lang), *_claim_rows(report)])


def csv_bytes(rows: Rows) -> bytes:
    """Rows as such CSV, every cell in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([cell_text(value) if isinstance(value, str) else value for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def to_xlsx(report: Report) -> bytes:
    """A workbook: the answers with their counts, the claims, each comparison, the sources."""
    lang = report.lang
    book = Workbook()
    book.remove(book.active)
    _add_sheet(book, tell("export_answers", lang), [_answer_head(lang), *_answer_rows(report)])
    _add_sheet(book, tell("export_claims", lang), [_head(COLUMNS, lang), *_claim_rows(report)])
    matrices = [part.matrix for part in report.parts if part.matrix]
    for number, matrix in enumerate(matrices, start=1):
        rows = _matrix_rows(matrix, lang)
        _add_sheet(book, tell("export_comparison", lang, n=number), rows)
    _add_sheet(book, tell("page_sources", lang), _source_rows(report))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _add_sheet(book: Workbook, title: str, rows: Rows) -> None:
    sheet = book.create_sheet(title)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            _fill(sheet.cell(number, column), value)
            if number == 1:
                sheet.cell(1, column).font = Font(bold=True)
    keys = COLUMNS if len(rows[0]) == len(COLUMNS) else ()
    for column in range(1, len(rows[0]) + 1):
        width = _WIDTHS.get(keys[column - 1], 14) if keys else 32
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _fill(cell: Cell, value: Value) -> None:
    """Text stays text: neither a formula, an error nor a number."""
    if isinstance(value, str):
        text = printable(value)
        cell.value = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _head(columns: Sequence[str], lang: Lang) -> list[Value]:
    return [tell(f"column_{name}", lang) for name in columns]


def _answer_head(lang: Lang) -> list[Value]:
    counts = [tell(f"count_{name}", lang) for name in ("documents", "match", "unsure", "no")]
    notes = (tell("column_notes", lang), tell("column_index", lang))
    return [tell("column_question", lang), tell("column_answer", lang), *counts, *notes]


def _answer_rows(report: Report) -> list[list[Value]]:
    return [
        [
            part.question,
            part.said,
            *(part.counts.get(name) for name in ("documents", "match", "unsure", "no")),
            "\n".join(part.notes),
            part.index,
        ]
        for part in report.parts
    ]


def _claim_rows(report: Report) -> list[list[Value]]:
    rows = []
    for part in report.parts:
        rows += [_claim_row(claim, part, report.lang) for claim in part.all_claims]
        rows += _empty_rows(part, report.lang)
    return rows


def _claim_row(claim: Claim, part: Part, lang: Lang) -> list[Value]:
    def of_sources(name: str) -> str:
        # Leading empty lines stay: the lines of the columns belong to the sources in turn.
        return "\n".join(getattr(source, name) or "" for source in claim.sources).rstrip("\n")

    return [
        claim.number,
        part.question,
        claim.who,
        claim.prefecture,
        claim.code,
        tell(f"verdict_{claim.role}", lang),
        claim.reason,
        claim.theme,
        tell(f"part_{claim.part}", lang),
        claim.text,
        claim.when,
        claim.document,
        claim.title,
        " > ".join(claim.heading),
        claim.page,
        claim.published,
        of_sources("kind"),
        of_sources("title"),
        of_sources("url"),
        of_sources("retrieved"),
    ]


def _empty_rows(part: Part, lang: Lang) -> list[list[Value]]:
    """A line for what has no claim, so that nothing of the screen is missing."""
    told: list[dict[str, str]] = []
    if part.matrix:
        told = [
            {"who": who, "theme": theme, "text": tell("compare_nothing", lang)}
            for theme, cells in part.matrix.rows
            for who, cell in zip(part.matrix.places, cells, strict=True)
            if not cell
        ]
    elif not part.claims:
        told = [{"text": part.said}]
    return [
        [part.question if name == "question" else row.get(name) for name in COLUMNS] for row in told
    ]


def _matrix_rows(matrix: Matrix, lang: Lang) -> list[list[Value]]:
    def shown(cell: Sequence[Claim]) -> str:
        quotes = "\n".join(f"「{claim.text}」[{claim.number}]" for claim in cell)
        return quotes or tell("compare_nothing", lang)

    head: list[Value] = [tell("column_theme", lang), *matrix.places]
    rows: list[list[Value]] = [[theme, *map(shown, cells)] for theme, cells in matrix.rows]
    return [head, *rows]


def _source_rows(report: Report) -> list[list[Value]]:
    names = ("document", "title", "published", "kinds", "sources", "urls", "retrieved")
    rows: list[list[Value]] = [_head(names, report.lang)]
    for claim in report.sources:
        of_document: list[Value] = [claim.document, claim.title, claim.published]
        if not claim.sources:
            rows.append([*of_document, None, None, None, None])
        rows += [[*of_document, s.kind, s.title, s.url, s.retrieved] for s in claim.sources]
    return rows
