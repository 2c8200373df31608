"""The gate: what turns it red."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from answer.judge import SignalJudge, shipped_weights
from errors import JireiError
from evaluation.metrics import Estimate
from settings import ROOT, Settings
from tests.real import real_var
from upkeep import gate
from upkeep.gate import BASELINE, Fall, Mark, falls, measure, noise_of, read_baseline

MARKS = {"list.ja.F1": Mark(0.5, 0.05), "all.all.ECE": Mark(0.04, 0.01)}


def test_a_figure_may_fall_by_its_noise_and_no_further() -> None:
    assert falls({"list.ja.F1": 0.45, "all.all.ECE": 0.05}, MARKS) == []
    assert falls({"list.ja.F1": 0.9, "all.all.ECE": 0.0}, MARKS) == []
    assert falls({"list.ja.F1": 0.449, "all.all.ECE": 0.04}, MARKS) == [
        Fall("list.ja.F1", 0.449, MARKS["list.ja.F1"])
    ]


def test_an_error_is_worse_when_it_rises() -> None:
    assert [fall.figure for fall in falls({"list.ja.F1": 0.5, "all.all.ECE": 0.06}, MARKS)] == [
        "all.all.ECE"
    ]


def test_a_figure_that_is_no_longer_measured_is_a_fall() -> None:
    assert falls({"list.ja.F1": 0.5}, MARKS) == [Fall("all.all.ECE", None, MARKS["all.all.ECE"])]


@pytest.mark.parametrize(
    ("n", "low", "high", "noise"),
    # Half the interval; never more than .05; never less than one question.
    [(100, 0.48, 0.54, 0.03), (100, 0.3, 0.7, 0.05), (10, 0.49, 0.51, 0.1)],
)
def test_noise_is_half_the_interval_within_bounds(
    n: int, low: float, high: float, noise: float
) -> None:
    assert noise_of(Estimate(0.5, low, high, n)) == pytest.approx(noise)


def test_missing_or_broken_baseline_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{"figures": {"a": 1}}', encoding="utf-8")
    for name in ("none.json", "broken.json"):
        with pytest.raises(JireiError) as caught:
            read_baseline(tmp_path / name)
        assert name in str(caught.value)


def test_committed_baseline_holds_every_gated_figure() -> None:
    marks = read_baseline(BASELINE)
    assert set(marks) == set(gate.GATED)
    assert marks["all.all.verbatim"] == Mark(1.0, 0.0)
    assert json.loads(BASELINE.read_text(encoding="utf-8"))["split"] == "test"


@pytest.fixture
def real_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "real").mkdir()
    monkeypatch.setenv("JIREI_VAR", str(real_var(tmp_path / "real")))
    monkeypatch.setenv("JIREI_ENCODER", "embedded")
    monkeypatch.setenv("JIREI_THESAURUS", str(ROOT / "corpus" / "thesaurus.csv"))
    return Settings()


def red(settings: Settings, judge: SignalJudge | None = None) -> set[str]:
    values = {k: v for report in measure(settings, judge) for k, v in report.values.items()}
    return {fall.figure for fall in falls(values, read_baseline(BASELINE))}


@pytest.mark.golden
def test_one_bad_weight_of_the_search_turns_the_gate_red(real_settings: Settings) -> None:
    bad = real_settings.model_copy(update={"dense_weight": 0.0})
    # The figures of the search do not hang on the judge, and this one is soon done.
    assert {"fused.nDCG@10", "fused.R@1"} <= red(bad, SignalJudge(shipped_weights()))


@pytest.mark.golden
def test_one_bad_weight_of_the_judge_turns_the_gate_red(real_settings: Settings) -> None:
    weights = shipped_weights()
    bad = (-weights.coefficients[0], *weights.coefficients[1:])
    assert "list.all.F1" in red(real_settings, SignalJudge(replace(weights, coefficients=bad)))
