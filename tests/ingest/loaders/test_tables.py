"""CSV and workbooks: what each row says of itself."""

import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from errors import JireiError
from ingest.limits import Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.tables import Cell, put_table
from tests.ingest.loaders.reads import read, text_of
from tests.ingest.zoo_office import archive_with, old_workbook, workbook, workbook_by


def table(*rows: str) -> str:
    """A table of cells between "|", `~` before one that is filled in."""
    builder = TextBuilder("a.csv", Limits())
    put_table(
        builder,
        [
            [Cell(c.removeprefix("~"), not c.startswith("~")) for c in row.split("|")]
            for row in rows
        ],
    )
    return builder.reading(0, title="a").document.text.rstrip("\n")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["課|件数", "総務課|12"], "課、件数\n課：総務課、件数：12"),
        (["課|件数", "総務課|"], "課、件数\n課：総務課"),
        (["課|", "総務課|12"], "課\n総務課、12"),
        (["実績の表|", "課|件数", "総務課|12"], "実績の表\n課、件数\n課：総務課、件数：12"),
        (["1|2", "3|4"], "1、2\n3、4"),
        (["課|件数"], "課、件数"),
        (["要望", "直す"], "要望\n直す"),
        (["課|件数", "総務課|12|余り"], "課、件数\n課：総務課、件数：12、余り"),
        (
            ["課|2023年|2024年", "総務課|1|2"],
            "課、2023年、2024年\n課：総務課、2023年：1、2024年：2",
        ),
        (["4月|5月", "1|2"], "4月、5月\n1、2"),
        (["課|4月|4月", "総務課|1|2"], "課、4月、4月\n総務課、1、2"),
        (
            ["総務課|2023年|2024年", "税|2024年|2025年"],
            "総務課、2023年、2024年\n税、2024年、2025年",
        ),
        (
            ["課|実績||備考", "|件|円|", "総務|1|2|済"],
            "課、実績、備考\n件、円\n課：総務、実績・件：1、実績・円：2、備考：済",
        ),
        (
            ["課|実績|備考", "|件|済", "総務|1|2"],
            "課、実績、備考\n実績：件、備考：済\n課：総務、実績：1、備考：2",
        ),
        (
            ["課|内容|費用", "総務|窓口を変えた。|1円"],
            "課、内容、費用\n課：総務、内容：窓口を変えた。費用：1円",
        ),
        (
            ["課|実績|~実績", "~課|件|円", "総務|1|2"],
            "課、実績\n件、円\n課：総務、実績・件：1、実績・円：2",
        ),
        (["課|円", "総務|1", "~総務|2"], "課、円\n課：総務、円：1\n課：総務、円：2"),
        (["課|円", "総務\n第一|1"], "課、円\n課：総務 第一、円：1"),
    ],
)
def test_each_row_carries_the_names_of_its_columns(rows, text):
    assert table(*rows) == text


def test_three_rows_of_names():
    merged = ["市|状況|~状況", "~市|RPA|~RPA", "~市|数|費用", "津市|1|2"]
    assert table(*merged).splitlines()[-1] == "市：津市、状況・RPA・数：1、状況・RPA・費用：2"


@pytest.mark.parametrize(
    "years", [["2021", "2022"], ["2023/4", "2023/5"], ["2023年4月", "2023年5月"]]
)
def test_plain_years_name_columns(years):
    rows = [f"市|{years[0]}|{years[1]}", "津市|10|20"]
    assert table(*rows).splitlines()[-1] == f"市：津市、{years[0]}：10、{years[1]}：20"


def test_a_note_below_a_table_and_a_band_over_it_are_of_no_column():
    assert table("市|数", "【三重県】|~【三重県】", "津市|1", "※ 速報|").splitlines()[1:] == [
        "【三重県】", "市：津市、数：1", "※ 速報"
    ]  # fmt: skip


def test_a_row_of_filled_cells_alone_says_nothing_new():
    assert table("課|円", "総務|1", "~総務|~1") == "課、円\n課：総務、円：1"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc-jp", "utf-16"])
def test_csv_tells_its_encoding_and_keeps_quoted_commas(tmp_path: Path, encoding):
    data = '課,内容\r\n総務課,"窓口、""案内"", 受付"\r\n'.encode(encoding)
    reading = read(tmp_path, "a.csv", data)
    assert reading.document.text == '課、内容\n課：総務課、内容：窓口、"案内", 受付\n\n'
    assert reading.facts.encoding == encoding
    # Two commas between values, two quotes around one, two that double a quote.
    assert reading.facts.left_out == {"left_marks": 6}


def test_csv_of_systems_that_guard_their_zeros(tmp_path: Path):
    reading = read(tmp_path, "a.csv", '番号,課\n="001",総務\n="00""2",税\n'.encode())
    assert reading.document.text == '番号、課\n番号：001、課：総務\n番号：="00""2"、課：税\n\n'
    # Three commas, and = with two quotes.
    assert reading.facts.left_out == {"left_marks": 6}


def test_own_tables_are_skipped_by_their_first_row(tmp_path: Path):
    with pytest.raises(JireiError) as info:
        read(tmp_path, "a.csv", b"concept,term,lang,kind\nrpa,RPA,ja,name\n")
    assert info.value.key == "skipped_own_table"


