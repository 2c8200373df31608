"""Office files of other programs, and archives with Japanese names."""

import re
import unicodedata
import zipfile
from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.loaders.unzip import zip_members
from tests.ingest.animals import archive
from tests.ingest.loaders.reads import text_of
from tests.ingest.zoo_office import archive_with, slides, word, workbook


def strict(data: bytes, folder: Path) -> bytes:
    """An Office file in the names of strict Open XML."""
    (folder / "made").write_bytes(data)
    with zipfile.ZipFile(folder / "made") as made:
        known = rb"http://schemas\.openxmlformats\.org/(officeDocument|\w+ml)/2006/(\w+)"
        strict = rb"http://purl.oclc.org/ooxml/\1/\2"
        return archive({name: re.sub(known, strict, made.read(name)) for name in made.namelist()})


def test_strict_office_files_are_read_as_others(tmp_path: Path):
    def fill(made):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "題"

    for name, data, text in (
        ("a.docx", word(lambda document: document.add_paragraph("本文。")), "本文。"),
        ("a.xlsx", workbook({"表": [["課", "円"], ["税", 1]]}), "## 表\n\n課、円\n課：税、円：1"),
        ("a.pptx", slides(fill), "## 題"),
    ):
        assert text_of(tmp_path, name, strict(data, tmp_path)).strip() == text


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b'<fill><patternFill patternType="gray125"/></fill>', b"<fill/>"),
        (b'W3CDTF">20', b'W3CDTF">R6.4.1 20'),
    ],
)
def test_workbook_with_an_empty_fill_or_a_date_that_is_none_is_read(tmp_path: Path, right, wrong):
    data = archive_with(workbook({"表": [["町田市"]]}), right, wrong)
    assert text_of(tmp_path, "a.xlsx", data) == "\n## 表\n\n町田市\n\n"


def names_in(folder: Path, data: bytes) -> list[str]:
    (folder / "a.zip").write_bytes(data)
    return [member.name for member in zip_members(folder / "a.zip", "a.zip", Limits())]


def test_names_of_windows_in_an_archive_are_read_on_windows_too(tmp_path: Path, monkeypatch):
    # The second byte of 表 in CP932 is a backslash.
    data = archive({"XX.txt": b"a"}).replace(b"XX.txt", "表.txt".encode("cp932"))
    assert names_in(tmp_path, data) == ["表.txt"]
    monkeypatch.setattr("zipfile.os.sep", "\\")
    assert names_in(tmp_path, data) == ["表.txt"]


def test_names_of_macos_in_an_archive_are_composed(tmp_path: Path):
    name = unicodedata.normalize("NFD", "ガイド.txt")
    assert name != "ガイド.txt"
    assert names_in(tmp_path, archive({name: b"a", "神﨑.txt": b"b"})) == ["ガイド.txt", "神﨑.txt"]
