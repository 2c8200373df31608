"""What is taken away of an answer, and what is said of it."""

import io
import json
from collections.abc import Callable

import openpyxl
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from store.database import Database
from store.feedback import opinions
from tests.ui.asking import RPA, ask, html
from ui.take_away import _FORMATS


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
    page.radio(key=f"what-{turn.id}-ja").set_value("whole").run()
    both = openpyxl.load_workbook(io.BytesIO(made[f"xlsx-{turn.id}"]()))
    assert [row[0].value for row in both.worksheets[0]] == ["質問", RPA, turn.question]
    texts = [p.text for p in Document(io.BytesIO(made[f"docx-{turn.id}"]())).paragraphs]
    assert "「さいたま市は、入力事務をRPAで自動化している。」" in texts
    assert made[f"csv-{turn.id}"]().startswith(b"\xef\xbb\xbf")


def test_thumb_down_is_kept_with_its_reason(page: AppTest, database: Database) -> None:
    turn = ask(page.run(), RPA)
    page.button_group(key=f"opinion-{turn.id}-ja").set_value("bad").run()
    (row,) = opinions(database)
    assert (row["turn"], row["good"], row["reason"]) == (turn.id, False, None)
    assert "評価を保存しました" in "".join(caption.value for caption in page.caption)
    page.selectbox(key=f"reason-{turn.id}-ja").set_value("case")
    page.multiselect(key=f"wrong-{turn.id}-ja").set_value(["さいたま市"])
    page.text_area(key=f"comment-{turn.id}").set_value("方針だけ")
    next(button for button in page.button if button.label == "理由を送る").click().run()
    (row,) = opinions(database)
    assert (row["reason"], row["comment"], row["wrong"]) == ("case", "方針だけ", ["さいたま市"])
    assert row["question"] == RPA
    assert "理由を保存しました" in "".join(caption.value for caption in page.caption)
    page.run()
    assert len(list(opinions(database))) == 1


def test_reason_stays_chosen_in_the_other_language(page: AppTest, database: Database) -> None:
    turn = ask(page.run(), RPA)
    page.button_group(key=f"opinion-{turn.id}-ja").set_value("bad").run()
    page.selectbox(key=f"reason-{turn.id}-ja").set_value("case")
    page.multiselect(key=f"wrong-{turn.id}-ja").set_value(["さいたま市"])
    page.text_area(key=f"comment-{turn.id}").set_value("方針だけ")
    next(button for button in page.button if button.label == "理由を送る").click().run()
    page.radio(key="lang").set_value("en").run()
    assert page.multiselect(key=f"wrong-{turn.id}-en").options[0] == "Saitama City"
    page.radio(key="view_en").set_value("browse").run()
    page.radio(key="view_en").set_value("ask").run()
    next(button for button in page.button if button.label == "Send the reason").click().run()
    (row,) = opinions(database)
    assert (row["reason"], row["comment"], row["wrong"]) == ("case", "方針だけ", ["さいたま市"])


def test_thumb_up_is_kept(page: AppTest, database: Database) -> None:
    turn = ask(page.run(), RPA)
    page.button_group(key=f"opinion-{turn.id}-ja").set_value("good").run()
    assert [row["good"] for row in opinions(database)] == [True]
    page.button_group(key=f"opinion-{turn.id}-ja").set_value("bad").run()
    assert [row["good"] for row in opinions(database)] == [False]


def test_opinion_stays_marked_in_the_other_language(page: AppTest, database: Database) -> None:
    turn = ask(page.run(), RPA)
    page.button_group(key=f"opinion-{turn.id}-ja").set_value("bad").run()
    page.radio(key="lang").set_value("en").run()
    assert page.button_group(key=f"opinion-{turn.id}-en").value == "bad"
    assert [row["good"] for row in opinions(database)] == [False]


def test_answers_that_were_called_wrong_stand_in_the_view_of_quality(
    page: AppTest, made: dict[str, Callable[[], bytes]]
) -> None:
    page.run().radio(key="view_ja").set_value("quality").run()
    assert "「違う」とされた回答はまだありません" in html(page)
    page.radio(key="view_ja").set_value("ask").run()
    turn = ask(page, RPA)
    page.button_group(key=f"opinion-{turn.id}-ja").set_value("bad").run()
    page.radio(key="view_ja").set_value("quality").run()
    assert RPA in html(page)
    (row,) = map(json.loads, made["wrong"]().decode().splitlines())
    assert (row["question"], row["gold"]) == (RPA, [])


def test_comparison_can_be_taken_away(page: AppTest, made: dict[str, Callable[[], bytes]]) -> None:
    page.query_params.update({"view": "compare", "places": ["111007", "132098"], "themes": ["RPA"]})
    page.run()
    assert not page.exception
    (table,) = Document(io.BytesIO(made["docx-compare"]())).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["テーマ", "さいたま市", "町田市"]
    assert rows[1][1] == "「さいたま市は、入力事務をRPAで自動化している。」"
    assert rows[1][2] == "「RPAによる手作業の自動化」"
