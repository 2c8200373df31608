"""Turns, and rows that are older than they are."""

import sqlite3
from datetime import UTC, datetime, timedelta

from answer.narrow import Narrow
from answer.respond import Answerer
from store.conversations import KeptTurn
from store.database import Database, stamp
from store.erasing import TABLES

QUESTION = "RPAを入力事務に使っている市は？"
NARROW = Narrow(frozenset({"埼玉県", "千葉県"}), states=frozenset({"running"}), anytime=True)


def turn(answerer: Answerer, question: str = QUESTION, id: str = "t1") -> KeptTurn:
    return KeptTurn(id, question, ("前の問い", question), NARROW, answerer.ask(question))


def set_back(database: Database, days: int) -> None:
    """Makes every row that many days older, past the trigger."""
    at = stamp(datetime.now(UTC) - timedelta(days=days))
    with sqlite3.connect(database.path) as connection:
        connection.execute("DROP TRIGGER question_log_append_only")
        for table in TABLES:
            connection.execute(f"UPDATE {table} SET at = ?", (at,))
