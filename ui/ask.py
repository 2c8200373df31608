"""The chat: a box for questions, and the conversation with its answers."""

from collections.abc import Mapping
from concurrent.futures import wait
from dataclasses import replace
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answer.contract import Answer
from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from ingest.documents import Document
from messages import Lang, tell
from ui.answers import show_answer
from ui.facets import chosen_narrow, corrected_context, options_of, show_facets
from ui.narrowed import narrowed_line
from ui.opinion import show_opinion
from ui.safe import label, say, short
from ui.take_away import show_take_away
from ui.talk import Talk, keep, open_talk, settle, show_history
from ui.turns import Turn, ask, asked, original_context, read_on
from ui.view import View

EXAMPLES = ("example_list", "example_fact", "example_topic")
OPEN_TURNS = 3
"""How many turns are shown whole; older ones open with a click."""
GLANCE_SECONDS = 0.1
"""How often the reading lets a click through."""


def ask_view(view: View) -> None:
    """The box for a question, and the conversation below it, the newest turn first.

    The box stands in the flow of the page, since one that is pinned to the bottom makes the page
    scroll past the beginning of each answer.
    """
    answerer, lang = view.answerer(), view.lang
    talk = open_talk(view, answerer)
    options = options_of(answerer)
    narrow = chosen_narrow(options, lang)
    history = st.sidebar.container()
    st.caption(tell("page_intro", lang, documents=len(answerer.generation.documents)))
    with st.container():
        question = st.chat_input(tell("page_ask", lang), key="question")
    starters = st.empty()  # always there: what follows keeps its place on the page
    if not talk.turns and not question:
        with starters.container():
            question = _examples(lang)
    _turn_now(talk, question, narrow, answerer)
    facets, trouble = st.container(), st.empty()
    # The quick answer has a place of its own: where it is longer, it would stay below the other.
    reading, quick, conversation = st.empty(), st.empty(), _place_for(talk)
    documents, pending = answerer.generation.documents, talk.newest and talk.newest.pending
    with (quick if pending else conversation).container():
        if pending:
            show_turn(talk.turns[-1], documents, lang)
        else:
            _show_talk(talk, documents, view)
    # The answer is on its way to the screen; what can be done with it comes after.
    with facets:
        show_facets(options, narrow, talk.newest, lang)
    with history:
        show_history(talk, view)
    if pending:
        with reading.container(horizontal=True, vertical_alignment="center"):
            _read_on(talk, talk.turns[-1], answerer, lang)
        reading.empty()
        quick.empty()
        with conversation.container():
            _show_talk(talk, documents, view)
    with trouble:
        keep(talk, view)


def _examples(lang: Lang) -> str | None:
    """Questions to begin with; the one that was clicked."""
    for key in EXAMPLES:
        if st.button(tell(key, lang), key=key):
            return tell(key, lang)
    return None


def _turn_now(talk: Talk, question: str | None, narrow: Narrow, answerer: Answerer) -> None:
    """Puts a new question, or the newest one anew if what it was read as has been corrected."""
    if question:
        talk.put(ask(question, talk.turns, narrow, answerer))
        settle(talk, talk.turns[:-1])
        return
    newest = talk.newest
    if newest is None:
        return
    context = corrected_context(newest, answerer)
    if st.session_state.pop("undo", None) == newest.id:
        context = original_context(newest.question, talk.turns[:-1])
    if context != newest.context or narrow != newest.narrow:
        talk.put(asked(newest.id, newest.question, context, narrow, answerer))


def _place_for(talk: Talk) -> DeltaGenerator:
    """Where the conversation is drawn: never where another answer stands.

    A container takes over what stood in its place until each part of it is drawn anew, so that
    the beginning of an answer would for a moment stand above the end of the one before.
    """
    places = st.empty(), st.empty()
    newest = talk.newest
    now = newest and (newest.id, newest.context, newest.narrow)
    before, at = st.session_state.get("drawn", (None, 0))
    at = at if now == before else 1 - at
    st.session_state["drawn"] = now, at
    return places[at]


def _read_on(talk: Talk, turn: Turn, answerer: Answerer, lang: Lang) -> None:
    """Waits while the sentences are read, the quick answer on screen, unless somebody stops it."""
    st.button(tell("page_stop", lang), on_click=_stop, args=(talk, turn), key="stop")
    progress = st.empty()
    began, answer = monotonic(), read_on(turn, answerer)
    try:
        while not answer.done():
            progress.caption(tell("page_reading_since", lang, seconds=f"{monotonic() - began:.1f}"))
            wait([answer], timeout=GLANCE_SECONDS)
    finally:
        # A click, another question or a closed page breaks off here: nobody waits for it now.
        answer.cancel()
    talk.put(replace(turn, said=answer.result(), pending=False))


def _stop(talk: Talk, turn: Turn) -> None:
    talk.put(replace(turn, pending=False))


def _show_talk(talk: Talk, documents: Mapping[str, Document], view: View) -> None:
    for age, turn in enumerate(reversed(talk.turns)):
        if age < OPEN_TURNS:
            _show_settled(turn, talk, documents, view)
            continue
        name = short(label(turn.question)) or "…"
        with st.expander(name, on_change="rerun", key=f"older-{turn.id}") as older:
            if older.open:
                _show_settled(turn, talk, documents, view)


def _show_settled(turn: Turn, talk: Talk, documents: Mapping[str, Document], view: View) -> None:
    """A turn with what can be done with it."""
    show_turn(turn, documents, view.lang)
    if not isinstance(turn.said, Answer):
        return
    if turn is talk.newest:
        _offer_original(turn, talk, view.lang)
    show_opinion(turn, talk, view)
    show_take_away(turn, talk.turns, documents, view.lang)


def _offer_original(turn: Turn, talk: Talk, lang: Lang) -> None:
    """After a theme was swapped: the way back to the question as it was asked."""
    if turn.context != original_context(turn.question, talk.turns[:-1]):
        st.button(tell("facet_undo", lang), on_click=_undo, args=(turn.id,), key="facet_undo")


def _undo(id: str) -> None:
    st.session_state["undo"] = id


def show_turn(turn: Turn, documents: Mapping[str, Document], lang: Lang) -> None:
    """A question and what came of it."""
    with st.chat_message("user"):
        say(turn.question[:1000])
    with st.chat_message("assistant"):
        if isinstance(turn.said, JireiError):
            say(turn.said.tell(lang))
        else:
            narrowed = narrowed_line(turn.narrow, turn.said.lang)
            show_answer(turn.said, documents, turn.said.lang, narrowed)
