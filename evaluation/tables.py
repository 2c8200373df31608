"""Reports as tables on a terminal."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evaluation.metrics import MEASURES, Estimate
from evaluation.report import ARMS, Comparison, Report
from messages import Lang, tell

MOST_CHANGED = 20
WIDTH = 120

COLUMNS = {
    "list": ("precision", "recall", "F1", "exact", "false_refusal"),
    "fact": ("hit", "first", "headline", "strings", "false_refusal"),
    "compare": ("hit", "all", "strings", "false_refusal"),
    "followup": ("F1", "exact", "hit", "first", "strings", "false_refusal"),
    "none": ("refused", "refused_or_unsure"),
    "all": ("false_refusal", "ECE", "ECE_by_chance", "AUC", "verbatim", "p50_ms", "p95_ms"),
}


def _console() -> Console:
    """As wide as the terminal; a file takes what the widest table needs."""
    return Console() if Console().is_terminal else Console(width=WIDTH)


def print_report(report: Report, lang: Lang) -> None:
    """Prints the figures, each with its 95 % interval."""
    console = _console()
    head = report.head
    n = head.get("n_queries", head.get("n_questions"))
    title = tell("eval_title", lang, dataset=head["dataset"], n=n, index=head["index"])
    console.print(Text(title))
    retrieval = report.kind == "retrieval"
    for table in _retrieval_tables(report, lang) if retrieval else _answer_tables(report):
        console.print(table)
    for size, confidence, right in head.get("reliability", ()):
        line = tell("eval_reliability", lang, n=size, confidence=confidence, right=right)
        console.print(Text(line))


def _retrieval_tables(report: Report, lang: Lang) -> list[Table]:
    prefixes = [""] + (["passage."] if "passage.fused.R@1" in report.figures else [])
    tables = []
    for prefix in prefixes:
        label = tell("eval_passages" if prefix else "eval_documents", lang)
        groups = [f"{prefix}{arm}" for arm in ARMS if f"unjudged.{prefix}{arm}" in report.plain]
        table = _table(label, groups, tuple(MEASURES), report)
        shares = (f"{group} {report.plain[f'unjudged.{group}']:.3f}" for group in groups)
        table.caption = tell("eval_unjudged", lang, shares=", ".join(shares))
        tables.append(table)
    return tables


def _answer_tables(report: Report) -> list[Table]:
    return [
        _table(kind, [f"{kind}.{x}" for x in ("ja", "en", "all")], columns, report)
        for kind, columns in COLUMNS.items()
        if any(f"{kind}.all.{name}" in report.values for name in columns)
    ]


def _table(label: str, groups: Sequence[str], columns: Sequence[str], report: Report) -> Table:
    table = Table(title=label, title_justify="left")
    table.add_column("")
    for column in ("n", *columns):
        table.add_column(column, justify="right")
    for group in groups:
        cells = [_cell(report.figures, report.plain, f"{group}.{name}") for name in columns]
        if any(cells):
            sizes = [f.n for name, f in report.figures.items() if _group(name) == group]
            table.add_row(group, str(max(sizes, default="")), *cells)
    return table


def _group(name: str) -> str:
    return name.rpartition(".")[0]


def _cell(figures: Mapping[str, Estimate], plain: Mapping[str, float], name: str) -> str:
    if name in figures:
        figure = figures[name]
        return f"{figure.mean:.3f}\n{_short(figure.low)}–{_short(figure.high)}"
    if name in plain:
        return f"{plain[name]:.0f}" if name.endswith("_ms") else f"{plain[name]:.3f}"
    return ""


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def print_comparison(comparison: Comparison, report: Report, lang: Lang) -> None:
    """Prints each figure's difference, and the queries that changed, the worst first."""
    console = _console()
    table = Table(title=tell("eval_compared", lang, file=comparison.with_file))
    for column in ("", tell("eval_new", lang), tell("eval_change", lang), "95 %", "p"):
        table.add_column(column, justify="right" if column else "left")
    for name, gap in comparison.differences.items():
        interval = f"{gap.low:+.3f} … {gap.high:+.3f}"
        new = f"{report.values[name]:.3f}"
        table.add_row(name, new, f"{gap.mean:+.3f}", interval, f"{gap.p:.3f}")
    console.print(table)
    console.print(Text(tell("eval_changed", lang, n=len(comparison.changed))))
    for change in comparison.changed[:MOST_CHANGED]:
        moved = ", ".join(
            f"{name} {change.old[name]:.2f} → {change.new[name]:.2f}" for name in change.new
        )
        console.print(Text(f"{change.gain:+.2f} {change.id} {change.question}\n      {moved}"))
