"""The view of questions: kept, restored, corrected, judged and taken away."""

import io
import json
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from answer.contract import Answer
from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from index.build import build
from index.encoder import make_encoder
from ingest.documents import Source
from messages import CATALOGUE
from settings import ROOT, Settings
from store.conversations import kept_turns
from store.database import Database
from store.feedback import opinions
from store.question_log import logged
from ui import ask as ask_module
from ui import turns as turns_module
from ui.cards import SIGNALS, source_html
from ui.safe import label
from ui.take_away import _FORMATS
from ui.talk import Talk
from ui.turns import Turn

RPA = "RPAを入力事務に使っている市は？"


def new_page() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


@pytest.fixture
def page(corpus_with_thesaurus: Answerer) -> AppTest:
    return new_page()


@pytest.fixture
def database(settings: Settings) -> Database:
    return Database(settings.store_file, settings.keep_days)


def html(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def ask(page: AppTest, question: str) -> Turn:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return newest(page)


def newest(page: AppTest) -> Turn:
    assert not page.exception
    talk: Talk = page.session_state["talk"]
    return talk.turns[-1]


def link_of(page: AppTest) -> str:
    """The id of the conversation, from the address."""
    talk: Talk = page.session_state["talk"]
    assert page.query_params["c"] in (talk.id, [talk.id])
    return talk.id or ""


def names(turn: Turn) -> list[str]:
    assert isinstance(turn.said, Answer)
    return [case.name for case in turn.said.cases]


def chips(page: AppTest) -> list[str]:
    return [block.proto.popover.label for block in page.get("popover")]


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


def test_what_was_understood_stands_on_the_buttons(page: AppTest) -> None:
    page.run()
    assert chips(page) == [
        "場所：指定なし",
        "テーマ：指定なし",
        "時期：指定なし",
        "ほかの条件（0）",
    ]
    ask(page, "関東で2020年以降にRPAを使う市は？")
    assert chips(page)[:3] == [
        "場所：関東（茨城県・栃木県…）",
        "テーマ：RPA",
        "時期：2020年以降",
    ]


def test_place_is_corrected_to_a_municipality_and_back(page: AppTest) -> None:
    turn = ask(page.run(), "さいたま市でRPAによる自動化は？")
    assert names(turn) == ["さいたま市"]
    page.multiselect(key="facet_municipality").set_value(["132098"]).run()
    assert names(newest(page)) == ["町田市"]
    assert chips(page)[0] == "場所：東京都町田市"
    assert newest(page).id == turn.id
    page.button(key="facet_reset").click().run()
    assert names(newest(page)) == ["さいたま市"]
    assert chips(page)[0] == "場所：さいたま市"


def test_place_can_be_dropped(page: AppTest) -> None:
    ask(page.run(), "さいたま市でRPAによる自動化は？")
    page.checkbox(key="anywhere").check().run()
    assert set(names(newest(page))) == {"さいたま市", "町田市"}
    assert chips(page)[0] == "場所：条件なし"


def test_period_can_be_dropped_or_changed(page: AppTest) -> None:
    turn = ask(page.run(), "2019年以前にRPAを使った市は？")
    assert {case.reason for case in turn.said.cases} == {"period"}  # type: ignore[union-attr]
    page.checkbox(key="anytime").check().run()
    said = newest(page).said
    assert isinstance(said, Answer)
    assert "period" not in {case.reason for case in said.cases}
    assert chips(page)[2] == "時期：条件なし"
    page.slider(key="years").set_value((2010, 2012)).run()
    assert chips(page)[2] == "時期：2010–2012"
    assert newest(page).narrow.last_year == 2012


def test_theme_is_swapped_and_put_back(page: AppTest) -> None:
    turn = ask(page.run(), RPA)
    assert names(turn)[0] == "さいたま市"
    page.selectbox(key=f"theme-{turn.id}-rpa").set_value("ai").run()
    swapped = newest(page)
    assert swapped.question == RPA
    assert swapped.context == ("生成AIを入力事務に使っている市は?",)
    assert names(swapped)[0] == "町田市"
    assert chips(page)[1] == "テーマ：生成AI"
    assert "検索に使った質問：生成AIを入力事務に使っている市は?" in html(page)
    page.button(key="facet_undo").click().run()
    assert newest(page).context == (RPA,)
    assert names(newest(page))[0] == "さいたま市"
    assert "facet_undo" not in [button.key for button in page.button]


def test_theme_that_is_swapped_holds_for_the_questions_after_it(page: AppTest) -> None:
    turn = ask(page.run(), "RPAを使う市は？")
    page.selectbox(key=f"theme-{turn.id}-rpa").set_value("ai").run()
    assert ask(page, "町田市は？").context == ("生成AIを使う市は?", "町田市は？")


def test_theme_can_be_left_out(page: AppTest) -> None:
    turn = ask(page.run(), "RPAを使う市は？")
    page.selectbox(key=f"theme-{turn.id}-rpa").set_value("-").run()
    assert newest(page).context == ("使う市は?",)


def test_facets_stay_when_another_view_was_looked_at(page: AppTest) -> None:
    ask(page.run(), RPA)
    page.multiselect(key="facet_prefecture").set_value(["埼玉県"]).run()
    before = newest(page)
    page.radio(key="view").set_value("quality").run()
    page.radio(key="view").set_value("ask").run()
    assert page.multiselect(key="facet_prefecture").value == ["埼玉県"]
    assert newest(page) == before


def test_only_the_last_turns_are_drawn_and_older_ones_open(page: AppTest) -> None:
    page.run()
    for question in ("テレワークの目標は？", "町田市のRPAは？", RPA, "三重県の相談窓口は？"):
        ask(page, question)
    oldest = page.session_state["talk"].turns[0]
    assert len(page.chat_message) == 6
    assert "テレワークの目標は" in [expander.label for expander in page.expander]
    page.session_state[f"older-{oldest.id}"] = True
    page.run()
    assert len(page.chat_message) == 8


def test_case_shows_its_passage_its_source_and_its_signals(page: AppTest) -> None:
    ask(page.run(), RPA)
    (card, *_) = re.findall(r'<div class="jirei-source">.*?</ul></div>', html(page), re.DOTALL)
    assert "<b>入力事務の自動化</b>" in card
    assert "docs/cases/saitama.md · 2025-03-04 公表" in card
    assert "さいたま市：入力事務の自動化 › 取り組み" in card
    assert "<mark>さいたま市は、入力事務をRPAで自動化している。</mark>" in card
    assert '<span class="jirei-label">公式</span>' in card
    assert '<a href="https://example.jp/saitama" target="_blank" rel="noopener noreferrer">' in card
    assert '<th scope="row">文の意味が質問に近い</th>' in html(page)
    assert "なぜこれ？（確からしさ" in html(page)


def test_every_signal_has_words() -> None:
    assert all(f"signal_{name}" in CATALOGUE for name in SIGNALS)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "x"])
