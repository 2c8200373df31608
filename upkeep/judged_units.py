"""Questions judged sentence by sentence, read as questions judged by municipality."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from errors import JireiError
from evaluation.lines import written_lines
from evaluation.questions import JudgedQuestion, QuestionType

UNITS, WORDINGS = "units.jsonl", "wordings.jsonl"
DOCUMENTS = "documents.jsonl"
"""Facts of single documents, most of which their document does not state."""

ROUNDABOUT = "roundabout.jsonl"
"""Such facts asked in other terms than those of the document; it states half of them."""

CONTRASTS = "contrasts.jsonl"
"""Which towns do something, asked of single documents: what one states, and what differs from it in
one element."""

OF_ONE_DOCUMENT = DOCUMENTS, ROUNDABOUT, CONTRASTS
"""Their questions are judged over one document each, all others over the whole folder."""

TYPES: dict[str, QuestionType] = {"list": "list", "theme": "list", "count": "list", "none": "none"}


def load_judged(path: Path) -> tuple[JudgedQuestion, ...]:
    """The questions of a folder's files of questions, or of one file of it, in their order.

    A unit has `uid` and `municipality`; a question `positives`, the uids that state what is asked,
    and `borderline`, those that could be argued either way. Raises JireiError for a file that is
    missing or broken.
    """
    folder, files = judged_files(path)
    towns = {unit["uid"]: unit["municipality"] for _, unit in read_lines(folder / UNITS)}
    questions = []
    for file in files:
        for number, line in read_lines(file):
            try:
                questions.append(_question(line, towns))
            except (KeyError, TypeError) as error:
                raise JireiError("eval_question", file=file, line=number) from error
    return tuple(questions)


def judged_files(path: Path) -> tuple[Path, list[Path]]:
    """The folder that a path means, and which of its files of questions: one, or all."""
    return (path.parent, [path]) if path.is_file() else (path, question_files(path))


def question_files(folder: Path) -> list[Path]:
    """Every *.jsonl but UNITS, WORDINGS and OF_ONE_DOCUMENT, by name."""
    apart = (UNITS, WORDINGS, *OF_ONE_DOCUMENT)
    return [path for path in sorted(folder.glob("*.jsonl")) if path.name not in apart]


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON Lines file with their line numbers.

    Raises JireiError as `written_lines`, and if a line is no object.
    """
    for number, line in written_lines(path):
        try:
            read = json.loads(line)
        except ValueError as error:
            raise JireiError("eval_question", file=path, line=number) from error
        if not isinstance(read, dict):
            raise JireiError("eval_question", file=path, line=number)
        yield number, read


def _question(line: dict[str, Any], towns: dict[int, str | None]) -> JudgedQuestion:
    gold = tuple(dict.fromkeys(filter(None, (towns[uid] for uid in line["positives"]))))
    near = tuple(dict.fromkeys(filter(None, (towns[uid] for uid in line["borderline"]))))
    return JudgedQuestion(
        id=line["id"],
        type=TYPES.get(line["type"], "fact") if line["positives"] else "none",
        lang=line["lang"],
        question=line["question"],
        gold=gold,
        acceptable=tuple(name for name in near if name not in gold),
    )
