"""The line that shows what was understood."""

from datetime import date

import pytest

from answer.figures import _ENGLISH_UNITS, _JAPANESE_UNITS
from answer.question import understand
from answer.understood import understood_line
from messages import CATALOGUE


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        (
            "九州で2020年以降にRPAで1,000時間以上減らした市は？",
            "一覧｜九州（福岡県・佐賀県…）｜市区町村｜2020年以降｜1,000時間以上",
            "list · Kyushu · cities, towns and villages · since 2020 · 1,000 hours or more",
        ),
        ("RPAを使う県は？", "一覧｜都道府県のみ", "list · prefectures only"),
        (
            "人口5万人未満の市でRPAを使っているのは？",
            "一覧｜市区町村｜人口50,000人以下（2020年国勢調査）",
            "list · cities, towns and villages · population 50,000 people or less (2020 census)",
        ),
        (
            "RPAを使う自治体は？（試行と計画は除く）",
            "一覧｜計画・方針・試行・実証を除く",
            "list · not: planned, trial",
        ),
        (
            "1週間以内にアプリを作った自治体は？",
            "一覧｜1週間以下",
            "list · 1 week or less",
        ),
        ("Does Machida use RPA?", "該当するか｜町田市", "yes or no · Machida City"),
        ("大阪のRPAは？", "事実｜大阪", "fact · 大阪"),
        (
            "横須賀市と同じ県の市は？",
            "一覧｜神奈川県内（横須賀市以外）｜市区町村",
            "list · municipalities of Kanagawa Prefecture (except Yokosuka City)"
            " · cities, towns and villages",
        ),
        (
            "府中市と同じ県の市は？",
            "一覧｜広島県・東京都内（府中市・府中市以外）｜市区町村",
            "list · municipalities of Hiroshima Prefecture, Tokyo (except Fuchu City, Fuchu City)"
            " · cities, towns and villages",
        ),
        ("町田市以外でRPAを使う自治体は？", "一覧｜町田市以外", "list · outside Machida City"),
        ("九州以外でRPAを使う自治体は？", "一覧｜九州以外", "list · outside Kyushu"),
        (
            "都内の市は？",
            "一覧｜都内｜市区町村",
            "list · within Tokyo · cities, towns and villages",
        ),
        (
            "東京都を除く関東で、政令市以外は？",
            "一覧｜東京都以外｜関東（茨城県・栃木県…）｜政令指定都市以外",
            "list · outside Tokyo · Kanto · outside designated cities",
        ),
        (
            "埼玉県内で何団体が半分以下に減らしましたか",
            "件数｜埼玉県内｜50%以下",
            "count · municipalities of Saitama Prefecture · 50% or less",
        ),
        (
            "2018年から2020年の間に5〜10人で始めた自治体は？",
            "一覧｜2018〜2020年｜5〜10人",
            "list · 2018–2020 · 5–10 people",
        ),
        ("昨年度に始めた町村は？", "一覧｜町村｜2024年", "list · towns and villages · 2024"),
    ],
)
def test_line(text: str, ja: str, en: str) -> None:
    question = understand(text, date(2026, 2, 10))
    assert (understood_line(question, "ja"), understood_line(question, "en")) == (ja, en)


def test_every_unit_has_its_name() -> None:
    units = {row[2] for row in _JAPANESE_UNITS} | set(_ENGLISH_UNITS.values())
    assert {unit for unit in units if f"unit_{unit}" not in CATALOGUE} == set()
