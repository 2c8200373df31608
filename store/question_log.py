"""The log of questions: one row for each answer that was shown, never changed afterwards."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from answer.contract import Answer, Case
from answer.narrow import Narrow
from store.database import EVER, Database, Days, now

COLUMNS = (
    "at", "conversation", "question", "history", "narrow", "query_used", "lang", "kind", "answer",
    "counts", "candidates", "generation", "milliseconds",
)  # fmt: skip
JSON_COLUMNS = ("history", "narrow", "counts", "candidates")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was asked: in which conversation, after which questions, how narrowed."""

    question: str
    history: tuple[str, ...] = ()
    narrow: Narrow = field(default=Narrow())
    conversation: str | None = None


def log_question(database: Database, asking: Asking, answer: Answer, milliseconds: float) -> None:
    """Adds a row. Raises JireiError as `Database.connection` does."""
    with database.connection() as connection:
        connection.execute(
            "INSERT INTO question_log (at, conversation, question, history, narrow, query_used,"
            " lang, kind, answer, counts, candidates, generation, milliseconds)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                now(),
                asking.conversation,
                asking.question,
                to_json(list(asking.history)),
                to_json(narrowed(asking.narrow)),
                answer.query_used,
                answer.lang,
                answer.kind,
                answer.answer,
                to_json(answer.counts),
                to_json(candidates(answer)),
                answer.index,
                round(milliseconds, 1),
            ),
        )


def logged(database: Database, period: Days = EVER) -> Iterator[dict[str, Any]]:
    """The rows of a period, oldest first. Raises JireiError as `Database.connection` does."""
    return rows_of(database, "question_log", period, JSON_COLUMNS)


def rows_of(
    database: Database, table: str, period: Days, json_columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """The rows of a table in a period, in the order they came, without their row number."""
    first, end = period.bounds()
    with database.connection() as connection:
        rows = connection.execute(
            f"SELECT * FROM {table}"  # noqa: S608  (a name of our own)
            " WHERE at >= ? AND (? = '' OR at < ?) ORDER BY rowid",
            (first, end, end),
        ).fetchall()
    for row in rows:
        fields = {key: row[key] for key in row.keys() if key != "position"}  # noqa: SIM118
        yield fields | {key: json.loads(fields[key]) for key in json_columns}


def candidates(answer: Answer) -> list[dict[str, Any]]:
    """What was shown of each case, the nearest ones of a refusal too: who, where, how sure."""
    shown = [*answer.cases, *answer.nearest]
    verdicts = [case.verdict for case in answer.cases] + ["nearest"] * len(answer.nearest)
    return [_candidate(case, verdict) for case, verdict in zip(shown, verdicts, strict=True)]


def _candidate(case: Case, verdict: str) -> dict[str, Any]:
    return {
        "municipality": case.name,
        "code": case.place.code if case.place else None,
        "verdict": verdict,
        "score": round(case.score, 4),
        "quotes": [[quote.document, quote.start, quote.end] for quote in case.quotes],
    }


def narrowed(narrow: Narrow) -> dict[str, Any]:
    """Those facets that were chosen, their values in order."""
    chosen = {key: value for key, value in asdict(narrow).items() if value not in (None, False)}
    return {
        key: sorted(value) if isinstance(value, frozenset) else value
        for key, value in chosen.items()
        if value != frozenset()
    }


def to_json(value: object) -> str:
    """JSON on one line, Japanese as it is."""
    return json.dumps(value, ensure_ascii=False)


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as a file of JSON Lines."""
    return "".join(f"{to_json(row)}\n" for row in rows).encode()
