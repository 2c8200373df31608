"""What users think of answers, and how wrong ones become questions of the evaluation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from answer.contract import Answer
from store.database import EVER, Database, Days, now
from store.question_log import Asking, candidates, narrowed, rows_of, to_json

Reason = Literal["case", "missing", "quote", "misread", "refused", "no_answer", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)
"""A listed case is wrong, one is missing, a quote does not say so, the question was misread, it
has an answer, it has none, or something else."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a user thinks of an answer; `wrong` has the Japanese names of the cases that do not
    belong there.
    """

    good: bool
    reason: Reason | None = None
    comment: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def explained(self) -> bool:
        """Whether it says more than which way the thumb points."""
        return bool(self.reason or self.comment or self.wrong)


def keep_opinion(
    database: Database, turn: str, asking: Asking, answer: Answer, opinion: Opinion
) -> None:
    """Keeps the opinion on a turn, in the place of an earlier one.

    Raises JireiError as `Database.connection` does.
    """
    with database.connection() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO feedback (turn, at, good, reason, comment, wrong, question,"
            " history, narrow, lang, kind, generation, cases)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                turn,
                now(),
                int(opinion.good),
                opinion.reason,
                opinion.comment,
                to_json(list(opinion.wrong)),
                asking.question,
                to_json(list(asking.history)),
                to_json(narrowed(asking.narrow)),
                answer.lang,
                answer.kind,
                answer.index,
                to_json(candidates(answer)),
            ),
        )


def opinions(database: Database, period: Days = EVER) -> Iterator[dict[str, Any]]:
    """The opinions of a period, oldest first. Raises JireiError as `Database.connection` does."""
    columns = ("wrong", "history", "narrow", "cases")
    for row in rows_of(database, "feedback", period, columns):
        yield row | {"good": bool(row["good"])}


def evaluation_rows(database: Database, period: Days = EVER) -> Iterator[dict[str, Any]]:
    """Each answer that was called wrong as a question of the evaluation, its gold left open.

    `jirei eval answers` names the line of every row whose `gold` nobody has filled. A question
    that has no answer needs none. Raises JireiError as `Database.connection` does.
    """
    for row in opinions(database, period):
        if not row["good"]:
            yield {
                "id": f"user-{row['turn']}",
                "type": _type(row),
                "lang": row["lang"],
                "question": row["question"],
                "history": row["history"],
                "gold": [],
                "acceptable": [],
                "answer_contains": [],
                "evidence": [],
                "note": _note(row),
            }


def _type(row: dict[str, Any]) -> str:
    if row["reason"] == "no_answer":
        return "none"
    if row["history"]:
        return "followup"
    kind: str = row["kind"]
    # Whoever fills the gold knows whether a refused question asks for a list.
    return "fact" if kind == "none" else kind


def _note(row: dict[str, Any]) -> str:
    shown = [f"{case['municipality']} ({case['verdict']})" for case in row["cases"]]
    parts = {
        "reason": row["reason"],
        "comment": row["comment"],
        "wrong": ", ".join(row["wrong"]),
        "shown": ", ".join(shown),
        "narrowed": to_json(row["narrow"]) if row["narrow"] else "",
    }
    return "; ".join(f"{key}: {value}" for key, value in parts.items() if value)
