"""The command line, run in the process of the test."""

import io
import sys
from pathlib import Path

import pytest

from cli.main import main


class Ran:
    """What a command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    def complaint(self) -> str:
        """The one line of a user's error."""
        assert self.code == 2
        assert self.out == ""
        (line,) = self.err.splitlines()
        return line


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def command(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["jirei", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return command


@pytest.fixture
def built(run, corpus: Path):
    ran = run("build", str(corpus))
    assert ran.code == 0
    return run
