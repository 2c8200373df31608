"""Asking on the page, run without a browser, and what came of it."""

from streamlit.testing.v1 import AppTest

from answer.contract import Answer
from settings import ROOT
from ui.talk import Talk
from ui.turns import Turn

RPA = "RPAを入力事務に使っている市は？"


def new_page() -> AppTest:
    """The page of a new session, not run yet."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def html(page: AppTest) -> str:
    assert not page.exception
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
