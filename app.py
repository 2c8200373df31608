"""The chat page. It asks `answer` and shows what comes back; nothing is decided here."""

import html
from urllib.parse import urlencode

import streamlit as st

from answer.contract import Answer, Case, Quote
from answer.respond import Answerer
from answer.wording import name_of
from errors import JireiError
from index.generation import current_name
from ingest.documents import Document
from messages import Lang, tell
from settings import load_settings

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

STYLE = """<style>
.jirei-text { white-space: pre-wrap; overflow-wrap: anywhere; line-break: strict; }
.jirei-case { border-left: 4px solid #8a8f98; padding: 0.2rem 0 0.2rem 0.8rem; margin: 0.4rem 0; }
.jirei-case.match { border-left-color: #1a6b3c; }
.jirei-case .label { border: 1px solid currentColor; border-radius: 3px; padding: 0 0.4em; }
.jirei-case blockquote { margin: 0.4rem 0 0 0; padding: 0; border: 0; }
.jirei-case .where { font-size: 0.875rem; opacity: 0.85; overflow-wrap: anywhere; }
mark { background: #ffe58a; color: #1c1c1c; padding: 0.05em 0; }
</style>"""


@st.cache_resource(show_spinner=False, max_entries=2)
def load_answerer(generation: str | None) -> Answerer:
    """One per generation and process; a new generation is opened when it is there."""
    answerer = Answerer.open(load_settings())
    answerer.warm_up()
    return answerer


def plain(text: str) -> str:
    """Text of documents and people, made safe to stand in our own HTML."""
    return html.escape(text, quote=True)


def say(text: str) -> None:
    """Shows text as it is: nothing in it is read as Markdown or HTML."""
    st.html(f'<div class="jirei-text">{plain(text)}</div>')


def marked(text: str, start: int, end: int) -> str:
    """HTML of a text with one span highlighted."""
    parts = (plain(text[:start]), plain(text[start:end]), plain(text[end:]))
    return f'<div class="jirei-text">{parts[0]}<mark>{parts[1]}</mark>{parts[2]}</div>'


def document_link(quote: Quote, lang: Lang) -> str:
    """The address that shows a quote in its document."""
    query = {"doc": quote.document, "start": quote.start, "end": quote.end, "lang": lang}
    return "?" + urlencode(query)


def show_case(case: Case, label: str, answerer: Answerer, lang: Lang) -> None:
    """One municipality with its quotes; each can be unfolded in its passage."""
    prefecture = case.place.prefecture if case.place and case.place.city else ""
    quotes = "".join(
        f"<blockquote>「{plain(quote.text)}」"
        f'<div class="where">{plain(quote.document)} · {plain(" › ".join(quote.heading[-2:]))} · '
        f'<a href="{plain(document_link(quote, lang))}" target="_blank">'
        f"{plain(tell('page_open', lang))}</a></div></blockquote>"
        for quote in case.quotes
    )
    st.html(
        f'<div class="jirei-case {case.verdict}"><b>{plain(name_of(case, lang))}</b> '
        f'{plain(prefecture)} <span class="label">{plain(tell(label, lang))}</span>{quotes}</div>'
    )
    first = case.quotes[0]
    with st.expander(tell("page_passage", lang)):
        text = answerer.generation.documents[first.document].text
        start, end = first.passage
        st.html(marked(text[start:end], first.start - start, first.end - start))
        for source in case.sources:
            say(" ".join(part for part in (source.title, source.url) if part))


def show_answer(answer: Answer, answerer: Answerer, lang: Lang) -> None:
    """An answer from top to bottom; each part is on screen before the next is made."""
    say(answer.answer)
    if answer.query_used != answer.question.strip():
        say(tell("page_query_used", lang, query=answer.query_used))
    for case in answer.cases:
        show_case(case, f"verdict_{case.verdict}", answerer, lang)
    for case in answer.nearest:
        show_case(case, "verdict_nearest", answerer, lang)


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
        say(" ".join(part for part in (source.kind, source.title, source.url) if part))


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
    """The conversation so far, and the box for the next question."""
    turns: list[tuple[str, Answer | JireiError]] = st.session_state.setdefault("turns", [])
    documents = len(answerer.generation.documents)
    st.caption(tell("page_intro", lang, documents=documents))
    asked = st.chat_input(tell("page_ask", lang))
    if not turns and not asked:
        for example in EXAMPLES[lang]:
            if st.button(example):
                asked = example
    for question, answer in turns:
        show_turn(question, answer, answerer, lang)
    if asked:
        try:
            answer = answerer.ask(asked, [question for question, _ in turns])
        except JireiError as error:
            turns.append((asked, error))
        else:
            turns.append((asked, answer))
        show_turn(*turns[-1], answerer, lang)


def show_turn(question: str, answer: Answer | JireiError, answerer: Answerer, lang: Lang) -> None:
    """A question and what came of it."""
    with st.chat_message("user"):
        say(question[:1000])
    with st.chat_message("assistant"):
        if isinstance(answer, JireiError):
            say(answer.tell(lang))
        else:
            show_answer(answer, answerer, lang)


def main() -> None:
    """The whole page, once per run of the script."""
    st.set_page_config(page_title="Jirei 事例", page_icon="📚")
    st.html(STYLE)
    st.title("Jirei 事例")
    settings = load_settings()
    known = st.query_params.get("lang", settings.lang)
    choice = st.sidebar.radio("言語 / Language", ("日本語", "English"), index=int(known == "en"))
    lang: Lang = "en" if choice == "English" else "ja"
    try:
        with st.spinner(tell("page_loading", lang)):
            answerer = load_answerer(current_name(settings.index_folder))
    except JireiError as error:
        say(error.tell(lang))
        return
    if "doc" in st.query_params:
        document_page(answerer, lang)
    else:
        chat_page(answerer, lang)


main()
