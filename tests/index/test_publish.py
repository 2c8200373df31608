import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from errors import JireiError
from index import publish as module
from index.manifest import CURRENT, FORMAT, MANIFEST, Manifest, Pointer, current_name
from index.publish import ASIDE, build_lock, generation_names, point_to, publish
from settings import ROOT

HOLDER = """
import sys
from pathlib import Path
from index.publish import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def put(folder: Path, name: str, keep: int = 3) -> None:
    manifest = Manifest(name, FORMAT, "", "", "stub@1", "cut", 1, {}, (), {})
    folder.mkdir(exist_ok=True)
    publish(folder, [("a.txt", (b"on", b"e")), ("b.txt", (b"two",))], manifest, keep)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock of `tmp_path / "index"`."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "index")]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        yield process
        process.kill()


def test_published_files_are_whole_and_pointed_to(tmp_path):
    put(tmp_path, "20250101T000000-00-aa")
    assert current_name(tmp_path) == "20250101T000000-00-aa"
    folder = tmp_path / "20250101T000000-00-aa"
    assert {p.name for p in folder.iterdir()} == {"a.txt", "b.txt", MANIFEST}
    assert (folder / "b.txt").read_bytes() == b"two"
    assert {p.name for p in tmp_path.iterdir()} == {CURRENT, folder.name}


@pytest.mark.parametrize(("keep", "kept"), [(1, "5"), (2, "45"), (3, "345"), (9, "12345")])
def test_the_last_generations_are_kept(tmp_path, keep, kept):
    for serial in "12345":
        put(tmp_path, f"20250101T000000-0{serial}-aa", keep)
    names = [f"20250101T000000-0{serial}-aa" for serial in kept]
    assert generation_names(tmp_path) == names
    assert current_name(tmp_path) == names[-1]


def test_live_generation_stays_though_newer_ones_are_enough(tmp_path):
    for serial in "123":
        put(tmp_path, f"2025010{serial}T000000-00-aa")
    point_to(tmp_path, Pointer("20250101T000000-00-aa"))
    module.drop_old(tmp_path, 1)
    assert generation_names(tmp_path) == ["20250101T000000-00-aa", "20250103T000000-00-aa"]


def test_leftover_of_a_killed_build_is_removed_and_never_listed(tmp_path):
    left = tmp_path / f"{ASIDE}20250101T000000-00-aa"
    left.mkdir()
    (left / MANIFEST).write_text("{")
    assert generation_names(tmp_path) == []
    put(tmp_path, "20250102T000000-00-bb")
    assert not left.exists()


@pytest.mark.parametrize("name", ["a.txt", "b.txt", MANIFEST, f"{ASIDE}{CURRENT}"])
def test_full_disk_leaves_the_live_generation_and_nothing_aside(tmp_path, monkeypatch, name):
    put(tmp_path, "20250101T000000-00-aa")
    write = module.write_synced

    def fill(path: Path, *parts: bytes) -> None:
        data = b"".join(parts)
        write(path, data[: len(data) // 2] if path.name == name else data)
        if path.name == name:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "write_synced", fill)
    with pytest.raises(JireiError, match=r"No space left.*空き容量") as caught:
        put(tmp_path, "20250102T000000-00-bb")
    assert caught.value.key == "disk_write"
    assert current_name(tmp_path) == "20250101T000000-00-aa"
    assert [p for p in tmp_path.iterdir() if p.is_dir() and p.name.startswith(".")] == []
    monkeypatch.undo()
    put(tmp_path, "20250103T000000-00-cc")
    assert current_name(tmp_path) == "20250103T000000-00-cc"
    assert list(tmp_path.glob(f"{ASIDE}*")) == []


@pytest.mark.parametrize("call", ["rename", "replace", "fsync"])
def test_refused_system_call_leaves_the_live_generation(tmp_path, monkeypatch, call):
    put(tmp_path, "20250101T000000-00-aa")

    def refuse(*arguments: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(JireiError, match="Permission denied"):
        put(tmp_path, "20250102T000000-00-bb")
    monkeypatch.undo()
    assert current_name(tmp_path) == "20250101T000000-00-aa"
    assert (tmp_path / "20250101T000000-00-aa" / "a.txt").read_bytes() == b"one"


@pytest.mark.usefixtures("holder")
def test_lock_held_by_another_process_is_told(tmp_path):
    with (
        pytest.raises(JireiError, match=r"ほかの処理が.*作っています") as caught,
        build_lock(tmp_path / "index", wait_seconds=0.05),
    ):
        pytest.fail("the lock is held")
    assert caught.value.key == "build_running"


def test_lock_of_a_killed_process_is_free(tmp_path, holder):
    assert holder.poll() is None
    holder.kill()
    assert holder.wait() != 0
    with build_lock(tmp_path / "index", wait_seconds=5):
        assert (tmp_path / "index" / ".lock").exists()


def test_second_builder_waits_until_the_first_is_done(tmp_path, holder):
    told: list[str] = []

    def end_the_first() -> None:
        told.append("waiting")
        assert holder.poll() is None
        holder.stdin.close()

    with build_lock(tmp_path / "index", wait_seconds=30, on_wait=end_the_first):
        assert told == ["waiting"]
        holder.wait(timeout=30)
    assert holder.returncode == 0


def test_lock_is_free_again_after_a_failed_build(tmp_path):
    with pytest.raises(KeyError), build_lock(tmp_path):
        raise KeyError
    with build_lock(tmp_path, 0.05, lambda: pytest.fail("it is not free")):
        pass


def test_index_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "index").write_text("a file")
    with (
        pytest.raises(JireiError, match="index に書き込めません") as caught,
        build_lock(tmp_path / "index"),
    ):
        pytest.fail("there is no folder")
    assert caught.value.key == "disk_write"
