"""Reports: their JSON, what changed, and conditions."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import JireiError
from evaluation.metrics import estimates
from evaluation.report import (
    Record,
    Report,
    compare,
    flattened,
    is_lower_better,
    load_report,
    nested,
    save,
    too_low,
)


def retrieval(**scores: float) -> Report:
    """A report on one measure, of queries named by their scores."""
    records = [Record(q, f"{q}？", {"fused.R@1": v}, {"hits": []}) for q, v in scores.items()]
    figures = estimates({record.id: record.scores for record in records})
    plain = {"unjudged.fused": 0.25}
    return Report("retrieval", {"dataset": "d", "n_queries": 2}, figures, plain, records)


def test_json_has_the_shape_that_was_promised() -> None:
    report = retrieval(p=1.0, q=1.0).to_json()
    assert report["arms"] == {"fused": {"R@1": 1.0}}
    assert (report["dataset"], report["n_queries"]) == ("d", 2)
    assert report["unjudged"] == {"fused": 0.25}
    assert report["intervals"] == {"fused": {"R@1": [1.0, 1.0]}}
    assert report["counts"] == {"fused": {"R@1": 2}}


names = st.text("abc@1", min_size=1, max_size=3)


@given(st.dictionaries(st.tuples(names, names).map(".".join), st.floats(0, 1)))
def test_flattened_undoes_nested(flat: dict[str, float]) -> None:
    assert flattened(nested(flat)) == flat


def saved(report: Report, folder: Path) -> Path:
    save(report, folder)
    return folder / f"last-{report.kind}.json"


def test_saved_report_is_read_back(tmp_path: Path) -> None:
    report = retrieval(p=1.0, q=0.0)
    old = load_report(saved(report, tmp_path / "eval"), tmp_path)
    assert old.values == {"fused.R@1": 0.5, "unjudged.fused": 0.25}
    assert old.records["q"].scores == {"fused.R@1": 0.0}
    assert old.records["p"].shown == {"hits": []}
    assert old.counts == {"fused.R@1": 2}


def test_scores_of_another_run_stand_beside_and_are_found_in_the_folder(tmp_path: Path) -> None:
    first = saved(retrieval(p=1.0), tmp_path)
    kept = tmp_path / "elsewhere" / "old.json"
    kept.parent.mkdir()
    kept.write_bytes(first.read_bytes())
    save(retrieval(p=0.0), tmp_path)
    assert load_report(kept, tmp_path).records["p"].scores == {"fused.R@1": 1.0}


def test_comparison_pairs_queries_and_tells_the_changed_ones_worst_first(tmp_path: Path) -> None:
    old = load_report(saved(retrieval(a=1.0, b=0.5, c=0.2, gone=1.0), tmp_path), tmp_path)
    found = compare(retrieval(a=0.0, b=1.0, c=0.2, new=1.0), old)
    # Gaps of the three queries of both: -1, +0.5, 0.
    assert found.differences["fused.R@1"].mean == pytest.approx(-1 / 6)
    assert found.differences["fused.R@1"].n == 3
    assert [(change.id, change.gain) for change in found.changed] == [("a", -1.0), ("b", 0.5)]
    told = found.to_json()
    assert told["changed"][0]["old"] == {"fused.R@1": 1.0}
    json.dumps(told)


def test_less_false_refusal_is_a_gain(tmp_path: Path) -> None:
    def report(value: float) -> Report:
        records = [Record("q", "？", {"all.all.false_refusal": value})]
        return Report("answers", {}, estimates({"q": records[0].scores}), {}, records)

    old = load_report(saved(report(1.0), tmp_path), tmp_path)
    assert compare(report(0.0), old).changed[0].gain == 1.0


@pytest.mark.parametrize(
    ("figure", "lower"),
    [
        ("all.all.false_refusal", True),
        ("all.all.p95_ms", True),
        ("unjudged.fused", True),
        ("list.ja.F1", False),
    ],
)
def test_direction_of_a_figure(figure: str, lower: bool) -> None:
    assert is_lower_better(figure) is lower


def test_conditions_fail_on_the_worse_side_only() -> None:
    values = {"fused.R@1": 0.5, "all.all.ECE": 0.1}
    assert too_low(values, ["fused.R@1=0.5", "all.all.ECE=0.1"]) == []
    assert too_low(values, ["fused.R@1=0.51"]) == ["fused.R@1 0.5000 < 0.51"]
    assert too_low(values, ["all.all.ECE=0.09"]) == ["all.all.ECE 0.1000 > 0.09"]


@pytest.mark.parametrize("condition", ["", "fused.R@1", "fused.R@1=x", "R@1=0.5", "fused.R@1=nan"])
def test_condition_that_is_none_is_told(condition: str) -> None:
    with pytest.raises(JireiError, match="条件"):
        too_low({"fused.R@1": 0.5}, [condition])


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"kind": "answers", "per_query": "x", "figures": {}}', "\\"]
)
def test_file_that_is_no_report_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "old.json").write_text(content, encoding="utf-8")
    with pytest.raises(JireiError, match="評価の結果として読めません"):
        load_report(tmp_path / "old.json", tmp_path)


def test_missing_report_and_missing_scores_are_told(tmp_path: Path) -> None:
    with pytest.raises(JireiError, match="がありません"):
        load_report(tmp_path / "none.json", tmp_path)
    report = retrieval(p=1.0)
    file = saved(report, tmp_path)
    (tmp_path / report.scores_file).unlink()
    with pytest.raises(JireiError, match="質問ごとの得点"):
        load_report(file, tmp_path)


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "eval").write_text("a file", encoding="utf-8")
    with pytest.raises(JireiError, match="書き込めません"):
        save(retrieval(p=1.0), tmp_path / "eval")
