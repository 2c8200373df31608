"""Parts of the page by themselves: names, tiles, text, plots."""

from dataclasses import replace
from typing import Any

import pytest

from answer.browse import Heading
from answer.contract import Case, Quote, Signal
from answer.effects import Effect
from index.thesaurus import Thesaurus
from ingest.documents import Document, Metadata, Source
from ingest.places import all_places, place_by_code
from tests.answer.made import MACHIDA, MIE, SAITAMA
from ui.cards import source_html, sources_html, why_html
from ui.charts import effect_bars, figure_text, tile_map, timeline
from ui.document import body_html
from ui.japan import PREFECTURES, TILES
from ui.names import kind_name, place_name, prefecture_name, region_name, theme_name
from ui.safe import plain, short, visible

KNOWN = Thesaurus({"生成ai": ("ai", False)}, {("ai", "en"): "generative AI"}, "x")


def test_every_prefecture_has_a_tile_of_its_own() -> None:
    assert set(TILES) == set(PREFECTURES) == {place.prefecture for place in all_places()}
    assert len(set(TILES.values())) == 47


@pytest.mark.parametrize(
    ("west", "east"), [("長崎県", "福岡県"), ("大阪府", "東京都"), ("富山県", "新潟県")]
)
def test_tiles_lie_as_the_country_does(west: str, east: str) -> None:
    assert TILES[west][0] < TILES[east][0]
    assert TILES["北海道"][1] < TILES["青森県"][1] < TILES["東京都"][1] < TILES["沖縄県"][1]


def test_names_in_both_languages() -> None:
    hokkaido = place_by_code("010006")
    assert hokkaido
    assert [place_name(MACHIDA, lang) for lang in ("ja", "en")] == [
        "町田市（東京都）",
        "Machida City, Tokyo",
    ]
    assert [place_name(MIE, lang) for lang in ("ja", "en")] == ["三重県", "Mie Prefecture"]
    assert prefecture_name("北海道", "en") == "Hokkaido"
    assert [region_name(name, "en") for name in ("北海道", "中国地方")] == ["Hokkaido", "Chugoku"]
    assert theme_name("生成AI", KNOWN, "en") == "generative AI (生成AI)"
    assert theme_name("生成AI", KNOWN, "ja") == theme_name("生成AI", Thesaurus({}, {}, ""), "en")
    assert [kind_name("press", lang) for lang in ("ja", "en")] == ["報道", "press"]
    assert kind_name("**x**", "ja") == "**x**"
    # Texts of other places, which need a value: no kinds.
    assert [kind_name(kind, "en") for kind in ("page", "retrieved")] == ["page", "retrieved"]


def test_marks_for_the_direction_of_writing_are_shown() -> None:
    assert visible("a\u202eb\u2069") == "a⟨U+202E⟩b⟨U+2069⟩"
    assert plain('<b>"\u200f') == "&lt;b&gt;&quot;⟨U+200F⟩"
    assert short("一\n 二" + "x" * 80) == "一 二" + "x" * 56 + "…"


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.jp/a", True),
        ("http://example.jp", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("//example.jp", False),
        ("https:", False),
        ("http://[", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, leads: bool) -> None:
    assert ("href" in source_html(Source("題", url, "press"), "ja")) is leads


TEXT = "---\n# 題\n\n一。二。\n## 次\n三。\n"
DOCUMENT = Document("a.md", TEXT, 4, Metadata("題"), True)
SECOND = TEXT.index("三")


def test_passage_begins_after_the_headings_that_stand_above_it() -> None:
    begin = TEXT.index("##")
    quote = Quote("三。", "a.md", ("題", "次"), None, SECOND, SECOND + 2, (begin, len(TEXT)))
    case = Case(MACHIDA, "題", "match", 0.9, (quote,), None, ())
    shown = sources_html(case, {"a.md": DOCUMENT}, "ja")
    assert (
        '<div class="jirei-where">題 › 次</div><div class="jirei-text"><mark>三。</mark>' in shown
    )
    plain_text = {"a.md": replace(DOCUMENT, markdown=False)}
    assert '<div class="jirei-text">## 次\n<mark>三。</mark>' in sources_html(
        case, plain_text, "ja"
    )


def test_why_tells_how_probable_a_case_is_held() -> None:
    case = Case(MACHIDA, "題", "unsure", 0.86, (), None, (), "doubted")
    case = replace(case, signals=(Signal("dense", 0.9, 1.2),))
    assert "<summary>Why this one? (held 86% probable)</summary>" in why_html(case, "en")


HEADINGS = (Heading("題", 1, 4), Heading("次", 2, TEXT.index("##")))


def test_body_has_headings_to_go_to_and_the_mark_in_its_place() -> None:
    at = TEXT.index("二")
    shown = body_html(DOCUMENT, HEADINGS, at, at + 2)
    assert shown == (
        '<div class="jirei-body"><h3 id="at-4" class="jirei-text">題</h3>'
        '<div class="jirei-text">\n一。<mark>二。</mark>\n</div>'
        f'<h4 id="at-{TEXT.index("##")}" class="jirei-text">次</h4>'
        '<div class="jirei-text">三。\n</div></div>'
    )


@pytest.mark.parametrize("span", [(0, 0), (9, 5), (0, 3), (900, 950)])
def test_span_that_is_none_marks_nothing(span: tuple[int, int]) -> None:
    assert "<mark>" not in body_html(DOCUMENT, HEADINGS, *span)


def test_text_without_headings_stands_whole() -> None:
    assert body_html(DOCUMENT, (), 0, 0).count("<div") == 2
    assert "# 題\n\n一。" in body_html(DOCUMENT, (), 0, 0)


def rows(chart: Any) -> list[dict[str, Any]]:
    """The data of a chart's layers, which is one."""
    (found,) = chart.to_dict()["datasets"].values()
    assert isinstance(found, list)
    return found


def test_map_holds_a_count_for_every_prefecture() -> None:
    tiles = {row["prefecture"]: row for row in rows(tile_map({"東京都": 3}, "東京都", "ja"))}
    assert len(tiles) == 47
    assert (tiles["東京都"]["n"], tiles["東京都"]["chosen"], tiles["東京都"]["label"]) == (
        3,
        True,
        "東京",
    )
    assert (tiles["大阪府"]["n"], tiles["大阪府"]["shown"]) == (0, "")
    assert rows(tile_map({}, None, "en"))[0]["chosen"] is False


def test_timeline_has_a_bar_for_every_year() -> None:
    assert rows(timeline({2020: 2, 2021: 0}, "ja")) == [
        {"year": "2020", "n": 2, "shown": "2"},
        {"year": "2021", "n": 0, "shown": ""},
    ]


def test_bars_of_effects_keep_their_order_and_say_what_is_estimated() -> None:
    quote = Quote("文。", "a.md", (), None, 3, 5, (0, 5))
    effects = [
        Effect("hours_a_year", 1200.0, False, SAITAMA, quote),
        Effect("hours_a_year", 416.7, True, SAITAMA, quote),
    ]
    first, second = rows(effect_bars(effects, "ja"))
    assert (first["row"], first["figure"], first["estimated"]) == (
        "000さいたま市",
        "1,200時間",
        "実績など",
    )
    assert (second["at"], second["estimated"]) == (1, "見込み・試算")
    assert figure_text(Effect("yen_a_year", 11930000.0, True, MIE, quote), "en") == "11,930,000 yen"
