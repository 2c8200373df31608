"""The generations of the index: which is live, are they whole, back to one of them."""

from datetime import datetime

import streamlit as st

from errors import JireiError
from index.background import BackgroundBuild
from index.life import Listed, list_generations, roll_back, verify
from messages import Lang, tell
from ui.safe import plain, say
from ui.view import View

WAIT_SECONDS = 5.0
"""How long a rollback waits for a build of another process."""


def show_generations(view: View, builder: BackgroundBuild) -> None:
    """All generations, the newest first, and what can be done with them."""
    lang = view.lang
    st.subheader(tell("generations", lang))
    said: list[str] = st.session_state.get("generations_said", [])
    for line in said:
        say(line)
    found = list_generations(view.settings)[::-1]
    if not found:
        say(tell("generations_none", lang))
    rows = "".join(generation_html(each, lang) for each in found)
    st.html(f'<ul class="jirei-files">{rows}</ul>')
    with st.container(horizontal=True):
        if st.button(tell("generations_build", lang), key="generations_build"):
            builder.request()
            _say_next([])
        if found and st.button(tell("generations_verify", lang), key="generations_verify"):
            with st.spinner(tell("generations_verifying", lang)):
                _say_next(verified(view, lang))
    others = [each for each in found if not each.live]
    if others:
        _choose_rollback(view, builder, others)


def _choose_rollback(view: View, builder: BackgroundBuild, others: list[Listed]) -> None:
    lang = view.lang
    labels = {each.name: _told(each, lang) for each in others}
    chosen = st.selectbox(
        tell("generations_back_to", lang),
        list(labels),
        format_func=lambda name: labels[name],
        # Among other generations the choice begins anew, with the newest of them.
        key=f"generations_chosen_{lang}_{others[0].name}",
    )
    running = builder.state().running
    if running:
        say(tell("generations_busy", lang))
    pressed = st.button(tell("generations_back", lang), key="generations_back", disabled=running)
    if pressed and chosen:
        with st.spinner(tell("page_loading", lang)):
            _say_next([rolled_back(view, chosen)])


def _say_next(lines: list[str]) -> None:
    """Shows the page anew, with these lines in it."""
    st.session_state["generations_said"] = lines
    st.rerun()


def generation_html(listed: Listed, lang: Lang) -> str:
    """A generation as an entry of the list, the live one marked in words."""
    kind = "read" if listed.live else "kept"
    state = "held" if listed.held else "live" if listed.live else "kept"
    return (
        f'<li class="jirei-case {kind}"><b>{plain(_told(listed, lang))}</b> '
        f'<span class="jirei-label">{plain(tell(f"index_state_{state}", lang))}</span>'
        f'<div class="jirei-where">{plain(listed.name)} · {listed.size / 1e6:.1f} MB</div></li>'
    )


def _told(listed: Listed, lang: Lang) -> str:
    created = "?"
    if listed.created:
        created = f"{datetime.fromisoformat(listed.created).astimezone():%Y-%m-%d %H:%M:%S}"
    documents = "?" if listed.documents is None else f"{listed.documents:,}"
    return tell("generations_told", lang, created=created, documents=documents)


def verified(view: View, lang: Lang) -> list[str]:
    """Each generation, whole or with its damaged files, in a line."""
    lines = []
    for name, files in verify(view.settings).items():
        key = "index_not_whole" if files else "index_whole"
        lines.append(tell(key, lang, name=name, files=", ".join(files)))
    return lines


def rolled_back(view: View, name: str) -> str:
    """Makes a generation live; what came of it in a line."""
    try:
        opened = roll_back(view.settings, view.encoder(), name, wait_seconds=WAIT_SECONDS)
    except JireiError as error:
        return error.tell(view.lang)
    newest = list_generations(view.settings)[-1].name == name
    return tell(
        "generations_forward" if newest else "generations_rolled_back",
        view.lang,
        name=name,
        documents=opened.manifest.counts["documents"],
    )