def test_only_the_web_is_linked(url: str) -> None:
    assert "<a " not in source_html(Source("題", url, "official"), "ja")


def test_label_of_a_button_holds_no_markup() -> None:
    hostile = "![x](http://x.example/a.png) **b** `c` $d$ :red[e] <f> www.g.example _h_"
    assert label(hostile) == "x http x example a png b c d red e f www g example h"
    assert label("関東（茨城県・栃木県…）") == "関東（茨城県・栃木県…）"


def test_hostile_theme_of_a_document_is_text_on_the_button(
    page: AppTest, corpus: Path, settings: Settings
) -> None:
    theme = "![a](http://x.example/a.png)"
    path = corpus / "cases" / "saitama.md"
    path.write_text(path.read_text("utf-8").replace("[RPA]", f"['{theme}']"), "utf-8")
    build([corpus], make_encoder(settings), settings)
    page.run().multiselect(key="facet_theme").set_value([theme]).run()
    assert not page.exception
    assert chips(page)[1] == "テーマ：a http x example a png"


def test_thumb_down_is_kept_with_its_reason(page: AppTest, database: Database) -> None:
    turn = ask(page.run(), RPA)
    page.button_group(key=f"opinion-{turn.id}").set_value("bad").run()
    (row,) = opinions(database)
    assert (row["turn"], row["good"], row["reason"]) == (turn.id, False, None)
    assert "評価を保存しました" in [caption.value for caption in page.caption][-1]
    page.selectbox(key=f"reason-{turn.id}").set_value("case")
    page.multiselect(key=f"wrong-{turn.id}").set_value(["さいたま市"])
    page.text_area(key=f"comment-{turn.id}").set_value("方針だけ")
    next(button for button in page.button if button.label == "理由を送る").click().run()
    (row,) = opinions(database)
    assert (row["reason"], row["comment"], row["wrong"]) == ("case", "方針だけ", ["さいたま市"])
    assert row["question"] == RPA
    page.run()
    assert len(list(opinions(database))) == 1


