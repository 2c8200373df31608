"""The conversation of this session: kept in the store, found again by its link."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from answer.contract import Answer
from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from messages import tell
from store.conversations import keep_turn, kept_turns, new_id
from store.database import Database
from store.question_log import Asking, log_question
from ui.safe import label, say
from ui.turns import Turn, answered_anew, is_stale, restored
from ui.view import View

PARAMETER = "c"
LABEL_LENGTH = 30


@dataclass
class Talk:
    """A conversation in this session's state.

    `unkept` are the ids of turns still to be stored, `stored` of those that once were.
    """

    id: str | None = None
    turns: list[Turn] = field(default_factory=list)
    unkept: set[str] = field(default_factory=set)
    stored: set[str] = field(default_factory=set)

    def put(self, turn: Turn) -> None:
        """Adds a turn, or replaces the one with its id."""
        self.unkept.add(turn.id)
        for at, other in enumerate(self.turns):
            if other.id == turn.id:
                self.turns[at] = turn
                return
        self.turns.append(turn)

    @property
    def newest(self) -> Turn | None:
        """The last turn, if there is one."""
        return self.turns[-1] if self.turns else None


def turns_of_session() -> Sequence[Turn]:
    """The turns of this session's conversation, oldest first, for the other views."""
    talk: Talk | None = st.session_state.get("talk")
    return talk.turns if talk else ()


def database_of(view: View) -> Database:
    """The file of what is kept, one object for all sessions."""
    return _database(str(view.settings.store_file), view.settings.keep_days)


@st.cache_resource(show_spinner=False, max_entries=1)
def _database(path: str, keep_days: int) -> Database:
    from pathlib import Path

    return Database(Path(path), keep_days)


def open_talk(view: View, answerer: Answerer) -> Talk:
    """The conversation of this session, or the one that the address names."""
    talk: Talk = st.session_state.setdefault("talk", Talk())
    wanted = st.query_params.get(PARAMETER)
    if wanted and wanted != talk.id:
        talk = _restore(wanted, view, answerer)
    elif talk.id and not wanted:
        st.query_params[PARAMETER] = talk.id
    stale = [turn for turn in talk.turns if is_stale(turn, answerer)]
    if stale:
        with st.spinner(tell("page_anew", view.lang)):
            for turn in stale:
                talk.put(answered_anew(turn, answerer))
    return talk


def _restore(id: str, view: View, answerer: Answerer) -> Talk:
    talk = Talk()
    try:
        with st.spinner(tell("page_loading", view.lang)):
            turns = restored(kept_turns(database_of(view), id), answerer)
        trouble = tell("talk_unknown", view.lang)
    except JireiError as error:
        turns, trouble = [], error.tell(view.lang)
    if turns:
        talk = Talk(id, turns, stored={turn.id for turn in turns})
        _remember(talk)
    else:
        say(trouble)
        del st.query_params[PARAMETER]
    _begin(talk)
    return talk


def keep(talk: Talk, view: View) -> None:
    """Stores what is new. If that fails the answer stands, and one line says so."""
    due = [turn for turn in talk.turns if turn.id in talk.unkept and not turn.pending]
    if not due:
        return
    talk.id = talk.id or new_id()
    database = database_of(view)
    try:
        for turn in due:
            is_kept = keep_turn(database, talk.id, turn.kept, again=turn.id in talk.stored)
            talk.stored.add(turn.id)
            if is_kept and isinstance(turn.said, Answer):
                asking = Asking(turn.question, turn.context[:-1], turn.narrow, talk.id)
                log_question(database, asking, turn.said, turn.said.took_ms.get("total", 0.0))
            talk.unkept.discard(turn.id)
    except JireiError as error:
        say(error.tell(view.lang))
        return
    _remember(talk)
    if st.query_params.get(PARAMETER) != talk.id:
        st.query_params[PARAMETER] = talk.id


def log_answer(asking: Asking, answer: Answer, view: View) -> None:
    """Logs what is answered outside of a conversation. If that fails, one line says so."""
    try:
        log_question(database_of(view), asking, answer, answer.took_ms.get("total", 0.0))
    except JireiError as error:
        say(error.tell(view.lang))


def settle(talk: Talk, turns: Sequence[Turn]) -> None:
    """Turns of a conversation are read no further."""
    for turn in turns:
        if turn.pending:
            talk.put(replace(turn, pending=False))


def show_history(talk: Talk, view: View) -> None:
    """The way to a new conversation, and to the others of this session."""
    lang = view.lang
    if talk.turns:
        st.button(tell("talk_new", lang), on_click=_leave, args=(talk, view), key="talk_new")
        st.caption(tell("talk_link", lang, days=view.settings.keep_days))
    others = [known for known in _known().items() if known[0] != talk.id]
    if others:
        st.caption(tell("talk_earlier", lang))
    for other, question in reversed(others):
        name = label(question)[:LABEL_LENGTH] or "…"
        args = talk, view, other
        st.button(name, on_click=_leave, args=args, key=f"talk_{other}", type="tertiary")


def _known() -> dict[str, str]:
    known: dict[str, str] = st.session_state.setdefault("talks", {})
    return known


def _remember(talk: Talk) -> None:
    if talk.id and talk.turns:
        _known()[talk.id] = talk.turns[0].question


def _begin(talk: Talk) -> None:
    """Makes a conversation that of the session, with the facets of its newest question."""
    st.session_state["talk"] = talk
    st.session_state["narrow"] = talk.newest.narrow if talk.newest else Narrow()
    st.session_state["facets_fresh"] = False
    if talk.id is None and PARAMETER in st.query_params:
        del st.query_params[PARAMETER]


def _leave(talk: Talk, view: View, other: str | None = None) -> None:
    """Goes to another conversation, or a new one; what is still read of this one is kept as is."""
    settle(talk, talk.turns)
    keep(talk, view)
    if other:
        st.query_params[PARAMETER] = other
    else:
        _begin(Talk())
