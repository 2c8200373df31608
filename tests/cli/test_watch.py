"""`jirei watch`."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answer.respond import Answerer
from cli.watch import follow
from errors import JireiError
from index.build import build
from index.encoder import make_encoder
from index.life import roll_back
from index.manifest import current_name
from settings import ROOT, Settings
from tests.index.editing import ADDED, MIE, append

PATIENT = 60.0


def not_watched(first: bool) -> None:
    pytest.fail("it is watched")  # which would have no end


def test_folder_that_holds_the_index_or_is_missing_is_refused(settings, tmp_path, corpus):
    for root, key in ((tmp_path, "watch_own_folder"), (tmp_path / "no", "path_missing")):
        with pytest.raises(JireiError, match=str(root)) as caught:
            follow([corpus, root], settings, not_watched, poll=False)
        assert caught.value.key == key


def test_folder_whose_name_is_no_text_is_refused(settings, tmp_path):
    root = tmp_path / os.fsdecode(b"\x83f")
    root.mkdir()
    with pytest.raises(JireiError, match=r"\?f は名前の文字コード"):
        follow([root], settings, not_watched, poll=False)


def test_failed_build_is_told_and_does_not_end_the_watch(corpus, settings, monkeypatch, capsys):
    outcomes = iter([JireiError("no_documents", path="x"), FileNotFoundError(2, "gone", "y"), None])

    def rebuild(first: bool) -> None:
        outcome = next(outcomes)
        if outcome:
            raise outcome

    def thrice(*_: object, **__: object) -> Iterator[None]:
        yield from (None, None, None)

    monkeypatch.setattr("index.watch.changes", thrice)
    follow([corpus], settings, rebuild, poll=False)
    first, second = capsys.readouterr().err.splitlines()
    assert "x に読める文書がありません" in first
    assert "y を開けません（gone）" in second
    assert next(outcomes, "none left") == "none left"


def test_index_that_a_rollback_holds_is_left_alone(corpus, settings, monkeypatch, capsys):
    encoder = make_encoder(settings)
    first = build([corpus], encoder, settings).generation.name
    append(corpus, MIE, ADDED)
    build([corpus], encoder, settings)
    roll_back(settings, encoder)
    monkeypatch.setattr("index.watch.changes", lambda *_, **__: iter([None]))
    follow([corpus], settings, lambda first: pytest.fail("it was built"), poll=False)
    assert f"索引は {first} に戻されたまま" in capsys.readouterr().out


@pytest.fixture
def watching(corpus: Path, settings: Settings) -> Iterator[Callable[[str], None]]:
    """A real `jirei watch`; what it yields waits until a text is, or is no longer, answered."""
    command = [sys.executable, "-m", "cli", "watch", str(corpus)]
    errors = (settings.var.parent / "errors.txt").open("w")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors) as process:

        def until(stated: str) -> None:
            end = time.monotonic() + PATIENT
            while not current_name(settings.index_folder) or stated not in str(
                Answerer.open(settings).generation.units
            ):
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.1)

        yield until
        assert process.poll() is None
        process.kill()


def test_watch_follows_changes_past_a_bad_file(watching, corpus, settings):
    watching("SNSの相談窓口")
    (corpus / "bad.pdf").write_bytes(b"no PDF")
    append(corpus, MIE, ADDED)
    watching(ADDED)
    (corpus / "cases" / "late.md").write_text("# 津市\n\n夜も受ける。\n", "utf-8")
    watching("夜も受ける。")
    assert "bad.pdf" in (settings.var.parent / "errors.txt").read_text("utf-8")
