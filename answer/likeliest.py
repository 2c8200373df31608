"""Which of the things that a question may mean is taken."""

from collections.abc import Callable, Sequence

from answer.followup import Standalone
from answer.judged import Judged

FIRST_READING = 0.5
"""How sure the first reading of a follow-up must be, as a share of any other one."""


def likeliest(
    meant: Sequence[Standalone], judged: Callable[[Standalone], Judged]
) -> tuple[Standalone, Judged]:
    """The reading that the documents answer best; the first one has an advantage.

    If the first only repeats what answers the question before, a reading that is there for this
    case and finds something else has the advantage instead; otherwise it does not count.
    """
    first = judged(meant[0])
    repeating = any(reading.repeated for reading in meant)
    if first.best >= FIRST_READING and not repeating:
        # No other one can be twice as likely.
        return meant[0], first
    found, advantage = [(meant[0], first)], 1 / FIRST_READING
    for reading in meant[1:]:
        if reading.repeated:
            earlier = judged(Standalone(reading.repeated, reading.repeated))
            if first.closest is None or first.closest != earlier.closest:
                continue
        other = judged(reading)
        if reading.repeated:
            if other.closest == first.closest:
                continue
            advantage = FIRST_READING
        found.append((reading, other))
    others = max(found[1:], key=lambda one: one[1].best, default=found[0])
    return found[0] if advantage * first.best >= others[1].best else others
