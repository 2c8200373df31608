import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from answer.respond import Answerer
from errors import JireiError
from index import watch as module
from index.build import build
from index.commands import follow
from index.life import roll_back
from index.manifest import current_name
from index.watch import changes
from settings import ROOT, Settings
from tests.index.editing import ADDED, MIE, append

PATIENT = 60.0


class Watched:
    """A thread that looks at a folder; `told` gets a number for each time it has changed."""

    def __init__(self, roots: list[Path], ignored: Path, **options: object) -> None:
        self.told: Queue[int] = Queue()
        self._looking = changes(roots, ignored, **options)  # type: ignore[arg-type]
        Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        for number, _ in enumerate(self._looking):
            self.told.put(number)

    def next(self) -> int:
        """Waits for the next change. Raises queue.Empty if there is none for long."""
        return self.told.get(timeout=PATIENT)

    def settled(self) -> int:
        """Waits for the last change before a second without any."""
        last = self.next()
        while True:
            time.sleep(1.0)
            if self.told.empty():
                return last
            last = self.next()


@pytest.fixture
def look(corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.05)

    def begin(root: Path = corpus, **options: object) -> Watched:
        watched = Watched([root], settings.var, quiet=0.1, **options)
        assert watched.next() == 0
        return watched

    return begin


@pytest.mark.parametrize("poll", [False, True])
@pytest.mark.parametrize("what", ["add", "change", "delete", "rename", "below"])
def test_every_kind_of_change_is_told(look, corpus, what, poll):
    watched = look(poll=poll)
    if what == "add":
        (corpus / "new.md").write_text(ADDED, "utf-8")
    elif what == "change":
        append(corpus, MIE, ADDED)
    elif what == "delete":
        (corpus / MIE).unlink()
    elif what == "rename":
        (corpus / MIE).rename(corpus / "other.md")
    else:
        (corpus / "a" / "b").mkdir(parents=True)
        (corpus / "a" / "b" / "new.md").write_text(ADDED, "utf-8")
    assert watched.next() == 1


def test_reading_and_the_ignored_folder_tell_nothing(look, corpus, settings):
    ignored = corpus / "var"
    ignored.mkdir()
    watched = Watched([corpus], ignored, quiet=0.1)
    assert watched.next() == 0
    (corpus / MIE).read_bytes()
    list(corpus.rglob("*"))
    (ignored / "x").write_text("x")
    (ignored / "x").unlink()
    time.sleep(0.5)
    assert watched.told.empty()
    append(corpus, MIE, ADDED)
    assert watched.next() == 1


def test_many_changes_in_a_row_are_told_together(look, corpus):
    watched = look()
    for number in range(200):
        (corpus / f"{number}.md").write_text(ADDED, "utf-8")
    assert watched.settled() < 10


def test_changes_that_never_rest_are_told_after_the_longest_wait(look, corpus):
    watched = look(longest=0.3)
    stop: list[bool] = []

    def write() -> None:
        while not stop:
            (corpus / "log.txt").write_text(ADDED, "utf-8")
            time.sleep(0.01)

    thread = Thread(target=write, daemon=True)
    thread.start()
    try:
        assert watched.next() == 1
        assert thread.is_alive()
    finally:
        stop.append(True)
        thread.join()


def test_folder_that_goes_and_comes_back_is_watched_again(look, corpus, tmp_path):
    watched = look()
    shutil.copytree(corpus, tmp_path / "copy")
    shutil.rmtree(corpus)
    watched.settled()
    (tmp_path / "copy").rename(corpus)
    watched.settled()
    append(corpus, MIE, ADDED)
    watched.next()


def test_single_file_is_watched(look, corpus):
    watched = look(corpus / MIE)
    append(corpus, MIE, ADDED)
    assert watched.next() == 1


def test_system_that_cannot_watch_is_told(corpus, settings, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.schedule", refuse)
    with pytest.raises(JireiError, match=r"inotify watch limit.*--poll") as caught:
        next(changes([corpus], settings.var))
    assert caught.value.key == "watch_failed"


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

    monkeypatch.setattr(module, "changes", thrice)
    follow([corpus], settings, rebuild, poll=False)
    first, second = capsys.readouterr().err.splitlines()
    assert "x に読める文書がありません" in first
    assert "y を開けません（gone）" in second
    assert next(outcomes, "none left") == "none left"


def test_index_that_a_rollback_holds_is_left_alone(
    built, corpus, settings, encoder, monkeypatch, capsys
):
    append(corpus, MIE, ADDED)
    build([corpus], encoder, settings)
    roll_back(settings, encoder)
    monkeypatch.setattr(module, "changes", lambda *_, **__: iter([None]))
    follow([corpus], settings, lambda first: pytest.fail("it was built"), poll=False)
    assert f"索引は {built.generation.name} に戻されたまま" in capsys.readouterr().out


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
