"""Conversations: kept, found again by their link, never in the way of an answer."""

import json
from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from answer.narrow import Narrow
from errors import JireiError
from index.build import build
from index.encoder import make_encoder
from settings import Settings
from store.conversations import kept_turns
from store.database import Database
from store.question_log import logged
from tests.ui.asking import RPA, ask, html, link_of, names, new_page, newest
from ui import turns as turns_module
from ui.turns import Turn


def test_conversation_is_restored_by_its_link_in_another_session(page: AppTest) -> None:
    ask(page.run(), RPA)
    ask(page, "三重県の若年層の相談窓口は？")
    other = new_page()
    other.query_params["c"] = link_of(page)
    other.run()
    assert [turn.question for turn in other.session_state["talk"].turns] == [
        RPA,
        "三重県の若年層の相談窓口は？",
    ]
    assert other.session_state["talk"].turns == page.session_state["talk"].turns
    assert "「さいたま市は、入力事務をRPAで自動化している。」" in html(other)


def test_restored_conversation_has_its_facets(page: AppTest) -> None:
    page.run().multiselect(key="facet_prefecture").set_value(["埼玉県"])
    page.multiselect(key="facet_municipality").set_value(["132098"])
    page.multiselect(key="facet_theme").set_value(["RPA"])
    page.multiselect(key="facet_source").set_value(["official"])
    page.multiselect(key="states").set_value(["running"])
    page.slider(key="years").set_value((2010, 2020))
    for name in ("recent", "anywhere", "anytime"):
        page.checkbox(key=name).check()
    chosen = ask(page, RPA).narrow
    assert (chosen.first_year, chosen.last_year, chosen.max_age) == (2010, 2020, 3)
    other = new_page()
    other.query_params["c"] = link_of(page)
    other.run().run()
    assert newest(other).narrow == chosen
    assert other.session_state["narrow"] == chosen
    assert len(other.session_state["talk"].unkept) == 0


def test_restored_conversation_goes_on(page: AppTest, database: Database) -> None:
    ask(page.run(), "町田市のRPAは？")
    other = new_page()
    other.query_params["c"] = link_of(page)
    turn = ask(other.run(), "では生成AIは？")
    assert turn.context == ("町田市のRPAは？", "では生成AIは？")
    assert names(turn) == ["町田市"]
    assert len(kept_turns(database, link_of(page))) == 2


def test_sessions_do_not_see_each_other(page: AppTest) -> None:
    ask(page.run(), RPA)
    other = new_page().run()
    assert other.session_state["talk"].turns == []
    assert ask(other, "三重県の若年層の相談窓口は？").context == ("三重県の若年層の相談窓口は？",)
    assert link_of(other) != link_of(page)


def test_unknown_link_is_told_and_a_new_conversation_begins(page: AppTest) -> None:
    page.query_params["c"] = "nobody"
    page.run()
    assert "その会話はありません" in html(page)
    assert "c" not in page.query_params
    ask(page, RPA)
    assert link_of(page) != "nobody"


def test_new_conversation_leaves_the_earlier_one_within_reach(page: AppTest) -> None:
    ask(page.run(), RPA)
    first = link_of(page)
    page.button(key="talk_new").click().run()
    assert page.session_state["talk"].turns == []
    assert "c" not in page.query_params
    ask(page, "三重県の若年層の相談窓口は？")
    page.button(key=f"talk_{first}").click().run()
    assert newest(page).question == RPA


def test_question_that_is_still_read_is_kept_when_another_conversation_begins(
    page: AppTest, database: Database
) -> None:
    turn = ask(page.run(), RPA)
    first = link_of(page)
    page.session_state["talk"].put(replace(turn, id="second", pending=True))
    page.button(key="talk_new").click().run()
    assert [kept.id for kept in kept_turns(database, first)] == [turn.id, "second"]
    assert page.session_state["talk"].turns == []


def test_store_that_cannot_be_read_is_not_told_as_a_conversation_that_is_gone(
    page: AppTest, settings: Settings
) -> None:
    settings.store_file.write_bytes(b"not a database" * 999)
    page.query_params["c"] = "abc"
    page.run()
    assert "jirei.sqlite3 を使えません" in html(page)
    assert "その会話はありません" not in html(page)


def test_conversation_of_an_earlier_generation_is_answered_anew(
    page: AppTest, corpus: Path, settings: Settings
) -> None:
    ask(page.run(), RPA)
    (corpus / "cases" / "saitama.md").unlink()
    build([corpus], make_encoder(settings), settings)
    other = new_page()
    other.query_params["c"] = link_of(page)
    other.run()
    assert "さいたま市" not in names(newest(other))


def test_each_answer_is_logged_once(page: AppTest, database: Database) -> None:
    ask(page.run(), RPA)
    page.run()
    page.multiselect(key="facet_prefecture").set_value(["埼玉県"]).run()
    rows = list(logged(database))
    assert [row["narrow"] for row in rows] == [{}, {"prefectures": ["埼玉県"]}]
    assert {row["conversation"] for row in rows} == {link_of(page)}
    assert rows[0]["milliseconds"] > 0
    assert ask(page, "？").question == "？"
    assert len(list(logged(database))) == 2


def test_damaged_store_stops_no_answer(page: AppTest, settings: Settings) -> None:
    settings.store_file.write_bytes(b"not a database" * 999)
    turn = ask(page.run(), RPA)
    assert "「さいたま市は、入力事務をRPAで自動化している。」" in html(page)
    assert "jirei.sqlite3 を使えません" in html(page)
    page.button_group(key=f"opinion-{turn.id}-ja").set_value("bad").run()
    assert not page.exception
    assert "評価を保存しました" not in "".join(caption.value for caption in page.caption)
    assert names(ask(page, "町田市の生成AIは？")) == ["町田市"]


def test_context_is_no_longer_than_what_is_remembered() -> None:
    before: list[Turn] = []
    for number in range(30):
        context = turns_module.original_context(str(number), before)
        before.append(Turn(str(number), "", context, Narrow(), JireiError("question_empty")))
    assert before[-1].context == tuple(str(number) for number in range(9, 30))


def test_json_of_a_stored_answer_is_the_answer(page: AppTest, database: Database) -> None:
    turn = ask(page.run(), "さいたま市と町田市のRPAとテレワークを比べて")
    (kept,) = kept_turns(database, link_of(page))
    assert kept.answer == turn.said
    with database.connection() as connection:
        (text,) = connection.execute("SELECT answer FROM turn").fetchone()
    assert json.loads(text)["kind"] == "compare"
