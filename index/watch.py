"""Tells when files below folders have changed and come to rest."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from errors import JireiError

QUIET_SECONDS = 1.0
LONGEST_SECONDS = 30.0
LOOK_SECONDS = 1.0
CHANGES = {"created", "modified", "deleted", "moved"}


class _Handler(FileSystemEventHandler):
    """Sets an event at every change, but not when a file is only read."""

    def __init__(self, ignored: Path) -> None:
        self.changed = Event()
        self._ignored = ignored.resolve()

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(str(event.src_path))
        if event.event_type in CHANGES and not path.is_relative_to(self._ignored):
            self.changed.set()


def changes(
    roots: Sequence[Path],
    ignored: Path,
    *,
    poll: bool = False,
    quiet: float = QUIET_SECONDS,
    longest: float = LONGEST_SECONDS,
) -> Iterator[None]:
    """Yields once when it begins to look, then whenever something below `roots` has changed.

    It waits until nothing changed for `quiet` seconds, but no longer than `longest`; what changes
    while the caller works is told next. Changes below `ignored` do not count. A root that
    goes away and comes back is looked at again. With `poll` it looks every second, for network
    drives that tell nothing. Raises JireiError if the system cannot watch.
    """
    handler = _Handler(ignored)
    with _observing(poll) as observer:
        seen = _schedule(observer, roots, handler)
        yield
        while True:
            if handler.changed.wait(LOOK_SECONDS):
                _settle(handler.changed, quiet, longest)
            if _identities(roots) != seen:
                observer.unschedule_all()
                seen = _schedule(observer, roots, handler)
            elif not handler.changed.is_set():
                continue
            handler.changed.clear()
            yield


@contextmanager
def _observing(poll: bool) -> Iterator[BaseObserver]:
    observer = PollingObserver() if poll else Observer()
    observer.start()
    try:
        yield observer
    finally:
        observer.stop()
        observer.join()


def _schedule(
    observer: BaseObserver, roots: Sequence[Path], handler: _Handler
) -> list[tuple[int, int] | None]:
    seen = _identities(roots)
    for root in roots:
        try:
            if root.is_dir():
                observer.schedule(handler, str(root.resolve()), recursive=True)
            elif root.exists():
                observer.schedule(handler, str(root.resolve().parent), recursive=False)
        except OSError as error:
            raise JireiError("watch_failed", path=root, why=error.strerror) from error
    return seen


def _identities(roots: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Which folder each root is, None where there is none: one made anew is another."""
    found: list[tuple[int, int] | None] = []
    for root in roots:
        try:
            stat = root.stat()
        except OSError:
            found.append(None)
        else:
            found.append((stat.st_dev, stat.st_ino) if root.is_dir() else (0, 0))
    return found


def _settle(changed: Event, quiet: float, longest: float) -> None:
    """Returns, with `changed` set, when it was not set for `quiet` seconds."""
    until = monotonic() + longest
    while changed.is_set() and monotonic() < until:
        changed.clear()
        changed.wait(quiet)
    changed.set()
