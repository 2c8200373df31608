"""The office files of the zoo: workbooks, Word documents, slides."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pptx
import xlsxwriter
import xlwt
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.ingest.animals import HALF, KANJI, PLAIN, VENDOR, Animal, archive

# Workbooks.


ROWS: list[list[Any]] = [["課", "件数", "説明"], ["総務課", 12, PLAIN], ["税務課", 3.5, VENDOR]]
NAMED = "課：総務課、件数：12、説明：" + PLAIN


def workbooks() -> Iterator[Animal]:
    yield from _new_workbooks()
    yield from _built_up_workbooks()
    yield from _hiding_workbooks()
    yield from _old_workbooks()


def _new_workbooks() -> Iterator[Animal]:
    yield Animal("plain.xlsx", workbook({"実績": ROWS}), (NAMED, "課：税務課、件数：3.5", "実績"))
    yield Animal("half.xlsx", workbook({"実績": [["課"], [HALF]]}), (HALF,))
    yield Animal(
        "sheets.xlsx",
        workbook({"甲": ROWS, "乙": [[KANJI]], "空": []}),
        (NAMED, KANJI),
        None,
        ("left_sheet_name",),
    )

    def noted(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write(0, 0, PLAIN)
        sheet.write_comment(0, 0, "確認済みの注記")

    yield Animal("noted.xlsx", workbook_by(noted), (PLAIN, "確認済みの注記"))
    yield Animal(
        "far.xlsx", workbook_by(lambda b: b.add_worksheet("表").write(9999, 99, PLAIN)), (PLAIN,)
    )


def _built_up_workbooks() -> Iterator[Animal]:
    def merged(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["課", "事業", "円"])
        sheet.merge_range(1, 0, 2, 0, "総務課")
        sheet.write_row(1, 1, ["研修", 100])
        sheet.write_row(2, 1, ["広報", 200])

    filled = ("課：総務課、事業：研修、円：100", "課：総務課、事業：広報、円：200")
    yield Animal("merged.xlsx", workbook_by(merged), filled)

    def two_rows(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.merge_range(0, 0, 1, 0, "課")
        sheet.merge_range(0, 1, 0, 2, "実績")
        sheet.write_row(1, 1, ["件数", "金額"])
        sheet.write_row(2, 0, ["総務課", 12, 34])

    yield Animal(
        "two-rows.xlsx", workbook_by(two_rows), ("課：総務課、実績・件数：12、実績・金額：34",)
    )

    def formula(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["課", "合計"])
        sheet.write(1, 0, "総務課")
        sheet.write_formula(1, 1, "=SUM(C1:C9)", None, 77)

    yield Animal("formula.xlsx", workbook_by(formula), ("課：総務課、合計：77",))


def _hiding_workbooks() -> Iterator[Animal]:
    def hidden(book: Any) -> None:
        book.add_worksheet("表").write(0, 0, PLAIN)
        sheet = book.add_worksheet("裏")
        sheet.write(0, 0, "見えない")
        sheet.hide()

    yield Animal(
        "hidden.xlsx", workbook_by(hidden), (PLAIN,), None, ("left_hidden",), ("flag_hidden",)
    )

    def unseen(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_column(0, 0, ["課", PLAIN, "隠した行"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.write(0, 1, "見出し", book.add_format({"font_color": "white", "bg_color": "blue"}))

    yield Animal(
        "hidden-row.xlsx", workbook_by(unseen), (PLAIN, "隠した行"), flags=("flag_hidden",)
    )

    def white(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_column(0, 0, ["課", PLAIN])
        sheet.write(1, 1, "白い文字", book.add_format({"font_color": "white"}))

    yield Animal("white.xlsx", workbook_by(white), (PLAIN, "白い文字"), flags=("flag_white",))


def _old_workbooks() -> Iterator[Animal]:
    yield Animal("plain.xls", old_workbook(ROWS), (NAMED, VENDOR))
    yield Animal(
        "merged.xls",
        old_workbook([["課", "円"], ["総務課", 1], ["", 2]], (1, 2, 0, 0)),
        (
            "課：総務課、円：1",
            "課：総務課、円：2",
        ),
    )
    yield Animal("cp932-in-name.xls", old_workbook([["区分"], [HALF]]), (HALF,))


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """A workbook with the rows of each sheet."""

    def fill(book: Any) -> None:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    return workbook_by(fill)


def workbook_by(fill: Callable[[Any], object]) -> bytes:
    """A workbook that `fill` writes into."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book)
    book.close()
    return out.getvalue()


def old_workbook(rows: list[list[Any]], merge: tuple[int, int, int, int] | None = None) -> bytes:
    """An .xls with one sheet; `merge` is its first and last row, first and last column."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("実績")
    top = merge and (merge[0], merge[2])
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if merge and merge[0] <= r <= merge[1] and merge[2] <= c <= merge[3]:
                if (r, c) == top:
                    sheet.write_merge(*merge, value)
            else:
                sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive_with(data: bytes, old: bytes, new: bytes) -> bytes:
    """An office file with some bytes in its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return archive({name: made.read(name).replace(old, new) for name in made.namelist()})


