"""Text of documents and people on the page: always as text, never as Markdown or HTML."""

import html
import re

import streamlit as st


def plain(text: str) -> str:
    """Text of documents and people, made safe to stand in our own HTML."""
    return html.escape(text, quote=True)


def label(text: str) -> str:
    """Text of documents and people for the label of a button, which Streamlit reads as Markdown.

    Only letters, digits and the punctuation of names are left.
    """
    return " ".join(re.sub(r"[^\w\s（）、。「」・〜ー…,'–-]|_", " ", text).split())


def say(text: str) -> None:
    """Shows text as it is: nothing in it is read as Markdown or HTML."""
    st.html(f'<div class="jirei-text">{plain(text)}</div>')
