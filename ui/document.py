"""A whole document, the page that the link of a quote opens."""

import streamlit as st

from answer.respond import Answerer
from ingest.documents import Document
from messages import Lang, tell
from ui.answers import marked, source_line
from ui.safe import say


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
