"""Many questions in one go: JSON lines in, JSON objects out."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from answer.live import LiveAnswerer
from answer.narrow import Narrow
from answer.respond import EVERYTHING
from errors import JireiError
from messages import Lang


def ask_lines(
    live: LiveAnswerer,
    lines: Iterable[str],
    name: str,
    lang: Lang,
    narrow: Narrow = EVERYTHING,
    explain: bool = False,
) -> Iterator[dict[str, Any]]:
    """The answer to each line ``{"id", "question", "history"}``, as the contract's JSON object,
    each from the generation that is live when its turn comes.

    A line that can't be read or answered gives ``{"id", "error"}``, told in `lang`. `name` is
    what the errors call the lines; `narrow` holds for all of them, and with `explain` cases have
    their signals. Raises JireiError if they are not UTF-8.
    """
    try:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            asked: dict[str, Any] = {}
            try:
                asked = _parsed(line, name, number)
                history = [str(text) for text in asked.get("history") or ()]
                answer = live.current().ask(asked["question"], history, asked.get("id"), narrow)
                yield answer.to_json(explain)
            except JireiError as error:
                yield {"id": asked.get("id"), "error": error.tell(lang)}
    except UnicodeDecodeError as error:
        raise JireiError("file_not_utf8", file=name, at=error.start) from error


def _parsed(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        # Half of an emoji, written as an escape, could not be written out again.
        json.dumps(asked, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise JireiError("jsonl_line", file=name, line=number) from error
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise JireiError("jsonl_line", file=name, line=number)
    if not isinstance(asked.get("history") or [], list):
        raise JireiError("jsonl_line", file=name, line=number)
    return asked
