"""The view of all documents: facets with their counts, and a list in pages."""

from collections.abc import Mapping, Sequence

import streamlit as st

from answer.browse import EIGHT, FACETS, UNSTATED, Shelf
from answer.respond import Answerer
from answer.signals import EntryTable
from index.generation import Generation
from index.thesaurus import Thesaurus
from ingest.documents import Document
from messages import Lang, tell
from ui.address import several
from ui.document import whole_link
from ui.japan import PREFECTURES
from ui.names import kind_name, place_name, prefecture_name, region_name, theme_name
from ui.safe import plain, say
from ui.view import View

PAGE = 20


def browse_view(view: View) -> None:
    """All documents, narrowed by what is chosen of their facets."""
    answerer, lang = view.answerer(), view.lang
    shelf = _shelf(answerer.generation.name, answerer.generation, answerer.table)
    choice = _choose(shelf, answerer.thesaurus, lang)
    found = shelf.chosen(choice)
    say(tell("browse_found", lang, n=len(found), documents=len(shelf.values)))
    if not found:
        say(tell("browse_empty", lang))
        return
    pages = -(-len(found) // PAGE)
    at = 1
    if pages > 1:
        # Another choice begins on its first page.
        at = st.pagination(pages, key=f"browse_page {sorted(choice.items())}")
    _show_page(found[(at - 1) * PAGE : at * PAGE], answerer, lang)


@st.cache_resource(show_spinner=False, max_entries=2)
def _shelf(name: str, _generation: Generation, _table: EntryTable) -> Shelf:
    """The shelf of a generation, which never changes."""
    return Shelf.of(_generation, _table)


def _choose(shelf: Shelf, thesaurus: Thesaurus, lang: Lang) -> dict[str, list[str]]:
    """What is chosen of each facet: each shows what the others leave of it."""
    keys = {facet: f"in_{facet}" for facet in FACETS}
    known = shelf.counts({})
    before = {
        facet: known[facet].keys() & st.session_state.get(key, st.query_params.get_all(key))
        for facet, key in keys.items()
    }
    counts = shelf.counts(before)
    chosen = {}
    columns = st.columns(2)
    for at, facet in enumerate(FACETS):
        with columns[at % 2]:
            chosen[facet] = several(
                tell(f"browse_{facet}", lang),
                _ordered(facet, counts[facet]),
                lambda value, facet=facet: (  # type: ignore[misc]
                    f"{_name(facet, value, thesaurus, lang)} ({counts[facet][value]})"
                ),
                key=keys[facet],
                hint=tell("browse_any", lang),
            )
    return chosen


def _ordered(facet: str, counts: Mapping[str, int]) -> list[str]:
    """Places from north to south, years from the newest, all else by how frequent it is."""
    if facet == "region":
        return [name for name in EIGHT if name in counts]
    if facet == "prefecture":
        return [name for name in PREFECTURES if name in counts]
    if facet == "began":
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _name(facet: str, value: str, thesaurus: Thesaurus, lang: Lang) -> str:
    if facet == "began":
        return tell("browse_undated", lang) if value == UNSTATED else value
    if facet == "region":
        return region_name(value, lang)
    if facet == "prefecture":
        return prefecture_name(value, lang)
    return theme_name(value, thesaurus, lang) if facet == "theme" else kind_name(value, lang)


def _show_page(names: Sequence[str], answerer: Answerer, lang: Lang) -> None:
    items = (
        document_html(answerer.generation.documents[name], answerer.thesaurus, lang)
        for name in names
    )
    st.html(f'<ul class="jirei-list">{"".join(f"<li>{item}</li>" for item in items)}</ul>')


def document_html(document: Document, thesaurus: Thesaurus, lang: Lang) -> str:
    """A document in the list: its title as a link, whose it is, when, and its themes."""
    metadata = document.metadata
    kinds = dict.fromkeys(source.kind for source in metadata.sources if source.kind)
    parts = [
        place_name(metadata.place, lang) if metadata.place else "",
        metadata.period or "",
        " · ".join(theme_name(theme, thesaurus, lang) for theme in metadata.themes),
        " · ".join(kind_name(kind, lang) for kind in kinds),
    ]
    about = " | ".join(part for part in parts if part)
    return (
        f'<a href="{plain(whole_link(document.id, lang))}" target="_blank">'
        f"{plain(metadata.title or document.id)}</a>"
        f'<div class="jirei-where">{plain(about)}</div>'
    )
