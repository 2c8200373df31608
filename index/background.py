"""Builds the index beside whatever else this process does, one build at a time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Condition, Thread
from time import monotonic
from typing import Literal

from errors import JireiError
from index.build import BuildProgress, build
from index.encoder import Encoder
from index.generation import Generation
from index.life import roots_of_index
from ingest.documents import FileReport
from ingest.folders import files_below
from ingest.uploads import with_uploads
from settings import Settings

Phase = Literal["idle", "waiting", "reading", "embedding", "writing", "done", "failed"]
RUNNING = frozenset(("waiting", "reading", "embedding", "writing"))
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildState:
    """How far a build is. `builds` counts those that have ended.

    `done` of `total` are files while reading, texts while embedding; `total` is 0 while it is not
    known. `seconds` is the time that took. `error` is why the last build failed.
    """

    phase: Phase = "idle"
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    builds: int = 0
    error: JireiError | None = None

    @property
    def running(self) -> bool:
        """Whether a build is under way."""
        return self.phase in RUNNING

    @property
    def rate(self) -> float:
        """Files or texts a second, 0 while nothing is done."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """The time the rest of this phase takes at that rate; None while nothing tells."""
        return (self.total - self.done) / self.rate if self.total and self.rate else None


class BackgroundBuild:
    """Builds the folders of the index and its uploads in a thread, when asked to.

    Whoever asks while a build runs gets another one after it: its files may have come too late.
    `opened` gives the generation that is open, if one is, so that a build need not read it;
    `clock` gives seconds.
    """

    def __init__(
        self,
        settings: Settings,
        encoder: Encoder,
        opened: Callable[[], Generation | None] = lambda: None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._settings = settings
        self._encoder = encoder
        self._opened = opened
        self._clock = clock
        self._changed = Condition()
        self._state = BuildState()
        self._since = 0.0
        self._asked = False

    def request(self) -> None:
        """Starts a build, or another one after that which runs."""
        with self._changed:
            self._asked = True
            if not self._state.running:
                self._enter("reading")
                Thread(target=self._run, name="jirei-build", daemon=True).start()

    def state(self) -> BuildState:
        """How far it is now."""
        with self._changed:
            if not self._state.running:
                return self._state
            return replace(self._state, seconds=self._clock() - self._since)

    def wait(self, seconds: float) -> bool:
        """Waits until no build runs; False if one still does after `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._state.running, seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._asked = False
            error = self._build()
            with self._changed:
                self._state = BuildState(
                    phase="failed" if error else "done",
                    builds=self._state.builds + 1,
                    error=error,
                )
                if not self._asked:
                    self._changed.notify_all()
                    return
                self._enter("reading")

    def _build(self) -> JireiError | None:
        try:
            roots = with_uploads(roots_of_index(self._settings), self._settings.uploads_folder)
            files = sum(1 for root in roots for _ in files_below(root))
            self._enter("reading", files)
            progress = BuildProgress(self._on_file, self._on_encoded, self._on_wait)
            build(roots, self._encoder, self._settings, progress, opened=self._opened())
        except JireiError as error:
            return error
        except Exception as error:  # a thread that dies without a word would look like a long build
            _log.exception("the build failed")
            return JireiError("build_failed", why=type(error).__name__)
        return None

    def _on_file(self, _: FileReport) -> None:
        if self._state.phase == "waiting":
            self._enter("reading", self._state.total)
        # A file inside another has a report of its own.
        done = min(self._state.done + 1, self._state.total)
        if done == self._state.total:
            self._enter("embedding")
        elif self._state.phase == "reading":
            self._set(done)

    def _on_encoded(self, done: int, total: int) -> None:
        with self._changed:
            self._state = replace(self._state, phase="embedding", total=total)
        self._set(done)
        if done == total:
            self._enter("writing")

    def _on_wait(self) -> None:
        self._enter("waiting", self._state.total)

    def _enter(self, phase: Phase, total: int = 0) -> None:
        with self._changed:
            self._state = BuildState(phase, total=total, builds=self._state.builds)
            self._since = self._clock()

    def _set(self, done: int) -> None:
        with self._changed:
            self._state = replace(self._state, done=done)
