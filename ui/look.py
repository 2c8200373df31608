"""The view that shows at a glance where matches are, since when, and what they saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from answer.contract import Answer, Case
from answer.effects import Effect, Measure, comparable_effects
from answer.respond import Answerer
from answer.signals import EntryTable
from answer.spread import all_cases, all_quotes, by_prefecture, by_year, quotes_of
from errors import JireiError
from index.generation import Generation
from ingest.documents import Document
from messages import Lang, tell
from store.question_log import Asking
from ui.address import begin, keep
from ui.answers import case_html, quote_html
from ui.charts import effect_bars, effect_label, figure_text, tile_map, timeline
from ui.japan import PREFECTURES
from ui.names import prefecture_name
from ui.safe import plain, say
from ui.talk import log_answer, turns_of_session
from ui.view import View

MOST_CARDS = 10
MOST_BARS = 25


@dataclass(frozen=True, slots=True)
class Seen:
    """The cases that are looked at, what each is labelled, and the effects that they state."""

    cases: tuple[Case, ...]
    label: str
    effects: Mapping[Measure, Sequence[Effect]]


def look_view(view: View) -> None:
    """The map of what answers a question, or of all documents; a timeline; effects as bars."""
    answerer, lang = view.answerer(), view.lang
    try:
        seen = _seen(_question(lang), answerer, view)
    except JireiError as error:
        say(error.tell(lang))
        return
    if seen is None:
        return
    if not seen.cases:
        say(tell("look_nothing", lang))
        return
    _show_map(seen, answerer.generation.documents, lang)
    _show_timeline(seen.cases, lang)
    _show_effects(seen.effects, lang)


def _question(lang: Lang) -> str:
    """What is asked here: at first the newest question of the conversation, else the address's."""
    newest = turns_of_session()[-1:]
    known = newest[0].question if newest else st.query_params.get("look_question", "")
    question = st.text_input(
        tell("look_question", lang),
        value=known,
        key="look_question",
        placeholder=tell("page_ask", lang),
        help=tell("look_help", lang),
    ).strip()
    keep("look_question", *([question] if question else []))
    return question


def _seen(question: str, answerer: Answerer, view: View) -> Seen | None:
    """What there is to see; None after a refusal, which is told. Raises JireiError."""
    if not question:
        generation, table = answerer.generation, answerer.table
        say(tell("look_all", view.lang, documents=len(generation.documents)))
        return _everything(generation.name, date.today(), generation, table)
    answer = _answer(question, answerer, view)
    say(answer.answer)
    if answer.refused:
        return None
    matches = tuple(case for case in answer.cases if case.verdict == "match")
    unsure = tuple(case for case in answer.cases if case.verdict == "unsure")
    if not matches:
        return Seen(unsure, "verdict_unsure", comparable_effects(quotes_of(unsure)))
    return Seen(matches, "verdict_match", comparable_effects(quotes_of(matches)))


@st.cache_resource(show_spinner=False, max_entries=2)
def _everything(name: str, today: date, _generation: Generation, _table: EntryTable) -> Seen:
    """All documents of a generation, which never changes; ages do, from day to day."""
    quotes = all_quotes(_generation, _table)
    cases = all_cases(_generation, _table, today)
    return Seen(cases, "look_document", comparable_effects(quotes))


def _answer(question: str, answerer: Answerer, view: View) -> Answer:
    """The answer of the conversation if it has one to this question, else one given here."""
    index = answerer.generation.name
    for turn in reversed(turns_of_session()):
        said = turn.said
        if turn.question == question and isinstance(said, Answer) and said.index == index:
            return said
    kept: Answer | None = st.session_state.get("look_answer")
    if kept is None or (kept.question, kept.index) != (question, index):
        with st.spinner(tell("page_loading", view.lang)):
            kept = st.session_state["look_answer"] = answerer.ask(question)
        log_answer(Asking(question), kept, view)
    return kept


