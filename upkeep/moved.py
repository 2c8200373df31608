"""What is answered where our own questions are asked of other places.

`python -m upkeep.moved elsewhere` (see `upkeep.elsewhere`) or `… within`.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from answer.contract import Answer
from errors import JireiError
from evaluation.answers import scores_of
from evaluation.questions import JudgedQuestion, load_questions
from settings import load_settings
from upkeep.elsewhere import asked_elsewhere
from upkeep.own import QUESTIONS, indexed
from upkeep.within import asked_within

Answered = tuple[JudgedQuestion, Answer]


def figures(answered: Sequence[Answered]) -> list[str]:
    """The mean of each score, 0 to 1, a line for each type and language."""
    lines = []
    kinds = sorted({(question.type, question.lang) for question, _ in answered})
    for kind, lang in kinds:
        scores = [scores_of(q, a) for q, a in answered if (q.type, q.lang) == (kind, lang)]
        told = [f"{name}={np.mean([s[name] for s in scores]):.3f}" for name in scores[0]]
        lines.append("  ".join([f"{kind}.{lang}", f"n={len(scores)}", *told]))
    return lines


def answered_in_error(answered: Sequence[Answered]) -> list[str]:
    """The texts of those that nothing answers and that got a match."""
    none = [(q, a) for q, a in answered if q.type == "none"]
    return [q.question for q, a in none if not scores_of(q, a)["refused_or_unsure"]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures; exit code 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.moved", description=__doc__)
    parser.add_argument("where", choices=("elsewhere", "within"))
    parser.add_argument("file", nargs="?", type=Path, default=QUESTIONS)
    parser.add_argument("--split", choices=("tune", "test", "all"), default="test")
    parser.add_argument("--judge", choices=("reranker", "signals"), default="reranker")
    parser.add_argument("--show", action="store_true", help="print what was answered in error")
    chosen = parser.parse_args(arguments)
    try:
        written = load_questions(chosen.file, chosen.split)
        settings = load_settings().model_copy(update={"judge": chosen.judge})
        answerer = indexed(settings)[1]
        if chosen.where == "within":
            questions = asked_within(written, answerer.table.places)
        else:
            questions = asked_elsewhere(written)
        answered = [(question, answerer.ask(question.question)) for question in questions]
    except JireiError as error:
        print(error.tell("en"), file=sys.stderr)
        return 2
    for line in figures(answered) + (answered_in_error(answered) if chosen.show else []):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
