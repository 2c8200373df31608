"""The view that sets municipalities side by side, theme by theme."""

from datetime import date

import streamlit as st

from answer.contract import Comparison
from answer.side_by_side import MOST_PLACES, MOST_THEMES, places_of, side_by_side, themes_of
from export.report import Report, report_of_comparison
from index.generation import Generation
from messages import Lang, tell
from ui.address import several
from ui.answers import comparison_html
from ui.names import place_name, theme_name
from ui.safe import say
from ui.take_away import download_buttons
from ui.view import View


def compare_view(view: View) -> None:
    """A choice of places and themes, kept in the address, and their matrix of quotes."""
    answerer, lang = view.answerer(), view.lang
    generation, table, thesaurus = answerer.generation, answerer.table, answerer.thesaurus
    by_code = {place.code: place for place in places_of(table)}
    themes = themes_of(generation, thesaurus)
    st.caption(tell("compare_intro", lang))
    codes = several(
        tell("compare_places", lang, most=MOST_PLACES),
        list(by_code),
        lambda code: place_name(by_code[code], lang),
        key="places",
        most=MOST_PLACES,
        hint=tell("compare_choose_places", lang),
    )
    asked = several(
        tell("compare_themes", lang, most=MOST_THEMES),
        list(themes),
        lambda theme: f"{theme_name(theme, thesaurus, lang)} ({themes[theme]})",
        key="themes",
        most=MOST_THEMES,
        hint=tell("compare_choose_themes", lang),
    )
    if not codes or not asked:
        say(tell("compare_empty", lang))
        return
    places = [by_code[code] for code in codes]
    comparison = side_by_side(generation, table, thesaurus, places, asked)
    silent = sum(not cell for row in comparison.rows for cell in row.cells)
    say(tell("compare_told", lang, cells=len(codes) * len(asked), silent=silent))
    st.html(f'<div class="jirei-wide">{comparison_html(comparison, lang)}</div>')
    _show_take_away(comparison, answerer.generation, lang)


def _show_take_away(comparison: Comparison, generation: Generation, lang: Lang) -> None:
    """The formats in which the matrix can be taken away, each made when it is asked for."""
    title = tell("page_view_compare", lang)

    def report() -> Report:
        documents, name = generation.documents, generation.name
        return report_of_comparison(title, comparison, name, documents, lang, date.today())

    with st.container(horizontal=True, gap="small"):
        download_buttons(report, "compare", lang)
