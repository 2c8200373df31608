"""What was understood, corrected with a click."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from answer.contract import Answer
from index.build import build
from index.encoder import make_encoder
from settings import Settings
from tests.ui.asking import RPA, ask, chips, html, names, newest

SEVERAL = """# ドローンの事例集

## 岩手県盛岡市の事例
盛岡市は、橋の点検にドローンを使う。

## 長野県松本市の事例
松本市は、橋の点検にドローンを使う。
"""


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
    assert chips(page)[0] == "場所：町田市（東京都）"
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
    page.radio(key="view_ja").set_value("quality").run()
    page.radio(key="view_ja").set_value("ask").run()
    assert page.multiselect(key="facet_prefecture-2").value == ["埼玉県"]
    assert newest(page) == before


def test_cleared_facets_are_other_widgets_since_closed_ones_keep_what_they_had(
    page: AppTest,
) -> None:
    ask(page.run(), RPA)
    page.multiselect(key="facet_prefecture").set_value(["埼玉県"])
    page.checkbox(key="anytime").check().run()
    page.button(key="facet_reset").click().run()
    keys = {widget.key for widget in (*page.multiselect, *page.checkbox, *page.slider)}
    assert keys.isdisjoint({"facet_prefecture", "states", "years", "anytime"})
    assert page.multiselect(key="facet_prefecture-2").value == []


def test_facets_hold_in_the_other_language(page: AppTest) -> None:
    ask(page.run(), RPA)
    page.multiselect(key="facet_prefecture").set_value(["埼玉県"]).run()
    before = newest(page)
    page.radio(key="lang").set_value("en").run()
    assert page.multiselect(key="facet_prefecture-2").value == ["埼玉県"]
    assert page.multiselect(key="facet_prefecture-2").options[0].startswith("Mie")
    assert newest(page) == before


def test_file_of_the_cases_of_several_towns_offers_their_prefectures(
    page: AppTest, corpus: Path, settings: Settings
) -> None:
    (corpus / "several.md").write_text(SEVERAL, "utf-8")
    build([corpus], make_encoder(settings), settings)
    offered = page.run().multiselect(key="facet_prefecture")
    assert {"岩手県 (1)", "長野県 (1)"} <= set(offered.options)
    offered.set_value(["長野県"])
    assert names(ask(page, "ドローンを使う市は？")) == ["松本市"]


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
