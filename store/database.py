"""The SQLite file: opened, brought to the present schema, and cleared of what is too old."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from errors import JireiError
from store.erasing import delete

WAIT_SECONDS = 5.0

MIGRATIONS = (
    """
    CREATE TABLE turn (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        conversation TEXT NOT NULL,
        at TEXT NOT NULL,
        question TEXT NOT NULL,
        context TEXT NOT NULL,
        narrow TEXT NOT NULL,
        answer TEXT
    );
    CREATE INDEX turn_conversation ON turn (conversation);
    CREATE TABLE question_log (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        conversation TEXT,
        question TEXT NOT NULL,
        history TEXT NOT NULL,
        narrow TEXT NOT NULL,
        query_used TEXT NOT NULL,
        lang TEXT NOT NULL,
        kind TEXT NOT NULL,
        answer TEXT NOT NULL,
        counts TEXT NOT NULL,
        candidates TEXT NOT NULL,
        generation TEXT NOT NULL,
        milliseconds REAL NOT NULL
    );
    CREATE TRIGGER question_log_append_only BEFORE UPDATE ON question_log
    BEGIN SELECT RAISE(ABORT, 'the log of questions is append-only'); END;
    CREATE TABLE feedback (
        turn TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        good INTEGER NOT NULL,
        reason TEXT,
        comment TEXT NOT NULL,
        wrong TEXT NOT NULL,
        question TEXT NOT NULL,
        history TEXT NOT NULL,
        narrow TEXT NOT NULL,
        lang TEXT NOT NULL,
        kind TEXT NOT NULL,
        generation TEXT NOT NULL,
        cases TEXT NOT NULL
    );
    """,
)
"""One script for each version of the schema, which makes it out of the one before it."""


class Database:
    """The file of all that is kept; it is made when something is first written or read.

    Safe to share among threads, and among processes on one machine: every use has a connection
    of its own and waits up to WAIT_SECONDS for others. What is older than `keep_days` days goes
    when a process first uses the file, and at its first use of each further day.
    """

    def __init__(self, path: Path, keep_days: int) -> None:
        self.path = path
        self._keep_days = keep_days
        self._preparing = Lock()
        self._prepared: date | None = None

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection, whose statements are one transaction.

        Raises JireiError if the file is damaged, of a later release, locked or not writable.
        """
        try:
            with self._preparing:
                today = datetime.now(UTC).date()
                if self._prepared != today or not self.path.exists():
                    self._prepare()
                    self._prepared = today
            connection = self._connect()
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            finally:
                connection.close()
        except (sqlite3.Error, OSError, Timeout) as error:
            raise JireiError("store_unusable", file=self.path, why=error) from error

    def erase(self, period: "Days") -> dict[str, int]:
        """Erases what was kept in a period, and follow-ups to it, from the file itself; how many
        rows, by table.

        Raises JireiError as `connection` does, and if others read it all the time.
        """
        with self.connection() as connection:
            erased = delete(connection, *period.bounds())
        self._clear_traces()
        return erased

    def _clear_traces(self) -> None:
        """Deleted rows are overwritten at once; older copies of pages may stand in the log."""
        try:
            connection = self._connect()
            try:
                connection.execute("VACUUM")
                busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise JireiError("store_unusable", file=self.path, why=error) from error
        if busy:
            raise JireiError("store_busy", file=self.path)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _prepare(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # SQLite does not wait for others while it turns to WAL.
        with FileLock(f"{self.path}.lock", timeout=WAIT_SECONDS):
            connection = self._connect()
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                self._migrate(connection)
                limit = datetime.now(UTC) - timedelta(days=self._keep_days)
                connection.execute("BEGIN IMMEDIATE")
                gone = delete(connection, "", stamp(limit))
                connection.execute("COMMIT")
                if any(gone.values()):
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def _migrate(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise JireiError("store_newer", file=self.path)
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            connection.executescript(f"BEGIN;{script};PRAGMA user_version = {number};COMMIT;")


EARLIEST, LATEST = date(1970, 1, 2), date(9998, 12, 31)


class Days:
    """The days from `first` to `last`, both included, on this machine's clock; None is open.

    Raises JireiError if it ends before it begins.
    """

    def __init__(self, first: date | None = None, last: date | None = None) -> None:
        if first and last and last < first:
            raise JireiError("store_days", first=first, last=last)
        self._first, self._last = first, last

    def bounds(self) -> tuple[str, str]:
        """The stamps of its beginning and of the first moment after it; "" for none."""
        last = self._last if self._last and self._last < LATEST else None
        days = self._first, last + timedelta(days=1) if last else None
        # Nothing was kept outside of these, and no clock can tell the first moment of the year 1.
        first, end = (
            stamp(datetime.combine(max(EARLIEST, min(day, LATEST)), time.min).astimezone())
            if day
            else ""
            for day in days
        )
        return first, end


EVER = Days()


def stamp(moment: datetime) -> str:
    """A moment (with its time zone) as it is stored, in UTC: 2026-04-01T00:00:00.000000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def now() -> str:
    """The present moment as it is stored."""
    return stamp(datetime.now(UTC))
