"""Word documents and slides: order, levels, and what is left out with its count."""

import copy
import os
from pathlib import Path

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI as WordURI
from docx.opc.part import Part as WordPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from errors import JireiError
from ingest.cases import sections_of
from tests.ingest.animals import PLAIN
from tests.ingest.loaders.reads import NAMED, RELATIONS, read
from tests.ingest.zoo_office import word, workbook_by


def test_word_notes_belong_to_no_headings_case(tmp_path: Path):
    def fill(document):
        document.add_paragraph("報告")
        document.add_heading("町田市の事例", 1)
        run = document.add_paragraph("本文。").runs[0]
        document.add_comment(run, "別の市の注記。")

    document = read(tmp_path, "a.docx", word(fill)).document
    places = {s.place.name if s.place else None: s for s in sections_of(document)}
    assert document.text[places[None].start : places[None].end].strip() == "※ 別の市の注記。"
    assert document.text[places["町田市"].start : places["町田市"].end].strip() == (
        "# 町田市の事例\n\n本文。"
    )


def test_word_keeps_paragraphs_and_tables_in_order(tmp_path: Path):
    def fill(document):
        document.add_heading("町田市の報告", 1)
        document.add_paragraph("前の文。")
        table = document.add_table(2, 2)
        for at, value in enumerate(["課", "円", "総務", "1"]):
            table.cell(at // 2, at % 2).text = value
        document.add_paragraph("後の文。")

    document = read(tmp_path, "a.docx", word(fill)).document
    expected = "\n# 町田市の報告\n\n前の文。\n\n課、円\n課：総務、円：1\n\n後の文。\n"
    assert document.text == expected
    assert (document.metadata.title, document.markdown) == ("町田市の報告", True)


def test_word_style_that_is_called_by_a_circled_number_is_no_level(tmp_path: Path):
    def fill(document):
        document.styles.add_style("見出し ①", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("町田市の報告", style="見出し ①")

    assert read(tmp_path, "a.docx", word(fill)).document.text == "町田市の報告\n"


def test_word_leaves_out_headers_hidden_and_deleted_text_by_count(tmp_path: Path):
    def fill(document):
        paragraph = document.add_paragraph("見える。")
        paragraph.add_run("隠す").font.hidden = True
        document.sections[0].header.paragraphs[0].text = "内部資料"

    facts = read(tmp_path, "a.docx", word(fill)).facts
    assert (facts.characters, facts.left_out) == (10, {"left_hidden": 2, "left_header": 4})
    assert facts.flags == ("flag_hidden",)


def test_word_title_is_that_of_its_properties_else_its_first_line(tmp_path: Path):
    def fill(document):
        document.core_properties.title = "要領"
        document.add_paragraph("本文。")

    assert read(tmp_path, "a.docx", word(fill)).document.metadata.title == "要領"
    plain = word(lambda d: d.add_paragraph("本文。"))
    assert read(tmp_path, "a.docx", plain).document.metadata.title == "本文。"


@pytest.mark.parametrize("tag", ["tr", "tc"])
def test_word_keeps_rows_and_cells_inside_content_controls(tmp_path: Path, tag: str):
    def fill(document):
        table = document.add_table(2, 2)
        for at, value in enumerate(["課", "円", "総務", "1"]):
            table.cell(at // 2, at % 2).text = value
        last = list(table._tbl.iter(qn(f"w:{tag}")))[-1]
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        last.addprevious(control)
        control.append(content)
        content.append(last)

    assert read(tmp_path, "a.docx", word(fill)).document.text == "\n課、円\n課：総務、円：1\n\n"


def test_word_leaves_out_furigana(tmp_path: Path):
    def fill(document):
        paragraph = document.add_paragraph("東京都")
        parts = "<w:rt><w:r><w:t>まちだし</w:t></w:r></w:rt>", "<w:r><w:t>町田市</w:t></w:r>"
        ruby = f"<w:ruby>{parts[0]}<w:rubyBase>{parts[1]}</w:rubyBase></w:ruby>"
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{ruby}</w:r>"))
        paragraph.add_run("の事例。")

    reading = read(tmp_path, "a.docx", word(fill))
    assert reading.document.text == "東京都町田市の事例。\n"
    assert reading.facts.left_out == {"left_ruby": 4}


def test_word_with_two_bodies_and_text_outside_of_paragraphs_loses_nothing(tmp_path: Path):
    def fill(document):
        document.add_paragraph("本文。")
        document.add_paragraph("外。")
        body = document.element.body
        document.element.append(copy.deepcopy(body))
        body.append(body.p_lst[1].r_lst[0])

    reading = read(tmp_path, "a.docx", word(fill))
    assert reading.document.text == "本文。\n本文。\n外。\n"
    assert reading.facts.left_out == {"left_other": 2}


def test_old_word_without_libreoffice_is_told_so(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(JireiError, match=r"a.doc を読むには LibreOffice が必要.*docx で") as info:
        read(tmp_path, "a.doc", b"\xd0\xcf")
    assert info.value.key == "doc_needs_office"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_old_word_is_read_by_what_libreoffice_makes_of_it(tmp_path: Path, monkeypatch):
    made = tmp_path / "made.docx"
    made.write_bytes(word(lambda d: d.add_paragraph(PLAIN)))
    program = tmp_path / "soffice"
    # Its sixth argument is the folder that the new file is put into.
    program.write_text(f'#!/bin/sh\ncp "{made}" "$6/a.docx"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("ingest.loaders.word_old.office", lambda: str(program))
    document = read(tmp_path, "a.doc", b"\xd0\xcf").document
    assert (document.id, document.text) == ("docs/a.doc", PLAIN + "\n")


def test_workbook_keeps_its_text_boxes_and_titles_of_charts(tmp_path: Path):
    def fill(book):
        for name in ("表", "裏"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["課", 12])
            sheet.insert_textbox(2, 2, f"{name}の囲みの文。")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$B$1:$B$1"})
        chart.set_title({"name": "件数の推移"})
        book.get_worksheet_by_name("表").insert_chart(9, 9, chart)
        book.get_worksheet_by_name("裏").hide()

    reading = read(tmp_path, "a.xlsx", workbook_by(fill))
    assert reading.document.text == "\n## 表\n\n課、12\n\n表の囲みの文。\n件数の推移\n"
    # Hidden: its name, 課, 12, and 7 characters in the box. The chart's series holds "12".
    assert reading.facts.left_out == {"left_other": 2, "left_hidden": 11}


def test_word_keeps_smart_art(tmp_path: Path):
    def fill(document):
        document.add_paragraph("本文。")
        points = f"{NAMED}<a:p><a:r><a:t>申請を受ける</a:t></a:r></a:p></x>"
        kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
        uri, package = WordURI("/word/diagrams/data1.xml"), document.part.package
        part = WordPart(uri, kind, points.encode(), package)
        document.part.relate_to(part, f"{RELATIONS}/diagramData")

    assert read(tmp_path, "a.docx", word(fill)).document.text == "本文。\n申請を受ける\n"


def test_word_short_bold_lines_are_headings(tmp_path: Path):
    def fill(document):
        document.add_paragraph("報告")
        for text in ("町田市の取組", "太字の文である。", "年300万円の減"):
            document.add_paragraph().add_run(text).bold = True
        document.add_paragraph().add_run("さいたま市の取組").bold = False

    text = read(tmp_path, "a.docx", word(fill)).document.text
    assert [line for line in text.splitlines() if line.startswith("#")] == ["###### 町田市の取組"]
