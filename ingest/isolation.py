"""Reads files in a process of their own, so that a crash or a hang costs one file."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from errors import JireiError
from ingest.limits import Limits
from ingest.reading import Outcome
from ingest.worker import OUTCOMES

_ROOT = Path(__file__).resolve().parent.parent


class IsolatedReader:
    """Reads one file after the other in a child, started at the first and anew after a loss."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "IsolatedReader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def read(self, path: Path, document_id: str) -> list[Outcome]:
        """What became of a file: as `read_file`, or failed for its time, memory or a crash.

        What an earlier file left in the child's memory is not held against this one.
        """
        used = self._child is not None
        outcomes = self._read(path, document_id)
        if used and _out_of_memory(outcomes):
            return self._read(path, document_id)
        return outcomes

    def _read(self, path: Path, document_id: str) -> list[Outcome]:
        child = self._child = self._child or _start()
        request = {"path": str(path), "id": document_id, "limits": asdict(self._limits)}
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._limits.seconds, stop)
        timer.start()
        try:
            answer = _ask(child, json.dumps(request).encode("ascii") + b"\n")
        finally:
            timer.cancel()
        if not answer.endswith(b"\n"):
            child.wait()
            why = _cause(child.returncode)
            self.close()
            seconds = round(self._limits.seconds)
            if late.is_set():
                error = JireiError("parse_timeout", file=document_id, seconds=seconds)
            else:
                error = JireiError("parse_crashed", file=document_id, why=why)
            return [Outcome(document_id, "failed", error.key, dict(error.values))]
        outcomes = OUTCOMES.validate_python(json.loads(answer))
        # A child may have been stopped in the moment of its answer.
        if late.is_set() or _out_of_memory(outcomes):
            self.close()
        return outcomes


def _out_of_memory(outcomes: list[Outcome]) -> bool:
    return any(outcome.reason == "parse_memory" for outcome in outcomes)


def _start() -> subprocess.Popen[bytes]:
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _ask(child: subprocess.Popen[bytes], request: bytes) -> bytes:
    """The answer's line; without its end if the child died before it."""
    if child.stdin is None or child.stdout is None:
        return b""
    try:
        child.stdin.write(request)
        child.stdin.flush()
        return child.stdout.readline()
    except OSError:
        return b""


def _cause(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit {code}"
    except ValueError:
        return f"signal {-code}"
