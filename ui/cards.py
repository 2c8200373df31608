"""The proof of a case: its passages and sources as cards, and the signals of its verdict."""

import re
from collections.abc import Mapping

from answer.contract import Case, Quote, Signal
from answer.spans import Span
from export.text import web_address
from ingest.documents import Document, Source
from messages import Lang, tell
from ui.names import kind_name
from ui.safe import plain

SIGNALS = (
    "dense", "terms", "lexical", "best", "english", "placed", "reranker", "english+", "placed+",
    "area+",
)  # fmt: skip
"""The signals that the catalogue puts into words."""

SHOWN_FROM = 0.005
"""What a signal adds at least to be shown: less would read as 0.00."""

_HEADINGS = re.compile(r"(?:\s*#{1,6} [^\n]*\n\s*)+")


def with_marks(text: str, spans: tuple[Span, ...]) -> str:
    """HTML of a text with spans highlighted; they are in order and do not overlap."""
    parts, at = [], 0
    for start, end in spans:
        parts += [plain(text[at:start]), f"<mark>{plain(text[start:end])}</mark>"]
        at = end
    return "".join([*parts, plain(text[at:])])


def sources_html(case: Case, documents: Mapping[str, Document], lang: Lang) -> str:
    """A card for each document that is quoted, to unfold: the quotes in their passages, and whence
    they are.
    """
    quoted: dict[str, dict[Span, list[Quote]]] = {}
    for quote in case.quotes:
        passages = quoted.setdefault(quote.document, {})
        passages.setdefault(quote.passage, []).append(quote)
    cards = "".join(
        _card(documents[document], passages, lang) for document, passages in quoted.items()
    )
    return f"<details><summary>{plain(tell('page_passage', lang))}</summary>{cards}</details>"


def _card(document: Document, passages: Mapping[Span, list[Quote]], lang: Lang) -> str:
    metadata = document.metadata
    where = [document.id]
    if metadata.published:
        where.append(tell("source_published", lang, day=metadata.published))
    texts = "".join(_passage(document, span, quotes, lang) for span, quotes in passages.items())
    sources = "".join(f"<li>{source_html(source, lang)}</li>" for source in metadata.sources)
    return (
        f'<div class="jirei-source"><b>{plain(metadata.title)}</b>'
        f'<div class="jirei-where">{plain(" · ".join(where))}</div>'
        f'{texts}<ul class="jirei-where">{sources}</ul></div>'
    )


def _passage(document: Document, span: Span, quotes: list[Quote], lang: Lang) -> str:
    begin, end = span
    first = min(quote.start for quote in quotes)
    if document.markdown and (above := _HEADINGS.match(document.text, begin, first)):
        begin = above.end()  # the line above the passage names them, without their marks
    marks = tuple(sorted((quote.start - begin, quote.end - begin) for quote in quotes))
    where = [" › ".join(quotes[0].heading)]
    if quotes[0].page:
        where.append(tell("source_page", lang, page=quotes[0].page))
    return (
        f'<div class="jirei-passage"><div class="jirei-where">'
        f"{plain(' · '.join(filter(None, where)))}</div>"
        f'<div class="jirei-text">{with_marks(document.text[begin:end], marks)}'
        "</div></div>"
    )


def source_html(source: Source, lang: Lang) -> str:
    """A source: what kind it is, its title, when it was read, and the link if it is on the web."""
    kind = kind_name(source.kind, lang) if source.kind else ""
    retrieved = tell("source_retrieved", lang, day=source.retrieved) if source.retrieved else ""
    label = f'<span class="jirei-label">{plain(kind)}</span>' if kind else ""
    parts = [label, plain(source.title or ""), _link(source.url), plain(retrieved)]
    return " ".join(part for part in parts if part)


def _link(url: str | None) -> str:
    """A link to an address of the web, which the page itself never asks for anything."""
    if not url:
        return ""
    if web_address(url) is None:
        return plain(url)
    return f'<a href="{plain(url)}" target="_blank" rel="noopener noreferrer">{plain(url)}</a>'


def why_html(case: Case, lang: Lang) -> str:
    """The signals of a verdict in words, each with its value and what it adds, to unfold."""
    known = [s for s in case.signals if s.name in SIGNALS and abs(s.adds) >= SHOWN_FROM]
    if not known:
        return ""
    heads = "".join(
        f'<th scope="col">{plain(tell(key, lang))}</th>'
        for key in ("why_signal", "why_value", "why_adds")
    )
    rows = "".join(_signal_row(signal, lang) for signal in known)
    share = f"{100 * case.score:.0f}"
    return (
        f'<details class="jirei-why"><summary>{plain(tell("why_title", lang, share=share))}'
        f'</summary><div class="jirei-where">{plain(tell("why_help", lang))}</div>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></details>"
    )


def _signal_row(signal: Signal, lang: Lang) -> str:
    sign = "up" if signal.adds > 0 else "down"
    adds = f"{signal.adds:+.2f} {tell(f'why_{sign}', lang)}"
    return (
        f'<tr><th scope="row">{plain(tell(f"signal_{signal.name}", lang))}</th>'
        f'<td class="jirei-number">{signal.value:.2f}</td>'
        f'<td class="jirei-number">{plain(adds)}</td></tr>'
    )
