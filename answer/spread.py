"""How cases spread over the country and over the years."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from answer.contract import Case, Quote
from answer.marks import Wanted
from answer.narrow import age_of, years_of_period
from answer.quotes import Quoter
from answer.signals import EntryTable
from index.generation import Generation
from ingest.documents import Metadata, Place


def by_prefecture(cases: Iterable[Case]) -> dict[str, int]:
    """How many cases each prefecture has, those of its municipalities included."""
    return dict(Counter(case.place.prefecture for case in cases if case.place))


def by_year(cases: Iterable[Case]) -> tuple[dict[int, int], int]:
    """In which years cases began, every year from the first to the last; and how many do not
    say when.
    """
    years = [years_of_period(case.period) for case in cases]
    began = Counter(found[0] for found in years if found)
    if not began:
        return {}, len(years)
    span = range(min(began), max(began) + 1)
    return {year: began[year] for year in span}, years.count(None)


def all_cases(generation: Generation, table: EntryTable, today: date) -> tuple[Case, ...]:
    """What every document tells of every place, as if all had been asked for: each with its first
    sentence. Their score of 1 says nothing.
    """
    quoter = Quoter(generation)
    first: dict[int, int] = {}
    for row, entry in enumerate(table.entry_of_unit):
        first.setdefault(int(entry), row)
    return tuple(
        _case(
            generation.documents[table.documents[entry]].metadata,
            place,
            quoter.quote(first[entry], Wanted()),
            today,
        )
        for entry, place in enumerate(table.places)
        if place
    )


def _case(metadata: Metadata, place: Place, quote: Quote, today: date) -> Case:
    return Case(
        place=place,
        title=metadata.title,
        verdict="match",
        score=1.0,
        quotes=(quote,),
        published=metadata.published,
        sources=metadata.sources,
        period=metadata.period,
        age=age_of(metadata, today),
    )


def all_quotes(generation: Generation, table: EntryTable) -> tuple[tuple[Place, Quote], ...]:
    """Every sentence about a place."""
    quoter = Quoter(generation)
    return tuple(
        (place, quoter.quote(row, Wanted()))
        for row, entry in enumerate(table.entry_of_unit)
        if (place := table.places[entry])
    )


def quotes_of(cases: Iterable[Case]) -> tuple[tuple[Place, Quote], ...]:
    """Every sentence that is quoted in cases of a place, effects included."""
    return tuple(
        (case.place, quote)
        for case in cases
        if case.place
        for quote in (*case.quotes, *((case.effect,) if case.effect else ()))
    )
