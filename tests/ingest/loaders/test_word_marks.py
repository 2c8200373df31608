"""What Word writes by elements of its own, and tables as forms have them."""

from pathlib import Path

import pytest
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.ingest.loaders.reads import read
from tests.ingest.zoo_office import word

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
GOES_ON, BEGINS = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def field(code: str) -> str:
    ends = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    return ends[0] + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + ends[1]


def words(xml: str) -> bytes:
    """A document with one element."""
    made = parse_xml(xml.replace(">", f" {nsdecls('w')} {MATH}>", 1))
    return word(lambda document: document.element.body.insert(0, made))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>042</w:t><w:noBreakHyphen/><w:t>722</w:t></w:r>", "042-722"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>済</w:t></w:r>', "☑済"),
        ('<w:r><w:sym w:font="Webdings" w:char="F0FE"/><w:t>済</w:t></w:r>', "済"),
        ('<w:r><w:sym w:font="ＭＳ 明朝" w:char="2460"/><w:t>済</w:t></w:r>', "①済"),
        (run("氏名") + field(r"eq \o\ac(○,印)"), "氏名印"),
        (field(r"EQ \* jc2 \o\ad(\s\up 9(まちだし),町田市)") + run("の例"), "町田市の例"),
        (field(" PAGE ") + run("頁"), "頁"),
        (run("約") + "<m:oMath><m:r><m:t>a×b</m:t></m:r></m:oMath>" + run("円"), "約a×b円"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
         "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>", "1/2"),
    ],
)  # fmt: skip
def test_marks_of_word_are_the_characters_that_a_reader_sees(tmp_path: Path, inner, text):
    assert read(tmp_path, "a.docx", words(f"<w:p>{inner}</w:p>")).document.text == text + "\n"


def test_moved_text_is_read_where_it_went_to(tmp_path: Path):
    moved = run("移した文。")
    xml = f"<w:p><w:moveFrom>{moved}</w:moveFrom><w:moveTo>{moved}</w:moveTo></w:p>"
    reading = read(tmp_path, "a.docx", words(xml))
    assert reading.document.text == "移した文。\n"
    assert reading.facts.left_out == {"left_deleted": 5}


def test_a_hyphen_in_deleted_text_is_deleted_too(tmp_path: Path):
    gone = "<w:del><w:r><w:delText>消</w:delText><w:noBreakHyphen/></w:r></w:del>"
    reading = read(tmp_path, "a.docx", words(f"<w:p>{gone}{run('残')}</w:p>"))
    assert (reading.document.text, reading.facts.left_out) == ("残\n", {"left_deleted": 2})


def test_body_under_another_name_is_read_once(tmp_path: Path):
    def fill(document):
        document.add_paragraph("本文。")
        document.part.partname = PackURI("/word/document2.xml")

    reading = read(tmp_path, "a.docx", word(fill))
    assert (reading.document.text, reading.facts.left_out) == ("本文。\n", {})


def row(*cells: tuple[str, str], before: str = "") -> str:
    """A row of cells, each its properties and its text."""
    inner = [f"<w:tc><w:tcPr>{p}</w:tcPr><w:p>{run(text)}</w:p></w:tc>" for p, text in cells]
    return f"<w:tr>{before}{''.join(inner)}</w:tr>"


HEAD = row(("", "課"), ("", "係"), ("", "円"))
FIRST, SECOND = (("", "甲"), ("", "1")), (("", "乙"), ("", "2"))
WIDE = '<w:gridSpan w:val="2"/>'
LEFT = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
SKIP = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([HEAD, row((BEGINS, "税"), *FIRST), row((GOES_ON, ""), *SECOND)],
         "課、係、円\n課：税、係：甲、円：1\n課：税、係：乙、円：2"),
        ([row((GOES_ON, "課"), ("", "円")), row(("", "税"), ("", "1"))], "課、円\n課：税、円：1"),
        ([HEAD, row((WIDE, "税"), ("", "1")), row(("", "市"), (GOES_ON, ""), ("", "2"))],
         "課、係、円\n課：税、係：税、円：1\n課：市、係：税、円：2"),
        ([HEAD, row(("", "税")), row(("", "市"), (GOES_ON, ""), ("", "2"))],
         "課、係、円\n課：税\n課：市、円：2"),
        ([HEAD, row((BEGINS, "税"), *FIRST), row((GOES_ON, "残"), *SECOND)],
         "課、係、円\n課：税、係：甲、円：1\n課：残、係：乙、円：2"),
        ([HEAD, row((LEFT[0], "税"), (LEFT[1], ""), ("", "1"))],
         "課、係、円\n課：税、係：税、円：1"),
        ([HEAD, row(("", "甲"), ("", "1"), before=SKIP)], "課、係、円\n係：甲、円：1"),
    ],
)  # fmt: skip
def test_tables_of_forms_are_read_whatever_their_merges(tmp_path: Path, rows, text):
    data = words(f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert read(tmp_path, "a.docx", data).document.text.strip() == text
