"""The chat page. It asks `answer` and shows what comes back; nothing is decided here."""

from urllib.parse import urlencode

import streamlit as st

from answer.contract import Answer, Case, Quote
from answer.respond import Answerer
from answer.wording import name_of, prefecture_of
from errors import JireiError
from index.generation import current_name
from ingest.documents import Document, Source
from messages import Lang, tell
from settings import load_settings
from ui.safe import plain, say

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

OPEN_CASES = 5

STYLE = """<style>
.jirei-text { white-space: pre-wrap; overflow-wrap: anywhere; line-break: strict; }
.jirei-case { border-left: 4px solid #8a8f98; padding: 0.2rem 0 0.2rem 0.8rem; margin: 0.4rem 0; }
.jirei-case.match { border-left-color: #1a6b3c; }
.jirei-case .label { border: 1px solid currentColor; border-radius: 3px; padding: 0 0.4em; }
.jirei-case blockquote { margin: 0.4rem 0 0 0; padding: 0; border: 0; }
.jirei-case .where { font-size: 0.875rem; opacity: 0.85; overflow-wrap: anywhere; }
details { margin-top: 0.4rem; }
summary { cursor: pointer; font-size: 0.875rem; }
mark { background: #ffe58a; color: #1c1c1c; padding: 0.05em 0; }
</style>"""


@st.cache_resource(show_spinner=False, max_entries=2)
def load_answerer(generation: str | None) -> Answerer:
    """One per generation and process; a new generation is opened when it is there."""
    answerer = Answerer.open(load_settings())
    answerer.warm_up()
    return answerer


def marked(text: str, start: int, end: int) -> str:
    """HTML of a text with one span highlighted."""
    parts = (plain(text[:start]), plain(text[start:end]), plain(text[end:]))
    return f'<div class="jirei-text">{parts[0]}<mark>{parts[1]}</mark>{parts[2]}</div>'


def document_link(quote: Quote, lang: Lang) -> str:
    """The address that shows a quote in its document."""
    query = {"doc": quote.document, "start": quote.start, "end": quote.end, "lang": lang}
    return "?" + urlencode(query)


def quote_html(quote: Quote, lang: Lang) -> str:
    """A quote, where it stands, and the link to that place."""
    where = f"{quote.document} · {' › '.join(quote.heading[-2:])}"
    link = plain(document_link(quote, lang))
    opens = plain(tell("page_open", lang))
    return (
        f'<blockquote>「{plain(quote.text)}」<div class="where">{plain(where)} · '
        f'<a href="{link}" target="_blank">{opens}</a></div></blockquote>'
    )


def source_line(source: Source) -> str:
    """A source in one line, its kind first."""
    return " ".join(part for part in (source.kind, source.title, source.url) if part)


def show_case(case: Case, label: str, answerer: Answerer, lang: Lang) -> None:
    """One municipality with its quotes; the first one unfolds in its passage."""
    first = case.quotes[0]
    text = answerer.generation.documents[first.document].text
    start, end = first.passage
    passage = marked(text[start:end], first.start - start, first.end - start)
    sources = "".join(f"<li>{plain(source_line(source))}</li>" for source in case.sources)
    quotes = "".join(quote_html(quote, lang) for quote in case.quotes)
    st.html(
        f'<div class="jirei-case {case.verdict}"><b>{plain(name_of(case, lang))}</b> '
        f"{plain(prefecture_of(case, lang))} "
        f'<span class="label">{plain(tell(label, lang))}</span>{quotes}'
        f"<details><summary>{plain(tell('page_passage', lang))}</summary>"
        f"{passage}<ul>{sources}</ul></details></div>"
    )


def show_answer(answer: Answer, answerer: Answerer, lang: Lang) -> None:
    """An answer from top to bottom; each part is on screen before the next is made."""
    say(answer.answer)
    if answer.query_used != answer.question.strip():
        say(tell("page_query_used", lang, query=answer.query_used))
    if answer.expanded:
        say(tell("page_expanded", lang, terms=", ".join(answer.expanded)))
    matches = [case for case in answer.cases if case.verdict == "match"]
    unsure = [case for case in answer.cases if case.verdict == "unsure"]
    shown, folded = matches[:OPEN_CASES], matches[OPEN_CASES:]
    for case in shown:
        show_case(case, "verdict_match", answerer, lang)
    for key, cases, label in (
        ("page_more", folded, "verdict_match"),
        ("page_unsure", unsure, "verdict_unsure"),
        ("page_nearest", answer.nearest, "verdict_nearest"),
    ):
        if cases:
            with st.expander(tell(key, lang, n=len(cases)), expanded=not shown):
                for case in cases:
                    show_case(case, label, answerer, lang)


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
    turns: list[tuple[str, Answer | JireiError]] = st.session_state.setdefault("turns", [])
    st.caption(tell("page_intro", lang, documents=len(answerer.generation.documents)))
    with st.container():
        asked = st.chat_input(tell("page_ask", lang), key="question")
    if not turns and not asked:
        for example in EXAMPLES[lang]:
            if st.button(example):
                asked = example
    if asked:
        try:
            answer = answerer.ask(asked, [question for question, _ in turns])
        except JireiError as error:
            turns.append((asked, error))
        else:
            turns.append((asked, answer))
    for question, said in reversed(turns):
        show_turn(question, said, answerer, lang)


def show_turn(question: str, answer: Answer | JireiError, answerer: Answerer, lang: Lang) -> None:
    """A question and what came of it."""
    with st.chat_message("user"):
        say(question[:1000])
    with st.chat_message("assistant"):
        if isinstance(answer, JireiError):
            say(answer.tell(lang))
        else:
            show_answer(answer, answerer, answer.lang)


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
            answerer = load_answerer(current_name(settings.index_folder))
    except JireiError as error:
        say(error.tell(lang))
        return
    if "doc" in st.query_params:
        document_page(answerer, lang)
    else:
        chat_page(answerer, lang)


main()
