"""Turns, a clock that stands, and rows that are older than they are."""

import sqlite3
from datetime import datetime, timedelta, tzinfo

import pytest

from answer.narrow import Narrow
from answer.respond import Answerer
from store import database as database_module
from store.conversations import KeptTurn
from store.database import Database, stamp
from store.erasing import TABLES

NOON = datetime(2026, 4, 15, 12).astimezone()
QUESTION = "RPAを入力事務に使っている市は？"
NARROW = Narrow(frozenset({"埼玉県", "千葉県"}), states=frozenset({"running"}), anytime=True)


def turn(answerer: Answerer, question: str = QUESTION, id: str = "t1") -> KeptTurn:
    return KeptTurn(id, question, ("前の問い", question), NARROW, answerer.ask(question))


def stop_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime = NOON) -> None:
    """The store's clock stands at a moment, so that no test runs past midnight."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stopped":
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr(database_module, "datetime", Stopped)


def set_back(database: Database, days: int) -> None:
    """Makes every row that many days older than noon, past the trigger."""
    at = stamp(NOON - timedelta(days=days))
    with sqlite3.connect(database.path) as connection:
        connection.execute("DROP TRIGGER question_log_append_only")
        for table in TABLES:
            connection.execute(f"UPDATE {table} SET at = ?", (at,))
