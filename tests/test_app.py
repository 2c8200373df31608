"""The page, run without a browser on the stub encoder."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answer.respond import Answerer
from index.build import build
from index.encoder import make_encoder
from settings import Settings
from tests.ui.asking import html, new_page


@pytest.fixture
def page(answerer: Answerer) -> AppTest:
    return new_page()


def ask(page: AppTest, question: str) -> str:
    page.chat_input[0].set_value(question).run()
    assert not page.exception
    return html(page)


def test_question_shows_case_quote_and_link(page: AppTest) -> None:
    shown = ask(page.run(), "RPAを入力事務に使っている市は？")
    assert '<table class="jirei-table jirei-cases">' in shown
    assert '<th scope="row">さいたま市<br><span class="jirei-where">埼玉県</span></th>' in shown
    assert "「さいたま市は、入力事務をRPAで自動化している。」" in shown
    assert "?doc=docs%2Fcases%2Fsaitama.md&amp;start=" in shown
    assert "<mark>さいたま市は、入力事務をRPAで自動化している。</mark>" in shown
    assert "https://example.jp/saitama" in shown


def test_examples_can_be_clicked(page: AppTest) -> None:
    page.run()
    page.button[1].click().run()
    assert "テレワークの実施者は70%以上を目標とする。" in html(page)


def test_english_page_and_answer(page: AppTest) -> None:
    page.run()
    page.sidebar.radio[0].set_value("en").run()
    assert page.caption[0].value.startswith("Finds, in 4 documents")
    assert "Saitama City" in ask(page, "Does Saitama City use RPA?")


def test_newest_answer_stands_first_and_the_older_one_stays(page: AppTest) -> None:
    ask(page.run(), "テレワークの目標は？")
    shown = ask(page, "三重県の若年層の相談窓口は？")
    assert shown.index("三重県") < shown.index("70%以上を目標")


def test_refusal_is_told_with_the_number_of_documents(page: AppTest) -> None:
    assert "4文書を調べましたが、京都市の文書はありません。" in ask(page.run(), "京都市のRPAは？")


def test_error_is_told_in_words(page: AppTest) -> None:
    assert "質問が空です" in ask(page.run(), "？")


def test_missing_index_is_told_in_words(settings: Settings) -> None:
    page = new_page().run()
    assert "索引がまだありません" in html(page)


def test_document_page_marks_the_sentence(page: AppTest, corpus: Path) -> None:
    text = (corpus / "cases/saitama.md").read_text(encoding="utf-8")
    said = "テレワークの実施者は70%以上を目標とする。"
    page.query_params["doc"] = "docs/cases/saitama.md"
    page.query_params["start"] = str(text.index(said))
    page.query_params["end"] = str(text.index(said) + len(said))
    assert f"<mark>{said}</mark>" in html(page.run())


@pytest.mark.parametrize(("start", "end"), [("x", "-1"), ("9" * 40, "1"), ("5", "999999")])
def test_document_page_with_a_bad_span_shows_the_document(
    page: AppTest, start: str, end: str
) -> None:
    page.query_params.update({"doc": "docs/cases/saitama.md", "start": start, "end": end})
    page.run()
    assert not page.exception
    assert "入力事務をRPAで自動化している" in html(page)


def test_unknown_document_is_told_in_words(page: AppTest) -> None:
    page.query_params["doc"] = "../../etc/passwd"
    assert "../../etc/passwd は今の索引にありません" in html(page.run())


def test_markup_in_a_document_and_a_question_stays_text(
    page: AppTest, corpus: Path, settings: Settings
) -> None:
    hostile = "RPAで<script>alert(1)</script>と[表示](https://x.example)した**市**がある。"
    (corpus / "cases" / "evil.md").write_text(f"# 府中市の事例\n\n東京都。{hostile}\n", "utf-8")
    build([corpus], make_encoder(settings), settings)
    shown = ask(page.run(), "府中市は<RPA>で表示した？")
    assert "<script>alert" not in shown
    assert "<RPA>" not in shown
    assert "府中市は&lt;RPA&gt;で表示した？" in shown
    assert "RPAで&lt;script&gt;alert(1)&lt;/script&gt;と[表示](https://x.example)" in shown


def test_comparison_is_a_table_that_says_where_nothing_is_stated(page: AppTest) -> None:
    shown = ask(page.run(), "さいたま市と町田市のRPAとテレワークを比べて")
    assert '<th scope="col">さいたま市</th><th scope="col">町田市</th>' in shown
    (row,) = [part for part in shown.split("<tr>") if '<th scope="row">テレワーク' in part]
    assert "70%以上を目標" in row
    assert '<td data-place="町田市">記載なし</td>' in row


def test_choosing_a_prefecture_answers_the_newest_question_anew(page: AppTest) -> None:
    ask(page.run(), "RPAによる自動化をした市は？")
    ask(page, "RPAで自動化した市は？")
    page.multiselect(key="facet_prefecture").set_value(["埼玉県"]).run()
    assert not page.exception
    newest, older = page.session_state["talk"].turns[::-1]
    assert [case.name for case in newest.said.cases] == ["さいたま市"]
    assert "町田市" in [case.name for case in older.said.cases]
    assert newest.question == "RPAで自動化した市は？"


def test_unreadable_turn_does_not_break_the_follow_up(page: AppTest) -> None:
    ask(page.run(), "町田市のRPAは？")
    ask(page, "？")
    shown = ask(page, "では生成AIは？")
    assert shown.count("質問が空です") == 1


def test_new_generation_answers_without_a_restart(
    page: AppTest, corpus: Path, settings: Settings
) -> None:
    assert "京都市の文書はありません" in ask(page.run(), "京都市のRPAは？")
    text = "# 京都市：入力の自動化\n\n京都市は、RPAで入力を自動化している。\n"
    (corpus / "cases" / "kyoto.md").write_text(text, "utf-8")
    build([corpus], make_encoder(settings), settings)
    assert "「京都市は、RPAで入力を自動化している。」" in ask(page, "京都市のRPAは？")
    assert "文書はありません" not in html(page)


@pytest.mark.parametrize("narrowed", [False, True])
def test_deleted_document_leaves_the_conversation_and_the_facets(
    page: AppTest, corpus: Path, settings: Settings, narrowed: bool
) -> None:
    page.run().multiselect(key="facet_prefecture").set_value(["埼玉県"] * narrowed).run()
    assert "さいたま市は、入力事務をRPA" in ask(page, "RPAを入力事務に使っている市は？")
    (corpus / "cases" / "saitama.md").unlink()
    build([corpus], make_encoder(settings), settings)
    page.run()
    assert not page.exception
    assert "さいたま市は、入力事務をRPA" not in html(page)
    assert page.multiselect(key="facet_prefecture-2").value == []


def test_index_that_is_damaged_meanwhile_is_told_in_words(
    page: AppTest, settings: Settings
) -> None:
    ask(page.run(), "テレワークの目標は？")
    (settings.index_folder / "CURRENT").write_bytes(b"\xff")
    page.run()
    assert not page.exception
    assert "CURRENT が壊れています" in html(page)
