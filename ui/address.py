"""Choices that stand in the address of the page, so that a link shows them again."""

from collections.abc import Callable, Sequence

import streamlit as st


def several(
    label: str,
    options: Sequence[str],
    show: Callable[[str], str],
    key: str,
    most: int | None = None,
    hint: str | None = None,
) -> list[str]:
    """A choice of several options, at first those that the address names under `key`.

    The address holds the options themselves and not what is shown of them: the same link serves
    in both languages. An option of the address that there is not is left out.
    """
    known = [value for value in st.query_params.get_all(key) if value in options]
    return st.multiselect(
        label,
        options,
        default=list(dict.fromkeys(known))[:most],
        format_func=show,
        key=key,
        on_change=keep,
        args=(key,),
        max_selections=most,
        placeholder=hint,
        select_all=False,
    )


def keep(key: str) -> None:
    """Writes what is chosen under `key` into the address; nothing chosen leaves it out."""
    chosen = st.session_state[key]
    if chosen:
        st.query_params[key] = chosen
    else:
        st.query_params.pop(key, None)
