"""An answer says to what it was narrowed and how it was read: on screen, and taken away."""

from streamlit.testing.v1 import AppTest

from answer.contract import Answer
from answer.narrow import Narrow
from answer.wording import notes_of
from tests.ui.asking import RPA, ask, html, newest
from ui.narrowed import narrowed_line
from ui.safe import plain


def test_every_facet_is_told() -> None:
    narrow = Narrow(
        prefectures=frozenset(["埼玉県"]),
        municipalities=frozenset(["132098", "202029", "999999"]),
        themes=frozenset(["RPA"]),
        source_kinds=frozenset(["press"]),
        states=frozenset(["ended"]),
        first_year=2018,
        max_age=3,
        anywhere=True,
        anytime=True,
    )
    assert narrowed_line(narrow, "ja") == (
        "絞り込み：埼玉県 · 町田市（東京都） · 松本市（長野県） · 999999 · RPA · 2018– · 報道"
        " · 終了・見送り · 公表から3年未満だけ · 質問の場所の条件を外す · 質問の時期の条件を外す"
    )
    assert narrowed_line(Narrow(prefectures=frozenset(["埼玉県"])), "en") == (
        "Narrowed to: Saitama"
    )
    assert narrowed_line(Narrow(), "ja") == ""


def test_answer_that_was_narrowed_says_so_on_screen_and_where_it_is_taken(page: AppTest) -> None:
    ask(page.run(), RPA)
    assert "絞り込み" not in html(page)
    page.multiselect(key="facet_municipality").set_value(["132098"]).run()
    assert "絞り込み：町田市（東京都）" in html(page)
    page.session_state[f"take-{newest(page).id}"] = True
    page.run()
    assert "絞り込み：町田市（東京都）" in page.code[0].value


def test_answer_says_how_the_question_was_read_on_screen_and_where_it_is_taken(
    page: AppTest,
) -> None:
    page.run().multiselect(key="facet_prefecture").set_value(["埼玉県"]).run()
    turn = ask(page, "Which cities use robts?")
    page.session_state[f"take-{turn.id}"] = True
    page.run()
    assert isinstance(turn.said, Answer)
    told = notes_of(turn.said, "en", "Narrowed to: Saitama")
    assert len(told) == 5
    assert plain("\n".join(told)) in html(page)
    assert "\n".join(notes_of(turn.said, "ja", "絞り込み：埼玉県")) in page.code[0].value


def test_older_turn_is_named_by_the_beginning_of_a_long_question(page: AppTest) -> None:
    page.run()
    for question in ("RPA" * 400, RPA, "RPAを使う町は？", "RPAを使う県は？"):
        ask(page, question)
    (older,) = [each.label for each in page.expander if each.label.startswith("RPARPA")]
    assert older == "RPA" * 19 + "RP…"
