"""Writes that are on the disk when they return."""

import os
import time
from hashlib import sha256
from pathlib import Path

WINDOWS = os.name == "nt"
TRIES = 20
PAUSE = 0.05


def write_synced(path: Path, *parts: bytes | memoryview) -> None:
    """Writes a file of these parts and waits until the disk has it."""
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def digest_of(*parts: bytes | memoryview) -> str:
    """The sha256 of a file of these parts."""
    whole = sha256()
    for part in parts:
        whole.update(part)
    return whole.hexdigest()


def replace_file(source: Path, target: Path) -> None:
    """Renames a file over another. Windows refuses while somebody reads that: it tries again."""
    for _ in range(TRIES - 1):
        try:
            os.replace(source, target)
        except PermissionError:
            if not WINDOWS:
                raise
            time.sleep(PAUSE)
        else:
            return
    os.replace(source, target)


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names in a folder; Windows needs and offers no such call."""
    if WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
