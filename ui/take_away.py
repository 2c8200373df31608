"""What an answer or a conversation can be taken away as."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from answer.contract import Answer
from export.report import Documents, Report, report_of
from messages import Lang, tell
from ui.narrowed import narrowed_line
from ui.turns import Turn

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_take_away(turn: Turn, turns: Sequence[Turn], documents: Documents, lang: Lang) -> None:
    """The formats, to unfold; nothing is made before somebody asks for it."""
    with st.expander(tell("take_away", lang), on_change="rerun", key=f"take-{turn.id}") as box:
        if not box.open:
            return
        chosen: Sequence[Turn] = [turn]
        if len(turns) > 1:
            whole = st.radio(
                tell("take_what", lang),
                ("answer", "whole"),
                format_func=lambda what: tell(f"take_{what}", lang),
                key=f"what-{turn.id}-{lang}",
                horizontal=True,
            )
            chosen = turns if whole == "whole" else chosen

        def report() -> Report:
            said = [(t.question, t.said) for t in chosen if isinstance(t.said, Answer)]
            narrows = [t.narrow for t in chosen if isinstance(t.said, Answer)]
            narrowed = [narrowed_line(narrow, lang) for narrow in narrows]
            return report_of(said, documents, lang, date.today(), narrowed)

        with st.container(horizontal=True, gap="small"):
            download_buttons(report, turn.id, lang)
        _show_copy(report(), lang)


def download_buttons(report: Callable[[], Report], key: str, lang: Lang) -> None:
    """A button for each format; the file is made when its button is pressed."""
    for ending, (mime, make) in _FORMATS.items():
        st.download_button(
            tell(f"take_{ending}", lang),
            data=partial(_made, make, report),
            file_name=f"jirei-{date.today()}.{ending}",
            mime=mime,
            key=f"{ending}-{key}",
            on_click="ignore",
        )


def _made(make: Callable[[Report], bytes], report: Callable[[], Report]) -> bytes:
    return make(report())


def _word(report: Report) -> bytes:
    from export.word import to_docx

    return to_docx(report)


def _excel(report: Report) -> bytes:
    from export.tables import to_xlsx

    return to_xlsx(report)


def _csv(report: Report) -> bytes:
    from export.tables import to_csv

    return to_csv(report)


def _markdown(report: Report) -> bytes:
    from export.plain import to_markdown

    return to_markdown(report).encode()


_FORMATS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "docx": (WORD, _word),
    "xlsx": (EXCEL, _excel),
    "csv": ("text/csv", _csv),
    "md": ("text/markdown", _markdown),
}


def _show_copy(report: Report, lang: Lang) -> None:
    from export.plain import to_text

    st.caption(tell("take_copy", lang))
    st.code(to_text(report), language=None, wrap_lines=True)
    st.caption(tell("take_print", lang))
