"""Measures what a user waits for, on this machine, with the real model and corpus.

    python -m bench

Prints a table with the CPU's name and the number of threads. Run it with nothing else running.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from answer.respond import Answerer
from bench.timing import Figure, cpu_name, latencies, machine, table
from index.build import build
from index.encoder import make_encoder
from index.reranker import ShippedReranker
from settings import ROOT, Settings, load_settings

LISTS = (
    "RPAを入力業務に使っている市は？",
    "which cities use RPA for data entry?",
    "議会答弁の準備に生成AIを使っているところは？",
    "避難所の受付をマイナンバーカードでしている市は？",
)
FACTS = (
    "テレワークの目標は？",
    "Which prefecture offers social media counselling for young people?",
    "What did Machida do about generative AI?",
    "京都市の書かない窓口は？",
)


def warm(settings: Settings) -> list[Figure]:
    """Latency of questions once everything is loaded, and the memory that takes."""
    process = psutil.Process()
    encoder = make_encoder(settings)
    alone = Answerer.open_with(settings, encoder, None)
    median, p95 = latencies(alone, (*LISTS, *FACTS))
    before = process.memory_info().rss / 2**20
    began = time.perf_counter()
    reranker = ShippedReranker(settings)
    reranker.load()
    loading = time.perf_counter() - began
    loaded = process.memory_info().rss / 2**20
    answerer = Answerer.open_with(settings, encoder, reranker)
    answerer.warm_up()
    lists, facts = (latencies(answerer, questions)[0] for questions in (LISTS, FACTS))
    memory = process.memory_info().rss / 2**20
    return [
        Figure("warm question by signals, p50", median, "ms", 80),
        Figure("warm question by signals, p95", p95, "ms", 200),
        Figure("list with the reranker, p50", lists, "ms", 700),
        Figure("fact with the reranker, p50", facts, "ms", 250),
        Figure("loading the reranker", loading, "s", 1),
        Figure("resident memory by signals", before, "MB", None),
        Figure("what loading the reranker adds", loaded - before, "MB", 150),
        Figure("resident memory with the reranker", memory, "MB", 1200),
    ]


def command_seconds(arguments: list[str]) -> float:
    """Wall time of one run of the command line in a new process."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "cli", *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def processes() -> list[Figure]:
    """What a new process takes: a first answer, and a build with nothing to do."""
    first = [command_seconds(["ask", LISTS[0]]) for _ in range(3)]
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
    # In a process of its own: what building from nothing takes would count as memory of answering.
    command_seconds(["build"])
    figures = [*processes(), *warm(settings), *whole_build(settings)]
    if "--json" in sys.argv:
        rows = {figure.name: figure.value for figure in figures}
        print(json.dumps({"cpu": cpu_name(), "cores": os.cpu_count(), **rows}, indent=1))
        return
    print(machine(settings))
    print(table(figures))


if __name__ == "__main__":
    main()
