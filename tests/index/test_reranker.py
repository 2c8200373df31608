"""Which reranker the settings mean, without loading one."""

import json
import logging
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from errors import JireiError
from index import reranker
from index.reranker import (
    PROBE,
    SLOWEST,
    SentenceReranker,
    ShippedReranker,
    make_reranker,
    shipped_model,
)
from settings import Settings

EMBEDDED = {"encoder": "embedded"}
PAIRS_PER_SECOND = ShippedReranker.pairs_per_second


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[float]:
    """A machine that has the models; `machine[0]` is how many pairs a second it reads."""
    speed = [SLOWEST]
    (tmp_path / "reranker").mkdir()
    monkeypatch.setattr(reranker, "FOLDER", tmp_path / "reranker")
    monkeypatch.setattr(reranker, "embedded_available", lambda: True)
    monkeypatch.setattr(ShippedReranker, "pairs_per_second", lambda _: speed[0])
    return speed


def settings(**more: object) -> Settings:
    return Settings.model_validate(EMBEDDED | more)


def test_auto_takes_the_shipped_one_on_a_machine_that_is_fast_enough(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert isinstance(make_reranker(settings()), ShippedReranker)
    assert caplog.records == []


def test_a_machine_that_is_too_slow_has_none_and_one_line_says_so(
    machine: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    machine[0] = SLOWEST - 0.1
    with caplog.at_level(logging.WARNING, "jirei"):
        assert make_reranker(settings(lang="en")) is None
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "25" in record.getMessage()


def test_asked_for_by_name_it_is_taken_whatever_the_machine(machine: list[float]) -> None:
    machine[0] = 0.1
    assert isinstance(make_reranker(settings(judge="reranker")), ShippedReranker)
    # Also beside another encoder: it brings its own words.
    assert isinstance(make_reranker(Settings(judge="reranker")), ShippedReranker)


@pytest.mark.parametrize("named", ["shipped", "some/model"])
def test_signals_alone_need_none(named: str) -> None:
    assert make_reranker(settings(judge="signals", reranker=named)) is None


@pytest.mark.parametrize("judge", ["auto", "reranker"])
def test_another_model_is_one_of_sentence_transformers(judge: str, machine: list[float]) -> None:
    machine[0] = 0.1
    assert isinstance(make_reranker(settings(judge=judge, reranker="x/y")), SentenceReranker)


def test_auto_has_none_beside_another_encoder() -> None:
    assert make_reranker(settings(encoder="some/model")) is None
    assert make_reranker(settings(encoder="stub")) is None


def test_auto_has_none_without_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reranker, "FOLDER", tmp_path / "none")
    assert make_reranker(settings()) is None
    assert shipped_model() == ""


def test_auto_has_none_where_the_encoder_has_no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranker, "embedded_available", lambda: False)
    assert make_reranker(settings()) is None


def test_shipped_model_is_named_by_the_beginning_of_its_sha(tmp_path: Path) -> None:
    config = tmp_path / "reranker" / "config.json"
    config.write_text(json.dumps({"sha256": "0123456789abcdef"}), encoding="utf-8")
    assert shipped_model() == "0123456789ab"


@pytest.mark.parametrize(
    ("seconds", "speed"),
    [
        ([0.25], 32.0),
        ([4.0, 0.25], 32.0),  # once beside others, then alone
        ([0.5, 0.4, 0.5, 0.8, 1.0], 20.0),
    ],
    ids=["fast", "busy at first", "slow"],
)
def test_speed_is_the_fastest_try_and_fast_enough_ends_them(
    seconds: list[float], speed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, loads_for = 0.0, 9.0
    lasts = iter([loads_for, *seconds])
    monkeypatch.setattr(reranker, "time", SimpleNamespace(perf_counter=lambda: now))

    class Timed(ShippedReranker):
        pairs_per_second = PAIRS_PER_SECOND

        def score(self, pairs):
            nonlocal now
            now += next(lasts)
            return np.zeros(len(pairs), dtype=np.float32)

    assert Timed(Settings()).pairs_per_second() == pytest.approx(speed)
    assert list(lasts) == []
    assert len(PROBE) == 8


def test_it_reads_on_its_own_threads_and_leaves_those_of_others() -> None:
    import torch

    made, used = ShippedReranker(Settings(threads=2)), []

    class Model:
        def score(self, pairs):
            used.append(torch.get_num_threads())
            if not pairs:
                raise ValueError("no pairs")
            return np.zeros(len(pairs), dtype=np.float32)

    made.__dict__["_model"] = Model()
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        made.score([("q", "a")])
        assert (used, torch.get_num_threads()) == ([2], 1)
        # Also after a failure, and the next question is not locked out.
        with pytest.raises(ValueError, match="no pairs"):
            made.score([])
        made.score([("q", "a")])
        assert (used, torch.get_num_threads()) == ([2, 2, 2], 1)
    finally:
        torch.set_num_threads(before)


def test_another_model_that_cannot_be_loaded_is_one_line(tmp_path: Path) -> None:
    made = make_reranker(settings(reranker=str(tmp_path / "none")))
    assert made is not None
    with pytest.raises(JireiError) as caught:
        made.score([("a", "b")])
    assert caught.value.key == "reranker_unloadable"
    assert str(tmp_path) in str(caught.value)


def test_another_model_gives_its_raw_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SentenceReranker("x/y")

    class Model:
        def predict(self, pairs, activation_fn):
            # One column a pair, and no sigmoid.
            return activation_fn(np.array([[float(len(text))] for _, text in pairs]))

    made.__dict__["_model"] = Model()
    scores = made.score([("q", "abc"), ("q", "a" * 9)])
    assert scores.tolist() == [3.0, 9.0]
    assert scores.dtype == np.float32
