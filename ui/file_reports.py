"""What became of each file of the live index."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from ingest.documents import Facts, FileReport
from ingest.telling import notes_of, reason_of
from messages import Lang, tell
from ui.safe import plain, say

PAGE = 50
KINDS = ("check", "uploads", "all")
UPLOADS = "uploads/"


def status_label(status: str, lang: Lang) -> str:
    """What became of a file in a word or two: read, skipped, failed, or not built in yet."""
    return tell(f"documents_status_{status}", lang)


def reports_of_upload(name: str, reports: Sequence[FileReport]) -> list[FileReport]:
    """The report on an upload, and on the files inside it."""
    path = f"{UPLOADS}{name}"
    return [r for r in reports if r.path == path or r.path.startswith(f"{path}/")]


def to_be_checked(report: FileReport) -> bool:
    """Whether somebody should look at a file: it failed, or was read with a remark."""
    return report.status == "failed" or bool(report.status == "read" and notes_of(report, "en"))


def show_reports(reports: tuple[FileReport, ...] | None, lang: Lang) -> None:
    """The files of the live index, those to be checked first in the choice."""
    st.subheader(tell("documents_report", lang))
    if reports is None:
        say(tell("documents_no_report", lang))
        return
    kinds = {
        "check": [report for report in reports if to_be_checked(report)],
        "uploads": [report for report in reports if report.path.startswith(UPLOADS)],
        "all": list(reports),
    }
    kind = st.radio(
        tell("documents_show", lang),
        KINDS,
        index=KINDS.index("check" if kinds["check"] else "all"),
        format_func=lambda kind: tell(f"documents_show_{kind}", lang),
        horizontal=True,
        # A choice whose labels change, as a language or a number does, loses what was chosen.
        key=f"documents_kind_{lang}",
    )
    shown = kinds[kind]
    counts = {name: len(files) for name, files in kinds.items()}
    say(tell("documents_counts", lang, **counts))
    if not shown:
        say(tell("documents_none_of_kind", lang))
    begin = page_of(len(shown), f"documents_page_{kind}", lang)
    rows = "".join(report_html(report, lang) for report in shown[begin : begin + PAGE])
    st.html(f'<ul class="jirei-files">{rows}</ul>')


def page_of(n: int, key: str, lang: Lang) -> int:
    """Where the page of a long list begins that was chosen, `PAGE` entries each."""
    pages = max(1, -(-n // PAGE))
    if pages == 1:
        return 0
    number = st.number_input(tell("documents_page", lang, pages=pages), 1, pages, key=key)
    return (int(number) - 1) * PAGE


def report_html(report: FileReport, lang: Lang) -> str:
    """A file as an entry of the list: what became of it, why, and what its loader found."""
    lines = [reason_of(report, lang), *notes_of(report, lang)]
    if report.facts:
        lines += [" · ".join(found_in(report.facts, lang)), balance(report, report.facts, lang)]
    told = "".join(f"<div>{plain(line)}</div>" for line in lines if line)
    name = plain(report.path)
    if report.status == "read":
        name = document_anchor(report.path, report.path, lang)
    return (
        f'<li class="jirei-case {report.status}"><b class="jirei-text">{name}</b> '
        f'<span class="jirei-label">{plain(status_label(report.status, lang))}</span>'
        f'<div class="jirei-where">{told}</div></li>'
    )


def document_anchor(document: str, name: str, lang: Lang) -> str:
    """A name that opens its document."""
    address = plain("?" + urlencode({"doc": document, "lang": lang}))
    return f'<a href="{address}" target="_blank">{plain(name)}</a>'


def found_in(facts: Facts, lang: Lang) -> list[str]:
    """Encoding with its confidence, pages and tables, each in a few words."""
    found = []
    if facts.encoding:
        sure = f"{facts.confidence:.0%}" if facts.confidence is not None else "?"
        found.append(tell("documents_encoding", lang, encoding=facts.encoding, sure=sure))
    if facts.pages:
        found.append(tell("documents_pages", lang, n=facts.pages, none=facts.pages_without_text))
    if facts.tables:
        found.append(tell("documents_tables", lang, n=facts.tables))
    return found


def balance(report: FileReport, facts: Facts, lang: Lang) -> str:
    """Characters in the file: so many indexed, so many left out, and why."""
    left = [f"{tell(reason, lang)} {n:,}" for reason, n in sorted(facts.left_out.items())]
    why = ("、" if lang == "ja" else ", ").join(left)
    return tell(
        "documents_balance",
        lang,
        characters=f"{facts.characters:,}",
        indexed=f"{report.indexed:,}",
        left=f"{sum(facts.left_out.values()):,}",
        why=(f"（{why}）" if lang == "ja" else f" ({why})") if why else "",
    )
