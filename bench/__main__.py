"""Measures what a user waits for, on this machine, with the real model and corpus.

    python -m bench

Prints a table with the CPU's name and the number of threads. Run it with nothing else running.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from answer.respond import Answerer
from index.build import build
from index.encoder import make_encoder
from settings import ROOT, Settings, load_settings

QUESTIONS = (
    "RPAを入力業務に使っている市は？",
    "which cities use RPA for data entry?",
    "テレワークの目標は？",
    "Which prefecture offers social media counselling for young people?",
    "議会答弁の準備に生成AIを使っているところは？",
    "What did Machida do about generative AI?",
    "避難所の受付をマイナンバーカードでしている市は？",
    "京都市の書かない窓口は？",
)
ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value, and the limit it is held to (None: for information)."""

    name: str
    value: float
    unit: str
    limit: float | None

    def line(self) -> str:
        """The figure as a row of the table."""
        limit = "" if self.limit is None else f"<= {self.limit:g}"
        return f"{self.name:44} {self.value:10.1f} {self.unit:4} {limit}"


def cpu_name() -> str:
    """The CPU as the system calls it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def warm(settings: Settings) -> list[Figure]:
    """Latency of questions once everything is loaded, and the memory that takes."""
    answerer = Answerer.open(settings)
    answerer.warm_up()
    taken = []
    for _ in range(ROUNDS):
        for question in QUESTIONS:
            began = time.perf_counter()
            answerer.ask(question)
            taken.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(taken, n=20)
    memory = psutil.Process().memory_info().rss / 2**20
    return [
        Figure("warm question, p50", statistics.median(taken), "ms", 40),
        Figure("warm question, p95", cuts[18], "ms", 80),
        Figure("resident memory after them", memory, "MB", 1200),
    ]


def command_seconds(arguments: list[str]) -> float:
    """Wall time of one run of the command line in a new process."""
    began = time.perf_counter()
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def processes() -> list[Figure]:
    """What a new process takes: a first answer, and a build with nothing to do."""
    first = [command_seconds(["ask", QUESTIONS[0]]) for _ in range(3)]
    unchanged = [command_seconds(["build"]) for _ in range(3)]
    return [
        Figure("first answer of a new process", statistics.median(first), "s", 6),
        Figure("build of an unchanged corpus", statistics.median(unchanged), "s", 5),
    ]


def whole_build(settings: Settings) -> list[Figure]:
    """A build of the corpus from nothing, vectors included."""
    with tempfile.TemporaryDirectory() as folder:
        aside = settings.model_copy(update={"var": Path(folder)})
        began = time.perf_counter()
        build([settings.corpus], make_encoder(settings), aside)
        return [Figure("build of the corpus from nothing", time.perf_counter() - began, "s", 60)]


def main() -> None:
    """Measure all and print the table; `--json` prints it as JSON."""
    settings = load_settings()
    build([settings.corpus], make_encoder(settings), settings)
    figures = [*processes(), *warm(settings), *whole_build(settings)]
    if "--json" in sys.argv:
        rows = {figure.name: figure.value for figure in figures}
        print(json.dumps({"cpu": cpu_name(), "cores": os.cpu_count(), **rows}, indent=1))
        return
    print(f"{cpu_name()}, {os.cpu_count()} cores, queries on {settings.threads or 1} thread(s)")
    print("\n".join(figure.line() for figure in figures))


if __name__ == "__main__":
    main()
