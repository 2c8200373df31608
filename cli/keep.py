"""`jirei log` and `jirei feedback`: what is kept of use, handed out or erased by period."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from errors import JireiError
from messages import tell
from settings import load_settings

if TYPE_CHECKING:
    from store.database import Database, Days

log_app = typer.Typer(help="質問の記録 / the log of questions", no_args_is_help=True)
feedback_app = typer.Typer(help="利用者の評価 / what users think", no_args_is_help=True)

From = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="この日から / from this day on (2026-04-01)"),
]
To = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], help="この日まで / up to this day, included"),
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="書き出すファイル / a file")]


def _database() -> "Database":
    from store.database import Database

    settings = load_settings()
    return Database(settings.store_file, settings.keep_days)


def _days(first: datetime | None, last: datetime | None) -> "Days":
    from store.database import Days

    return Days(_day(first), _day(last))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@log_app.command("export")
def export_log(
    first: From = None,
    last: To = None,
    format: Annotated[Literal["jsonl", "csv"], typer.Option(help="形式 / format")] = "jsonl",
    out: Out = None,
) -> None:
    """質問の記録を書き出す / write out the log of questions."""
    from export.tables import csv_bytes
    from store.question_log import COLUMNS, json_lines, logged, to_json

    rows = logged(_database(), _days(first, last))
    if format == "jsonl":
        _write(json_lines(rows), out)
        return
    table = [[_cell(row[column], to_json) for column in COLUMNS] for row in rows]
    _write(csv_bytes([list(COLUMNS), *table]), out)


def _cell(value: object, to_json: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else to_json(value)


@log_app.command("erase")
def erase_log(first: From = None, last: To = None) -> None:
    """期間内の記録・会話・評価を消す / erase questions, conversations, feedback of a period."""
    if first is None and last is None:
        raise JireiError("store_no_period")
    erased = _database().erase(_days(first, last))
    print(
        tell(
            "store_erased",
            load_settings().lang,
            questions=erased["question_log"],
            turns=erased["turn"],
            opinions=erased["feedback"],
        )
    )


@feedback_app.command("export")
def export_feedback(
    first: From = None,
    last: To = None,
    every: Annotated[
        bool, typer.Option("--all", help="評価をすべて、記録の形で / every opinion, as recorded")
    ] = False,
    out: Out = None,
) -> None:
    """「違う」とされた回答を評価の質問として書き出す / write wrong answers as evaluation rows."""
    from store.feedback import evaluation_rows, opinions
    from store.question_log import json_lines

    rows = opinions if every else evaluation_rows
    _write(json_lines(rows(_database(), _days(first, last))), out)


def _write(data: bytes, out: Path | None) -> None:
    """Writes bytes to a file, or as they are to standard output."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise JireiError("disk_write", path=out, why=error.strerror) from error
