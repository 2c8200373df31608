"""Finds training questions that come too near to those that only measure.

    python -m training.leaks FILE...      beside our own evaluation questions, also those of FILE

Prints each pair above the likeness and exits with 1 if there is any.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import make_encoder
from settings import ROOT, load_settings
from upkeep.judged_units import UNITS, read_lines
from upkeep.own import FACTS, NEAR_MISSES, OFF_TOPIC, QUESTIONS

DATA = ROOT / "training" / "data"
LIKENESS = 0.955
"""Cosine of two questions from which on they ask nearly the same."""

BARE = 12
"""A follow-up of fewer letters says too little to be a copy of another."""


def questions_of(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """Id and text of every question in JSON Lines files, in all its wordings.

    Raises JireiError as `read_lines`.
    """
    return [
        (str(line["id"]), text)
        for path in paths
        if path.name != UNITS
        for _, line in read_lines(path)
        for text in line.get("wordings", ()) or (str(line["question"]),)
        if len(text) >= BARE
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the pairs; 1 if there is any."""
    parser = argparse.ArgumentParser(prog="python -m training.leaks", description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    chosen = parser.parse_args(arguments)
    encoder = make_encoder(load_settings())
    trained = questions_of(sorted(DATA.glob("*/*.jsonl")))
    measured = questions_of([QUESTIONS, FACTS, OFF_TOPIC, NEAR_MISSES, *chosen.files])
    likeness = (
        encoder.encode_queries([text for _, text in trained])
        @ encoder.encode_queries([text for _, text in measured]).T
    )
    pairs = np.argwhere(likeness >= LIKENESS)
    for row, column in pairs:
        print(f"{likeness[row, column]:.3f}  {trained[row][0]}  {measured[column][0]}")
    return int(len(pairs) > 0)


if __name__ == "__main__":
    sys.exit(main())
