"""A report: figures with their intervals, scores by query, and what changed since another."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from errors import JireiError
from evaluation.metrics import Difference, Estimate, difference

Kind = Literal["retrieval", "answers"]

SCHEMA = 1
LOWER_IS_BETTER = frozenset({"false_refusal", "ECE", "unjudged", "p50_ms", "p95_ms"})

ARMS = ("dense", "lexical", "fused", "reranked")
BESIDE_ARMS = ("passage", "unjudged")


@dataclass(frozen=True)
class Record:
    """One query: its value in each figure that it is part of, and what people want to see."""

    id: str
    question: str
    scores: Mapping[str, float]
    shown: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As one line of the file of scores by query."""
        return {"id": self.id, "question": self.question, "scores": self.scores} | dict(self.shown)


@dataclass(frozen=True)
class Report:
    """What an evaluation found.

    `figures` maps names such as "fused.nDCG@10" or "list.ja.F1" to a mean over queries;
    `plain` holds those without an interval. `head` says what was measured.
    """

    kind: Kind
    head: Mapping[str, Any]
    figures: Mapping[str, Estimate]
    plain: Mapping[str, float]
    records: Sequence[Record]

    @property
    def values(self) -> dict[str, float]:
        """Every figure by its name."""
        return {name: figure.mean for name, figure in self.figures.items()} | dict(self.plain)

    def lines(self) -> str:
        """The scores by query, one JSON object a line."""
        rows = (json.dumps(record.to_json(), ensure_ascii=False) for record in self.records)
        return "".join(row + "\n" for row in rows)

    @property
    def scores_file(self) -> str:
        """The name of the file of scores by query, told by what it holds."""
        return f"queries-{sha256(self.lines().encode()).hexdigest()[:12]}.jsonl"

    def to_json(self) -> dict[str, Any]:
        """The report as JSON; figures are nested by the dots in their names."""
        intervals = {
            name: [round(figure.low, 4), round(figure.high, 4)]
            for name, figure in self.figures.items()
        }
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            **self.head,
            **_placed(self.kind, nested({name: round(v, 4) for name, v in self.values.items()})),
            "intervals": nested(intervals),
            "counts": nested({name: figure.n for name, figure in self.figures.items()}),
            "per_query": self.scores_file,
        }


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """{"list.ja.F1": x} → {"list": {"ja": {"F1": x}}}."""
    tree: dict[str, Any] = {}
    for name, value in flat.items():
        *path, last = name.split(".")
        branch = tree
        for part in path:
            branch = branch.setdefault(part, {})
        branch[last] = value
    return tree


