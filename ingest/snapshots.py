"""Files as they are at one moment: what a file is known by and what is read of it are the same."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from errors import JireiError
from ingest.limits import Limits
from ingest.reading import why_skipped
from ingest.uploads import is_uploads, is_whole

MAY_PASS = frozenset(
    "file_unreadable folder_unreadable file_changed parse_timeout parse_crashed"
    " parse_memory".split()
)
"""Failures that may be gone the next time though the file is the same."""
_BLOCK = 1 << 20
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: where it is, its document's id, and why it is not read, if so."""

    path: Path
    document_id: str
    unread: str | None

    @classmethod
    def below(cls, root: Path, path: Path, document_id: str) -> "Found":
        """A file of the folder `root`; one that a link leads out of it is not read."""
        if not is_text(document_id):
            return cls(path, document_id, "name_broken")
        if leads_out(path, root):
            return cls(path, document_id, "skipped_outside")
        if path.is_dir():
            return cls(path, document_id, "folder_unreadable")
        if is_uploads(root) and not is_whole(path):
            return cls(path, document_id, "upload_damaged")
        return cls(path, document_id, why_skipped(document_id))

    @property
    def name(self) -> str:
        """The document's id as it can be told: what is no text in it becomes "?"."""
        return self.document_id.encode("utf-8", "replace").decode("utf-8")


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path in `root` (a real one) is a link to something outside of it.

    No folder that is a link is looked into, so only the last part of a path can be one.
    """
    return path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root)


def is_text(name: str) -> bool:
    """Whether the name of a file can be written as UTF-8."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def key_of(file: Found, rules: str, limits: Limits) -> str:
    """A digest of the rules of reading, the file's id and its bytes, up to the cap on its size.

    One that is not read has no bytes; one that cannot be opened has a key of its own.
    """
    if file.unread:
        return _digest(rules, file, file.unread)
    try:
        with file.path.open("rb") as source:
            return _digest(rules, file, "read", _blocks(source, limits))
    except OSError:
        return _digest(rules, file, "file_unreadable")


def take_snapshot(file: Found, copy: Path, rules: str, limits: Limits) -> str:
    """Copies a file; the key of what was copied, as `key_of` makes it.

    Raises JireiError if it cannot be opened, is too large, or changes meanwhile each time; and
    `disk_write` if the copy cannot be written, which is not the file's fault.
    """
    for _ in range(_TRIES):
        try:
            with file.path.open("rb") as source:
                before = _state(source)
                key = _digest(rules, file, "read", _copied(_blocks(source, limits), copy))
                if before == _state(source):
                    break
        except OSError as error:
            why = error.strerror
            raise JireiError("file_unreadable", file=file.document_id, why=why) from error
    else:
        raise JireiError("file_changed", file=file.document_id)
    if copy.stat().st_size > limits.file_bytes:
        limit = limits.file_bytes >> 20
        raise JireiError("file_too_large", file=file.document_id, limit=limit)
    return key


def key_of_failed(file: Found, rules: str, limits: Limits, reason: str) -> str:
    """The key of a file of which no copy could be made."""
    if reason == "file_too_large":
        return key_of(file, rules, limits)
    return _digest(rules, file, reason)


def _digest(rules: str, file: Found, how: str, blocks: Iterable[bytes] = ()) -> str:
    # As JSON, since a file's name may hold whatever a separator would be.
    digest = sha256(json.dumps([rules, file.document_id, how]).encode("ascii"))
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def _blocks(source: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """The bytes of a file, and one more than the cap of one that is too large."""
    left = limits.file_bytes + 1
    while left and (block := source.read(min(_BLOCK, left))):
        left -= len(block)
        yield block


def _copied(blocks: Iterator[bytes], copy: Path) -> Iterator[bytes]:
    try:
        target = copy.open("wb")
    except OSError as error:
        raise JireiError("disk_write", path=copy.parent, why=error.strerror) from error
    with target:
        for block in blocks:
            try:
                target.write(block)
                target.flush()
            except OSError as error:
                raise JireiError("disk_write", path=copy.parent, why=error.strerror) from error
            yield block


def _state(source: BinaryIO) -> tuple[int, int]:
    status = os.fstat(source.fileno())
    return status.st_size, status.st_mtime_ns
