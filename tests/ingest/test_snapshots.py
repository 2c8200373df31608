import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from errors import JireiError
from ingest import reading, snapshots
from ingest.documents import Document, Facts, FileReport, Known, Metadata, Reading
from ingest.folders import files_of, ingest
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.reading import Outcome, digest_of_code
from ingest.snapshots import Found, key_of, take_snapshot

TEXT = "# 町田市の事例\n\n町田市は始めた。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one document."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(TEXT, "utf-8")
    return tmp_path / "docs"


def keys(folder: Path, rules: str = "", **limits: int) -> list[str]:
    own = replace(DEFAULT_LIMITS, **limits)
    return [key_of(file, rules, own) for file in files_of([folder])]


def test_key_tells_name_bytes_and_rules(folder):
    (first,) = keys(folder)
    assert keys(folder) == [first]
    found = {first, *keys(folder, "other rules")}
    (folder / "a.md").write_text(TEXT + "二。\n", "utf-8")
    found.update(keys(folder))
    (folder / "a.md").write_text(TEXT, "utf-8")
    assert keys(folder) == [first]
    (folder / "a.md").rename(folder / "b.md")
    found.update(keys(folder))
    assert len(found) == 4


def test_key_cannot_be_shifted_from_the_name_into_the_bytes(folder):
    (folder / "a.md").write_bytes(b"b\nc")
    one = Found(folder / "a.md", "x", None)
    (folder / "b.md").write_bytes(b"c")
    other = Found(folder / "b.md", "x\nb", None)
    assert key_of(one, "", DEFAULT_LIMITS) != key_of(other, "", DEFAULT_LIMITS)


def test_bytes_of_a_file_that_is_not_read_do_not_matter(folder):
    (folder / "film.mp4").write_bytes(b"1")
    before = keys(folder)
    (folder / "film.mp4").write_bytes(b"2")
    assert keys(folder) == before


def test_copy_is_what_the_key_stands_for(folder, tmp_path):
    (file,) = files_of([folder])
    copy = tmp_path / "copy"
    assert take_snapshot(file, copy, "", DEFAULT_LIMITS) == key_of(file, "", DEFAULT_LIMITS)
    assert copy.read_text("utf-8") == TEXT


def test_file_that_changes_before_it_is_read_is_known_by_what_was_read(folder, monkeypatch):
    read = snapshots.take_snapshot

    def late(file: Found, copy: Path, rules: str, limits: object) -> str:
        key = read(file, copy, rules, DEFAULT_LIMITS)
        file.path.write_text(TEXT + "あとから。\n", "utf-8")
        return key

    before = keys(folder)
    monkeypatch.setattr("ingest.folders.take_snapshot", late)
    ingested = ingest([folder])
    assert [document.text for document in ingested.documents] == [TEXT]
    assert [file.key for file in ingested.files] == before != keys(folder)


def test_file_that_changes_each_time_it_is_copied_is_refused(folder, monkeypatch):
    state, number = snapshots._state, iter(range(100))
    monkeypatch.setattr(snapshots, "_state", lambda source: (*state(source), next(number)))
    (folder / "b.txt").write_text("町田市", "utf-8")
    with pytest.raises(JireiError, match="読んでいる間に変わりました") as caught:
        ingest([folder])
    assert caught.value.key == "file_changed"


def test_file_that_changes_once_while_it_is_copied_is_copied_again(folder, monkeypatch):
    blocks = snapshots._blocks
    late = iter([True])

    def growing(source, limits):
        yield from blocks(source, limits)
        if next(late, False):
            (folder / "a.md").write_text(TEXT + "追記。\n", "utf-8")

    monkeypatch.setattr(snapshots, "_blocks", growing)
    assert [d.text for d in ingest([folder]).documents] == [TEXT + "追記。\n"]


@pytest.mark.parametrize("name", ["b.md", "b.csv", "b.zip", "b.pdf"])
def test_file_beyond_the_cap_is_refused_whatever_its_format(folder, name):
    (folder / name).write_bytes(b"x" * 101)
    limits = replace(DEFAULT_LIMITS, file_bytes=100)
    reports = ingest([folder], limits=limits).reports
    assert [(r.status, r.reason) for r in reports] == [("read", None), ("failed", "file_too_large")]
    before = keys(folder, file_bytes=100)
    (folder / name).write_bytes(b"x" * 500)
    assert keys(folder, file_bytes=100) == before


