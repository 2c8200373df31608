"""The file: many at once, damaged, locked, of another release; never in the way of an answer."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from answer.respond import Answerer
from errors import JireiError
from store import database as database_module
from store.database import MIGRATIONS, Database
from store.question_log import Asking, log_question, logged
from tests.store.made import QUESTION


def test_many_threads_and_handles_write_at_once(tmp_path: Path, answerer: Answerer) -> None:
    answer = answerer.ask(QUESTION)
    path = tmp_path / "jirei.sqlite3"

    def write(number: int) -> None:
        shared = Database(path, 365)  # as another process would have its own
        for i in range(5):
            log_question(shared, Asking(f"{number}-{i}"), answer, 1.0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    found = [row["question"] for row in logged(Database(path, 365))]
    assert sorted(found) == sorted(f"{n}-{i}" for n in range(8) for i in range(5))


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"\1" * 99])
def test_damaged_file_is_one_clear_line(database: Database, damage: bytes) -> None:
    database.path.parent.mkdir()
    database.path.write_bytes(damage)
    with pytest.raises(JireiError, match="を使えません"):
        list(logged(database))
    assert database.path.read_bytes() == damage


def test_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(JireiError, match="を使えません"):
        list(logged(Database(tmp_path / "kept" / "jirei.sqlite3", 365)))


def test_file_that_cannot_be_written_is_one_clear_line(
    database: Database, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    connect = database._connect

    def read_only() -> sqlite3.Connection:
        connection = connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr(database, "_connect", read_only)
    with pytest.raises(JireiError, match="readonly"):
        log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)


def test_file_that_another_one_holds_is_told_after_the_wait(
    database: Database, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    monkeypatch.setattr(database_module, "WAIT_SECONDS", 0.05)
    holder = sqlite3.connect(database.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JireiError, match="locked"):
        log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    holder.execute("ROLLBACK")
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    assert len(list(logged(database))) == 2


def test_file_of_a_later_release_is_left_alone(database: Database) -> None:
    list(logged(database))
    with sqlite3.connect(database.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JireiError, match="新しい版"):
        list(logged(Database(database.path, 365)))


def test_older_schema_is_brought_up_with_its_rows(
    database: Database, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    later = (*MIGRATIONS, "ALTER TABLE question_log ADD COLUMN judge TEXT NOT NULL DEFAULT '';")
    monkeypatch.setattr(database_module, "MIGRATIONS", later)
    (row,) = logged(Database(database.path, 365))
    assert (row["question"], row["judge"]) == (QUESTION, "")


def test_file_that_was_deleted_meanwhile_is_made_anew(
    database: Database, answerer: Answerer
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    for file in list(database.path.parent.iterdir()):
        file.unlink()
    assert list(logged(database)) == []
