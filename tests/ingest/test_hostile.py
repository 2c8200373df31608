"""Files made to harm cost themselves alone, with the reason told; nothing outside is touched."""

import io
import zipfile
from pathlib import Path

import pytest

from ingest.documents import FileReport, Ingested
from ingest.folders import ingest
from ingest.limits import Limits
from ingest.loaders.unzip import safe_name
from tests.ingest import hostile
from tests.ingest.animals import PLAIN, archive
from tests.ingest.zoo_office import workbook

LIMITS = Limits(
    file_bytes=20 << 20,
    characters=1_000_000,
    cells=100_000,
    unzipped=30 << 20,
    members=500,
    seconds=60.0,
    memory=512 << 20,
)


def read_beside(folder: Path, name: str, data: bytes, limits: Limits = LIMITS) -> Ingested:
    """What comes of a file that stands between two good ones."""
    (folder / name).write_bytes(data)
    for good in ("0.csv", "z.txt"):
        (folder / good).write_text(f"課,内容\n総務課,{good}の{PLAIN}\n", encoding="utf-8")
    return ingest([folder], limits=limits)


def report_of(ingested: Ingested, name: str) -> FileReport:
    (found,) = (r for r in ingested.reports if r.path.split("/")[1] == name)
    return found


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", hostile.zip_bomb(40), "unzipped_too_large"),
        ("a.docx", hostile.zip_bomb(40), "unzipped_too_large"),
        ("a.zip", hostile.crowded_zip(501), "too_many_members"),
        ("a.zip", hostile.nested_zip(5), "too_deep"),
        ("a.docx", hostile.laughing_docx(), "file_broken"),
        ("a.xlsx", hostile.laughing_xlsx(workbook({"a": [["x"]]})), "file_broken"),
        ("a.xlsx", hostile.many_cells(workbook({"a": [["x"]]}), 1001, 100), "too_many_cells"),
        ("a.txt", b"a" * (21 << 20), "file_too_large"),
        ("a.txt", b"a" * 1_000_001, "too_many_characters"),
        ("a.csv", b"a" * 1_000_001, "too_many_characters"),
        ("a.csv", b"," * 100_000, "too_many_cells"),
        ("a.pdf", hostile.looping_pdf(), "file_broken"),
        ("a.pdf", hostile.endless_form_pdf(), "no_text_scanned"),
        ("a.html", hostile.deep_html(5000), "file_broken"),
    ],
)
def test_hostile_file_fails_with_its_reason_and_its_neighbours_are_read(
    tmp_path: Path, name, data, reason
):
    ingested = read_beside(tmp_path, name, data)
    assert report_of(ingested, name).reason == reason
    assert {d.id.split("/")[1] for d in ingested.documents} == {"0.csv", "z.txt"}


def test_archive_that_lies_about_its_size_gives_no_more_than_the_cap(tmp_path: Path):
    ingested = read_beside(tmp_path, "a.zip", hostile.lying_zip(40))
    report = report_of(ingested, "a.zip")
    assert report.reason in ("unzipped_too_large", "file_broken")
    assert len(ingested.documents) == 2


def test_archives_inside_an_archive_share_its_cap(tmp_path: Path):
    inner = archive({"a.txt": b"a" * (4 << 20)})
    data = archive({f"{number}.zip": inner for number in range(9)})
    limits = Limits(unzipped=30 << 20, characters=1000)
    ingested = read_beside(tmp_path, "a.zip", data, limits)
    reasons = [r.reason for r in ingested.reports if r.path.startswith(f"{tmp_path.name}/a.zip")]
    # Seven times 4 MB (and the archives themselves) fit into 30.
    assert reasons.count("too_many_characters") == 7
    assert "unzipped_too_large" in reasons


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("..\\..\\a.txt", "a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("\\\\host\\share\\a.txt", "host/share/a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("a\x00b.txt", "ab.txt"),
        ("..", ""),
        ("報告/一.txt", "報告/一.txt"),
    ],
)
def test_safe_name_keeps_no_way_out(name, safe):
    assert safe_name(name) == safe


def test_what_an_inner_archive_took_is_not_there_for_the_outer_one(tmp_path: Path):
    files = {"a.zip": archive({"a.txt": b"a" * (4 << 20)}), "b.txt": b"b" * (4 << 20)}
    ingested = read_beside(tmp_path, "a.zip", archive(files), Limits(unzipped=6 << 20))
    reasons = [r.reason for r in ingested.reports if r.path.startswith(f"{tmp_path.name}/a.zip")]
    assert reasons == [None, "unzipped_too_large"]


def test_files_of_one_name_in_an_archive_are_all_read(tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a (2).txt", "一。")
        made.writestr("a.txt", "二。")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.txt", "三。")
    ingested = read_beside(tmp_path, "a.zip", out.getvalue())
    found = {d.id.split("a.zip/")[1]: d.text for d in ingested.documents if "a.zip" in d.id}
    assert found == {"a (2).txt": "一。", "a.txt": "二。", "a (3).txt": "三。"}


def test_sheet_of_ten_million_cells_is_refused_before_it_is_parsed(tmp_path: Path):
    data = hostile.many_cells(workbook({"a": [["x"]]}), 100_000, 100)
    limits = Limits(seconds=60.0, memory=300 << 20, file_bytes=1 << 30)
    ingested = read_beside(tmp_path, "a.xlsx", data, limits)
    assert report_of(ingested, "a.xlsx").reason == "too_many_cells"


def test_slipping_names_write_nothing_outside(tmp_path: Path):
    folder = tmp_path / "inner" / "docs"
    folder.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    read_beside(folder, "a.zip", archive({"../../evil.txt": PLAIN.encode()}))
    assert {p.name for p in set(tmp_path.rglob("*")) - before} == {"a.zip", "0.csv", "z.txt"}


def test_entity_that_names_a_file_is_not_followed(tmp_path: Path):
    ingested = read_beside(tmp_path, "a.docx", hostile.outside_docx())
    host = Path("/etc/hostname")
    told = host.read_text(encoding="utf-8").strip() if host.exists() else "no such file"
    assert all(told not in document.text for document in ingested.documents)


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / "secret.txt").write_text("秘密の文書です。", encoding="utf-8")
    try:
        (docs / "a.txt").symlink_to(tmp_path / "secret.txt")
    except OSError:
        pytest.skip("this system makes no links")
    ingested = read_beside(docs, "b.txt", PLAIN.encode())
    assert report_of(ingested, "a.txt").reason == "skipped_outside"
    assert all("秘密" not in document.text for document in ingested.documents)
