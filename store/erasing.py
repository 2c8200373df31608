"""Erases what was kept in a period, and what was asked later and carries those questions along."""

import json
import sqlite3
from collections import defaultdict

Questions = dict[str, set[str]]
"""The texts that go, by conversation."""

TABLES = ("turn", "question_log", "feedback")
_INSIDE = "at >= ? AND (? = '' OR at < ?)"


def delete(connection: sqlite3.Connection, first: str, end: str) -> dict[str, int]:
    """Deletes the rows of [first, end), an empty bound being open; how many, by table.

    A follow-up holds the questions before it, and its answer may name them: one of a later day
    goes along with the first of them that goes.
    """
    bounds = first, end, end
    going = _going(connection, bounds)
    counts = {
        table: connection.execute(f"DELETE FROM {table} WHERE {_INSIDE}", bounds).rowcount  # noqa: S608  (names of our own)
        for table in TABLES
    }
    for conversation, questions in going.items():
        for table, count in _delete_carriers(connection, conversation, questions).items():
            counts[table] += count
    return counts


def _going(connection: sqlite3.Connection, bounds: tuple[str, str, str]) -> Questions:
    found: Questions = defaultdict(set)
    turns = f"SELECT conversation, question, context FROM turn WHERE {_INSIDE}"  # noqa: S608
    for row in connection.execute(turns, bounds):
        # As it was typed, and as it was read after corrections.
        found[row["conversation"]] |= {row["question"], *_texts(row["context"])[-1:]}
    logged = f"SELECT conversation, question FROM question_log WHERE {_INSIDE}"  # noqa: S608
    for row in connection.execute(logged, bounds):
        if row["conversation"]:
            found[row["conversation"]].add(row["question"])
    return found


def _delete_carriers(
    connection: sqlite3.Connection, conversation: str, questions: set[str]
) -> dict[str, int]:
    """Deletes what is left of a conversation after one of these questions; how many, by table."""

    def carry(texts: str) -> bool:
        return not questions.isdisjoint(_texts(texts))

    turns = connection.execute(
        "SELECT id, context FROM turn WHERE conversation = ?", (conversation,)
    ).fetchall()
    ids = [(row["id"],) for row in turns if carry(row["context"])]
    rows = connection.execute(
        "SELECT position, history FROM question_log WHERE conversation = ?", (conversation,)
    ).fetchall()
    positions = [(row["position"],) for row in rows if carry(row["history"])]
    return {
        "turn": connection.executemany("DELETE FROM turn WHERE id = ?", ids).rowcount,
        "feedback": connection.executemany("DELETE FROM feedback WHERE turn = ?", ids).rowcount,
        "question_log": connection.executemany(
            "DELETE FROM question_log WHERE position = ?", positions
        ).rowcount,
    }


def _texts(written: str) -> list[str]:
    """The texts of a row; none if another release wrote it in a way that this one cannot read."""
    try:
        read = json.loads(written)
    except ValueError:
        return []
    return [text for text in read if isinstance(text, str)] if isinstance(read, list) else []
