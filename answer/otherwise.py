"""Which sentence of a place answers without naming what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.decision import LIKELY, MAYBE
from answer.judge import Ratings
from answer.naming import Naming
from answer.sought import Thing


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Finds such sentences in one index."""

    naming: Naming

    def unit(self, thing: Thing, group: Sequence[int], ratings: Ratings) -> tuple[int, ...]:
        """The unit by which the entries of a place tell of a thing without naming it, or none.

        A plain word can be put in any words, so the place must be likely to answer. A thing that
        has a name must be named by the unit's heading, its title or a theme.
        """
        likely = max(ratings.probability[entry] for entry in group)
        units = [int(unit) for entry in group for unit in ratings.order.units(entry)]
        units.sort(key=lambda unit: -ratings.close[unit])
        if not thing.has_name:
            return tuple(units[:1]) if likely >= LIKELY else ()
        under = [unit for unit in units if self.naming.stands_under(unit, thing.aspects)]
        return tuple(under[:1]) if likely >= MAYBE else ()
