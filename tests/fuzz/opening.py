"""Damaged generations of an index: opened, or refused with a line.

Half of them are signed anew after the damage, since the digests would refuse all others before
any parser sees them.
"""

import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from hypothesis import strategies as st

from index.build import build
from index.manifest import CURRENT, MANIFEST, dump_manifest, read_manifest
from index.stub_encoder import StubEncoder
from settings import ROOT, Settings
from tests.conftest import CASES
from tests.fuzz.damage import Damage, damaged, damages

SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class DamagedIndex:
    """Which file of a generation is damaged (0 to 1), how, and whether it is signed anew."""

    file: float
    damages: tuple[Damage, ...]
    signed: bool


cases: st.SearchStrategy[DamagedIndex] = st.builds(
    DamagedIndex,
    st.floats(0.0, 1.0, exclude_max=True),
    damages.map(tuple),
    st.booleans(),
)


class OpeningCheck:
    """Opens damaged indexes in a child with a limit on its memory and time."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        root = Path(self._folder.name)
        for name, text in CASES.items():
            path = root / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        settings = Settings(var=root / "var", thesaurus=root / "none.csv")
        self._index = settings.index_folder
        self._name = build([root / "docs"], StubEncoder(), settings).generation.name
        self._manifest = read_manifest(self._index, self._name)
        own = {MANIFEST: self._index / self._name / MANIFEST, CURRENT: self._index / CURRENT}
        files = {n: self._index / self._name / n for n in self._manifest.files} | own
        self._paths = files
        self._whole = {name: path.read_bytes() for name, path in files.items()}
        self._child: subprocess.Popen[bytes] | None = None

    def damage(self, case: DamagedIndex) -> dict[str, bytes]:
        """The files of the index after a damage."""
        names = list(self._whole)
        name = names[int(case.file * len(names))]
        other = self._whole[names[0]]
        files = self._whole | {name: damaged(self._whole[name], case.damages, other)}
        if case.signed and name in self._manifest.files:
            digests = self._manifest.files | {name: sha256(files[name]).hexdigest()}
            files[MANIFEST] = dump_manifest(replace(self._manifest, files=digests))
        return files

    def check(self, case: DamagedIndex) -> str:
        """What came of it, "opened" or "refused".

        Raises AssertionError if opening crashes, hangs, eats memory, or raises anything odd.
        """
        for name, data in self.damage(case).items():
            self._paths[name].write_bytes(data)
        child = self._child = self._child or self._start()
        assert child.stdin
        assert child.stdout
        timer = threading.Timer(SECONDS, child.kill)
        timer.start()
        try:
            child.stdin.write(json.dumps(str(self._index)).encode() + b"\n")
            child.stdin.flush()
            answer = child.stdout.readline()
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer:
            self.close_child()
            raise AssertionError("the process that opened it died or hung")
        said: str = json.loads(answer)
        assert said in ("opened", "refused"), said
        return said

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.fuzz.opener"]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def close_child(self) -> None:
        """Ends the child; the next check starts another."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def close(self) -> None:
        """Ends the child and removes the index."""
        self.close_child()
        self._folder.cleanup()
