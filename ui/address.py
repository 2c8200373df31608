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
    known = st.session_state.get(key, st.query_params.get_all(key))
    value = [each for each in dict.fromkeys(known) if each in options][:most]
    begin(key, value, [show(option) for option in options])
    chosen = st.multiselect(
        label,
        options,
        format_func=show,
        key=key,
        max_selections=most,
        placeholder=hint,
        select_all=False,
    )
    keep(key, *chosen)
    return chosen


def begin(key: str, value: object, labels: Sequence[str]) -> None:
    """Sets a choice where the browser cannot know its value: at first, and under new labels.

    The browser knows a choice by its label. Not in every run: what a run sets takes back what was
    chosen while it ran.
    """
    if key not in st.session_state or st.session_state.get(f"labels_{key}") != labels:
        st.session_state[key] = value
    st.session_state[f"labels_{key}"] = labels


def keep(key: str, *values: str) -> None:
    """Sees to it that the address holds these values under `key`; without any it leaves it out.

    Done in every run and not when something changes: a run that was asked for before the browser
    had the last change brings an address without it.
    """
    if st.query_params.get_all(key) == list(values):
        return
    if values:
        st.query_params[key] = values
    else:
        st.query_params.pop(key, None)
