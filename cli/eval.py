"""`jirei eval`: retrieval and answers scored, compared with an older report."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.common import JsonFlag, Several, print_json
from errors import JireiError
from messages import tell
from settings import Settings, load_settings

if TYPE_CHECKING:
    from evaluation.report import OldReport, Report
    from evaluation.runs import Progress

app = typer.Typer(
    name="eval",
    help="検索と回答を採点する / score retrieval and answers.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

CompareOption = Annotated[
    Path | None, typer.Option("--compare", help="前の結果のJSON / an older report in JSON")
]
FailOption = Annotated[
    Several,
    typer.Option("--fail-under", help="下回れば失敗 / fails below: fused.nDCG@10=0.95"),
]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, help="先頭のN問 / first N")]


class SplitChoice(StrEnum):
    """Which half of the questions."""

    tune = "tune"
    test = "test"
    all = "all"


@app.command()
def retrieval(
    file: Annotated[Path, typer.Argument(help="SQuAD形式のJSONかBEIR形式のフォルダー")],
    as_json: JsonFlag = False,
    compare: CompareOption = None,
    fail_under: FailOption = None,
    limit: LimitOption = None,
    rerank: Annotated[
        bool, typer.Option("--rerank", help="読み直した順位も / also as the reranker ranks them")
    ] = False,
) -> None:
    """検索を採点する / score retrieval: dense, lexical, fused side by side."""
    from evaluation.runs import run_retrieval
    from search.reading import make_readers

    settings = load_settings()
    readers = make_readers(settings) if rerank else None
    old = _old(compare, settings)
    with _progress(settings) as progress:
        report = run_retrieval(file, settings, limit, progress, readers=readers)
    _finish(report, settings, as_json, old, fail_under or [])


@app.command()
def answers(
    file: Annotated[Path, typer.Argument(help="正解つきの質問 JSONL / judged questions")],
    split: Annotated[SplitChoice, typer.Option(help="どの半分か / which half")] = SplitChoice.all,
    as_json: JsonFlag = False,
    compare: CompareOption = None,
    fail_under: FailOption = None,
    limit: LimitOption = None,
) -> None:
    """回答を採点する / score answers, by type and language."""
    from evaluation.runs import run_answers

    settings = load_settings()
    old = _old(compare, settings)
    with _progress(settings) as progress:
        report = run_answers(file, settings, split.value, limit, progress)
    _finish(report, settings, as_json, old, fail_under or [])


def _old(path: Path | None, settings: Settings) -> "OldReport | None":
    """Read before anything is measured, so that a wrong file is told at once."""
    from evaluation.report import load_report

    return load_report(path, settings.var / "eval") if path else None


@contextmanager
def _progress(settings: Settings) -> "Iterator[Progress]":
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(tell("progress_evaluating", settings.lang), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _finish(
    report: "Report",
    settings: Settings,
    as_json: bool,
    old: "OldReport | None",
    conditions: list[str],
) -> None:
    from evaluation.report import compare, save, too_low
    from evaluation.tables import print_comparison, print_report

    comparison = compare(report, old) if old else None
    save(report, settings.var / "eval")
    if as_json:
        extra = {"compared": comparison.to_json()} if comparison else {}
        print_json(report.to_json() | extra)
    else:
        print_report(report, settings.lang)
        if comparison:
            print_comparison(comparison, report, settings.lang)
    failed = too_low(report.values, conditions)
    if failed:
        error = JireiError("eval_below", figures="; ".join(failed))
        print(error.tell(settings.lang), file=sys.stderr)
        raise typer.Exit(1)
