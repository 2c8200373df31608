"""The chat page. It asks `answer` and shows what comes back; nothing is decided here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from answer.contract import Answer
from answer.live import LiveAnswerer
from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from ingest.documents import Document
from messages import Lang, tell
from settings import load_settings
from ui.answers import STYLE, marked, show_answer, source_line
from ui.facets import choose_narrow
from ui.safe import say

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


@st.cache_resource(show_spinner=False, max_entries=1)
def live_answerer(settings: str) -> LiveAnswerer:
    """One per process; `settings` only tells when there have to be others."""
    return LiveAnswerer(load_settings())


def show_document(document: Document, start: int, end: int, lang: Lang) -> None:
    """A whole document with the sentence in its place."""
    metadata = document.metadata
    say(metadata.title)
    if metadata.place:
        place = metadata.place
        say(f"{place.prefecture} {place.city or ''} ({place.code}) {place.name_en}")
    say(document.id)
    start, end = max(start, document.body_start), min(end, len(document.text))
    if not document.body_start <= start < end:
        start = end = document.body_start
    body = document.text[document.body_start :]
    st.html(marked(body, start - document.body_start, end - document.body_start))
    if metadata.sources:
        say(tell("page_sources", lang))
    for source in metadata.sources:
        say(source_line(source))


def document_page(answerer: Answerer, lang: Lang) -> None:
    """The page that a quote's link opens."""
    document = answerer.generation.documents.get(st.query_params["doc"])
    if document is None:
        say(tell("page_no_document", lang, file=st.query_params["doc"]))
        return
    numbers = [st.query_params.get(name, "0") for name in ("start", "end")]
    start, end = (int(n) if n.isdecimal() and len(n) < 12 else 0 for n in numbers)
    show_document(document, start, end, lang)


def chat_page(answerer: Answerer, lang: Lang) -> None:
    """The box for a question, and the conversation below it, the newest turn first.

    The box stands in the flow of the page, since one that is pinned to the bottom makes the page
    scroll past the beginning of each answer.
    """
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


def main() -> None:
    """The whole page, once per run of the script."""
    st.set_page_config(page_title="Jirei 事例", page_icon="📚")
    st.html(STYLE)
    st.title("Jirei 事例")
    settings = load_settings()
    known = st.query_params.get("lang", settings.lang)
    choice = st.sidebar.radio("言語 / Language", ("日本語", "English"), index=int(known == "en"))
    lang: Lang = "en" if choice == "English" else "ja"
    views = {tell(f"page_view_{view}", lang): view for view in ("chat", "quality")}
    view = views[st.sidebar.radio(tell("page_view", lang), tuple(views))]
    if view == "quality" and "doc" not in st.query_params:
        from ui.quality import quality_page

        quality_page(settings.var / "eval", lang)
        return
    try:
        with st.spinner(tell("page_loading", lang)):
            answerer = live_answerer(settings.model_dump_json()).current()
    except JireiError as error:
        say(error.tell(lang))
        return
    if "doc" in st.query_params:
        document_page(answerer, lang)
    else:
        chat_page(answerer, lang)


main()
