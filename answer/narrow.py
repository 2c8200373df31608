"""Facets by which a user narrows an answer: place, theme, years, kind of source, state, age."""

import re
from dataclasses import dataclass, field
from datetime import date

from answer.states import State
from ingest.documents import Metadata, Place

_YEAR = re.compile(r"(?:19|20)\d\d")
OLD_AFTER_YEARS = 3


@dataclass(frozen=True, slots=True)
class Narrow:
    """What the answer is narrowed to; an empty facet lets everything through.

    `prefectures` holds Japanese names, `themes` and `source_kinds` words of the front matter.
    `first_year` and `last_year` bound the years a document tells of, `max_age` its age in years.
    `municipalities` holds codes; a place passes by its prefecture or by its own code. What is
    chosen here goes before what was understood of the question: places do before its places,
    years before its period; `anywhere` drops the question's places, `anytime` its period.
    """

    prefectures: frozenset[str] = field(default=frozenset())
    municipalities: frozenset[str] = field(default=frozenset())
    themes: frozenset[str] = field(default=frozenset())
    source_kinds: frozenset[str] = field(default=frozenset())
    states: frozenset[State] = field(default=frozenset())
    first_year: int | None = None
    last_year: int | None = None
    max_age: int | None = None
    anywhere: bool = False
    anytime: bool = False

    @property
    def places_chosen(self) -> bool:
        """Whether the places of the question no longer count."""
        return self.anywhere or bool(self.prefectures or self.municipalities)

    @property
    def years_chosen(self) -> bool:
        """Whether the period of the question no longer counts."""
        return self.anytime or self._bounded

    @property
    def _bounded(self) -> bool:
        return self.first_year is not None or self.last_year is not None

    def admits(self, place: Place | None, metadata: Metadata, today: date) -> bool:
        """Whether a document's entry passes every facet but `states`, which sentences decide."""
        if not self._admits_place(place):
            return False
        if self.themes and not self.themes & set(metadata.themes):
            return False
        if self.source_kinds and not self.source_kinds & {s.kind for s in metadata.sources}:
            return False
        if self.max_age is not None and not _younger(metadata, self.max_age, today):
            return False
        return self._in_years(metadata)

    def _admits_place(self, place: Place | None) -> bool:
        if not self.prefectures and not self.municipalities:
            return True
        if place is None:
            return False
        return place.prefecture in self.prefectures or place.code in self.municipalities

    def _in_years(self, metadata: Metadata) -> bool:
        if not self._bounded:
            return True
        span = years_of_period(metadata.period)
        if span is None:
            return False
        first, last = span
        after = self.first_year is None or last is None or last >= self.first_year
        return after and (self.last_year is None or first <= self.last_year)


def years_of_period(period: str | None) -> tuple[int, int | None] | None:
    """First and last year of a front matter period; "2023-" has no last one, "" is None."""
    years = [int(year) for year in _YEAR.findall(period or "")]
    if not years:
        return None
    is_open = (period or "").rstrip().endswith(("-", "–", "〜", "~"))
    return years[0], None if is_open else years[-1]


def age_of(metadata: Metadata, today: date) -> int | None:
    """Full years since a document was published (a year alone counts from its end), or None."""
    numbers = [int(part) for part in re.findall(r"\d+", metadata.published or "")[:3]]
    if not numbers or not 1900 <= numbers[0] <= 2999:
        return None
    year, month, day = (*numbers, 12, 31)[:3] if len(numbers) == 1 else (*numbers, 28)[:3]
    return max(0, today.year - year - ((today.month, today.day) < (month, day)))


def _younger(metadata: Metadata, years: int, today: date) -> bool:
    age = age_of(metadata, today)
    return age is not None and age < years
