"""A parser that crashes, hangs or eats memory costs one file."""

import os
from pathlib import Path

import pytest

from ingest.isolation import IsolatedReader
from ingest.limits import Limits

LIMITS = Limits(seconds=20.0, memory=400 << 20)
GOOD = "課,件数\n総務課,12\n"


@pytest.fixture
def parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a module in the place of xlrd, for the child alone; its `open_workbook` runs a line."""

    def make(line: str) -> tuple[Path, Path]:
        folder = tmp_path / "stub"
        folder.mkdir()
        head = "import os, sys, time\nclass XLRDError(Exception): ...\n"
        body = f"{head}def open_workbook(*_, **__):\n    {line}\n"
        (folder / "xlrd.py").write_text(body, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(folder))
        bad, good = tmp_path / "bad.xls", tmp_path / "good.csv"
        bad.write_bytes(b"x")
        good.write_text(GOOD, encoding="utf-8")
        return bad, good

    return make


def reasons(paths: tuple[Path, Path], limits: Limits) -> list[str | None]:
    """What the bad file fails with, and the good ones before and after it."""
    bad, good = paths
    with IsolatedReader(limits) as reader:
        outcomes = [reader.read(path, path.name) for path in (good, bad, good)]
    return [reason for each in outcomes for reason in (outcome.reason for outcome in each)]


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_crash_costs_one_file_and_names_its_signal(parser):
    paths = parser("os.abort()")
    assert reasons(paths, LIMITS) == [None, "parse_crashed", None]
    with IsolatedReader(LIMITS) as reader:
        (outcome,) = reader.read(paths[0], "bad.xls")
    assert outcome.values == {"file": "bad.xls", "why": "SIGABRT"}


def test_exit_costs_one_file(parser):
    assert reasons(parser("os._exit(3)"), LIMITS) == [None, "parse_crashed", None]


def test_hang_ends_when_its_time_is_up(parser):
    limits = Limits(seconds=3.0, memory=400 << 20)
    assert reasons(parser("time.sleep(600)"), limits) == [None, "parse_timeout", None]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit on memory there")
def test_memory_beyond_the_cap_costs_one_file(parser):
    paths = parser("return [bytearray(1 << 24) for _ in range(1000)]")
    assert reasons(paths, LIMITS) == [None, "parse_memory", None]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit on memory there")
def test_memory_that_an_earlier_file_kept_is_not_held_against_the_next(parser):
    bad, _ = parser("sys.kept = getattr(sys, 'kept', []) + [bytearray(250 << 20)]; return None")
    with IsolatedReader(LIMITS) as reader:
        outcomes = [reader.read(bad, "bad.xls")[0] for _ in range(3)]
    # The stand-in returns no workbook, and memory for one of them is there each time.
    assert [outcome.reason for outcome in outcomes] == ["file_broken"] * 3


def test_unforeseen_error_of_a_parser_is_told_by_its_name(parser):
    bad, _ = parser("raise BufferError('x')")
    with IsolatedReader(LIMITS) as reader:
        (outcome,) = reader.read(bad, "bad.xls")
    assert (outcome.reason, outcome.values["why"]) == ("file_broken", "BufferError")


def test_parser_that_prints_does_not_break_the_answer(parser):
    paths = parser("print('x' * 9999); os.write(1, b'y'); os.abort()")
    assert reasons(paths, LIMITS)[::2] == [None, None]


def test_name_that_is_no_unicode_comes_back_as_it_was(tmp_path: Path):
    (tmp_path / "a.csv").write_text(GOOD, encoding="utf-8")
    with IsolatedReader(LIMITS) as reader:
        (outcome,) = reader.read(tmp_path / "a.csv", "docs/\udc83\udc41.csv")
    assert (outcome.path, outcome.status) == ("docs/\udc83\udc41.csv", "read")


def test_documents_come_back_whole(tmp_path: Path):
    (tmp_path / "a.csv").write_text(GOOD, encoding="utf-8")
    with IsolatedReader(LIMITS) as reader:
        (outcome,) = reader.read(tmp_path / "a.csv", "docs/a.csv")
    assert outcome.reading
    assert outcome.reading.document.text == "課、件数\n課：総務課、件数：12\n\n"
    assert outcome.reading.document.metadata.title == "a"
    assert outcome.reading.facts.left_out == {"left_marks": 2}
