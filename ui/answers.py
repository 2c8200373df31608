"""An answer on the page: quotes in their table or as cards, each with the way to its proof."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from answer.contract import Answer, Case, Comparison, Quote
from answer.narrow import OLD_AFTER_YEARS
from answer.wording import joined, name_of, prefecture_of
from ingest.documents import Document, Source
from messages import Lang, tell
from ui.safe import plain, say

OPEN_CASES = 5

Documents = Mapping[str, Document]


def marked(text: str, start: int, end: int) -> str:
    """HTML of a text with one span highlighted."""
    return f'<div class="jirei-text">{_with_marks(text, ((start, end),))}</div>'


def _with_marks(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    parts, at = [], 0
    for start, end in spans:
        parts += [plain(text[at:start]), f"<mark>{plain(text[start:end])}</mark>"]
        at = end
    return "".join([*parts, plain(text[at:])])


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
        f'<blockquote>「{_with_marks(quote.text, quote.marks)}」<div class="jirei-where">'
        f'{plain(where)} · <a href="{link}" target="_blank">{opens}</a></div></blockquote>'
    )


def source_line(source: Source) -> str:
    """A source in one line, its kind first."""
    return " ".join(part for part in (source.kind, source.title, source.url) if part)


def when(case: Case, lang: Lang) -> str:
    """Since when, as the document says, and a word if the document is old."""
    old = ""
    if case.age is not None and case.age >= OLD_AFTER_YEARS:
        old = tell("case_old", lang, years=case.age)
    state = tell(f"state_{case.state}", lang) if case.state != "running" else ""
    return " ".join(part for part in (case.period or "", state, old) if part)


def why(case: Case, lang: Lang) -> str:
    """Why a case is only unsure; empty for a match."""
    if not case.reason:
        return ""
    return tell(f"reason_{case.reason}", lang, missing=joined(case.missing, lang))


def _passage(case: Case, documents: Documents, lang: Lang) -> str:
    first = case.quotes[0]
    start, end = first.passage
    text = documents[first.document].text[start:end]
    passage = marked(text, first.start - start, first.end - start)
    sources = "".join(f"<li>{plain(source_line(source))}</li>" for source in case.sources)
    return (
        f"<details><summary>{plain(tell('page_passage', lang))}</summary>"
        f"{passage}<ul>{sources}</ul></details>"
    )


def case_html(case: Case, label: str, documents: Documents, lang: Lang) -> str:
    """One municipality as a card: its quotes, the first of which unfolds in its passage."""
    quotes = "".join(quote_html(quote, lang) for quote in case.quotes)
    notes = " · ".join(part for part in (when(case, lang), why(case, lang)) if part)
    return (
        f'<div class="jirei-case {case.verdict}"><b>{plain(name_of(case, lang))}</b> '
        f"{plain(prefecture_of(case, lang))} "
        f'<span class="jirei-label">{plain(tell(label, lang))}</span>'
        f'<div class="jirei-where">{plain(notes)}</div>{quotes}'
        f"{_passage(case, documents, lang)}</div>"
    )


def table_html(cases: tuple[Case, ...], documents: Documents, lang: Lang) -> str:
    """Municipalities as a table: who, what the quote says, when, what came of it."""
    heads = ("case_who", "case_what", "case_when", "case_effect")
    head = "".join(f'<th scope="col">{plain(tell(key, lang))}</th>' for key in heads)
    rows = "".join(_row(case, documents, lang) for case in cases)
    return f'<table class="jirei-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(case: Case, documents: Documents, lang: Lang) -> str:
    quotes = "".join(quote_html(quote, lang) for quote in case.quotes)
    effect = quote_html(case.effect, lang) if case.effect else ""
    reason = why(case, lang)
    note = f'<div class="jirei-where">{plain(reason)}</div>' if reason else ""
    return (
        f'<tr class="jirei-case {case.verdict}"><th scope="row">{plain(name_of(case, lang))}<br>'
        f'<span class="jirei-where">{plain(prefecture_of(case, lang))}</span></th>'
        f"<td>{note}{quotes}{_passage(case, documents, lang)}</td>"
        f"<td>{plain(when(case, lang))}</td><td>{effect}</td></tr>"
    )


def comparison_html(comparison: Comparison, lang: Lang) -> str:
    """Places side by side, one row a theme."""
    names = [place.name_en if lang == "en" else place.name for place in comparison.places]
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


def show_answer(answer: Answer, documents: Documents, lang: Lang) -> None:
    """An answer from top to bottom; each part is on screen before the next is made."""
    say(answer.answer)
    _show_understanding(answer, lang)
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


def _show_understanding(answer: Answer, lang: Lang) -> None:
    lines = [tell("page_understood", lang, line=answer.understood)]
    if answer.query_used != answer.question.strip():
        lines.append(tell("page_query_used", lang, query=answer.query_used))
    for written, read in answer.corrected:
        lines.append(tell("page_corrected", lang, written=written, read=read))
    if answer.expanded:
        lines.append(tell("page_expanded", lang, terms=", ".join(answer.expanded)))
    st.html(f'<div class="jirei-text jirei-where">{plain(chr(10).join(lines))}</div>')
