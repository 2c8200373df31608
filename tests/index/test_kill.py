"""Builds killed at random moments: the index answers from the old or the new content, always."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from answer.respond import Answerer
from index.manifest import current_name
from index.publish import ASIDE
from settings import ROOT, Settings

KILLS = 30
SEED = 20250401
FILLERS = 6

Moment = Callable[[subprocess.Popen[bytes]], None]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")


def fact(number: int) -> str:
    return f"さいたま市は、入力事務のRPAで年間{number}時間を減らした。"


def write_corpus(folder: Path, number: int) -> None:
    """A corpus that states `number`; each number makes another index."""
    folder.mkdir(exist_ok=True)
    (folder / "saitama.md").write_text(f"# さいたま市：入力の自動化\n\n{fact(number)}\n", "utf-8")
    for page in range(FILLERS):
        lines = "\n".join(f"付録{page}の{row}行目に窓口の案内を記した。" for row in range(25))
        (folder / f"page{page}.md").write_text(f"# 付録{page}\n\n{number}版\n{lines}\n", "utf-8")


@contextmanager
def building(corpus: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real `jirei build`, killed at the latest when the block ends."""
    command = [sys.executable, "-m", "cli", "build", str(corpus)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_writing(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Returns when the build begins to write its generation, or has ended."""
    left_by_others = aside(folder)
    while process.poll() is None and aside(folder) <= left_by_others:
        pause(process, 0.0002)


def aside(folder: Path) -> set[str]:
    """What builds have written, or left, under a name that is not final."""
    return {path.name for path in folder.glob(f"{ASIDE}*")}


def pause(process: subprocess.Popen[bytes], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)


def measure(corpus: Path, folder: Path) -> tuple[float, float]:
    """Seconds of a whole build, and of its writing until the new generation is live."""
    live, began = current_name(folder), time.perf_counter()
    with building(corpus) as process:
        wait_for_writing(process, folder)
        writing = time.perf_counter()
        while process.poll() is None and current_name(folder) == live:
            pause(process, 0.0002)
        published = time.perf_counter()
        assert process.wait(timeout=60) == 0
    return time.perf_counter() - began, published - writing


def stated(settings: Settings, numbers: set[int]) -> int:
    """Which of the numbers the index answers with."""
    answer = Answerer.open(settings).ask("さいたま市は入力事務のRPAで年間何時間を減らした？")
    assert not answer.refused
    quotes = [quote.text for case in answer.cases for quote in case.quotes]
    found = [number for number in numbers if fact(number) in quotes]
    assert len(found) == 1, quotes
    return found[0]


def kill_a_build(corpus: Path, folder: Path, moment: Moment) -> tuple[bool, bool]:
    """Whether a build was killed at the moment given, and whether while it wrote."""
    before = aside(folder)
    with building(corpus) as process:
        moment(process)
        process.kill()
        code = process.wait()
    assert code in (-9, 0)
    return code == -9, bool(aside(folder) - before)


def test_index_answers_after_each_of_many_kills(tmp_path: Path, settings: Settings):
    corpus, folder, chance = tmp_path / "docs", settings.index_folder, random.Random(SEED)
    for number in (101, 102):
        write_corpus(corpus, number)
        whole, writing = measure(corpus, folder)

    def while_writing(process: subprocess.Popen[bytes]) -> None:
        wait_for_writing(process, folder)
        pause(process, writing * chance.random() ** 2)

    def anytime(process: subprocess.Popen[bytes]) -> None:
        pause(process, chance.uniform(0, whole))

    live, kills = 102, []
    for turn in range(KILLS):
        write_corpus(corpus, 200 + turn)
        kills.append(kill_a_build(corpus, folder, anytime if turn % 2 else while_writing))
        live = stated(settings, {live, 200 + turn})
    assert sum(killed for killed, _ in kills) >= 10
    assert sum(killed and wrote for killed, wrote in kills) >= 3
    write_corpus(corpus, 999)
    measure(corpus, folder)
    assert stated(settings, {live, 999}) == 999
    assert aside(folder) == set()
