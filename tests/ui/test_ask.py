"""The view of questions: its answers, their proof, and the reading that can be stopped."""

import re
from concurrent.futures import Future
from dataclasses import replace

import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from answer.contract import Answer
from answer.respond import Answerer
from ingest.documents import Source
from messages import CATALOGUE
from store.database import Database
from store.question_log import logged
from tests.ui.asking import RPA, ask, html, names, newest
from ui import ask as ask_module
from ui.cards import SIGNALS, source_html
from ui.safe import label
from ui.talk import Talk
from ui.turns import Turn


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


def test_reading_that_is_broken_off_in_line_is_never_begun(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: Future[Answer] = Future()

    def broken_off(*_: object, **__: object) -> None:
        raise StopException

    monkeypatch.setattr(Answerer, "reranks", True)
    monkeypatch.setattr(ask_module, "read_on", lambda *_: waiting)
    monkeypatch.setattr(ask_module, "wait", broken_off)
    page.run().chat_input[0].set_value(RPA).run()
    assert waiting.cancelled()
    assert page.session_state["talk"].newest.pending


def place(page: AppTest) -> int:
    """The number of the place on the page in which the conversation stands."""
    found = [at for at, node in page.main.children.items() if holds_chat(node)]
    assert len(found) == 1
    return found[0]


def holds_chat(node: Node) -> bool:
    return isinstance(node, Block) and bool(node.get("chat_message"))


def test_new_answer_is_not_drawn_over_the_one_before(page: AppTest) -> None:
    ask(page.run(), RPA)
    first = place(page)
    page.run()
    assert place(page) == first
    ask(page, "テレワークの目標は？")
    second = place(page)
    ask(page, RPA)
    assert (abs(second - first), place(page)) == (1, first)
