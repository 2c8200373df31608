"""The facets beside the chat: what an answer is narrowed to, chosen by hand."""

from collections.abc import Mapping

import streamlit as st

from answer.narrow import Narrow, facet_counts
from answer.states import STATES
from ingest.documents import Document
from messages import Lang, tell
from ui.names import kind_name

FIRST_YEAR = 2000


def choose_narrow(documents: Mapping[str, Document], this_year: int, lang: Lang) -> Narrow:
    """The facets that are chosen in the sidebar; nothing chosen lets everything through."""
    counts = facet_counts({name: document.metadata for name, document in documents.items()})
    with st.sidebar.expander(tell("facet_title", lang)):
        st.caption(tell("facet_help", lang))
        prefectures = _several("facet_prefecture", counts["prefecture"], lang)
        themes = _several("facet_theme", counts["theme"], lang)
        kinds = _several("facet_source", counts["source_kind"], lang)
        years = st.slider(
            tell("facet_years", lang), FIRST_YEAR, this_year, (FIRST_YEAR, this_year), key="years"
        )
        states = st.multiselect(
            tell("facet_state", lang),
            STATES,
            format_func=lambda state: tell(f"state_{state}", lang),
            key="states",
        )
        recent = st.checkbox(tell("facet_recent", lang), key="recent")
        anywhere = st.checkbox(tell("facet_anywhere", lang), key="anywhere")
    return Narrow(
        prefectures=frozenset(prefectures),
        themes=frozenset(themes),
        source_kinds=frozenset(kinds),
        states=frozenset(states),
        first_year=years[0] if years[0] > FIRST_YEAR else None,
        last_year=years[1] if years[1] < this_year else None,
        max_age=3 if recent else None,
        anywhere=anywhere,
    )


def _several(key: str, counts: Mapping[str, int], lang: Lang) -> list[str]:
    """A choice of several values, the frequent ones first."""
    values = sorted(counts, key=lambda value: (-counts[value], value))
    return st.multiselect(
        tell(key, lang),
        values,
        format_func=lambda value: f"{kind_name(value, lang)} ({counts[value]})",
        key=key,
    )
