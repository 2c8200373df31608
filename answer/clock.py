"""How long each step of an answer takes."""

import time


class Clock:
    """Milliseconds of each step, and of all."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """Adds what passed since the last lap to a step."""
        now = time.perf_counter()
        self._laps[step] = self._laps.get(step, 0.0) + (now - self._last) * 1000
        self._last = now

    def laps(self) -> dict[str, float]:
        """Milliseconds by step, and of all so far as "total"."""
        return self._laps | {"total": (time.perf_counter() - self._began) * 1000}
