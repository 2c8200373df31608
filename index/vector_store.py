"""Vectors kept by content, so that a rebuild encodes only what changed."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b, sha256
from pathlib import Path

import numpy as np

from errors import JireiError
from index.encoder import Encoder
from index.vectors import Vectors

SAVE_EVERY = 256
CHECK_BYTES = 8
OF_THE_DISK = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""Errors that making the file anew would not mend."""
ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""The second comes when what SQLite says of a damaged file quotes that file."""


class VectorStore:
    """A SQLite file per encoder in `folder`: sha256 of a text to its float32 vector.

    Rows are committed as they come, so an interrupted build loses at most SAVE_EVERY of them.
    Each ends with a check, since SQLite does not notice a bit that flipped in a vector; rows that
    the first release wrote have none. A damaged file is made anew: it only ever saves time.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JireiError("disk_write", path=folder, why=error.strerror) from error
        self.path = folder / file_name(encoder.fingerprint)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        """Vectors of shape (n, dim), known ones from the file, new ones from the encoder.

        `progress` gets how many of the texts that had to be encoded are done, and how many
        there are. Raises JireiError if the file cannot be written.
        """
        try:
            return self._encode(texts, progress)
        except ERRORS as error:
            if not _is_damage(error, self.path):
                raise _told(error, self.path) from error
        discard(self.path)
        try:
            return self._encode(texts, progress)
        except ERRORS as error:
            raise _told(error, self.path) from error

    def _encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None) -> Vectors:
        keys = keys_of(texts)
        rows: dict[bytes, list[int]] = {}
        for row, key in enumerate(keys):
            rows.setdefault(key, []).append(row)
        vectors = np.zeros((len(texts), self._encoder.dim), dtype=np.float32)
        with closing(_connect(self.path)) as connection:
            known = set()
            for key, vector in _read(connection, list(rows), 4 * self._encoder.dim):
                vectors[rows[key]] = np.frombuffer(vector, dtype=np.float32)
                known.add(key)
            pending = [key for key in rows if key not in known]
            pending.sort(key=lambda key: len(texts[rows[key][0]]))
            for at in range(0, len(pending), SAVE_EVERY):
                part = pending[at : at + SAVE_EVERY]
                found = self._encoder.encode_passages([texts[rows[key][0]] for key in part])
                with connection:
                    connection.executemany(
                        "INSERT OR REPLACE INTO passages VALUES (?, ?)",
                        [
                            (key, vector.tobytes() + _check(key, vector.tobytes()))
                            for key, vector in zip(part, found, strict=True)
                        ],
                    )
                for key, vector in zip(part, found, strict=True):
                    vectors[rows[key]] = vector
                if progress:
                    progress(min(at + SAVE_EVERY, len(pending)), len(pending))
        return vectors


def file_name(fingerprint: str) -> str:
    """The name of the file with the vectors of an encoder."""
    return f"{sha256(fingerprint.encode()).hexdigest()[:16]}.sqlite3"


def keys_of(texts: Iterable[str]) -> list[bytes]:
    """Under what the vector of each text is kept."""
    return [sha256(text.encode()).digest() for text in texts]


def drop_unused(path: Path, used: Collection[bytes]) -> int:
    """Removes all vectors but those of the keys `used` from a file; how many those were.

    Raises JireiError if the file cannot be written.
    """
    try:
        with closing(_connect(path)) as connection:
            with connection:
                connection.execute("CREATE TEMP TABLE used (text BLOB PRIMARY KEY)")
                connection.executemany(
                    "INSERT OR IGNORE INTO used VALUES (?)", [(k,) for k in used]
                )
                unused = "DELETE FROM passages WHERE text NOT IN (SELECT text FROM used)"
                dropped = connection.execute(unused).rowcount
            # Only this takes the bytes of removed rows out of the file.
            connection.execute("VACUUM")
            return dropped
    except ERRORS as error:
        if not _is_damage(error, path):
            raise _told(error, path) from error
    discard(path)
    return 0


def discard(path: Path) -> None:
    """Removes a file of vectors, and the journal that would be played back into its successor."""
    try:
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
    except OSError as error:
        raise JireiError("disk_write", path=path, why=error.strerror) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS passages (text BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )
    except ERRORS:
        connection.close()
        raise
    return connection


def _told(error: Exception, path: Path) -> JireiError:
    return JireiError("disk_write", path=path, why=error)


def _is_damage(error: Exception, path: Path) -> bool:
    """Whether the file itself is to blame; SQLite calls one whose header is bad read-only too."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code == sqlite3.SQLITE_READONLY:
        return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return code not in OF_THE_DISK


def _check(key: bytes, vector: bytes) -> bytes:
    return blake2b(key + vector, digest_size=CHECK_BYTES).digest()


def _read(
    connection: sqlite3.Connection, keys: Sequence[bytes], size: int
) -> Iterator[tuple[bytes, bytes]]:
    """The vectors of `size` bytes that are there and whole, by key."""
    for at in range(0, len(keys), 500):
        part = keys[at : at + 500]
        marks = ",".join("?" * len(part))
        query = f"SELECT text, vector FROM passages WHERE text IN ({marks})"  # noqa: S608
        for key, row in connection.execute(query, part):
            if not isinstance(row, bytes):
                continue
            vector, check = row[:size], row[size:]
            if len(vector) == size and check in (b"", _check(key, vector)):
                yield key, vector