def test_full_disk_for_the_copies_ends_the_build_and_loses_no_document(folder, monkeypatch):
    def full(source, limits):
        yield b"x"

    monkeypatch.setattr(snapshots, "_blocks", full)
    real = Path.open

    def refuse(self: Path, mode: str = "r", *rest: object, **more: object):
        if mode == "wb":
            raise OSError(28, "No space left on device")
        return real(self, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(JireiError, match="No space left") as caught:
        ingest([folder])
    assert caught.value.key == "disk_write"


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_name_that_is_no_text_is_told_and_stops_nothing(folder):
    try:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/\xff.md"))
        path.write_text(TEXT, "utf-8")
    except OSError:
        pytest.skip("this disk refuses such names")
    bad = next(r for r in ingest([folder]).reports if r.status == "failed")
    assert (bad.path, bad.reason) == ("docs/?.md", "name_broken")
    assert len(set(keys(folder))) == 2


def test_folder_that_cannot_be_opened_is_told(folder, monkeypatch):
    closed = folder / "closed"
    closed.mkdir()
    (closed / "b.md").write_text(TEXT, "utf-8")
    open_before = keys(folder)
    scandir = os.scandir

    # Taken away here and not on the disk, since root may read everything.
    def without_rights(path):
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", without_rights)
    reports = ingest([folder]).reports
    assert [(r.path, r.reason) for r in reports] == [
        ("docs/a.md", None),
        ("docs/closed", "folder_unreadable"),
    ]
    assert keys(folder) != open_before


# Files that are known.


def known_of(folder: Path) -> dict[str, Known]:
    ingested = ingest([folder])
    return {
        file.key: Known(
            file,
            tuple(d for d in ingested.documents if d.id == file.reports[0].path),
            tuple(c for c in ingested.chunks if c.document == file.reports[0].path),
        )
        for file in ingested.files
    }


def test_known_files_are_not_read_again_and_give_the_same(folder, monkeypatch):
    (folder / "b.csv").write_text("市,内容\n津市,窓口\n", "utf-8")
    (folder / "c.xyz").write_bytes(b"x")
    fresh, known = ingest([folder]), known_of(folder)
    monkeypatch.setattr("ingest.folders.take_snapshot", lambda *_: pytest.fail("it was read"))
    told: list[FileReport] = []
    again = ingest([folder], known=known, on_file=told.append)
    assert (again.documents, again.chunks) == (fresh.documents, fresh.chunks)
    assert again.files == fresh.files
    assert again.reports == told
    assert again.known == {"docs/a.md", "docs/b.csv"}
    assert fresh.known == frozenset()


def test_twin_of_a_known_file_is_found_anew(folder):
    (folder / "b.md").write_text(TEXT, "utf-8")
    known = known_of(folder)
    twin = ingest([folder], known=known).reports[1]
    assert twin.duplicate_of == "docs/a.md"
    (folder / "a.md").unlink()
    (alone,) = ingest([folder], known=known).reports
    assert alone.duplicate_of is None


def test_known_failure_ends_a_strict_run_too(folder):
    (folder / "b.csv").write_bytes(b"")
    known = known_of(folder)
    with pytest.raises(JireiError) as caught:
        ingest([folder], known=known, strict=True)
    assert caught.value.key == "file_empty"


# What cannot be written down.


def test_file_that_office_makes_beside_an_open_one_is_left_out(folder):
    (folder / "~$brief.docx").write_bytes(b"owner")
    assert [report.path for report in ingest([folder]).reports] == ["docs/a.md"]


@pytest.mark.parametrize(("id_", "text"), [("docs/a.md", "津市\ud800"), ("docs/\udcff.md", "津市")])
def test_half_a_character_makes_a_broken_file_not_a_broken_build(folder, monkeypatch, id_, text):
    (folder / "b.md").write_text(TEXT, "utf-8")
    read = reading.read_file

    def halved(path: Path, document_id: str, limits: Limits) -> list[Outcome]:
        if document_id != "docs/a.md":
            return read(path, document_id, limits)
        document = Document(id_, text, 0, Metadata("題"), True)
        return [Outcome(id_, "read", reading=Reading(document, Facts()))]

    monkeypatch.setattr("ingest.folders.read_file", halved)
    bad, good = ingest([folder]).reports
    assert (bad.status, bad.reason, good.status) == ("failed", "file_broken", "read")
    assert bad.path in ("docs/a.md", "docs/?.md")


def test_code_and_data_of_a_package_decide_its_digest(
    tmp_path: Path,
) -> None:
    def digest() -> str:
        return digest_of_code(str(tmp_path / "reading.py"))

    (tmp_path / "loaders").mkdir()
    (tmp_path / "reading.py").write_text("a = 1\n")
    (tmp_path / "loaders" / "pdf.py").write_text("b = 1\n")
    first = digest()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "reading.pyc.1").write_bytes(b"compiled")
    (tmp_path / ".reading.py.swp").write_bytes(b"open")
    assert digest() == first
    (tmp_path / "loaders" / "pdf.py").write_text("b = 2\n")
    second = digest()
    assert second != first
    (tmp_path / "loaders" / "pdf.py").rename(tmp_path / "loaders" / "word.py")
    assert digest() not in (first, second)
