"""Files that are handed in: kept by their hash, told by their name."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import JireiError
from ingest import uploads as module
from ingest.folders import files_below, ingest
from ingest.limits import MB, UploadCaps
from ingest.names import LONGEST, safe_name
from ingest.uploads import INDEX, Uploads, is_uploads, read_uploads, with_uploads
from tests.ingest.zoo import all_animals

CAPS = UploadCaps(files=3, file_bytes=2 * MB, total_bytes=3 * MB)
TEXT = "京都市は、窓口の申請をタブレットで受け付けている。\n".encode("cp932")


@pytest.fixture
def store(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", CAPS)


def refused(store: Uploads, *args, **kwargs) -> str:
    before = store.files()
    with pytest.raises(JireiError) as caught:
        store.put(*args, **kwargs)
    assert store.files() == before
    return caught.value.key


def blobs(tmp_path: Path) -> set[str]:
    return {p.name for p in (tmp_path / "uploads").iterdir()} - {INDEX, ".lock"}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("議事録.docx", "議事録.docx"),
        ("C:\\Users\\sato\\名簿.xlsx", "名簿.xlsx"),
        ("..\\..\\windows\\win.txt", "win.txt"),
        ("\\\\server\\share\\案.pdf", "案.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "unnamed"),
        ("", "unnamed"),
        (".htaccess", "htaccess"),
        ("a\u202efdp.exe.txt", "afdp.exe.txt"),
        ("\u2066x\u2069.md", "x.md"),
        ("a\nb\x00c\td.txt", "a bc d.txt"),
        ("か\u3099っこう.csv", "がっこう.csv"),
        ("半\udcff.txt", "半.txt"),
        ("長" * 300 + ".pdf", "長" * 116 + ".pdf"),
        ("# [x](http://x.example) <b>.md", "x.example) <b>.md"),
    ],
)
def test_name_becomes_one_harmless_part_of_an_id(name: str, safe: str):
    assert safe_name(name) == safe


@given(st.text() | st.text("./\\: あ\u202e\u0301か\u3099", max_size=200))
def test_safe_name_is_never_a_path_and_stays_itself(name: str):
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert 0 < len(safe) <= LONGEST
    assert not set(safe) & set("/\\\n\0")
    assert safe not in (".", "..")
    assert Path("folder", safe).parent == Path("folder")


def test_file_lies_under_its_hash_and_keeps_its_name(store: Uploads, tmp_path: Path):
    kept = store.put("..\\議事録.txt", TEXT)
    assert (kept.how, kept.upload.name, kept.upload.given) == (
        "added",
        "議事録.txt",
        "..\\議事録.txt",
    )
    assert blobs(tmp_path) == {sha256(TEXT).hexdigest()}
    assert (tmp_path / "uploads" / sha256(TEXT).hexdigest()).read_bytes() == TEXT
    assert store.files() == (kept.upload,)
    assert kept.upload.size == len(TEXT)


def test_upload_is_read_as_a_document_called_by_its_name(store: Uploads, tmp_path: Path):
    store.put("議事録.txt", TEXT)
    found = ingest([tmp_path / "uploads"])
    (document,) = found.documents
    assert document.id == "uploads/議事録.txt"
    assert document.text == TEXT.decode("cp932")
    (report,) = found.reports
    assert (report.path, report.status) == ("uploads/議事録.txt", "read")
    assert report.facts
    assert report.facts.encoding == "cp932"


def test_foreign_format_is_chosen_by_the_name_not_the_path(store: Uploads, tmp_path: Path):
    store.put("件数.csv", "課,件数\n総務課,12\n".encode())
    (document,) = ingest([tmp_path / "uploads"]).documents
    assert document.text == "課、件数\n課：総務課、件数：12\n\n"


def test_upload_of_every_format_is_read(tmp_path: Path):
    whole = {a.name.rpartition(".")[2]: a for a in all_animals() if a.reason is None and a.holds}
    assert len(whole) >= 15
    store = Uploads(tmp_path / "uploads", UploadCaps(99, 9 * MB, 99 * MB))
    for animal in whole.values():
        store.put(animal.name, animal.data)
    reports = ingest([tmp_path / "uploads"]).reports
    assert [(r.path, r.reason) for r in reports if r.status != "read"] == []


def test_same_name_takes_the_place_of_the_earlier_file(store: Uploads, tmp_path: Path):
    first = store.put("案.txt", b"first version")
    again = store.put("案.txt", b"second version")
    assert (again.how, again.replaced) == ("replaced", first.upload)
    assert store.files() == (again.upload,)
    assert blobs(tmp_path) == {again.upload.sha256}


def test_file_may_take_the_place_of_one_with_another_name(store: Uploads):
    store.put("案1.txt", b"first version")
    store.put("別.txt", b"another")
    kept = store.put("案2.txt", b"second version", instead_of="案1.txt")
    assert kept.how == "replaced"
    assert [each.name for each in store.files()] == ["別.txt", "案2.txt"]


def test_third_file_is_not_lost_when_one_takes_the_place_of_another(store: Uploads):
    store.put("案1.txt", b"first version")
    store.put("別.txt", b"another")
    assert refused(store, "別.txt", b"second", instead_of="案1.txt") == "upload_name_taken"
    assert refused(store, "x.txt", b"second", instead_of="無い.txt") == "upload_unknown"


def test_same_content_twice_is_told(store: Uploads):
    kept = store.put("案.txt", TEXT)
    assert store.put("案.txt", TEXT).how == "same"
    with pytest.raises(JireiError) as caught:
        store.put("写し.txt", TEXT)
    assert (caught.value.key, caught.value.values["other"]) == ("upload_twin", "案.txt")
    assert store.files() == (kept.upload,)


def test_removed_file_is_off_the_disk(store: Uploads, tmp_path: Path):
    store.put("案.txt", TEXT)
    store.remove("案.txt")
    assert store.files() == ()
    assert blobs(tmp_path) == set()
    with pytest.raises(JireiError, match=r"案\.txt"):
        store.remove("案.txt")


def test_caps_and_formats_are_kept_to(store: Uploads):
    assert refused(store, "a.exe", b"x") == "upload_format"
    assert refused(store, "a", b"x") == "upload_format"
    assert refused(store, "a.txt", b"") == "file_empty"
    assert refused(store, "a.txt", bytes(2 * MB + 1)) == "file_too_large"
    store.put("a.txt", b"a" * 2 * MB)
    assert refused(store, "b.txt", b"b" * 2 * MB) == "uploads_large"
    store.put("a.txt", b"c" * 2 * MB)  # takes the place, and so the room, of the first
    store.put("b.txt", b"b")
    store.put("c.txt", b"c")
    assert refused(store, "d.txt", b"d") == "uploads_many"


def test_damaged_upload_is_reported_and_the_rest_is_read(store: Uploads, tmp_path: Path):
    broken = store.put("破損.txt", TEXT).upload
    gone = store.put("紛失.txt", b"gone").upload
    store.put("無事.txt", "三重県は相談窓口を設けた。".encode())
    (tmp_path / "uploads" / broken.sha256).write_bytes(TEXT[:-9])
    (tmp_path / "uploads" / gone.sha256).unlink()
    reports = {r.path: r.reason for r in ingest([tmp_path / "uploads"]).reports}
    assert reports == {
        "uploads/破損.txt": "upload_damaged",
        "uploads/紛失.txt": "upload_damaged",
        "uploads/無事.txt": None,
    }


@pytest.mark.parametrize("damage", [lambda p: p.write_bytes(b"x"), lambda p: p.unlink()])
def test_damaged_upload_is_mended_by_handing_it_in_again(store: Uploads, tmp_path: Path, damage):
    upload = store.put("案.txt", TEXT).upload
    damage(tmp_path / "uploads" / upload.sha256)
    assert store.put("案.txt", TEXT).how == "same"
    assert (tmp_path / "uploads" / upload.sha256).read_bytes() == TEXT


def test_upload_that_is_being_read_goes_with_the_next_change(
    store: Uploads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store.put("案.txt", TEXT)

    def busy(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "unlink", busy)
    assert store.remove("案.txt").name == "案.txt"
    monkeypatch.undo()
    assert store.files() == ()
    store.put("別.txt", b"other")
    assert blobs(tmp_path) == {sha256(b"other").hexdigest()}


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: b"",
        lambda raw: b"\xff" + raw,
        lambda raw: b"[]",
        lambda raw: raw.replace(b'"size": 7', b'"size": 8'),
        lambda raw: raw.replace(b'"format": 1', b'"format": 2'),
        lambda raw: b"[" * 100_000,
    ],
)
def test_damaged_index_is_told_and_nothing_is_overwritten(store: Uploads, tmp_path: Path, damage):
    store.put("案.txt", b"content")
    path = tmp_path / "uploads" / INDEX
    path.write_bytes(damage(path.read_bytes()))
    left = path.read_bytes()
    for act in (store.files, lambda: store.put("b.txt", b"b"), lambda: store.remove("案.txt")):
        with pytest.raises(JireiError) as caught:
            act()
        assert caught.value.key == "uploads_damaged"
    assert path.read_bytes() == left
    assert blobs(tmp_path) == {sha256(b"content").hexdigest()}


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b.txt", "\u202ea.txt"])
def test_index_with_a_name_that_is_a_path_is_refused_even_if_it_is_signed(
    store: Uploads, tmp_path: Path, name: str
):
    upload = store.put("a.txt", b"content").upload
    forged = [module.Upload(upload.sha256, "a", name, 7, upload.added)]
    (tmp_path / "uploads" / INDEX).write_bytes(module._dump(forged))
    with pytest.raises(JireiError, match=INDEX):
        list(files_below(tmp_path / "uploads"))


def test_write_that_fails_leaves_everything_as_it_was(
    store: Uploads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    kept = store.put("案.txt", b"first")
    real = os.replace

    def full(source: Path, target: Path) -> None:
        if Path(target).name == INDEX:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    assert refused(store, "案.txt", b"second") == "disk_write"
    monkeypatch.undo()
    assert store.files() == (kept.upload,)
    store.put("別.txt", b"other")  # what the failed write left goes with the next one
    assert blobs(tmp_path) == {sha256(b"first").hexdigest(), sha256(b"other").hexdigest()}


def test_index_is_plain_json_in_ascii(store: Uploads, tmp_path: Path):
    store.put("案\udcff.txt", b"content")
    stored = json.loads((tmp_path / "uploads" / INDEX).read_bytes().decode("ascii"))
    assert [each["given"] for each in stored["files"]] == ["案?.txt"]


def test_folder_of_uploads_comes_last_and_once(store: Uploads, tmp_path: Path):
    folder, docs = tmp_path / "uploads", tmp_path / "docs"
    assert with_uploads([docs, folder], folder) == [docs]
    store.put("案.txt", b"content")
    assert is_uploads(folder)
    assert with_uploads([folder, docs], folder) == [docs, folder]
    assert read_uploads(folder) == store.files()
