"""What an answer is narrowed to: shown as it was understood, and corrected with a click."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from answer.browse import Shelf
from answer.contract import Answer, Meant, Theme
from answer.narrow import OLD_AFTER_YEARS, Narrow
from answer.respond import Answerer
from answer.states import STATES
from answer.wording import joined
from messages import Lang, tell
from ui.names import kind_name, place_name, prefecture_name
from ui.safe import label, short
from ui.turns import Turn

FIRST_YEAR = 2000
DROPPED = "-"
"""What stands for no concept in the choice of a theme."""


@dataclass(frozen=True)
class Options:
    """What can be chosen: how many documents have each value; names of municipalities by code,
    and of the concepts that documents mention, by language.
    """

    counts: Mapping[str, Mapping[str, int]]
    municipalities: Mapping[Lang, Mapping[str, str]]
    topics: Mapping[Lang, Mapping[str, str]]
    this_year: int
    generation: str


def options_of(answerer: Answerer) -> Options:
    """The options of the live generation, counted once."""
    return _options(answerer.generation.name, date.today().year, answerer)


@st.cache_resource(show_spinner=False, max_entries=2)
def _options(generation: str, this_year: int, _answerer: Answerer) -> Options:
    table = _answerer.table
    places = sorted({place for place in table.places if place and place.city}, key=lambda p: p.code)
    return Options(
        Shelf.of(_answerer.generation, table).counts({}),
        {
            "ja": {place.code: place_name(place, "ja") for place in places},
            "en": {place.code: place_name(place, "en") for place in places},
        },
        {"ja": _answerer.topics("ja"), "en": _answerer.topics("en")},
        this_year,
        generation,
    )


def chosen_narrow(options: Options, lang: Lang) -> Narrow:
    """The facets that are chosen, read before their widgets are drawn.

    Nothing chosen lets everything through. Widgets that were not on screen, or belong to a
    conversation that was opened anew, begin with what the session's last question had.
    """
    state = st.session_state
    if _key("years") not in state or not state.get("facets_fresh"):
        _set_widgets(state.get("narrow", Narrow()), options)
    first, last = state[_key("years")]
    counts = options.counts
    narrow = Narrow(
        prefectures=_chosen("facet_prefecture").intersection(counts["prefecture"]),
        municipalities=_chosen("facet_municipality").intersection(options.municipalities["ja"]),
        themes=_chosen("facet_theme").intersection(counts["theme"]),
        source_kinds=_chosen("facet_source").intersection(counts["source_kind"]),
        states=frozenset(known for known in STATES if known in _chosen("states")),
        first_year=first if first > FIRST_YEAR else None,
        last_year=last if last < options.this_year else None,
        max_age=OLD_AFTER_YEARS if state[_key("recent")] else None,
        anywhere=state[_key("anywhere")],
        anytime=state[_key("anytime")],
    )
    state["narrow"] = narrow
    labels = lang, options.generation
    if state.setdefault("facets_labels", labels) != labels:
        # The browser knows a choice by its label, and would lose one whose label has changed.
        state["facets_labels"] = labels
        _set_widgets(narrow, options)
    return narrow


def _key(facet: str) -> str:
    """The key of a facet's widget, another one each time that widgets are set.

    What is set does not reach a widget in a closed popover: the browser would go on sending what
    it had.
    """
    sets = st.session_state.get("facets_sets", 0)
    return f"{facet}-{sets}" if sets > 1 else facet


def _chosen(facet: str) -> frozenset[str]:
    return frozenset(st.session_state[_key(facet)])


def _set_widgets(narrow: Narrow, options: Options) -> None:
    counts, state = options.counts, st.session_state
    state["facets_sets"] = state.get("facets_sets", 0) + 1
    municipalities = options.municipalities["ja"]
    state[_key("facet_prefecture")] = sorted(narrow.prefectures.intersection(counts["prefecture"]))
    cities = narrow.municipalities.intersection(municipalities)
    state[_key("facet_municipality")] = sorted(cities)
    state[_key("facet_theme")] = sorted(narrow.themes.intersection(counts["theme"]))
    kinds = narrow.source_kinds.intersection(counts["source_kind"])
    state[_key("facet_source")] = sorted(kinds)
    state[_key("years")] = (narrow.first_year or FIRST_YEAR, narrow.last_year or options.this_year)
    state[_key("states")] = [known for known in STATES if known in narrow.states]
    state[_key("recent")] = narrow.max_age is not None
    state[_key("anywhere")] = narrow.anywhere
    state[_key("anytime")] = narrow.anytime
    state["facets_fresh"] = True


def show_facets(options: Options, narrow: Narrow, turn: Turn | None, lang: Lang) -> None:
    """Place, theme, period and the rest: each a button that says what holds, and opens."""
    answer = turn.said if turn and isinstance(turn.said, Answer) else None
    meant = answer.meant if answer else Meant()
    with st.container(horizontal=True, gap="small"):
        with _chip("place", _place_told(narrow, meant, options, lang), lang):
            _choose_place(options, meant, lang)
        with _chip("theme", _theme_told(narrow, meant, lang), lang):
            if turn and answer:
                _choose_topics(options, turn, answer, lang)
            _several("facet_theme", options.counts["theme"], short, lang)
        with _chip("period", _period_told(narrow, meant, lang), lang):
            _choose_period(options, meant, lang)
        more = sum(map(bool, (narrow.source_kinds, narrow.states, narrow.max_age)))
        with st.popover(tell("facet_more", lang, n=more), key="chip_more"):
            _choose_more(options, lang)
        if narrow != Narrow():
            st.button(tell("facet_reset", lang), on_click=_reset, key="facet_reset")


def corrected_context(turn: Turn, answerer: Answerer) -> tuple[str, ...]:
    """The context of a turn, with the themes that were chosen instead of those understood."""
    context = turn.context
    if not isinstance(turn.said, Answer):
        return context
    names = answerer.topics(turn.said.lang)
    for theme in turn.said.meant.themes:
        chosen = st.session_state.get(_theme_key(turn, theme), theme.concept)
        if chosen != theme.concept:
            name = "" if chosen == DROPPED else names.get(chosen, "")
            context = tuple(answerer.retold(text, theme.concept, name) for text in context)
    return context


def _reset() -> None:
    st.session_state["narrow"] = Narrow()
    st.session_state["facets_fresh"] = False


def _chip(name: str, value: str, lang: Lang) -> "st.delta_generator.DeltaGenerator":
    told = value or tell("facet_open", lang)
    text = tell(f"chip_{name}", lang, value=label(told))
    return st.popover(text, key=f"chip_{name}")


def _place_told(narrow: Narrow, meant: Meant, options: Options, lang: Lang) -> str:
    if narrow.prefectures or narrow.municipalities:
        codes = sorted(narrow.municipalities)
        named = [options.municipalities[lang][code] for code in codes]
        return _short(
            [*(prefecture_name(p, lang) for p in sorted(narrow.prefectures)), *named], lang
        )
    return tell("facet_dropped", lang) if narrow.anywhere else _short(meant.places, lang)


def _theme_told(narrow: Narrow, meant: Meant, lang: Lang) -> str:
    return _short([*(theme.name for theme in meant.themes), *sorted(narrow.themes)], lang)


def _period_told(narrow: Narrow, meant: Meant, lang: Lang) -> str:
    if narrow.first_year or narrow.last_year:
        return f"{narrow.first_year or ''}–{narrow.last_year or ''}"
    return tell("facet_dropped", lang) if narrow.anytime else meant.period or ""


def _short(names: Sequence[str], lang: Lang) -> str:
    more = "…" if len(names) > 2 else ""
    return joined(names[:2], lang) + more


def _choose_place(options: Options, meant: Meant, lang: Lang) -> None:
    _understood(meant.places, lang)
    counts = options.counts["prefecture"]
    _several("facet_prefecture", counts, lambda name: prefecture_name(name, lang), lang)
    names = options.municipalities[lang]
    st.multiselect(
        tell("facet_municipality", lang),
        list(names),
        format_func=lambda code: names[code],
        key=_key("facet_municipality"),
        placeholder=tell("facet_choose", lang),
    )
    st.checkbox(tell("facet_anywhere", lang), key=_key("anywhere"))


def _choose_topics(options: Options, turn: Turn, answer: Answer, lang: Lang) -> None:
    """For each theme that was understood: itself, none, or another one."""
    names = options.topics[answer.lang]
    for theme in answer.meant.themes:
        others = sorted((c for c in names if c != theme.concept), key=lambda c: names[c])
        told = {theme.concept: theme.name, DROPPED: tell("facet_drop_theme", lang), **names}
        st.selectbox(
            tell("facet_topic", lang, name=label(theme.name)),
            [theme.concept, DROPPED, *others],
            format_func=told.__getitem__,
            key=_theme_key(turn, theme),
        )
    if not answer.meant.themes:
        st.caption(tell("facet_no_theme", lang))


def _theme_key(turn: Turn, theme: Theme) -> str:
    return f"theme-{turn.id}-{theme.concept}"


def _choose_period(options: Options, meant: Meant, lang: Lang) -> None:
    _understood([meant.period] if meant.period else [], lang)
    st.slider(tell("facet_years", lang), FIRST_YEAR, options.this_year, key=_key("years"))
    st.checkbox(tell("facet_anytime", lang), key=_key("anytime"))


def _choose_more(options: Options, lang: Lang) -> None:
    counts = options.counts["source_kind"]
    _several("facet_source", counts, lambda kind: kind_name(kind, lang), lang)
    st.multiselect(
        tell("facet_state", lang),
        STATES,
        format_func=lambda state: tell(f"state_{state}", lang),
        key=_key("states"),
        placeholder=tell("facet_choose", lang),
    )
    st.checkbox(tell("facet_recent", lang, years=OLD_AFTER_YEARS), key=_key("recent"))


def _understood(parts: Sequence[str], lang: Lang) -> None:
    if parts:
        st.caption(tell("facet_understood", lang, what=label(joined(parts, lang))))
        st.caption(tell("facet_help", lang))


def _several(facet: str, counts: Mapping[str, int], show: Callable[[str], str], lang: Lang) -> None:
    """A choice of several values, the frequent ones first."""
    values = sorted(counts, key=lambda value: (-counts[value], value))
    st.multiselect(
        tell(facet, lang),
        values,
        format_func=lambda value: f"{show(value)} ({counts[value]})",
        key=_key(facet),
        placeholder=tell("facet_choose", lang),
    )
