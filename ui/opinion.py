"""Thumbs up or down on an answer, with a reason, kept at once."""

import streamlit as st

from answer.contract import Answer
from answer.wording import cases_apart
from errors import JireiError
from messages import tell
from store.feedback import REASONS, Opinion, keep_opinion
from store.question_log import Asking
from ui.safe import say
from ui.talk import Talk, database_of
from ui.turns import Turn
from ui.view import View

LONGEST_COMMENT = 1000


def show_opinion(turn: Turn, talk: Talk, view: View) -> None:
    """Two thumbs; keeps which was pressed, and asks for the reason if it points down."""
    kept: dict[str, Opinion] = st.session_state.setdefault("opinions", {})
    before = kept.get(turn.id)
    chosen = st.pills(
        tell("opinion_ask", view.lang),
        ("good", "bad"),
        default=None if before is None else "good" if before.good else "bad",
        format_func=lambda name: tell(f"opinion_{name}", view.lang),
        # The browser knows a choice by its label: in another language none would be marked.
        key=f"opinion-{turn.id}-{view.lang}",
    )
    if chosen is None or not isinstance(turn.said, Answer):
        return
    good = chosen == "good"
    if turn.id not in kept or kept[turn.id].good != good:
        _keep(turn, turn.said, Opinion(good), talk, view)
    if not good:
        _ask_reason(turn, turn.said, talk, view)
    if turn.id in kept and kept[turn.id].good == good:
        told = "opinion_kept_reason" if kept[turn.id].explained else "opinion_kept"
        st.caption(tell(told, view.lang))


def _ask_reason(turn: Turn, answer: Answer, talk: Talk, view: View) -> None:
    lang = view.lang
    before: Opinion = st.session_state["opinions"].get(turn.id, Opinion(False))
    names = dict(zip(cases_apart(answer.cases, "ja"), cases_apart(answer.cases, lang), strict=True))
    # The browser knows a choice by its label: in another language it would go on sending none.
    reason_key, wrong_key = f"reason-{turn.id}-{lang}", f"wrong-{turn.id}-{lang}"
    comment_key = f"comment-{turn.id}"
    st.session_state.setdefault(reason_key, before.reason)
    st.session_state.setdefault(wrong_key, [name for name in before.wrong if name in names])
    st.session_state.setdefault(comment_key, before.comment)
    with st.form(f"form-{turn.id}"):
        reason = st.selectbox(
            tell("opinion_reason", lang),
            REASONS,
            index=None,
            format_func=lambda name: tell(f"opinion_reason_{name}", lang),
            placeholder=tell("facet_choose", lang),
            key=reason_key,
        )
        wrong = st.multiselect(
            tell("opinion_wrong", lang),
            list(names),
            format_func=names.__getitem__,
            placeholder=tell("facet_choose", lang),
            key=wrong_key,
        )
        comment = st.text_area(
            tell("opinion_comment", lang), max_chars=LONGEST_COMMENT, key=comment_key
        )
        if st.form_submit_button(tell("opinion_send", lang)):
            _keep(turn, answer, Opinion(False, reason, comment, tuple(wrong)), talk, view)


def _keep(turn: Turn, answer: Answer, opinion: Opinion, talk: Talk, view: View) -> None:
    asking = Asking(turn.question, turn.context[:-1], turn.narrow, talk.id)
    try:
        keep_opinion(database_of(view), turn.id, asking, answer, opinion)
    except JireiError as error:
        say(error.tell(view.lang))
        return
    st.session_state["opinions"][turn.id] = opinion