def test_thumb_up_is_kept(page: AppTest, database: Database) -> None:
    turn = ask(page.run(), RPA)
    page.button_group(key=f"opinion-{turn.id}").set_value("good").run()
    assert [row["good"] for row in opinions(database)] == [True]
    page.button_group(key=f"opinion-{turn.id}").set_value("bad").run()
    assert [row["good"] for row in opinions(database)] == [False]


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
    page.button_group(key=f"opinion-{turn.id}").set_value("bad").run()
    assert not page.exception
    assert "評価を保存しました" not in "".join(caption.value for caption in page.caption)
    assert names(ask(page, "町田市の生成AIは？")) == ["町田市"]


def test_formats_are_made_only_when_asked_for(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise AssertionError("made before anybody asked")

    for ending, (mime, _) in _FORMATS.items():
        monkeypatch.setitem(_FORMATS, ending, (mime, fail))
    turn = ask(page.run(), RPA)
    assert len(page.download_button) == 0
    page.session_state[f"take-{turn.id}"] = True
    page.run()
    assert [button.label for button in page.download_button] == [
        "Word（脚注付き）",
        "Excel",
        "CSV（UTF-8）",
        "Markdown",
    ]
    assert "「さいたま市は、入力事務をRPAで自動化している。」[1]" in page.code[0].value


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the download buttons would hand out, by their keys."""
    import streamlit as st

    found: dict[str, Callable[[], bytes]] = {}

    def record(label: str, data: Callable[[], bytes], key: str, **_: object) -> bool:
        found[key] = data
        return False

    monkeypatch.setattr(st, "download_button", record)
    return found


def test_whole_conversation_can_be_taken_away(
    page: AppTest, made: dict[str, Callable[[], bytes]]
) -> None:
    ask(page.run(), RPA)
    turn = ask(page, "三重県の若年層の相談窓口は？")
    page.session_state[f"take-{turn.id}"] = True
    page.run()
    one = openpyxl.load_workbook(io.BytesIO(made[f"xlsx-{turn.id}"]()))
    assert [row[0].value for row in one.worksheets[0]] == ["質問", turn.question]
    page.radio(key=f"what-{turn.id}").set_value("whole").run()
    both = openpyxl.load_workbook(io.BytesIO(made[f"xlsx-{turn.id}"]()))
    assert [row[0].value for row in both.worksheets[0]] == ["質問", RPA, turn.question]
    texts = [p.text for p in Document(io.BytesIO(made[f"docx-{turn.id}"]())).paragraphs]
    assert "「さいたま市は、入力事務をRPAで自動化している。」" in texts
    assert made[f"csv-{turn.id}"]().startswith(b"\xef\xbb\xbf")


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[Turn]:
    """Every answer gets read on, and the reading finds nothing; what was read is recorded."""
    read: list[Turn] = []

    def read_on(turn: Turn, _: Answerer) -> "Future[Answer]":
        read.append(turn)
        done: Future[Answer] = Future()
        assert isinstance(turn.said, Answer)
        done.set_result(replace(turn.said, cases=(), answer="読みました"))
        return done

    monkeypatch.setattr(Answerer, "reranks", True)
    monkeypatch.setattr(ask_module, "read_on", read_on)
    return read


def test_quick_answer_gives_way_to_the_one_that_was_read(
    page: AppTest, reading: list[Turn], database: Database
) -> None:
    turn = ask(page.run(), RPA)
    assert [one.pending for one in reading] == [True]
    assert not turn.pending
    assert "読みました" in html(page)
    assert [row["answer"] for row in logged(database)] == ["読みました"]


def test_stop_leaves_the_quick_answer(
    page: AppTest, reading: list[Turn], database: Database
) -> None:
    ask(page.run(), RPA)
    talk: Talk = page.session_state["talk"]
    (quick,) = reading
    talk.put(quick)  # as when the run was stopped while it was read
    ask_module._stop(talk, quick)
    page.run()
    assert len(reading) == 1
    assert "さいたま市" in names(newest(page))
    assert "読みました" not in html(page)


def test_reading_that_something_else_broke_off_goes_on(page: AppTest, reading: list[Turn]) -> None:
    ask(page.run(), RPA)
    page.session_state["talk"].put(reading[0])
    page.run()
    assert len(reading) == 2
    assert "読みました" in html(page)


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
