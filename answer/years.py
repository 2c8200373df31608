"""A span of years, and what is counted from a day or lies in a known time."""

from dataclasses import dataclass
from datetime import date

SEVERAL = 5
"""How many 数年 and "several" are taken to be."""
PANDEMIC = (2020, 2023)


@dataclass(frozen=True, slots=True)
class Period:
    """The years first..last in Western numbers, inclusive; a bound that is None is open.

    Years are calendar years unless `is_fiscal`. `text` stands at [start, end) of the NFKC form
    of the question.
    """

    first: int | None
    last: int | None
    text: str
    start: int
    end: int

    @property
    def is_fiscal(self) -> bool:
        """Whether it counts in fiscal years, which begin in April."""
        return "年度" in self.text or "FY" in self.text or "fiscal" in self.text.lower()

    def holds(self, year: int) -> bool:
        """Whether a year is within the bounds."""
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )


def fiscal(day: date) -> int:
    """The fiscal year of a day: it begins in April."""
    return day.year - (day.month < 4)
