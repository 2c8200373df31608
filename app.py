"""The page: a choice of views, each of which asks `answer` and shows what comes back."""

from collections.abc import Callable

import streamlit as st

from errors import JireiError
from messages import Lang, tell
from settings import Settings, load_settings
from ui.ask import ask_view
from ui.browse import browse_view
from ui.compare import compare_view
from ui.document import document_page
from ui.documents import documents_view
from ui.safe import say
from ui.style import LANGUAGE, STYLE
from ui.view import View


def look_view(view: View) -> None:
    """The map; the library of plots is only loaded when somebody wants to see them."""
    from ui.look import look_view

    look_view(view)


def quality_view(view: View) -> None:
    """The last evaluation, loaded only when somebody wants to see it, and what users call wrong."""
    from ui.quality import quality_page
    from ui.wrong import show_wrong

    quality_page(view.settings.var / "eval", view.lang)
    show_wrong(view)


VIEWS: dict[str, Callable[[View], None]] = {
    "ask": ask_view,
    "look": look_view,
    "compare": compare_view,
    "browse": browse_view,
    "documents": documents_view,
    "quality": quality_view,
}
LANGUAGES: dict[Lang, str] = {"ja": "日本語", "en": "English"}


def choose_language(settings: Settings) -> Lang:
    """The language chosen in the sidebar, at first that of the address or the settings."""
    codes = list(LANGUAGES)
    known = st.query_params.get("lang", settings.lang)
    _follow("lang", known if known in LANGUAGES else codes[0], "lang")
    return st.sidebar.radio(
        "言語 / Language",
        codes,
        format_func=lambda code: LANGUAGES[code],
        key="lang",
        on_change=_into_address,
        args=("lang", "lang"),
    )


def choose_view(lang: Lang) -> str:
    """The view chosen above the page, at first that of the address."""
    names = list(VIEWS)
    known = st.query_params.get("view", names[0])
    _follow("view", known if known in VIEWS else names[0], f"view_{lang}")
    return st.radio(
        tell("page_view", lang),
        names,
        format_func=lambda name: tell(f"page_view_{name}", lang),
        # The browser knows a choice by its label: in another language none would be marked.
        key=f"view_{lang}",
        on_change=_into_address,
        args=("view", f"view_{lang}"),
        horizontal=True,
        label_visibility="collapsed",
    )


def _into_address(name: str, key: str) -> None:
    """What is chosen stands in the address, so that a reload or a link shows it again."""
    st.query_params[name] = st.session_state[key]


def _follow(name: str, known: str, key: str) -> None:
    """Chooses what the address names, at first and whenever it has come to name something else.

    The browser's Back changes only the address.
    """
    if key not in st.session_state or st.session_state.get(f"address_{name}", known) != known:
        st.session_state[key] = known
    st.session_state[f"address_{name}"] = known


def main() -> None:
    """The whole page, once per run of the script."""
    st.set_page_config(page_title="Jirei 事例", page_icon="📚")
    st.html(STYLE)
    st.title("Jirei 事例")
    settings = load_settings()
    view = View(settings, choose_language(settings))
    st.html(LANGUAGE.format(lang=view.lang), unsafe_allow_javascript=True)
    try:
        if "doc" in st.query_params:
            document_page(view)
        else:
            VIEWS[choose_view(view.lang)](view)
    except JireiError as error:
        say(error.tell(view.lang))


main()
