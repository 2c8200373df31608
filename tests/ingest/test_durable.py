"""Renames that outlast a reader on Windows."""

import errno
import os
from pathlib import Path

import pytest

from ingest import durable


@pytest.mark.parametrize(("system", "refusals", "tries"), [("nt", 3, 4), ("posix", 1, 1)])
def test_file_in_use_is_tried_again_on_windows_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, refusals: int, tries: int
):
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_bytes(b"new")
    old.write_bytes(b"old")
    real, asked = os.replace, []

    def busy(source: Path, target: Path) -> None:
        asked.append(target)
        if len(asked) <= refusals:
            raise PermissionError(errno.EACCES, "in use")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", busy)
        patch.setattr(durable, "WINDOWS", system == "nt")
        patch.setattr(durable, "PAUSE", 0.0)
        if system == "nt":
            durable.replace_file(new, old)
        else:
            with pytest.raises(PermissionError):
                durable.replace_file(new, old)
    assert len(asked) == tries
    assert old.read_bytes() == (b"new" if system == "nt" else b"old")
