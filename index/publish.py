"""Puts a generation on disk all or nothing: written aside, renamed, then pointed to."""

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from errors import JireiError
from index.manifest import (
    CURRENT,
    HELD,
    MANIFEST,
    Manifest,
    Pointer,
    current_name,
    dump_manifest,
    signed,
)
from index.npy import Parts
from ingest.durable import digest_of, replace_file
from ingest.durable import sync_folder as sync_folder
from ingest.durable import write_synced as write_synced

ASIDE = ".aside-"
GENERATION = re.compile(r"\d{8}T\d{6}-\d+-[0-9a-f]+")


@contextmanager
def build_lock(
    folder: Path, wait_seconds: float = 600.0, on_wait: Callable[[], None] | None = None
) -> Iterator[None]:
    """One build of an index at a time. The system frees the lock of a process that died.

    `on_wait` is called if another build has it. Raises JireiError if it still has after
    `wait_seconds`, or if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if on_wait:
                on_wait()
            lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise JireiError("build_running", path=folder) from error
    except OSError as error:
        raise JireiError("disk_write", path=folder, why=error.strerror) from error
    try:
        yield
    finally:
        lock.release()


def publish(
    folder: Path, files: Iterable[tuple[str, Parts]], manifest: Manifest, keep: int
) -> Manifest:
    """Makes the files the live generation `manifest.name`, and drops all but the last `keep`.

    The manifest that comes back has their digests and its own. Each file is written while the next
    one is asked for. To be called under `build_lock`.
    Raises JireiError if the disk is full or not writable; the generation that was live stays so.
    """
    aside = folder / f"{ASIDE}{manifest.name}"
    try:
        drop_leftovers(folder)
        aside.mkdir(parents=True)
        manifest = signed(replace(manifest, files=_written(aside, files)))
        write_synced(aside / MANIFEST, dump_manifest(manifest))
        sync_folder(aside)
        os.rename(aside, folder / manifest.name)
        sync_folder(folder)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise JireiError("disk_write", path=folder, why=error.strerror) from error
    point_to(folder, Pointer(manifest.name))
    drop_old(folder, keep)
    return manifest


def _written(folder: Path, files: Iterable[tuple[str, Parts]]) -> dict[str, str]:
    """The sha256 of each file, once all of them are on the disk."""
    with ThreadPoolExecutor(1) as writer, ThreadPoolExecutor(1) as hasher:
        writing, digests = [], {}
        for name, parts in files:
            writing.append(writer.submit(write_synced, folder / name, *parts))
            digests[name] = hasher.submit(digest_of, *parts)
        for each in writing:
            each.result()
        return {name: digest.result() for name, digest in digests.items()}


def point_to(folder: Path, live: Pointer) -> None:
    """Makes another generation the live one, in one rename. Raises JireiError if it cannot."""
    aside = folder / f"{ASIDE}{CURRENT}"
    try:
        write_synced(aside, "".join(f"{line}\n" for line in _lines(live)).encode())
        replace_file(aside, folder / CURRENT)
        sync_folder(folder)
    except OSError as error:
        raise JireiError("disk_write", path=folder, why=error.strerror) from error


def _lines(live: Pointer) -> list[str]:
    return [live.name, HELD] if live.held else [live.name]


def generation_names(folder: Path) -> list[str]:
    """The generations of an index folder, oldest first."""
    manifests = folder.glob(f"*/{MANIFEST}")
    names = [p.parent.name for p in manifests if GENERATION.fullmatch(p.parent.name)]
    return sorted(names, key=stamp_and_serial)


def stamp_and_serial(name: str) -> tuple[str, int]:
    """When a generation was built, and its number among those with that time."""
    stamp, serial, _ = name.split("-")
    return stamp, int(serial)


def drop_leftovers(folder: Path) -> None:
    """Removes what builds that were killed left behind."""
    for path in folder.iterdir():
        if path.is_dir():
            half_gone = GENERATION.fullmatch(path.name) and not (path / MANIFEST).exists()
            if half_gone or path.name.startswith(ASIDE):
                shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(ASIDE):
            path.unlink(missing_ok=True)


def drop_old(folder: Path, keep: int) -> list[str]:
    """Drops all but the last `keep` generations and the live one; the names of those dropped."""
    live = current_name(folder)
    old = [name for name in generation_names(folder)[:-keep] if name != live]
    for name in old:
        _drop(folder / name)
    return old


def _drop(generation: Path) -> None:
    """Renamed first: killed half way, it must not pass for a generation."""
    aside = generation.with_name(f"{ASIDE}{generation.name}")
    with suppress(OSError):
        generation.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
