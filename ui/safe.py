"""Text of documents and people on the page: always as text, never as Markdown or HTML."""

import html

import streamlit as st


def plain(text: str) -> str:
    """Text of documents and people, made safe to stand in our own HTML."""
    return html.escape(text, quote=True)


def say(text: str) -> None:
    """Shows text as it is: nothing in it is read as Markdown or HTML."""
    st.html(f'<div class="jirei-text">{plain(text)}</div>')
