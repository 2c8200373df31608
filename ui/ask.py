"""The chat: a box for questions, and the conversation with its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from answer.contract import Answer
from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from ingest.documents import Document
from messages import Lang, tell
from ui.answers import show_answer
from ui.facets import choose_narrow
from ui.safe import say
from ui.view import View

EXAMPLES = {
    "ja": (
        "RPAを入力業務に使っている市は？",
        "テレワークの目標は？",
        "議会答弁の準備に生成AIを使っているところは？",
    ),
    "en": (
        "Which cities use RPA for data entry?",
        "What is the telework target?",
        "Which prefecture offers social media counselling for young people?",
    ),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, what was said to it, and the facets that were chosen then."""

    question: str
    said: Answer | JireiError
    narrow: Narrow


def ask_view(view: View) -> None:
    """The box for a question, and the conversation below it, the newest turn first.

    The box stands in the flow of the page, since one that is pinned to the bottom makes the page
    scroll past the beginning of each answer.
    """
    answerer, lang = view.answerer(), view.lang
    turns: list[Turn] = st.session_state.setdefault("turns", [])
    answer_anew(turns, answerer)
    documents = answerer.generation.documents
    narrow = choose_narrow(documents, date.today().year, lang)
    st.caption(tell("page_intro", lang, documents=len(documents)))
    with st.container():
        asked = st.chat_input(tell("page_ask", lang), key="question")
    if not turns and not asked:
        for example in EXAMPLES[lang]:
            if st.button(example):
                asked = example
    first = st.empty()
    if not asked and turns and turns[-1].narrow != narrow:
        asked = turns.pop().question
    if asked:
        if answerer.reranks:
            with first.container():
                show_turn(answered(asked, turns, narrow, answerer, quick=True), documents, lang)
                st.caption(tell("page_reading", lang))
        turns.append(answered(asked, turns, narrow, answerer))
        first.empty()
    for turn in reversed(turns):
        show_turn(turn, documents, lang)


def answered(
    question: str,
    before: Sequence[Turn],
    narrow: Narrow,
    answerer: Answerer,
    quick: bool = False,
) -> Turn:
    """A question with its answer, narrowed to the facets that are chosen."""
    history = [turn.question for turn in before]
    try:
        said: Answer | JireiError = answerer.ask(question, history, narrow=narrow, quick=quick)
    except JireiError as error:
        said = error
    return Turn(question, said, narrow)


def answer_anew(turns: list[Turn], answerer: Answerer) -> None:
    """Answers again what an earlier generation answered: its documents may have changed."""
    for at, turn in enumerate(turns):
        if isinstance(turn.said, Answer) and turn.said.index != answerer.generation.name:
            turns[at] = answered(turn.question, turns[:at], turn.narrow, answerer)


def show_turn(turn: Turn, documents: Mapping[str, Document], lang: Lang) -> None:
    """A question and what came of it."""
    with st.chat_message("user"):
        say(turn.question[:1000])
    with st.chat_message("assistant"):
        if isinstance(turn.said, JireiError):
            say(turn.said.tell(lang))
        else:
            show_answer(turn.said, documents, turn.said.lang)
