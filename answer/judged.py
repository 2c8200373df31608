"""A question on its way to its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answer.aspects import Aspect
from answer.decision import NEAREST, Decision, JudgedEntry
from answer.judge import Ratings
from answer.question import Question


@dataclass(frozen=True)
class Judged:
    """A question as it was understood, rated and decided; `admitted`, shape (n_entries,), says of
    which entries it is asked.
    """

    question: Question
    aspects: tuple[Aspect, ...]
    ratings: Ratings
    decision: Decision
    admitted: NDArray[np.bool_]

    @property
    def told(self) -> Sequence[JudgedEntry]:
        """The verdicts; a doubt whether anything answers is in their scores.

        Of a fact it always is: of a named place the only question is whether it is stated.
        """
        entries = self.decision.entries
        uncertain = self.decision.doubted or self.question.mode == "fact"
        return self._overall(entries) if uncertain else entries

    @property
    def best(self) -> float:
        """How likely the likeliest entry is, 0 to 1."""
        return float(np.max(np.where(self.admitted, self.ratings.probability, 0.0)))

    @property
    def closest(self) -> int | None:
        """The unit that would be quoted first; None if no entry is asked."""
        found = self.decision.entries or self.decision.nearest
        return found[0].units[0] if found else None

    @property
    def nearest(self) -> Sequence[JudgedEntry]:
        """What comes closest, none of it a match."""
        found = self.decision.nearest or self.decision.entries[:NEAREST]
        return [replace(entry, verdict="unsure") for entry in self._overall(found)]

    def _overall(self, entries: Sequence[JudgedEntry]) -> list[JudgedEntry]:
        return [replace(e, score=self.ratings.unconditional(e.score)) for e in entries]
