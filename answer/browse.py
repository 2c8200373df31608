"""All documents of an index by facets, with what a choice of one facet leaves of the others."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from answer.narrow import years_of_period
from answer.regions import REGIONS
from answer.signals import EntryTable
from index.generation import Generation
from ingest.documents import Metadata

FACETS = ("region", "prefecture", "theme", "began", "source_kind")
UNSTATED = ""
"""The value of `began` for a document that does not say when its case began."""

EIGHT = {"北海道": frozenset({"北海道"})} | {
    name: frozenset(REGIONS[name][0].split())
    for name in ("東北", "関東", "中部", "近畿", "中国地方", "四国", "九州・沖縄")
}
"""The eight regions (八地方区分): each prefecture is in one of them."""

Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document's table of contents: level 1 is outermost, `start` its offset."""

    text: str
    level: int
    start: int


@dataclass(frozen=True)
class Shelf:
    """Each document's values of every facet, in the order of the index."""

    values: Mapping[str, Values]

    @classmethod
    def of(cls, generation: Generation, table: EntryTable) -> "Shelf":
        """The documents of a generation; a document is of every place that it tells of."""
        prefectures: dict[str, set[str]] = {name: set() for name in generation.documents}
        for document, place in zip(table.documents, table.places, strict=True):
            if place:
                prefectures[document].add(place.prefecture)
        return cls(
            {
                name: _values(document.metadata, prefectures[name])
                for name, document in generation.documents.items()
            }
        )

    def chosen(self, choice: Mapping[str, Collection[str]]) -> tuple[str, ...]:
        """The documents that have one of the values chosen in every facet that is chosen in."""
        return tuple(name for name, values in self.values.items() if _fits(values, choice))

    def counts(self, choice: Mapping[str, Collection[str]]) -> dict[str, dict[str, int]]:
        """For each facet its values and how many documents a choice of one would show.

        What is chosen in the facet itself does not count: its values are alternatives. A value
        that no document has under the other facets is there with 0.
        """
        counted: dict[str, dict[str, int]] = {}
        for facet in FACETS:
            others = {name: chosen for name, chosen in choice.items() if name != facet}
            found = counted[facet] = {}
            for values in self.values.values():
                fits = _fits(values, others)
                for value in values[facet]:
                    found[value] = found.get(value, 0) + fits
        return counted


def _values(metadata: Metadata, prefectures: Collection[str]) -> dict[str, frozenset[str]]:
    years = years_of_period(metadata.period)
    return {
        "region": frozenset(name for name, inside in EIGHT.items() if inside & set(prefectures)),
        "prefecture": frozenset(prefectures),
        "theme": frozenset(metadata.themes),
        "began": frozenset({str(years[0]) if years else UNSTATED}),
        "source_kind": frozenset(source.kind for source in metadata.sources if source.kind),
    }


def _fits(values: Values, choice: Mapping[str, Collection[str]]) -> bool:
    return all(not chosen or values[facet] & set(chosen) for facet, chosen in choice.items())


def contents(generation: Generation, document: str) -> tuple[Heading, ...]:
    """The headings of a document, in order; none for a text without headings."""
    found: list[Heading] = []
    before: tuple[str, ...] = ()
    for chunk in generation.chunks:
        if chunk.document == document and chunk.heading and chunk.heading != before:
            before = chunk.heading
            found.append(Heading(before[-1], len(before), chunk.start))
    return tuple(found)
