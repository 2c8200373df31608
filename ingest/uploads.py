"""Files that people hand in, kept under the hash of their bytes: a name is data only."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from errors import JireiError
from ingest.durable import replace_file, sync_folder, write_synced
from ingest.limits import MB, UploadCaps
from ingest.loaders import LOADERS, UNPACKERS
from ingest.names import safe_name

INDEX = "uploads.json"
FORMAT = 1
ASIDE = ".aside-"
LOCK_SECONDS = 60.0
LONGEST_GIVEN = 1000
FORMATS = tuple(sorted({*LOADERS, *UNPACKERS}))
"""Endings that can be handed in."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed in. `name` is the safe form of the name as `given`.

    `size` is in bytes, `added` ISO 8601 in UTC. Its document's id is `uploads/<name>`.
    """

    sha256: str
    given: str
    name: str
    size: int
    added: str


_uploads = TypeAdapter(list[Upload])


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of handing in a file: it is new, took the place of another, or was there."""

    upload: Upload
    how: Literal["added", "replaced", "same"]
    replaced: Upload | None = None


class Uploads:
    """The files in one folder. Several processes may add and remove at the same time."""

    def __init__(self, folder: Path, caps: UploadCaps) -> None:
        self._folder = folder
        self._caps = caps

    def files(self) -> tuple[Upload, ...]:
        """All files by name. Raises JireiError if their index is damaged."""
        return read_uploads(self._folder)

    def put(self, given: str, data: bytes, instead_of: str | None = None) -> Kept:
        """Keeps a file, in the place of the one with the same name or the one called `instead_of`.

        Raises JireiError if its format is unknown, it is empty, too large or too many, or its
        bytes are kept already under another name; and if there is no `instead_of`, a third file
        has the name, or the disk cannot take it. Then nothing has changed.
        """
        name = safe_name(given)
        self._check(name, data)
        upload = Upload(
            sha256=sha256(data).hexdigest(),
            given=given.encode("utf-8", "replace").decode()[:LONGEST_GIVEN],
            name=name,
            size=len(data),
            added=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        with self._locked():
            before = self.files()
            twin = next((each for each in before if each.sha256 == upload.sha256), None)
            if twin and twin.name == name and instead_of in (None, name):
                if not is_whole(self._folder / twin.sha256):
                    self._write_file(twin.sha256, data)
                return Kept(twin, "same")
            if twin and twin.name != instead_of:
                raise JireiError("upload_twin", file=name, other=twin.name)
            old = next((each for each in before if each.name == name), None)
            if instead_of is not None:
                if old and name != instead_of:
                    raise JireiError("upload_name_taken", file=name)
                old = _called(instead_of, before)
            rest = [each for each in before if each != old]
            self._check_room([*rest, upload])
            self._write_file(upload.sha256, data)
            self._write_index([*rest, upload])
            return Kept(upload, "replaced" if old else "added", old)

    def remove(self, name: str) -> Upload:
        """Forgets a file and deletes it. Raises JireiError if there is none of that name."""
        with self._locked():
            before = self.files()
            gone = _called(name, before)
            self._write_index([each for each in before if each.name != name])
            return gone

    def _check(self, name: str, data: bytes) -> None:
        if Path(name).suffix.lower() not in FORMATS:
            raise JireiError("upload_format", file=name)
        if not data:
            raise JireiError("file_empty", file=name)
        if len(data) > self._caps.file_bytes:
            raise JireiError("file_too_large", file=name, limit=self._caps.file_bytes // MB)

    def _check_room(self, uploads: Sequence[Upload]) -> None:
        if len(uploads) > self._caps.files:
            raise JireiError("uploads_many", limit=self._caps.files)
        if sum(each.size for each in uploads) > self._caps.total_bytes:
            raise JireiError("uploads_large", limit=self._caps.total_bytes // MB)

    def _write_file(self, name: str, data: bytes) -> None:
        aside = self._folder / f"{ASIDE}{name}"
        with _told(self._folder):
            write_synced(aside, data)
            replace_file(aside, self._folder / name)

    def _write_index(self, uploads: Sequence[Upload]) -> None:
        """The index first, then what it no longer names goes: a file is never missing."""
        uploads = sorted(uploads, key=lambda each: each.name)
        with _told(self._folder):
            aside = self._folder / f"{ASIDE}{INDEX}"
            write_synced(aside, _dump(uploads))
            replace_file(aside, self._folder / INDEX)
            sync_folder(self._folder)
            kept = {each.sha256 for each in uploads}
            for path in self._folder.iterdir():
                ours = path.name.startswith(ASIDE) or _HASH.fullmatch(path.name)
                if ours and path.name not in kept:
                    # One that is being read stays on Windows; it goes with the next change.
                    with suppress(PermissionError):
                        path.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with _told(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / ".lock")
            try:
                lock.acquire(timeout=LOCK_SECONDS)
            except Timeout as error:
                raise JireiError("uploads_busy", path=self._folder) from error
        try:
            yield
        finally:
            lock.release()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JireiError("disk_write", path=folder, why=error.strerror) from error


def _called(name: str, uploads: Sequence[Upload]) -> Upload:
    found = next((each for each in uploads if each.name == name), None)
    if found is None:
        raise JireiError("upload_unknown", file=name)
    return found


def is_uploads(root: Path) -> bool:
    """Whether a folder holds files that were handed in, and so is read by its index."""
    return (root / INDEX).is_file()


def with_uploads(roots: Sequence[Path], folder: Path) -> list[Path]:
    """The folders, and last the one of the uploads if there are any."""
    others = [root for root in roots if root.resolve() != folder.resolve()]
    return [*others, folder] if is_uploads(folder) else others


def read_uploads(folder: Path) -> tuple[Upload, ...]:
    """The uploads in a folder by name, none if it has no index.

    Raises JireiError if the index is damaged, or names what no upload would be called.
    """
    damaged = JireiError("uploads_damaged", path=folder / INDEX)
    try:
        stored: Any = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        uploads = _uploads.validate_python(stored["files"])
        whole = stored["format"] == FORMAT and stored["digest"] == _digest(uploads)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise JireiError("file_unreadable", file=INDEX, why=error.strerror) from error
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise damaged from error
    if not whole or not _sound(uploads):
        raise damaged
    return tuple(uploads)


def _sound(uploads: Sequence[Upload]) -> bool:
    names, hashes = ({getattr(e, key) for e in uploads} for key in ("name", "sha256"))
    return len(names) == len(hashes) == len(uploads) and all(
        _HASH.fullmatch(each.sha256) and safe_name(each.name) == each.name for each in uploads
    )


def is_whole(path: Path) -> bool:
    """Whether an upload is there and holds the bytes that its name is the hash of."""
    try:
        return sha256(path.read_bytes()).hexdigest() == path.name
    except OSError:
        return False


def _dump(uploads: Sequence[Upload]) -> bytes:
    files = [asdict(each) for each in uploads]
    return json.dumps(
        {"format": FORMAT, "digest": _digest(uploads), "files": files}, indent=1
    ).encode("ascii")


def _digest(uploads: Sequence[Upload]) -> str:
    return sha256(json.dumps([asdict(each) for each in uploads]).encode("ascii")).hexdigest()