def test_workbook_values_are_written_as_one_reads_them(tmp_path: Path):
    def fill(book):
        sheet = book.add_worksheet("表")
        day = book.add_format({"num_format": "yyyy/mm/dd"})
        sheet.write_row(0, 0, ["課", "整数", "小数", "真偽", "日", "割合"])
        sheet.write_number(1, 5, 0.7, book.add_format({"num_format": "0.0%"}))
        sheet.write_row(1, 0, ["総務課", 12, 0.1, True])
        sheet.write_number(1, 4, 45720, day)

    text = text_of(tmp_path, "a.xlsx", workbook_by(fill))
    assert "課：総務課、整数：12、小数：0.1、真偽：TRUE、日：2025-03-04、割合：70%" in text


def test_old_workbook_shows_shares_and_dates(tmp_path: Path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for at, (name, value, style) in enumerate(
        [("割合", 0.05, "0%"), ("日", datetime.date(2025, 3, 4), "yyyy/mm/dd"), ("真偽", True, "")]
    ):
        sheet.write(0, at, name)
        sheet.write(1, at, value, xlwt.easyxf(num_format_str=style or "General"))
    book.save(str(tmp_path / "made"))
    text = text_of(tmp_path, "a.xls", (tmp_path / "made").read_bytes())
    assert "割合：5%、日：2025-03-04、真偽：TRUE" in text


@pytest.mark.parametrize(("value", "flags"), [(None, ("flag_no_values",)), (5, ())])
def test_formula_without_its_value_is_flagged(tmp_path: Path, value, flags):
    book = openpyxl.load_workbook(io.BytesIO(workbook({"表": [["課", "円"], ["総務", 1]]})))
    book["表"]["C2"] = value or "=B2*2"
    book.save(tmp_path / "made")
    assert read(tmp_path, "a.xlsx", (tmp_path / "made").read_bytes()).facts.flags == flags


def test_tables_of_a_sheet_are_parted_by_an_empty_row(tmp_path: Path):
    rows: list[list[Any]] = [["課", "円"], ["総務", 1], [], ["市", "件"], ["北市", 2]]
    reading = read(tmp_path, "a.xlsx", workbook({"表": rows}))
    assert "課：総務、円：1" in reading.document.text
    assert "市：北市、件：2" in reading.document.text
    assert reading.facts.tables == 2


def test_sheets_are_sections(tmp_path: Path):
    data = workbook({"甲": [["課"], ["総務"]], "乙": [["課"], ["税務"]]})
    assert text_of(tmp_path, "a.xlsx", data) == "\n## 甲\n\n課\n総務\n\n\n## 乙\n\n課\n税務\n\n"


def test_old_workbook_reads_like_a_new_one(tmp_path: Path):
    rows: list[list[Any]] = [["課", "円"], ["総務", 1.5], ["税務", 20]]
    old, new = old_workbook(rows), workbook({"実績": rows})
    assert text_of(tmp_path, "a.xls", old) == text_of(tmp_path, "a.xlsx", new)


def test_merge_over_a_long_column_fills_the_rows_that_say_something(tmp_path: Path):
    def fill(book):
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["課", "円"])
        sheet.merge_range(1, 0, 20_000, 0, "総務")
        sheet.write(1, 1, 1)
        sheet.write(2, 1, 2)

    lines = text_of(tmp_path, "a.xlsx", workbook_by(fill)).split("\n")
    assert [line for line in lines if line] == [
        "## 表", "課、円", "課：総務、円：1", "課：総務、円：2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (45720, '[$-411]ggge"年"m"月"d"日";@', "2025-03-04"),
        (45720, '[$-411]ggge"年"', "2025-03-04"),
        (45720, "aaa", "2025-03-04"),
        (0.375, "h:mm", "09:00"),
        (26.5 / 24, "[h]:mm", "26:30"),
        (70, '0"%"', "70%"),
        (0.705, '0.0%"減"', "70.5%減"),
        (0.7, "(0.0%)", "70%"),
        (12, '#,##0"件"', "12件"),
        (12, "0\\人", "12人"),
        (6, '"令和"0"年度"', "令和6年度"),
        (-5, '#,##0"円";[赤]"△ "#,##0"円"', "-5円"),
        (1234567, '#,##0,"千円"', "1234.567千円"),
        (1234567, "#,##0", "1234567"),
        (11002, "000000", "011002"),
        (1.5, "_ * #,##0.0_ ", "1.5"),
        (12000, "0.00E+00", "12000"),
    ],
)
@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_a_number_is_shown_with_what_its_format_says(tmp_path: Path, value, style, text, ending):
    def fill(book):
        book.add_worksheet("表").write_number(0, 0, value, book.add_format({"num_format": style}))

    data = workbook_by(fill)
    if ending == "xls":
        book = xlwt.Workbook()
        book.add_sheet("表").write(0, 0, value, xlwt.easyxf(num_format_str=style))
        book.save(str(tmp_path / "made"))
        data = (tmp_path / "made").read_bytes()
    assert text_of(tmp_path, f"a.{ending}", data).split() == ["##", "表", text]


def test_a_carriage_return_in_a_cell_is_no_text(tmp_path: Path):
    data = archive_with(workbook({"表": [["QQ"]]}), b"QQ", "一行_x000D_\n二行_x".encode())
    assert text_of(tmp_path, "a.xlsx", data) == "\n## 表\n\n一行 二行_x\n\n"


def test_notes_of_a_hidden_sheet_are_left_out_with_it(tmp_path: Path):
    def fill(book):
        book.add_worksheet("表").write(0, 0, "見える")
        sheet = book.add_worksheet("裏")
        sheet.write_comment(0, 0, "裏の注記")
        sheet.hide()

    reading = read(tmp_path, "a.xlsx", workbook_by(fill))
    assert reading.document.text == "\n## 表\n\n見える\n\n"
    assert reading.facts.left_out == {"left_hidden": 5}
