"""The answers that users called wrong, to be handed on to the evaluation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from errors import JireiError
from messages import Lang, tell
from store.feedback import evaluation_rows, opinions
from store.question_log import json_lines
from ui.safe import plain, say
from ui.talk import database_of
from ui.view import View

SHOWN = 50


def show_wrong(view: View) -> None:
    """The newest of them with reason and comment, and all as rows whose gold is to be filled."""
    lang = view.lang
    st.subheader(tell("wrong_title", lang))
    try:
        wrong = [row for row in opinions(database_of(view)) if not row["good"]]
    except JireiError as error:
        say(error.tell(lang))
        return
    if not wrong:
        say(tell("wrong_none", lang))
        return
    st.download_button(
        tell("wrong_export", lang, n=len(wrong)),
        data=lambda: json_lines(evaluation_rows(database_of(view))),
        file_name=f"jirei-wrong-{date.today()}.jsonl",
        mime="application/jsonl",
        on_click="ignore",
        key="wrong",
    )
    rows = "".join(_row(row, lang) for row in wrong[-SHOWN:][::-1])
    st.html(f'<ul class="jirei-text">{rows}</ul>')


def _row(row: Mapping[str, Any], lang: Lang) -> str:
    reason = tell(f"opinion_reason_{row['reason']}", lang) if row["reason"] else ""
    parts = (row["at"][:10], row["question"], reason, row["comment"])
    return f"<li>{plain(' · '.join(part for part in parts if part))}</li>"
