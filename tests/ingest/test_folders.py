import os
from pathlib import Path

import pytest

from errors import JireiError
from ingest.chunking import chunk_document
from ingest.documents import Chunk, Document, FileReport
from ingest.folders import files_below, ingest
from tests.ingest.animals import archive

GOOD = "# 町田市の事例\n\n町田市は始めた。\n"


def write(folder: Path, **files: str | bytes) -> Path:
    """Markdown files in `folder`, named without their ending; "__" stands for "/"."""
    for name, content in files.items():
        put(folder / (name.replace("__", "/") + ".md"), content)
    return folder


def put(path: Path, content: str | bytes = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def ids(root: Path) -> list[str]:
    return [document_id for _, document_id in files_below(root)]


# Which files are looked at.


def test_files_below_gives_ids_from_the_parent_of_the_folder_with_japanese_names(tmp_path: Path):
    root = write(tmp_path / "事例集", 町田市=GOOD, 令和七年__三重県=GOOD)
    assert list(files_below(root)) == [
        (root / "令和七年" / "三重県.md", "事例集/令和七年/三重県.md"),
        (root / "町田市.md", "事例集/町田市.md"),
    ]


def test_files_below_a_folder_are_sorted_whatever_the_order_of_writing(tmp_path: Path):
    root = write(tmp_path / "docs", c=GOOD, a=GOOD, b__z=GOOD, b__y=GOOD)
    assert ids(root) == ["docs/a.md", "docs/b/y.md", "docs/b/z.md", "docs/c.md"]


def test_files_below_a_single_file_is_that_file_under_its_name(tmp_path: Path):
    path = put(tmp_path / "docs" / "町田市.md")
    assert list(files_below(path)) == [(path, "町田市.md")]


def test_files_below_leaves_out_hidden_files_and_folders(tmp_path: Path):
    root = write(tmp_path / "docs", **{"a": GOOD, ".hidden": GOOD, ".git__b": GOOD, "c__.d": GOOD})
    assert ids(root) == ["docs/a.md"]


def test_files_below_a_hidden_root_are_found(tmp_path: Path):
    assert ids(write(tmp_path / ".notes", a=GOOD)) == [".notes/a.md"]


def test_files_below_follows_a_relative_root(tmp_path: Path, monkeypatch):
    write(tmp_path / "docs", a=GOOD)
    monkeypatch.chdir(tmp_path / "docs")
    assert ids(Path(".")) == ["docs/a.md"]


def test_files_below_an_empty_folder_are_none(tmp_path: Path):
    (tmp_path / "docs" / "empty").mkdir(parents=True)
    assert ids(tmp_path / "docs") == []


def test_files_below_a_missing_folder_is_refused(tmp_path: Path):
    match = r"無い場所 がありません。フォルダーの場所を確かめて"
    with pytest.raises(JireiError, match=match) as info:
        ids(tmp_path / "無い場所")
    assert info.value.key == "path_missing"


@pytest.mark.parametrize("below", ["", "docs"])
def test_files_below_a_folder_whose_name_is_no_text_is_refused(tmp_path: Path, below: str):
    # As a file server leaves a Shift_JIS name: every path below it cannot be written down either.
    folder = tmp_path / os.fsdecode(b"\x83f\x81[") / below
    folder.mkdir(parents=True)
    with pytest.raises(JireiError, match=r"\?f\?\[.* は名前の文字コードが壊れています") as info:
        ids(folder)
    assert info.value.key == "name_broken"


# What is read.


def test_ingest_the_small_corpus_reads_four_documents_and_reports_on_each(corpus: Path):
    ingested = ingest([corpus])
    assert [(r.path, r.status, r.cases, r.chunks) for r in ingested.reports] == [
        ("docs/articles/what.md", "read", 0, 1),
        ("docs/cases/machida.md", "read", 1, 2),
        ("docs/cases/mie.md", "read", 1, 1),
        ("docs/cases/saitama.md", "read", 1, 2),
    ]
    assert [d.id for d in ingested.documents] == [r.path for r in ingested.reports]
    assert [c.document.split("/")[-1] for c in ingested.chunks] == [
        *("what.md", "machida.md", "machida.md", "mie.md", "saitama.md", "saitama.md")
    ]


def test_ingest_counts_each_place_of_a_file_once(tmp_path: Path):
    text = "# 集\n## 町田市の事例\n一。\n## 三重県の事例\n二。\n## 町田市の事例\n三。\n"
    (report,) = ingest([write(tmp_path / "docs", a=text)]).reports
    assert (report.cases, report.chunks) == (2, 4)


def test_ingest_a_single_file(tmp_path: Path):
    path = put(tmp_path / "docs" / "町田市.txt", "町田市の事例\n\n始めた。\n")
    assert [d.id for d in ingest([path]).documents] == ["町田市.txt"]


def test_ingest_takes_endings_in_capitals(tmp_path: Path):
    path = put(tmp_path / "docs" / "A.MD")
    assert [r.status for r in ingest([path]).reports] == ["read"]


def test_ingest_several_folders_one_after_the_other(tmp_path: Path):
    roots = [write(tmp_path / "乙", b=GOOD), write(tmp_path / "甲", a=GOOD)]
    assert [d.id for d in ingest(roots).documents] == ["乙/b.md", "甲/a.md"]


def test_ingest_the_same_folder_twice_reads_it_once(tmp_path: Path):
    root = write(tmp_path / "docs", a=GOOD)
    assert len(ingest([root, root]).reports) == 1


def test_ingest_tells_each_report_as_it_goes(tmp_path: Path):
    told: list[FileReport] = []
    root = write(tmp_path / "docs", a=GOOD, b=b"")
    put(root / "c.mp4", b"%PDF")
    ingested = ingest([root], on_file=told.append)
    assert told == list(ingested.reports)
    assert [report.status for report in told] == ["read", "failed", "skipped"]


# What is left out.


@pytest.mark.parametrize(
    "name", ["README.md", "readme.txt", "README.ja.md", "LICENSE", "LICENCE.txt", "CHANGELOG.md"]
)
def test_ingest_skips_files_about_the_folder(tmp_path: Path, name):
    root = write(tmp_path / "docs", z=GOOD)
    put(root / name)
    ingested = ingest([root])
    assert ingested.reports[0] == FileReport(f"docs/{name}", "skipped", "skipped_about")
    assert [d.id for d in ingested.documents] == ["docs/z.md"]


def test_ingest_reads_a_file_whose_name_only_begins_like_readme(tmp_path: Path):
    assert ingest([write(tmp_path / "docs", readme集=GOOD)]).reports[0].status == "read"


@pytest.mark.parametrize("name", ["a.mp4", "a.exe", "a.jtd", "a", "a.md.bak"])
def test_ingest_skips_formats_it_does_not_know(tmp_path: Path, name):
    root = write(tmp_path / "docs", z=GOOD)
    put(root / name, b"\x00\xff")
    assert ingest([root]).reports[0] == FileReport(f"docs/{name}", "skipped", "skipped_format")


def test_ingest_says_nothing_of_hidden_files(tmp_path: Path):
    root = write(tmp_path / "docs", **{"a": GOOD, ".broken": "\x00"})
    assert [report.path for report in ingest([root]).reports] == ["docs/a.md"]


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_ingest_tells_of_links_that_lead_out_and_reads_no_folder_twice(tmp_path: Path):
    root = write(tmp_path / "docs", a=GOOD, inner__b=GOOD)
    write(tmp_path / "elsewhere", c=GOOD)
    (root / "out").symlink_to(tmp_path / "elsewhere")
    (root / "out.md").symlink_to(tmp_path / "gone.md")
    (root / "round").symlink_to(root / "inner")
    (root / "self.md").symlink_to(root / "self.md")
    assert [(r.path, r.reason) for r in ingest([root]).reports] == [
        ("docs/a.md", None),
        ("docs/inner/b.md", None),
        ("docs/out", "skipped_outside"),
        ("docs/out.md", "skipped_outside"),
        ("docs/self.md", "file_unreadable"),
    ]


def test_ingest_gives_each_file_in_archives_an_id_of_its_own(tmp_path: Path):
    inner = archive({"c.md": b"# one\n\nfirst.\n"})
    both = archive({"b.zip": inner, "b.zip/c.md": b"# two\n\nsecond.\n"})
    put(tmp_path / "docs" / "a.zip", both)
    documents = ingest([tmp_path / "docs"]).documents
    assert {d.id: d.text.split()[1] for d in documents} == {
        "docs/a.zip/b.zip/c.md": "one",
        "docs/a.zip/b.zip/c (2).md": "two",
    }


# What is refused.


@pytest.mark.parametrize(
    ("content", "reason", "values"),
    [
        (b"ab\x83", "encoding_unknown", {"at": 2}),
        (b"ab\x00", "file_binary", {"at": 2}),
        (b"", "file_empty", {}),
        ("---\ntitle: 題\n", "front_matter_open", {}),
        ("---\ntitle: a: b\n---\n", "front_matter_broken", {"line": 2}),
        ("---\nthemes: RPA\n---\n", "front_matter_not_list", {"field": "themes"}),
        ('---\nperiod: "\\ud800"\n---\n本文。\n', "file_broken", {"why": "Unicode"}),
        ("---\nmunicipality: 架空市\n---\n", "municipality_unknown", {"name": "架空市"}),
        ("---\nmunicipality: 府中市\n---\n", "municipality_ambiguous", {"name": "府中市"}),
    ],
)
def test_ingest_one_bad_file_is_reported_and_the_rest_is_read(
    tmp_path: Path, content, reason, values
):
    ingested = ingest([write(tmp_path / "docs", a=GOOD, b=content, c=GOOD)])
    assert [d.id for d in ingested.documents] == ["docs/a.md", "docs/c.md"]
    failed = FileReport("docs/b.md", "failed", reason, {"file": "docs/b.md", **values})
    assert ingested.reports[1] == failed


def test_ingest_a_folder_of_one_bad_file_is_refused_with_its_reason(tmp_path: Path):
    with pytest.raises(JireiError, match=r"docs/b.md は空です。中身を入れるか、取り除いて") as info:
        ingest([write(tmp_path / "docs", b=b"")])
    assert info.value.key == "file_empty"


def test_ingest_a_missing_folder_is_refused(tmp_path: Path):
    with pytest.raises(JireiError, match=r"無い がありません。フォルダーの場所を確かめて") as info:
        ingest([write(tmp_path / "docs", a=GOOD), tmp_path / "無い"])
    assert info.value.key == "path_missing"


@pytest.mark.parametrize("name", [None, "a.mp4", "README.md", ".hidden.md"])
def test_ingest_a_folder_without_documents_is_refused(tmp_path: Path, name):
    (tmp_path / "空の箱").mkdir()
    if name:
        put(tmp_path / "空の箱" / name)
    match = r"空の箱 に読める文書がありません。PDF・Word・Excel・テキストなどのファイルを入れて"
    with pytest.raises(JireiError, match=match) as info:
        ingest([tmp_path / "空の箱"])
    assert info.value.key == "no_documents"


def test_ingest_the_same_id_from_two_folders_is_refused(tmp_path: Path):
    one, other = write(tmp_path / "甲" / "docs", a=GOOD), write(tmp_path / "乙" / "docs", a=GOOD)
    match = r"甲/docs/a.md と .*乙/docs/a.md はどちらも docs/a.md という.*フォルダー名を変えて"
    with pytest.raises(JireiError, match=match) as info:
        ingest([one, other])
    assert info.value.key == "same_id"


def test_ingest_strictly_stops_at_the_first_bad_file(tmp_path: Path):
    root = write(tmp_path / "docs", a=GOOD, b=b"", c="\x00")
    with pytest.raises(JireiError, match=r"docs/b.md は空です"):
        ingest([root], strict=True)


def test_ingest_tells_of_the_same_text_under_another_name(tmp_path: Path):
    root = write(tmp_path / "docs", a=GOOD, b=GOOD.encode("cp932"), c="# 別の文書\n")
    twins = [report.duplicate_of for report in ingest([root]).reports]
    assert twins == [None, "docs/a.md", None]


def test_ingest_a_document_that_lost_characters_on_the_way_has_failed(tmp_path: Path, monkeypatch):
    def lose(document: Document) -> tuple[Chunk, ...]:
        chunks = chunk_document(document)
        return chunks[:-1] if "三重県" in document.text else chunks

    monkeypatch.setattr("ingest.folders.chunk_document", lose)
    text = "# 集\n## 三重県の事例\n一二三。\n## 終わり\n四五。\n"
    ingested = ingest([write(tmp_path / "docs", a=GOOD, b=text)])
    failed = ingested.reports[1]
    # "##", "終わり" and "四五。" are 8 characters.
    assert (failed.reason, failed.values["missing"]) == ("characters_lost", 8)
    assert [d.id for d in ingested.documents] == ["docs/a.md"]
