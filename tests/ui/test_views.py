"""The views beside the chat, run without a browser on the stub encoder."""

import pytest
from streamlit.testing.v1 import AppTest

from settings import Settings
from store.database import Database
from store.question_log import logged
from tests.ui.asking import html, new_page

VIEWS = ("look", "compare", "browse", "quality")


def run(page: AppTest, **address: str | list[str]) -> str:
    page.query_params.update(address)
    return html(page.run())


@pytest.mark.parametrize("view", ["look", "compare", "browse"])
def test_missing_index_is_told_in_every_view(settings: Settings, view: str) -> None:
    page = new_page()
    assert "索引がまだありません" in run(page, view=view)


def test_view_without_a_report_says_how_to_make_one(page: AppTest) -> None:
    assert "評価の結果がまだありません" in run(page, view="quality")


@pytest.mark.parametrize("view", VIEWS)
def test_views_run_in_english(page: AppTest, view: str) -> None:
    assert "準備" not in run(page, view=view, lang="en")


def test_map_of_all_documents_lists_the_prefecture_of_the_address(page: AppTest) -> None:
    shown = run(page, view="look", look_prefecture="埼玉県")
    assert "すべての文書（4件）" in shown
    assert page.selectbox(key="look_prefecture").value == "埼玉県"
    (here,) = [part for part in shown.split("\n") if "jirei-here" in part]
    assert here.count('<div class="jirei-case') == 1
    assert "さいたま市は、入力事務をRPAで自動化している。" in here


def test_map_of_a_question_shows_its_matches_only(page: AppTest) -> None:
    run(page, view="look", look_question="三重県の若年層の相談窓口は？", look_prefecture="三重県")
    assert "SNSの相談窓口を設けた" in html(page)
    page.selectbox(key="look_prefecture").set_value("埼玉県").run()
    assert page.query_params["look_prefecture"] == "埼玉県"
    assert 'class="jirei-case' not in html(page)
    assert any("埼玉県には該当する事例がありません" in c.value for c in page.caption)


def test_map_takes_the_newest_question_of_the_conversation(page: AppTest) -> None:
    page.run().chat_input[0].set_value("テレワークの目標は？").run()
    page.radio(key="view_ja").set_value("look").run()
    assert page.text_input(key="look_question").value == "テレワークの目標は？"
    assert "70%以上を目標" in html(page)


def test_question_of_the_map_is_logged_once(page: AppTest, database: Database) -> None:
    run(page, view="look", look_question="三重県の若年層の相談窓口は？")
    page.selectbox(key="look_prefecture").set_value("三重県").run()
    (row,) = logged(database)
    assert (row["question"], row["conversation"]) == ("三重県の若年層の相談窓口は？", None)


@pytest.mark.parametrize(
    ("question", "told"),
    [("京都市のRPAは？", "京都市の文書はありません"), ("あ" * 5000, "質問が長すぎます")],
)
def test_map_of_a_question_without_an_answer_says_why(
    page: AppTest, question: str, told: str
) -> None:
    assert told in run(page, view="look", look_question=question)
    assert not page.get("vega_lite_chart")


def test_comparison_of_the_address_says_where_nothing_stands(page: AppTest) -> None:
    shown = run(page, view="compare", places=["111007", "132098", "999999"], themes=["RPA", "宇宙"])
    assert page.multiselect(key="places").value == ["111007", "132098"]
    assert '<th scope="col">さいたま市</th><th scope="col">町田市</th>' in shown
    assert "2欄のうち、記載なしは0欄" in shown
    page.multiselect(key="themes").set_value(["生成AI"]).run()
    assert page.query_params["themes"] == "生成AI"
    assert '<td data-place="さいたま市">記載なし</td>' in html(page)


def test_comparison_without_a_choice_says_what_to_choose(page: AppTest) -> None:
    assert "1つ以上選んでください" in run(page, view="compare", places=["111007"])


def test_list_shows_every_document_and_narrows_by_facets(page: AppTest) -> None:
    shown = run(page, view="browse")
    assert "4件の文書のうち4件" in shown
    assert '<a href="?doc=docs%2Fcases%2Fsaitama.md&amp;lang=ja"' in shown
    page.multiselect(key="in_region").set_value(["関東"]).run()
    assert "4件の文書のうち2件" in html(page)
    options = page.multiselect(key="in_theme").options
    assert options == ["RPA (1)", "生成AI (1)"]
    page.multiselect(key="in_theme").set_value(["RPA"]).run()
    assert "4件の文書のうち1件" in html(page)
    assert page.query_params["in_theme"] == "RPA"


def test_browser_is_told_again_what_is_chosen_when_its_label_changes(page: AppTest) -> None:
    run(page, view="browse")
    page.multiselect(key="in_region").set_value(["関東"]).run()
    page.multiselect(key="in_theme").set_value(["RPA"]).run()
    assert page.multiselect(key="in_region").proto.raw_values == ["関東 (1)"]
    page.radio(key="lang").set_value("en").run()
    assert page.multiselect(key="in_region").proto.raw_values == ["Kanto (1)"]
    assert page.query_params["in_region"] == "関東"
    page.query_params["look_prefecture"] = "埼玉県"
    page.radio(key="view_en").set_value("look").run()
    page.radio(key="lang").set_value("ja").run()
    assert page.selectbox(key="look_prefecture").proto.raw_value == "埼玉県 (1)"


def test_value_of_the_address_that_no_document_has_counts_for_nothing(page: AppTest) -> None:
    run(page, view="browse", in_theme=["宇宙"])
    assert page.multiselect(key="in_region").options == ["関東 (2)", "近畿 (1)"]


def test_list_that_is_empty_says_what_to_do(page: AppTest) -> None:
    assert "条件を減らして" in run(page, view="browse", in_region=["近畿"], in_theme=["RPA"])


def test_document_shows_its_facts_contents_and_others_like_it(page: AppTest) -> None:
    shown = run(page, doc="docs/cases/saitama.md")
    assert "<dd>さいたま市（埼玉県）</dd>" in shown
    assert '公式</span> <a href="https://example.jp/saitama" target="_blank"' in shown
    assert shown.count('<li class="level-2">') == 1
    (like,) = [part for part in shown.split("\n") if "この文書に似た事例" in part]
    assert like.count("<li>") == 3
    assert "saitama.md" not in like


def test_view_and_language_follow_the_address_when_it_changes_by_itself(page: AppTest) -> None:
    page.run().radio(key="view_ja").set_value("browse").run()
    page.radio(key="lang").set_value("en").run()
    assert page.radio(key="view_en").value == "browse"
    run(page, view="ask", lang="ja")
    assert (page.radio(key="lang").value, page.radio(key="view_ja").value) == ("ja", "ask")
    page.radio(key="view_ja").set_value("compare").run()
    assert page.radio(key="view_ja").value == "compare"
    run(page, view="nonsense")
    assert page.radio(key="view_ja").value == "ask"
