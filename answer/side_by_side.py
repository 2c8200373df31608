"""A comparison of places and themes that somebody picked, without a question."""

from collections import Counter
from collections.abc import Sequence

from answer.compare import Comparer
from answer.contract import Comparison
from answer.marks import Wanted
from answer.quotes import Quoter
from answer.signals import EntryTable
from index.generation import Generation
from index.terms import normalize
from index.thesaurus import Thesaurus
from ingest.documents import Place

MOST_PLACES = 5
MOST_THEMES = 8


def places_of(table: EntryTable) -> tuple[Place, ...]:
    """The places that an index knows, by code: from north to south."""
    return tuple(sorted({p for p in table.places if p}, key=lambda place: place.code))


def themes_of(generation: Generation, thesaurus: Thesaurus) -> dict[str, int]:
    """The themes to choose from, the frequent ones first, with how many documents have each.

    They are the themes of the documents' front matter, then the concepts of the thesaurus that
    some sentence names and no theme does.
    """
    counts: Counter[str] = Counter()
    for document in generation.documents.values():
        counts.update(document.metadata.themes)
    taken = {found.concept for theme in counts for found in thesaurus.find(normalize(theme))}
    concepts: Counter[str] = Counter()
    for (concept, lang), term in thesaurus.preferred.items():
        if lang == "ja" and concept not in taken:
            rows = generation.unit_level.lexical.postings(f"c:{concept}")[0]
            chunks = (generation.chunks[generation.chunk_of_unit[row]] for row in rows)
            concepts[term] = len({chunk.document for chunk in chunks})
    new = [(theme, n) for theme, n in _by_count(concepts) if n and theme not in counts]
    return dict([*_by_count(counts), *new])


def _by_count(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def side_by_side(
    generation: Generation,
    table: EntryTable,
    thesaurus: Thesaurus,
    places: Sequence[Place],
    themes: Sequence[str],
) -> Comparison:
    """Places side by side, one row for each theme; a cell without quotes says nothing of it."""
    groups = [[entry for entry, at in enumerate(table.places) if at == place] for place in places]
    rows = Comparer(generation, table, thesaurus).chosen(groups, themes)
    return Quoter(generation).comparison(places, rows, Wanted())
