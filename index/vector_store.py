"""Vectors kept by content, so that a rebuild encodes only what changed."""

import sqlite3
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from errors import JireiError
from index.encoder import Encoder
from index.vectors import Vectors

SAVE_EVERY = 256


class VectorStore:
    """A SQLite file per encoder in `folder`: sha256 of a text to its float32 vector.

    Rows are committed as they come, so an interrupted build loses at most SAVE_EVERY of them.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        name = sha256(encoder.fingerprint.encode()).hexdigest()[:16]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JireiError("disk_write", path=folder, why=error.strerror) from error
        self.path = folder / f"{name}.sqlite3"

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60)
        connection.execute(
            "CREATE TABLE IF NOT EXISTS passages (text BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )
        return connection

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        """Vectors of shape (n, dim), known ones from the file, new ones from the encoder.

        `progress` gets how many of the texts that had to be encoded are done, and how many
        there are. A damaged file is put away and made anew: it only ever saves time.
        """
        try:
            return self._encode(texts, progress)
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):
                raise JireiError("disk_write", path=self.path, why=error) from error
        except sqlite3.DatabaseError:
            pass
        self.path.unlink(missing_ok=True)
        return self._encode(texts, progress)

    def _encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None) -> Vectors:
        keys = [sha256(text.encode()).digest() for text in texts]
        connection = self._connect()
        try:
            size = 4 * self._encoder.dim
            known = {k: v for k, v in _read(connection, keys).items() if len(v) == size}
            new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            pending = sorted(new.items(), key=lambda item: len(item[1]))
            for at in range(0, len(pending), SAVE_EVERY):
                part = pending[at : at + SAVE_EVERY]
                vectors = self._encoder.encode_passages([text for _, text in part])
                rows = [(key, v.tobytes()) for (key, _), v in zip(part, vectors, strict=True)]
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO passages VALUES (?, ?)", rows)
                known.update(rows)
                if progress:
                    progress(min(at + SAVE_EVERY, len(pending)), len(pending))
        finally:
            connection.close()
        if not keys:
            return np.zeros((0, self._encoder.dim), dtype=np.float32)
        return np.stack([np.frombuffer(known[key], dtype=np.float32) for key in keys])


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    known: dict[bytes, bytes] = {}
    for at in range(0, len(keys), 500):
        part = keys[at : at + 500]
        marks = ",".join("?" * len(part))
        query = f"SELECT text, vector FROM passages WHERE text IN ({marks})"  # noqa: S608
        known.update(connection.execute(query, part))
    return known
