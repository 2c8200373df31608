"""What is decided of a question: the verdict of each entry, and how sure it is."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["match", "unsure"]
Reason = Literal["period", "quantity", "doubted", "part", "weak"]

NEAREST = 3
MAYBE, LIKELY = 0.1, 0.5
"""Probabilities from which an entry may well answer, and from which it is more likely than not."""


@dataclass(frozen=True, slots=True)
class JudgedEntry:
    """An entry that answers or may: `score` is its probability (0 to 1), `units` are unit rows,
    the best first. `reason` says why it is unsure, `missing` what its sentence does not mention.
    """

    entry: int
    verdict: Verdict
    score: float
    units: tuple[int, ...]
    reason: Reason | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents have a match, an unsure entry at best, or neither."""

    match: int
    unsure: int
    no: int

    def told(self, *, refused: bool) -> dict[str, int]:
        """As an answer tells them: none has a match where it is refused."""
        if refused:
            return {"match": 0, "unsure": 0, "no": self.match + self.unsure + self.no}
        return {"match": self.match, "unsure": self.unsure, "no": self.no}


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdicts: `entries` the matches, then the unsure ones, the surest first.

    `nearest` are the closest entries when none is left. Every other entry has the verdict "no".
    `doubted` says that it is not sure whether anything answers.
    """

    entries: tuple[JudgedEntry, ...]
    nearest: tuple[JudgedEntry, ...]
    counts: Counts
    doubted: bool
