"""A whole document: the page that the link of a quote, or of the list, opens."""

import itertools
from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from answer.browse import Heading, contents
from answer.respond import Answerer
from answer.similar import Likeness
from index.generation import Generation
from ingest.documents import Document
from messages import Lang, tell
from ui.cards import source_html, with_marks
from ui.names import place_name, theme_name
from ui.safe import plain, say
from ui.view import View

LIKE = 5

SHOW_MARK = """<script>(function look(times) {
  const mark = document.querySelector("mark");
  if (mark) mark.scrollIntoView({ block: "center" });
  else if (times) setTimeout(look, 100, times - 1);
})(20)</script>"""
"""Brings the sentence into view: the address alone can't, since the text comes after the page."""


def whole_link(document: str, lang: Lang) -> str:
    """The address of a whole document."""
    return "?" + urlencode({"doc": document, "lang": lang})


def document_page(view: View) -> None:
    """The document of the address, the sentence of the address marked in it."""
    answerer, lang = view.answerer(), view.lang
    st.html(f'<a href="?view=browse&amp;lang={lang}">{plain(tell("page_to_list", lang))}</a>')
    document = answerer.generation.documents.get(st.query_params["doc"])
    if document is None:
        say(tell("page_no_document", lang, file=st.query_params["doc"]))
        return
    numbers = [st.query_params.get(name, "0") for name in ("start", "end")]
    start, end = (int(n) if n.isdecimal() and len(n) < 12 else 0 for n in numbers)
    st.html(_about(document, answerer, lang))
    headings = contents(answerer.generation, document.id)
    if len(headings) > 1:
        st.html(contents_html(headings, lang))
    body = body_html(document, headings, start, end)
    st.html(body)
    if "<mark>" in body:
        st.html(SHOW_MARK, unsafe_allow_javascript=True)
    _show_like(document.id, answerer, lang)


def _about(document: Document, answerer: Answerer, lang: Lang) -> str:
    """Title, place, dates, themes and sources."""
    metadata = document.metadata
    themes = " · ".join(theme_name(t, answerer.thesaurus, lang) for t in metadata.themes)
    rows = (
        ("page_file", document.id),
        ("case_who", place_name(metadata.place, lang) if metadata.place else ""),
        ("browse_theme", themes),
        ("case_when", metadata.period or ""),
        ("page_published", metadata.published or ""),
    )
    listed = "".join(
        f"<dt>{plain(tell(key, lang))}</dt><dd>{plain(value)}</dd>" for key, value in rows if value
    )
    sources = "".join(f"<li>{source_html(source, lang)}</li>" for source in metadata.sources)
    if sources:
        listed += f"<dt>{plain(tell('page_sources', lang))}</dt><dd><ul>{sources}</ul></dd>"
    title = plain(metadata.title or document.id)
    return f'<h2 class="jirei-text">{title}</h2><dl class="jirei-facts">{listed}</dl>'


def contents_html(headings: Sequence[Heading], lang: Lang) -> str:
    """The table of contents, each heading a link to its place on the page."""
    items = "".join(
        f'<li class="level-{min(heading.level, 4)}">'
        f'<a href="#at-{heading.start}">{plain(heading.text)}</a></li>'
        for heading in headings
    )
    label = plain(tell("page_contents", lang))
    return f'<nav class="jirei-contents" aria-label="{label}"><b>{label}</b><ul>{items}</ul></nav>'


def body_html(document: Document, headings: Sequence[Heading], start: int, end: int) -> str:
    """The text of a document as it stands in its file, section by section.

    The part of `[start, end)` that lies in it is marked; a span that is none marks nothing.
    """
    text, begin = document.text, document.body_start
    span = max(start, begin), min(end, len(text))
    levels = {heading.start: heading for heading in headings}
    cuts = [begin, *(heading.start for heading in headings if heading.start > begin), len(text)]
    parts = []
    for at, until in itertools.pairwise(cuts):
        begins = text.find("\n", at, until) + 1 or until
        heading = levels.get(at)
        if heading and heading.text in text[at:begins]:
            title = _heading_html(heading, text[at:begins])
        else:
            title, begins = "", at
        parts.append(f'{title}<div class="jirei-text">{_marked(text, begins, until, span)}</div>')
    return f'<div class="jirei-body">{"".join(parts)}</div>'


def _heading_html(heading: Heading, line: str) -> str:
    """A heading's line, without the marks that make it one, below the title of the page."""
    level = min(heading.level + 2, 6)
    shown = plain(line.strip().lstrip("#").strip())
    return f'<h{level} id="at-{heading.start}" class="jirei-text">{shown}</h{level}>'


def _marked(text: str, at: int, until: int, span: tuple[int, int]) -> str:
    """`text[at:until]`, with what of the span lies in it marked."""
    start, end = max(span[0], at), min(span[1], until)
    return with_marks(text[at:until], ((start - at, end - at),) if start < end else ())


def _show_like(document: str, answerer: Answerer, lang: Lang) -> None:
    """The documents that are most like this one."""
    generation = answerer.generation
    like = _likeness(generation.name, generation).like(document, LIKE)
    if not like:
        return
    items = "".join(_like_html(generation.documents[name], n, lang) for name, n in like)
    title = plain(tell("page_like", lang))
    st.html(f'<h3>{title}</h3><ul class="jirei-list">{items}</ul>')


def _like_html(document: Document, likeness: float, lang: Lang) -> str:
    metadata = document.metadata
    place = place_name(metadata.place, lang) if metadata.place else ""
    told = tell("page_likeness", lang, n=f"{likeness:.2f}")
    return (
        f'<li><a href="{plain(whole_link(document.id, lang))}" target="_blank">'
        f"{plain(metadata.title or document.id)}</a>"
        f'<div class="jirei-where">{plain(" | ".join(p for p in (place, told) if p))}</div></li>'
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _likeness(name: str, _generation: Generation) -> Likeness:
    """The likeness of a generation's documents, which never changes."""
    return Likeness.of(_generation)
