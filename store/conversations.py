"""Conversations: what was asked, how it was read and narrowed, and what came of it."""

import secrets
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from answer.contract import Answer
from answer.narrow import Narrow
from store.database import Database, now

_answers = TypeAdapter(Answer)
_narrows = TypeAdapter(Narrow)
_contexts = TypeAdapter(tuple[str, ...])

T = TypeVar("T")

LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question of a conversation.

    `context` holds the questions before it, oldest first, and it itself, as they were read after
    corrections. `answer` is None if there was none, or if another release wrote it; what such a
    release wrote of the rest and this one cannot read is as if the question stood alone.
    """

    id: str
    question: str
    context: tuple[str, ...]
    narrow: Narrow
    answer: Answer | None


def new_id() -> str:
    """An id that nobody guesses: 128 random bits."""
    return secrets.token_urlsafe(16)


def keep_turn(
    database: Database, conversation: str, turn: KeptTurn, *, again: bool = False
) -> bool:
    """Adds a turn to a conversation, or replaces the one with its id.

    One that is kept `again` and is no longer there was erased: it stays so, and this is False.
    Raises JireiError as `Database.connection` does.
    """
    answer = _answers.dump_json(turn.answer).decode() if turn.answer else None
    with database.connection() as connection:
        if (
            again
            and not connection.execute("SELECT 1 FROM turn WHERE id = ?", (turn.id,)).fetchone()
        ):
            return False
        connection.execute(
            "INSERT INTO turn (id, conversation, at, question, context, narrow, answer)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " context = excluded.context, narrow = excluded.narrow, answer = excluded.answer",
            (
                turn.id,
                conversation,
                now(),
                turn.question,
                _contexts.dump_json(turn.context).decode(),
                _narrows.dump_json(turn.narrow).decode(),
                answer,
            ),
        )
    return True


def kept_turns(database: Database, conversation: str) -> tuple[KeptTurn, ...]:
    """The turns of a conversation, oldest first; none if there is no such conversation.

    Raises JireiError as `Database.connection` does.
    """
    if len(conversation) > LONGEST_ID:
        return ()
    with database.connection() as connection:
        rows = connection.execute(
            "SELECT * FROM turn WHERE conversation = ? ORDER BY position", (conversation,)
        ).fetchall()
    return tuple(
        KeptTurn(
            id=row["id"],
            question=row["question"],
            context=_read(_contexts, row["context"]) or (row["question"],),
            narrow=_read(_narrows, row["narrow"]) or Narrow(),
            answer=_read(_answers, row["answer"]),
        )
        for row in rows
    )


def _read(adapter: TypeAdapter[T], text: str | None) -> T | None:
    try:
        return adapter.validate_json(text) if text else None
    except ValidationError:
        return None