# Word.


def word(fill: Callable[[Any], object]) -> bytes:
    """A Word document that `fill` writes into."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_files() -> Iterator[Animal]:
    yield from _plain_word()
    yield from _word_tables()
    yield from _word_wrappings()


def _plain_word() -> Iterator[Animal]:
    yield Animal("plain.docx", word(lambda d: d.add_paragraph(PLAIN)), (PLAIN,))
    yield Animal("vendor.docx", word(lambda d: d.add_paragraph(VENDOR + HALF)), (VENDOR + HALF,))
    yield Animal(
        "bullets.docx", word(lambda d: d.add_paragraph(PLAIN, style="List Bullet")), (PLAIN,)
    )

    def headed(document: Any) -> None:
        document.add_heading("報告", 1)
        document.add_heading("経過", 2)
        document.add_paragraph(PLAIN)
        document.sections[0].header.paragraphs[0].text = "内部資料"
        document.sections[0].footer.paragraphs[0].text = "三課"

    yield Animal("headed.docx", word(headed), ("# 報告", "## 経過", PLAIN), None, ("left_header",))
    yield Animal("empty.docx", word(lambda d: d.add_paragraph(" ")), reason="file_empty")


def _word_tables() -> Iterator[Animal]:
    def table(document: Any) -> None:
        made = document.add_table(3, 3)
        for at, value in enumerate(
            ["課", "事業", "円", "総務課", "研修", "100", "", "広報", "200"]
        ):
            made.cell(at // 3, at % 3).text = value
        made.cell(1, 0).merge(made.cell(2, 0))

    yield Animal("table.docx", word(table), ("課：総務課、事業：広報、円：200",))

    def inner(document: Any) -> None:
        cell = document.add_table(1, 2).cell(0, 1)
        cell.text = "外"
        cell.add_table(1, 1).cell(0, 0).text = "内側の表"

    yield Animal("inner.docx", word(inner), ("外", "内側の表"))


def _word_wrappings() -> Iterator[Animal]:
    def marked(document: Any) -> None:
        paragraph = document.add_paragraph(PLAIN)
        paragraph.add_run("見えない文").font.hidden = True
        kept = "<w:ins {0}><w:r><w:t>加えた文。</w:t></w:r></w:ins>"
        gone = "<w:del {0}><w:r><w:delText>消した文。</w:delText></w:r></w:del>"
        for xml in (kept, gone):
            paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))

    left = ("left_deleted", "left_hidden")
    yield Animal("marked.docx", word(marked), (PLAIN + "加えた文。",), None, left, ("flag_hidden",))

    def boxed(document: Any) -> None:
        text = "<w:p><w:r><w:t>枠の中の文。</w:t></w:r></w:p>"
        xml = (
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape>'
            f"<v:textbox><w:txbxContent>{text}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        document.add_paragraph(PLAIN)._p.append(parse_xml(xml))

    yield Animal("boxed.docx", word(boxed), (PLAIN, "枠の中の文。"))

    def controlled(document: Any) -> None:
        text = "<w:p><w:r><w:t>入力欄の文。</w:t></w:r></w:p>"
        xml = f"<w:sdt {nsdecls('w')}><w:sdtContent>{text}</w:sdtContent></w:sdt>"
        document.add_paragraph(PLAIN)
        document.element.body.insert(0, parse_xml(xml))

    yield Animal("controlled.docx", word(controlled), ("入力欄の文。", PLAIN))


# Slides.


def slides(fill: Callable[[Any], object]) -> bytes:
    """A presentation that `fill` writes into."""
    made = pptx.Presentation()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def slide_files() -> Iterator[Animal]:
    def plain(made: Any) -> None:
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = "推進計画"
        slide.placeholders[1].text = f"{PLAIN}\n{VENDOR}"
        slide.notes_slide.notes_text_frame.text = "口頭で補う。"

    yield Animal("plain.pptx", slides(plain), ("## 推進計画", PLAIN, VENDOR, "口頭で補う。"))

    def table(made: Any) -> None:
        shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
        drawn = shapes.add_table(2, 2, 0, 0, 100, 100).table
        for at, value in enumerate(["課", "件数", "総務課", "12"]):
            drawn.cell(at // 2, at % 2).text = value

    yield Animal("table.pptx", slides(table), ("課：総務課、件数：12",))

    def grouped(made: Any) -> None:
        shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
        shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9).text_frame.text = PLAIN

    yield Animal("grouped.pptx", slides(grouped), (PLAIN,))

    def hidden(made: Any) -> None:
        for text, shown in ((PLAIN, "1"), ("隠した文。", "0")):
            slide = made.slides.add_slide(made.slide_layouts[6])
            slide.shapes.add_textbox(0, 0, 9, 9).text_frame.text = text
            slide._element.set("show", shown)

    yield Animal("hidden.pptx", slides(hidden), (PLAIN,), None, ("left_hidden",), ("flag_hidden",))
    yield Animal("empty.pptx", slides(lambda made: None), reason="file_empty")
