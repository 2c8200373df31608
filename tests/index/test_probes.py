"""What is found of a machine by trying, with a clock that is set by hand."""

from functools import partial

import pytest

from index.probes import HOLDS, FastestThreads


class Machine:
    """A clock, and work that takes as long as is said for a number of threads."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.threads = 0
        self.takes: dict[int, float] = {}

    def set_num_threads(self, threads: int) -> None:
        self.threads = threads

    def work(self, size: int) -> int:
        self.now += size * self.takes[self.threads]
        return size


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr("index.probes.monotonic", lambda: made.now)
    monkeypatch.setattr("index.probes.torch", made)
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    return made


def used(fastest: FastestThreads, machine: Machine, sizes: list[int]) -> list[int]:
    """The threads that each part of the work was done on."""
    found = []
    for size in sizes:
        assert fastest.run(partial(machine.work, size), size) == size
        found.append(machine.threads)
    return found


@pytest.mark.parametrize(("takes", "best"), [({1: 2.0, 4: 0.5}, 4), ({1: 0.5, 4: 4.0}, 1)])
def test_both_are_tried_at_work_and_the_faster_one_stays(machine, takes, best):
    machine.takes = takes
    # Of 4 parts and of 1: what counts is the time for each part of the size.
    assert used(FastestThreads(), machine, [4, 1, 1, 1]) == [1, 4, best, best]


def test_both_are_tried_again_after_a_while(machine):
    machine.takes = {1: 1.0, 4: 0.5}
    fastest = FastestThreads()
    assert used(fastest, machine, [2, 2, 2]) == [1, 4, 4]
    machine.takes = {1: 1.0, 4: 8.0}
    assert used(fastest, machine, [1]) == [4]
    machine.now += HOLDS
    assert used(fastest, machine, [1, 1, 1]) == [1, 4, 1]


def test_one_core_is_never_asked_twice(machine, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    machine.takes = {1: 1.0}
    assert used(FastestThreads(), machine, [1, 1]) == [1, 1]