def _show_map(seen: Seen, documents: Mapping[str, Document], lang: Lang) -> None:
    counts = by_prefecture(seen.cases)
    st.header(tell("look_map", lang))
    left, right = st.columns([3, 2])
    with right:
        chosen = _choose_prefecture(counts, lang)
    with left:
        where = ", ".join(f"{prefecture_name(p, lang)} {n}" for p, n in counts.items())
        st.altair_chart(
            tile_map(counts, chosen, lang),
            key=_map_key(chosen),
            on_select=_take_tile,
            selection_mode=["tile"],
            alt=tell("look_map_alt", lang, where=where),
        )
    with right:
        here = [case for case in seen.cases if case.place and case.place.prefecture == chosen]
        if not chosen:
            st.caption(tell("look_choose", lang))
        elif not here:
            st.caption(tell("look_none_here", lang, prefecture=prefecture_name(chosen, lang)))
        cards = [case_html(case, seen.label, documents, lang) for case in here]
        st.html(f'<div class="jirei-here">{"".join(cards[:MOST_CARDS])}</div>')
        if cards[MOST_CARDS:]:
            with st.expander(tell("page_more", lang, n=len(cards) - MOST_CARDS)):
                st.html("".join(cards[MOST_CARDS:]))


def _choose_prefecture(counts: Mapping[str, int], lang: Lang) -> str | None:
    """The prefecture chosen, by this box or by the map; at first that of the address."""
    key = "look_prefecture"
    known = st.session_state.get(key, st.query_params.get(key))
    labels = {
        name: f"{prefecture_name(name, lang)} ({counts.get(name, 0)})" for name in PREFECTURES
    }
    begin(key, known if known in PREFECTURES else None, list(labels.values()))
    chosen = st.selectbox(
        tell("facet_prefecture", lang),
        PREFECTURES,
        index=None,
        format_func=labels.__getitem__,
        key=key,
        placeholder=tell("look_any", lang),
    )
    keep(key, *([chosen] if chosen else []))
    return chosen


def _map_key(chosen: str | None) -> str:
    """A map of its own for each choice, so that no click is taken for one that it knows already."""
    return f"look_map_{chosen}"


def _take_tile() -> None:
    """Chooses the prefecture whose tile was clicked; clicked again, none."""
    before = st.session_state.get("look_prefecture")
    picked = st.session_state[_map_key(before)]["selection"].get("tile", [])
    if picked:
        clicked = picked[0]["prefecture"]
        st.session_state["look_prefecture"] = None if clicked == before else clicked


def _show_timeline(cases: Sequence[Case], lang: Lang) -> None:
    years, silent = by_year(cases)
    st.header(tell("look_timeline", lang))
    if years:
        told = ", ".join(f"{year}: {n}" for year, n in years.items() if n)
        alt = tell("look_timeline_alt", lang, years=told)
        st.altair_chart(timeline(years, lang), alt=alt)
    if silent:
        st.caption(tell("look_undated", lang, n=silent))


def _show_effects(found: Mapping[Measure, Sequence[Effect]], lang: Lang) -> None:
    st.header(tell("case_effect", lang))
    if not found:
        st.caption(tell("look_no_effects", lang))
        return
    measure = st.radio(
        tell("look_measure", lang),
        list(found),
        format_func=lambda name: tell(f"look_{name}", lang),
        key=f"look_measure_{lang}",
        horizontal=True,
    )
    effects = found[measure if measure in found else next(iter(found))][:MOST_BARS]
    told = ", ".join(f"{effect_label(e, lang)} {figure_text(e, lang)}" for e in effects)
    picked = st.altair_chart(
        effect_bars(effects, lang),
        key=f"look_bars_{hash(tuple(effects))}",
        on_select="rerun",
        selection_mode=["bar"],
        alt=tell("look_effects_alt", lang, effects=told),
    )
    for bar in picked["selection"].get("bar", []):
        st.html(_effect_html(effects[bar["at"]], lang))
    st.caption(tell("look_effects_help", lang))
    with st.expander(tell("look_sentences", lang, n=len(effects))):
        st.html("".join(_effect_html(effect, lang) for effect in effects))


def _effect_html(effect: Effect, lang: Lang) -> str:
    kind = tell("look_estimated" if effect.estimated else "look_stated", lang)
    return (
        f'<div class="jirei-case jirei-effect"><b>{plain(effect_label(effect, lang))}</b> '
        f"{plain(figure_text(effect, lang))} "
        f'<span class="jirei-label">{plain(kind)}</span>{quote_html(effect.quote, lang)}</div>'
    )
