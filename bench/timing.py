"""What the benches share: figures, the machine's name, and latencies of questions."""

import os
import platform
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.respond import Answerer
from settings import Settings

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


def table(figures: Sequence[Figure]) -> str:
    """All figures, one a line."""
    return "\n".join(figure.line() for figure in figures)


def cpu_name() -> str:
    """The CPU as the system calls it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def machine(settings: Settings) -> str:
    """The line above every table: CPU, cores, threads."""
    return f"{cpu_name()}, {os.cpu_count()} cores, queries on {settings.threads or 1} thread(s)"


def latencies(answerer: Answerer, questions: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of ROUNDS rounds over the questions."""
    taken = []
    for _ in range(ROUNDS):
        for question in questions:
            began = time.perf_counter()
            answerer.ask(question)
            taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[18]
