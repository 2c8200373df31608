"""The gate: red when a figure of the test half falls by more than its noise.

`python -m upkeep.gate` asks the test half of our own questions over the corpus and
compares with `baseline.json`; `--update` writes that file anew, with a reason in the commit
message.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from answer.judge import Judge
from errors import JireiError
from evaluation.metrics import Estimate
from evaluation.report import Report, is_lower_better
from evaluation.runs import run_answers, run_retrieval
from messages import tell
from settings import Settings, load_settings
from upkeep.own import QRELS, QUESTIONS, indexed

BASELINE = Path(__file__).parent / "baseline.json"

GATED = (
    "dense.nDCG@10 lexical.nDCG@10 fused.nDCG@10 fused.R@1 fused.R@10 passage.fused.nDCG@10"
    " list.ja.F1 list.en.F1 list.all.F1 fact.ja.hit fact.en.hit fact.all.hit"
    " fact.all.headline compare.all.hit followup.all.hit none.all.refused"
    " none.all.refused_or_unsure all.all.false_refusal all.all.ECE all.all.verbatim"
).split()

MOST_NOISE = 0.05
"""No figure may fall further than this (or by one question, if that is more)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a figure was, and how far it may fall (0 or more) before the gate is red."""

    value: float
    noise: float


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that fell beyond its noise; `now` is None if it is no longer measured."""

    figure: str
    now: float | None
    mark: Mark


_baselines = TypeAdapter(dict[str, Mark])


def marks_of(reports: Sequence[Report]) -> dict[str, Mark]:
    """The marks that these reports set.

    The same questions are asked each time, so a figure moves less than its bootstrap interval
    says: its noise is half of that, at most MOST_NOISE, but one question at least. A figure
    without an interval may not fall at all.
    """
    marks = {}
    for report in reports:
        for name in GATED:
            if name in report.figures:
                figure = report.figures[name]
                marks[name] = Mark(round(figure.mean, 4), round(noise_of(figure), 4))
            elif name in report.plain:
                marks[name] = Mark(round(report.plain[name], 4), 0.0)
    return marks


def noise_of(figure: Estimate) -> float:
    """How far a figure may fall, 0 or more."""
    return max(1 / figure.n, min(figure.half_width, MOST_NOISE))


def falls(values: Mapping[str, float], marks: Mapping[str, Mark]) -> list[Fall]:
    """The figures that are worse than their mark by more than its noise."""
    fallen = []
    for name, mark in marks.items():
        now = values.get(name)
        loss = 0.0 if now is None else (mark.value - now) * (-1 if is_lower_better(name) else 1)
        # Marks are rounded to four places.
        if now is None or loss > mark.noise + 1e-4:
            fallen.append(Fall(name, now, mark))
    return fallen


def measure(settings: Settings, judge: Judge | None = None) -> list[Report]:
    """The reports on the test half, over the corpus of the settings.

    Raises JireiError as a build does.
    """
    own, answerer = indexed(settings, judge)
    return [
        run_retrieval(QRELS, own, split="test"),
        run_answers(QUESTIONS, own, split="test", answerer=answerer),
    ]


def read_baseline(path: Path) -> dict[str, Mark]:
    """The committed marks. Raises JireiError if the file is missing or is none."""
    try:
        return _baselines.validate_python(json.loads(path.read_text(encoding="utf-8"))["figures"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        raise JireiError("eval_report", file=path.name) from error


def write_baseline(path: Path, marks: Mapping[str, Mark], encoder: str) -> None:
    """Writes the marks, in the order of GATED."""
    figures = {name: asdict(marks[name]) for name in GATED if name in marks}
    content = {"split": "test", "encoder": encoder, "figures": figures}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the gate: 0 green, 1 red, 2 if it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.gate", description=__doc__)
    parser.add_argument("--baseline", type=Path, default=BASELINE)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args(arguments)
    # The judge is named, since "auto" follows the speed of the machine.
    settings = load_settings().model_copy(update={"judge": "reranker"})
    try:
        marks = {} if options.update else read_baseline(options.baseline)
        reports = measure(settings)
    except JireiError as error:
        print(error.tell(settings.lang), file=sys.stderr)
        return 2
    if options.update:
        write_baseline(options.baseline, marks_of(reports), str(reports[0].head["encoder"]))
        return 0
    values = {name: value for report in reports for name, value in report.values.items()}
    for name, mark in marks.items():
        now = f"{values[name]:.4f}" if name in values else "-"
        print(f"{name:26} {now:>8}  ({mark.value:.4f} ± {mark.noise:.4f})")
    fallen = falls(values, marks)
    if fallen:
        names = ", ".join(fall.figure for fall in fallen)
        print(tell("gate_red", settings.lang, figures=names), file=sys.stderr)
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
