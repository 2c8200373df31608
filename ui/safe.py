"""Text of documents and people on the page: always as text, never as Markdown or HTML."""

import html
import re

import streamlit as st

LONGEST = 60

_BIDI = {
    code: f"⟨U+{code:04X}⟩"
    for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def visible(text: str) -> str:
    """Text whose marks for the direction of writing are shown instead of obeyed.

    They can make a sentence read otherwise than it stands in the file.
    """
    return text.translate(_BIDI)


def short(text: str) -> str:
    """Text for a place that holds one line: in the list of a widget, or between others."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def plain(text: str) -> str:
    """Text of documents and people, made safe to stand in our own HTML."""
    return html.escape(visible(text), quote=True)


def label(text: str) -> str:
    """Text of documents and people for the label of a button, which Streamlit reads as Markdown.

    Only letters, digits and the punctuation of names are left.
    """
    return " ".join(re.sub(r"[^\w\s（）、。「」・〜ー…,'–-]|_", " ", text).split())


def say(text: str) -> None:
    """Shows text as it is: nothing in it is read as Markdown or HTML."""
    st.html(f'<div class="jirei-text">{plain(text)}</div>')