def flattened(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The opposite of `nested`."""
    flat: dict[str, Any] = {}
    for name, value in tree.items():
        if isinstance(value, Mapping):
            flat |= flattened(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def _placed(kind: Kind, tree: Mapping[str, Any]) -> dict[str, Any]:
    """Where the figures stand in the JSON: "arms" holds the three arms and nothing else."""
    if kind == "answers":
        return {"figures": dict(tree)}
    beside = {key: tree[key] for key in BESIDE_ARMS if key in tree}
    return {"arms": {arm: tree[arm] for arm in ARMS if arm in tree}, **beside}


def _taken(kind: Kind, report: Mapping[str, Any]) -> dict[str, Any]:
    """The opposite of `_placed`. Raises KeyError if there are no figures."""
    if kind == "answers":
        return dict(report["figures"])
    return {**report["arms"], **{key: report[key] for key in BESIDE_ARMS if key in report}}


def is_lower_better(figure: str) -> bool:
    """Whether a figure improves when it falls."""
    return not LOWER_IS_BETTER.isdisjoint(figure.split("."))


def save(report: Report, folder: Path) -> None:
    """Writes the scores by query, and the report as the last one of its kind.

    Raises JireiError if the folder cannot be written.
    """
    text = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / report.scores_file, report.lines())
        _write(folder / f"last-{report.kind}.json", text + "\n")
    except OSError as error:
        raise JireiError("disk_write", path=folder, why=error.strerror) from error


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


@dataclass(frozen=True)
class OldReport:
    """A report read back: its figures by name, and its scores by query."""

    file: str
    kind: Kind
    head: Mapping[str, Any]
    values: Mapping[str, float]
    intervals: Mapping[str, Sequence[float]]
    counts: Mapping[str, int]
    records: Mapping[str, Record]


def load_report(path: Path, folder: Path) -> OldReport:
    """A report in JSON; its scores by query are looked for beside it, then in `folder`.

    Raises JireiError if it cannot be read or its scores are gone.
    """
    try:
        report = json.loads(path.read_text(encoding="utf-8-sig"))
        kind: Kind = report["kind"]
        name = Path(report["per_query"]).name
        values = flattened(_taken(kind, report))
        head = {key: report[key] for key in report if not isinstance(report[key], dict)}
        intervals, counts = flattened(report["intervals"]), flattened(report["counts"])
    except FileNotFoundError as error:
        raise JireiError("path_missing", path=path) from error
    except OSError as error:
        raise JireiError("file_unreadable", file=path, why=error.strerror) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise JireiError("eval_report", file=path) from error
    for file in (path.parent / name, folder / name):
        if file.is_file():
            return OldReport(path.name, kind, head, values, intervals, counts, _records(file))
    raise JireiError("eval_scores_missing", file=path, scores=name)


def _records(file: Path) -> dict[str, Record]:
    records: dict[str, Record] = {}
    try:
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line:
                row = json.loads(line)
                record = Record(row.pop("id"), row.pop("question"), row.pop("scores"), row)
                records[record.id] = record
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise JireiError("eval_report", file=file) from error
    return records


@dataclass(frozen=True)
class Changed:
    """A query whose scores are other than they were, by the figures that changed."""

    id: str
    question: str
    old: Mapping[str, float]
    new: Mapping[str, float]

    @property
    def gain(self) -> float:
        """Sum of the gains, a loss negative."""
        return sum(
            (self.new[name] - self.old[name]) * (-1 if is_lower_better(name) else 1)
            for name in self.new
        )


@dataclass(frozen=True)
class Comparison:
    """A report against an older one, over the queries of both; what fell most stands first."""

    with_file: str
    differences: Mapping[str, Difference]
    changed: Sequence[Changed]

    def to_json(self) -> dict[str, Any]:
        """As it stands in the report's JSON under "compared"."""
        return {
            "with": self.with_file,
            "differences": {
                name: {
                    key: round(value, 4) if isinstance(value, float) else value
                    for key, value in asdict(gap).items()
                }
                for name, gap in self.differences.items()
            },
            "changed": [asdict(change) for change in self.changed],
        }


def compare(report: Report, old: OldReport) -> Comparison:
    """The differences of all figures that both have, by paired bootstrap."""
    pairs: dict[str, list[tuple[float, float]]] = {}
    changed: list[Changed] = []
    for record in report.records:
        before = old.records.get(record.id)
        if before is None:
            continue
        both = [name for name in record.scores if name in before.scores]
        for name in both:
            pairs.setdefault(name, []).append((record.scores[name], before.scores[name]))
        moved = [n for n in both if abs(record.scores[n] - before.scores[n]) > 1e-9]
        if moved:
            was, now = ({n: scores[n] for n in moved} for scores in (before.scores, record.scores))
            changed.append(Changed(record.id, record.question, was, now))
    differences = {
        name: difference([new for new, _ in values], [was for _, was in values])
        for name, values in pairs.items()
    }
    return Comparison(old.file, differences, sorted(changed, key=lambda change: change.gain))


def too_low(values: Mapping[str, float], conditions: Iterable[str]) -> list[str]:
    """Which of the conditions "figure=value" fail, each told with what was found.

    Where lower is better, a figure above the value fails. Raises JireiError for a condition
    that is none, or that names no figure.
    """
    failed = []
    for condition in conditions:
        name, _, limit = condition.rpartition("=")
        try:
            wanted = float(limit)
        except ValueError as error:
            raise JireiError("eval_condition", condition=condition) from error
        if name not in values or wanted != wanted:
            raise JireiError("eval_condition", condition=condition)
        low = is_lower_better(name)
        if values[name] > wanted if low else values[name] < wanted:
            failed.append(f"{name} {values[name]:.4f} {'>' if low else '<'} {wanted:g}")
    return failed
