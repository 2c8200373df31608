"""What this machine does faster, found by trying."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

import torch

HOLDS = 60.0
"""How many seconds what was found of threads holds: the load of a machine changes."""

T = TypeVar("T")


def seconds(run: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, after one to warm up."""
    run()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return min(taken)


def choose_dtype(wanted: str) -> torch.dtype:
    """The dtype asked for; for "auto" the faster one of a layer-sized product.

    bfloat16 is more than twice as fast where the CPU has AMX, and slower where it has not.
    """
    if wanted != "auto":
        return torch.bfloat16 if wanted == "bfloat16" else torch.float32

    def product(dtype: torch.dtype) -> Callable[[], object]:
        a, b = torch.ones(512, 384, dtype=dtype), torch.ones(384, 1536, dtype=dtype)
        return lambda: a @ b

    faster = seconds(product(torch.bfloat16)) < 0.8 * seconds(product(torch.float32))
    return torch.bfloat16 if faster else torch.float32


def choose_threads(run: Callable[[], object]) -> int:
    """How many threads `run` is fastest on: one, or all cores; torch is left set to that.

    Beside another busy process, more threads can be many times slower than one.
    """
    found = {}
    for threads in sorted({1, os.cpu_count() or 1}):
        torch.set_num_threads(threads)
        found[threads] = seconds(run, times=1)
    best = min(found, key=lambda threads: found[threads])
    torch.set_num_threads(best)
    return best


@contextmanager
def threads_restored() -> Iterator[None]:
    """However many threads torch is set to within, it has as many as before afterwards."""
    before = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(before)


class FastestThreads:
    """Finds how many threads work is fastest on while doing it: first on one, then on all cores.

    Nothing is done for the sake of finding out, so that it pays for little work too.
    """

    def __init__(self) -> None:
        self._counts = sorted({1, os.cpu_count() or 1})
        self._seconds: dict[int, float] = {}
        self._until = 0.0

    def run(self, work: Callable[[], T], size: int) -> T:
        """Does a part of the work, whose time grows with `size`; torch is left set to its threads.

        Every HOLDS seconds both are tried again.
        """
        if monotonic() >= self._until:
            self._seconds, self._until = {}, monotonic() + HOLDS
        seconds = self._seconds  # another thread may begin anew meanwhile
        untried = [count for count in self._counts if count not in seconds]
        threads = untried[0] if untried else min(seconds, key=lambda count: seconds[count])
        torch.set_num_threads(threads)
        began = monotonic()
        done = work()
        seconds.setdefault(threads, (monotonic() - began) / size)
        return done
