"""Slides."""

import copy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from errors import JireiError
from ingest.limits import Limits
from tests.ingest.animals import PLAIN
from tests.ingest.loaders.reads import NAMED, RELATIONS, read
from tests.ingest.zoo_office import slides

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def test_slides_are_pages_in_order_from_top_to_bottom(tmp_path: Path):
    def fill(made):
        for words in (("下", "上"), ("二枚目",)):
            shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
            for number, said in enumerate(words):
                shapes.add_textbox(0, 900 - 100 * number, 9, 9).text_frame.text = said

    document = read(tmp_path, "a.pptx", slides(fill)).document
    assert document.text == "上\n下\n二枚目\n"
    assert document.page_starts == (0, 4)
    assert [document.page_at(at) for at in (0, 3, 4, 7)] == [1, 1, 2, 2]


@pytest.mark.parametrize(("filled", "flags"), [(False, ("flag_white",)), (True, ())])
def test_white_letters_on_a_slide_are_flagged_unless_their_box_is_filled(
    tmp_path: Path, filled: bool, flags
):
    def fill(made):
        shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
        box = shapes.add_textbox(0, 0, 9, 9)
        run = box.text_frame.paragraphs[0].add_run()
        run.text, run.font.color.theme_color = "白い文。", MSO_THEME_COLOR.BACKGROUND_1
        if filled:
            box.fill.solid()
            box.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_1

    reading = read(tmp_path, "a.pptx", slides(fill))
    assert (reading.document.text, reading.facts.flags) == ("白い文。\n", flags)


def test_slides_with_two_forms_of_a_shape_or_two_trees_lose_nothing(tmp_path: Path):
    def fill(made):
        slide = made.slides.add_slide(made.slide_layouts[6])
        for words in ("一つめ。", "古い形。", "二つめ。"):
            slide.shapes.add_textbox(0, 0, 9, 9).text_frame.text = words
        new, old, _ = (shape._element for shape in slide.shapes)
        both = etree.Element(f"{COMPATIBLE}AlternateContent")
        new.addprevious(both)
        etree.SubElement(both, f"{COMPATIBLE}Choice").append(new)
        etree.SubElement(both, f"{COMPATIBLE}Fallback").append(old)
        tree = copy.deepcopy(slide._element.cSld)
        slide._element.append(tree)

    reading = read(tmp_path, "a.pptx", slides(fill))
    assert reading.document.text == "一つめ。\n二つめ。\n"
    assert reading.facts.left_out == {"left_other": 8}


def test_slides_with_two_tables_in_a_frame_lose_nothing(tmp_path: Path):
    def fill(made):
        slide = made.slides.add_slide(made.slide_layouts[6])
        frame = slide.shapes.add_table(1, 1, 0, 0, 9, 9)
        frame.table.cell(0, 0).text = "総務課"
        table = frame.table._tbl
        table.addnext(copy.deepcopy(table))

    reading = read(tmp_path, "a.pptx", slides(fill))
    assert reading.document.text == "総務課\n\n"
    assert reading.facts.left_out == {"left_other": 3}


def test_slides_fill_merged_cells(tmp_path: Path):
    def fill(made):
        shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
        table = shapes.add_table(3, 3, 0, 0, 9, 9).table
        for at, value in enumerate(["課", "件", "", "税", "1", "2", "", "3", "4"]):
            table.cell(at // 3, at % 3).text = value
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(1, 0).merge(table.cell(2, 0))

    text = read(tmp_path, "a.pptx", slides(fill)).document.text
    assert text == "課、件\n課：税、件：1、件：2\n課：税、件：3、件：4\n\n"


def test_more_slides_than_the_cap_are_refused(tmp_path: Path):
    def fill(made):
        for _ in range(3):
            slide = made.slides.add_slide(made.slide_layouts[6])
            slide.shapes.add_textbox(0, 0, 9, 9).text_frame.text = PLAIN

    with pytest.raises(JireiError, match=r"a.pptx はページが多すぎます（2ページまで）"):
        read(tmp_path, "a.pptx", slides(fill), Limits(pages=2))


def test_slides_keep_smart_art_and_titles_of_charts(tmp_path: Path):
    def fill(made):
        data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        data.categories = ["令和六年"]
        data.add_series("件数の推移", (12,))
        slide = made.slides.add_slide(made.slide_layouts[6])
        frame = slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 99, 99, data)
        frame.chart.has_title = True
        frame.chart.chart_title.text_frame.text = "件数"
        points = f"{NAMED}<a:p><a:r><a:t>申請を受ける</a:t></a:r></a:p></x>"
        kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
        part = Part(PackURI("/ppt/diagrams/data1.xml"), kind, slide.part.package, points.encode())
        slide.part.relate_to(part, f"{RELATIONS}/diagramData")

    reading = read(tmp_path, "a.pptx", slides(fill))
    assert reading.document.text.split() == ["件数", "申請を受ける"]
    assert reading.facts.left_out["left_other"] > 0


def test_slides_blank_cell_is_not_one_merged_with_those_below(tmp_path: Path):
    def fill(made):
        shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
        table = shapes.add_table(3, 3, 0, 0, 9, 9).table
        rows = ["", "自治体", "内容", "県北", "日立市", "RPA", "県南", "つくば市", "AI"]
        for at, value in enumerate(rows):
            table.cell(at // 3, at % 3).text = value

    text = read(tmp_path, "a.pptx", slides(fill)).document.text
    assert text.split() == [
        "自治体、内容", "県北、自治体：日立市、内容：RPA", "県南、自治体：つくば市、内容：AI"
    ]  # fmt: skip
