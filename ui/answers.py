"""An answer on the page: quotes in their table or as cards, each with the way to its proof."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from answer.contract import Answer, Case, Comparison, Quote
from answer.narrow import OLD_AFTER_YEARS
from answer.wording import name_of, names_apart, notes_of, prefecture_of, why_unsure
from ingest.documents import Document
from messages import Lang, tell
from ui.cards import sources_html, why_html, with_marks
from ui.safe import plain, say

OPEN_CASES = 5

Documents = Mapping[str, Document]


def document_link(quote: Quote, lang: Lang) -> str:
    """The address that shows a quote in its document."""
    query = {"doc": quote.document, "start": quote.start, "end": quote.end, "lang": lang}
    return "?" + urlencode(query)


def quote_html(quote: Quote, lang: Lang) -> str:
    """A quote, where it stands, and the link to that place."""
    page = [tell("source_page", lang, page=quote.page)] if quote.page else []
    where = " · ".join([" › ".join(quote.heading[-2:]) or quote.document, *page])
    link = plain(document_link(quote, lang))
    opens = plain(tell("page_open", lang))
    opened = f'<a class="jirei-whole" href="{link}" target="_blank" rel="noopener">{opens}</a>'
    return (
        f'<blockquote>「{with_marks(quote.text, quote.marks)}」<div class="jirei-where">'
        f"{plain(where)} · {opened}</div></blockquote>"
    )


def when(case: Case, lang: Lang) -> str:
    """Since when, as the document says, and a word if the document is old."""
    old = ""
    if case.age is not None and case.age >= OLD_AFTER_YEARS:
        old = tell("case_old", lang, years=case.age)
    state = tell(f"state_{case.state}", lang) if case.state != "running" else ""
    return " ".join(part for part in (case.period or "", state, old) if part)


def _when_html(case: Case, lang: Lang) -> str:
    """When, its period never broken over two lines."""
    parts = [case.period] if case.period else []
    rest = when(case, lang).removeprefix(case.period or "").strip()
    shown = "".join(f'<span class="jirei-whole">{plain(part)}</span>' for part in parts)
    return f"{shown} {plain(rest)}".strip()


def _proof(case: Case, documents: Documents, lang: Lang) -> str:
    """What unfolds below a case: its passages and sources, and why it is here."""
    return sources_html(case, documents, lang) + why_html(case, lang)


def case_html(case: Case, label: str, documents: Documents, lang: Lang) -> str:
    """One municipality as a card: its quotes, the first of which unfolds in its passage."""
    quotes = "".join(quote_html(quote, lang) for quote in case.quotes)
    if case.effect:
        effect = plain(tell("case_effect", lang))
        quotes += f'<div class="jirei-where">{effect}</div>{quote_html(case.effect, lang)}'
    notes = " · ".join(part for part in (when(case, lang), why_unsure(case, lang)) if part)
    return (
        f'<div class="jirei-case {case.verdict}"><b>{plain(name_of(case, lang))}</b> '
        f"{plain(prefecture_of(case, lang))} "
        f'<span class="jirei-label">{plain(tell(label, lang))}</span>'
        f'<div class="jirei-where">{plain(notes)}</div>{quotes}'
        f"{_proof(case, documents, lang)}</div>"
    )


def table_html(cases: tuple[Case, ...], documents: Documents, lang: Lang) -> str:
    """Municipalities as a table: who, what the quote says, when, what came of it."""
    head = "".join(
        f'<th scope="col" class="jirei-{name}">{plain(tell(f"case_{name}", lang))}</th>'
        for name in ("who", "what", "when", "effect")
    )
    rows = "".join(_row(case, documents, lang) for case in cases)
    return (
        f'<table class="jirei-table jirei-cases"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _labelled(key: str, html: str, lang: Lang) -> str:
    """A cell that names its column where the screen is too narrow for columns."""
    label = f' data-label="{plain(tell(key, lang))}"' if html else ""
    return f"<td{label}>{html}</td>"


def _row(case: Case, documents: Documents, lang: Lang) -> str:
    quotes = "".join(quote_html(quote, lang) for quote in case.quotes)
    effect = quote_html(case.effect, lang) if case.effect else ""
    reason = why_unsure(case, lang)
    note = f'<div class="jirei-where">{plain(reason)}</div>' if reason else ""
    return (
        f'<tr class="jirei-case {case.verdict}"><th scope="row">{plain(name_of(case, lang))}<br>'
        f'<span class="jirei-where">{plain(prefecture_of(case, lang))}</span></th>'
        f"<td>{note}{quotes}{_proof(case, documents, lang)}</td>"
        f"{_labelled('case_when', _when_html(case, lang), lang)}"
        f"{_labelled('case_effect', effect, lang)}</tr>"
    )


def comparison_html(comparison: Comparison, lang: Lang) -> str:
    """Places side by side, one row a theme."""
    names = names_apart(comparison.places, lang)
    head = "".join(f'<th scope="col">{plain(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{plain(row.theme)}</th>'
        + "".join(
            f'<td data-place="{plain(name)}">{_cell(cell, lang)}</td>'
            for name, cell in zip(names, row.cells, strict=True)
        )
        + "</tr>"
        for row in comparison.rows
    )
    return (
        f'<table class="jirei-table jirei-comparison"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(quotes: tuple[Quote, ...], lang: Lang) -> str:
    if not quotes:
        return plain(tell("compare_nothing", lang))
    return "".join(quote_html(quote, lang) for quote in quotes)


def show_answer(answer: Answer, documents: Documents, lang: Lang, narrowed: str = "") -> None:
    """An answer from top to bottom, `narrowed` the line that says to what; each part is on screen
    before the next is made.
    """
    say(answer.answer)
    notes = "\n".join(notes_of(answer, lang, narrowed))
    st.html(f'<div class="jirei-text jirei-where">{plain(notes)}</div>')
    if answer.comparison and answer.comparison.rows:
        st.html(comparison_html(answer.comparison, lang))
    matches = tuple(case for case in answer.cases if case.verdict == "match")
    unsure = tuple(case for case in answer.cases if case.verdict == "unsure")
    if answer.kind == "list":
        _show_list(matches, documents, lang)
    else:
        for case in matches[:OPEN_CASES]:
            st.html(case_html(case, "verdict_match", documents, lang))
    folded = (
        ("page_unsure", unsure, "verdict_unsure"),
        ("page_nearest", answer.nearest, "verdict_nearest"),
    )
    for key, cases, label in folded:
        if cases:
            with st.expander(tell(key, lang, n=len(cases)), expanded=not matches):
                html = "".join(case_html(case, label, documents, lang) for case in cases)
                st.html(html)


def _show_list(matches: tuple[Case, ...], documents: Documents, lang: Lang) -> None:
    shown, more = matches[: 2 * OPEN_CASES], matches[2 * OPEN_CASES :]
    if shown:
        st.html(table_html(shown, documents, lang))
    if more:
        with st.expander(tell("page_more", lang, n=len(more))):
            st.html(table_html(more, documents, lang))
