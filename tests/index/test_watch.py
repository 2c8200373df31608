import shutil
import time
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest

from errors import JireiError
from index import watch as module
from index.watch import changes
from settings import Settings
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
    last = watched.settled()
    append(corpus, MIE, ADDED)
    assert watched.next() == last + 1


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
