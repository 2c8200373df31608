import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from answer import live as module_under_test
from answer.live import LiveAnswerer
from answer.respond import Answerer
from errors import JireiError
from index import generation
from index.build import build
from index.life import roll_back
from index.manifest import Manifest, read_manifest
from index.stub_encoder import StubEncoder
from settings import ROOT, Settings

KYOTO = "京都市は、RPAで入力を自動化している。"
QUESTION = "京都市のRPAは？"


@pytest.fixture
def live(corpus: Path, settings: Settings) -> LiveAnswerer:
    """The small corpus, open."""
    build([corpus], StubEncoder(), settings)
    live = LiveAnswerer(settings)
    live.current()
    return live


def add_kyoto(corpus: Path) -> None:
    (corpus / "cases" / "kyoto.md").write_text(f"# 京都市：入力の自動化\n\n{KYOTO}\n", "utf-8")


def test_the_same_generation_is_opened_once(live: LiveAnswerer) -> None:
    assert live.current() is live.current()


def test_generation_that_another_process_built_answers_at_once(
    live: LiveAnswerer, corpus: Path
) -> None:
    before = live.current()
    assert before.ask(QUESTION).refused
    add_kyoto(corpus)
    command = [sys.executable, "-m", "cli", "build", str(corpus)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (case,) = live.current().ask(QUESTION).cases
    assert case.quotes[0].text == KYOTO
    # Who still holds the earlier one is not disturbed.
    assert before.ask("テレワークの目標は？").cases


def test_rollback_answers_at_once(live: LiveAnswerer, corpus: Path, settings: Settings) -> None:
    first = live.current().generation.name
    add_kyoto(corpus)
    build([corpus], StubEncoder(), settings)
    assert not live.current().ask(QUESTION).refused
    roll_back(settings, StubEncoder())
    assert live.current().generation.name == first
    assert live.current().ask(QUESTION).refused


class Even:
    """Finds every passage as likely as not."""

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.zeros(len(pairs), dtype=np.float32)


def test_machine_too_slow_for_the_reranker_is_tried_again_with_each_new_generation(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[Even | None] = [None, None, Even()]
    monkeypatch.setattr(module_under_test, "make_reranker", lambda _: left.pop(0))
    build([corpus], StubEncoder(), settings)
    live = LiveAnswerer(settings)
    found = []
    for text in ("一つ目。", "二つ目。", "三つ目。"):
        found.append((live.current().reranks, live.current().reranks, len(left)))
        (corpus / "cases" / "kyoto.md").write_text(f"# 京都市：入力\n\n{text}\n", "utf-8")
        build([corpus], StubEncoder(), settings)
    found.append((live.current().reranks, live.current().reranks, len(left)))
    # Once it is there, nothing is tried any more: the list would have run out.
    assert found == [(False, False, 2), (False, False, 1), (True, True, 0), (True, True, 0)]


def test_machine_too_slow_is_not_tried_with_each_question_if_a_generation_is_damaged(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[None] = []
    monkeypatch.setattr(module_under_test, "make_reranker", lambda _: tried.append(None))
    build([corpus], StubEncoder(), settings)
    live = LiveAnswerer(settings)
    live.current()
    add_kyoto(corpus)
    name = build([corpus], StubEncoder(), settings).generation.name
    (settings.index_folder / name / "chunks.jsonl").write_bytes(b"")
    for _ in range(3):
        with pytest.raises(JireiError, match=r"chunks\.jsonl"):
            live.current()
    assert len(tried) == 2


def test_while_one_thread_opens_the_others_have_the_earlier_one(
    live: LiveAnswerer, corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, go_on = Event(), Event()
    open_with = Answerer.open_with

    def slowly(*arguments):
        opening.set()
        assert go_on.wait(30)
        return open_with(*arguments)

    first = live.current()
    add_kyoto(corpus)
    newer = build([corpus], StubEncoder(), settings).generation.name
    monkeypatch.setattr(Answerer, "open_with", slowly)
    found: list[str] = []
    thread = Thread(target=lambda: found.append(live.current().generation.name))
    thread.start()
    assert opening.wait(30)
    assert live.current() is first
    go_on.set()
    thread.join(30)
    assert found == [newer]
    assert live.current().generation.name == newer


def test_generation_that_is_damaged_is_told_and_not_answered_from(
    live: LiveAnswerer, corpus: Path, settings: Settings
) -> None:
    add_kyoto(corpus)
    name = build([corpus], StubEncoder(), settings).generation.name
    path = settings.index_folder / name / "chunks.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    for _ in range(2):
        with pytest.raises(JireiError, match=r"chunks\.jsonl"):
            live.current()
    path.write_bytes(whole)
    assert live.current().generation.name == name


def test_generation_dropped_just_before_it_is_opened_gives_way_to_the_newer(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = settings.model_copy(update={"keep_generations": 1})
    build([corpus], StubEncoder(), own)
    newer: list[str] = []

    def build_first(folder: Path, name: str) -> Manifest:
        if not newer:
            newer.append("")
            add_kyoto(corpus)
            newer.append(build([corpus], StubEncoder(), own).generation.name)
        return read_manifest(folder, name)

    monkeypatch.setattr(generation, "read_manifest", build_first)
    assert Answerer.open(settings).generation.name == newer[1]
