"""Whose case a heading or a title announces."""

import pytest

from ingest.announced import place_announced, place_of_title
from ingest.cases import sections_of
from ingest.documents import Document, Metadata
from ingest.loaders.table_places import places_of_rows
from tests.ingest.test_cases import FUCHU_HIROSHIMA, FUCHU_TOKYO, MACHIDA, MIE, SAITAMA


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("町田市DX推進計画", MACHIDA),
        ("町田市の窓口改革", MACHIDA),
        ("書かない窓口 | 町田市", MACHIDA),
        ("書かない窓口 - 町田市公式ホームページ", MACHIDA),
        ("RPAの導入状況（町田市）", MACHIDA),
        ("先進地視察報告（町田市）", None),
        ("町田市の取組に学ぶ", None),
        ("町田市の事例を踏まえた本市の方針", None),
        ("町田市の皆様へ", None),
        ("町田市の導入支援", None),
        ("町田市の取組を支援しました", None),
        ("町田市の書かない窓口について（情報共有）", None),
        ("町田市の窓口を調べて", None),
        ("町田市 先進自治体DX事例集", None),
        ("庁内照会への回答（町田市）", MACHIDA),
        ("導入事例：町田市様｜株式会社甲", MACHIDA),
        ("令和6年12月　町田市議会定例会　会議録", MACHIDA),
        ("2024年度　町田市の窓口改革", MACHIDA),
        ("書かない窓口／町田市", MACHIDA),
        ("町田市の子育て支援", MACHIDA),
        ("町田市など3市の取組", None),
        ("町田市ほかの取組", None),
        ("町田市の取組等について", MACHIDA),
        ("町田市民の声", None),
        ("町田市、RPAを導入", None),
        ("町田市とさいたま市の協定", None),
        ("さいたま市北区の取組", SAITAMA),
    ],
)
def test_the_place_that_a_title_names_as_its_own(title, place):
    assert place_of_title(title, "") == place


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("町田市", MACHIDA),
        ("東京都町田市", MACHIDA),
        ("町田市の事例", MACHIDA),
        ("町田市の先進事例から学ぶ", MACHIDA),
        ("町田市のDX推進", MACHIDA),
        ("町田市：生成AIの活用", MACHIDA),
        ("町田市（東京都）", MACHIDA),
        ("町田市【東京都】", MACHIDA),
        ("【事例1】町田市", MACHIDA),
        ("事例２：町田市の取り組み", MACHIDA),
        ("ケース3 町田市", MACHIDA),
        ("三重県の取組", MIE),
        ("視察先：町田市", MACHIDA),
        ("町田市からの説明", MACHIDA),
        ("事例報告（町田市）", MACHIDA),
        ("町田市さま", MACHIDA),
        ("2. Machida City (Tokyo)", MACHIDA),
        ("Case study: Machida City's chatbots", MACHIDA),
        ("Machida City", MACHIDA),
        ("Machida", None),
        ("Machida City Hospital", None),
        ("What Machida City did", None),
        ("Near Machida City", None),
        ("取組４：町田市のAIによる議事録を作る工夫", MACHIDA),
        ("町田市の取組を支援しました", None),
        ("1 視察先　東京都町田市", MACHIDA),
        ("導入事例：町田市様", MACHIDA),
        ("事例A 町田市", MACHIDA),
        ("CASE1 町田市", MACHIDA),
        ("Ⅰ　町田市", MACHIDA),
        ("ア　町田市の取組", MACHIDA),
        ("《町田市》", MACHIDA),
        ("町田市役所", MACHIDA),
        ("町田市／AI", MACHIDA),
        ("町田市の窓口改革", MACHIDA),
        ("町田市（人口43万人）", MACHIDA),
        ("東京都・町田市", MACHIDA),
        ("札幌市豊平区", place_announced("札幌市")),
        ("議事録をAIで　町田市", MACHIDA),
        ("議事録をAIで／東京都町田市", MACHIDA),
        ("作成：町田市", None),
        ("町田市　情報政策課", None),
        ("町田市　情報政策課　御中", None),
        ("町田市　様", MACHIDA),
        ("町田市の企業A社", None),
        ("東京都府中市の事例", FUCHU_TOKYO),
        ("府中市の事例", None),
        ("町田", None),
        ("町田市と三重県の事例", None),
        ("町田市立図書館の事例", None),
        ("町田市でのRPA", MACHIDA),
        ("自治体の事例", None),
        ("", None),
    ],
)
def test_place_announced_by_a_title(title, place):
    assert place_announced(title) == place


def test_place_announced_takes_the_namesake_whose_prefecture_the_body_names():
    assert place_announced("府中市の事例", "広島県東部の市である。") == FUCHU_HIROSHIMA
    assert place_announced("府中市の事例", "東京都と広島県にある。") is None


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("RPAの導入（町田市）", MACHIDA),
        ("先進事例集（町田市）", None),
        ("調査結果（町田市）", None),
        ("町田市の事例を踏まえた方針", None),
        ("町田市の取組に対する評価", None),
        ("町田市（比較対象）", None),
    ],
)
def test_a_name_is_not_that_of_who_looked_at_others(title, place):
    assert place_announced(title) == place


@pytest.mark.parametrize("mark", ["　", "1　", "津市", "【", "の", "視察先：　"])
@pytest.mark.parametrize(
    "form",
    ["{}津市", "# {}津市\n\n文。\n", "**{}津市**\n\n文。\n", "題\n\n視察先：{}" + "x" * 30 + "\n"],
)
def test_long_lines_of_one_mark_take_no_time(mark, form):
    text = form.format(mark * (20_000 // len(mark)))
    place_of_title(text, "")
    for markdown in (False, True):
        assert sections_of(Document("a.md", text, 0, Metadata("題"), markdown))


def test_a_table_of_very_many_columns_takes_no_time():
    assert places_of_rows([["あ"] * 5_000, ["津市"] * 5_000], ["市"] * 5_000)
