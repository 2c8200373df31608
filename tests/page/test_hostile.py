"""A document that means harm, on every view: nothing but text, and nothing from elsewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.served import (
    NARROW,
    PATIENT,
    WIDE,
    Address,
    ask,
    expect_no_sideways,
    open_view,
    served_page,
    settle,
    watch_hosts,
)

pytestmark = [pytest.mark.browser, pytest.mark.golden]

HOSTILE = (
    "<script>window.harmed=1</script><img src=https://evil.example/a.png onerror=window.harmed=1>"
    "![絵](https://evil.example/b.png) [表示](https://evil.example/c) **太字** $x^2$ :red[赤]"
)
RIGHT_TO_LEFT, SHOWN_AS = "\u202e", "⟨U+202E⟩"
LONG = "あ" * 2500 + "x" * 2500
DOCUMENT = f"""---
title: '{HOSTILE}'
municipality: さいたま市
prefecture: 埼玉県
code: "111007"
themes: ['{HOSTILE}', '{RIGHT_TO_LEFT}逆', '{LONG}']
period: '2021-<b>'
sources:
  - title: '{HOSTILE}'
    url: 'javascript:window.harmed=1'
    kind: '{HOSTILE}'
---
# {HOSTILE}

## 効果

RPAで年1,200時間を削減した{HOSTILE}という{RIGHT_TO_LEFT}例がある。

{LONG}
"""
OTHER = """---
title: 町田市の例
municipality: 町田市
prefecture: 東京都
code: "132098"
themes: [RPA]
---
# 町田市の例

町田市は、RPAで年300時間を削減した。
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over two documents, one of which means harm: its address."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "docs").mkdir()
    (folder / "docs" / "evil.md").write_text(DOCUMENT, "utf-8")
    (folder / "docs" / "other.md").write_text(OTHER, "utf-8")
    settings = {"JIREI_CORPUS": str(folder / "docs"), "JIREI_VAR": str(folder / "var")}
    with served_page(folder, **settings, JIREI_JUDGE="signals") as url:
        yield url


@pytest.fixture
def harmless(browser: Browser, hostile: str) -> Iterator[Page]:
    """A page on which no script of a document runs and that asks no other host for anything."""
    opened = browser.new_page(viewport=WIDE, locale="ja-JP")
    foreign = watch_hosts(opened, hostile)
    opened.on("dialog", lambda dialog: foreign.append(dialog.message))
    yield opened
    assert opened.evaluate("window.harmed") is None
    for made in (
        "img[src*=example]",
        "a[href*=example]",
        "a[href^=javascript]",
        ".katex",
        "strong",
    ):
        assert opened.locator(made).count() == 0, made
    for viewport in (WIDE, NARROW):
        opened.set_viewport_size(viewport)
        settle(opened)
        expect_no_sideways(opened)
    opened.close()
    assert foreign == []


@pytest.mark.parametrize(
    ("address", "ready"),
    [
        ({"view": "look", "look_prefecture": "埼玉県"}, ".jirei-case"),
        ({"view": "look", "look_question": "RPAで削減した時間は？"}, ".jirei-text"),
        ({"view": "look", "look_question": HOSTILE}, ".jirei-text"),
        ({"view": "compare", "places": ["111007", "132098"], "themes": ["RPA"]}, ".jirei-table"),
        ({"view": "compare", "places": ["111007"], "themes": [HOSTILE, LONG]}, ".jirei-table"),
        ({"view": "browse"}, ".jirei-list a"),
        ({"view": "browse", "in_theme": [HOSTILE, f"{RIGHT_TO_LEFT}逆"]}, ".jirei-list a"),
        ({"doc": "docs/evil.md"}, ".jirei-body"),
        ({"doc": HOSTILE}, ".jirei-text"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_views_show_it_as_text(harmless: Page, hostile: str, address: Address, ready: str) -> None:
    open_view(harmless, hostile, address, ready)
    for opener in harmless.get_by_test_id("stExpander").all():
        opener.locator("summary").click()
    for opener in harmless.locator(".jirei-case summary").all():
        opener.click()
    settle(harmless)


def test_answer_and_what_is_taken_away_show_it_as_text(harmless: Page, hostile: str) -> None:
    open_view(harmless, hostile, {"view": "ask"}, "[data-testid=stChatInputTextArea]")
    ask(harmless, f"RPAで年1,200時間を削減した市は？{HOSTILE}")
    expect(harmless.locator(".jirei-case").first).to_be_visible(timeout=PATIENT)
    settle(harmless)
    harmless.get_by_role("button", name="テーマ：").click()
    harmless.get_by_role("combobox", name="テーマ").fill("script")
    harmless.get_by_role("option").filter(has_text="<script>").click()
    settle(harmless)
    harmless.keyboard.press("Escape")
    harmless.keyboard.press("Escape")
    for opener in harmless.get_by_test_id("stMain").locator("summary").all():
        opener.click()
    code = harmless.get_by_test_id("stCode")
    expect(code).to_contain_text("を削減した<script>window.harmed=1</script>", timeout=PATIENT)
    assert RIGHT_TO_LEFT not in harmless.get_by_test_id("stMain").inner_text()


def test_sentence_and_title_stand_as_they_were_written(harmless: Page, hostile: str) -> None:
    open_view(harmless, hostile, {"doc": "docs/evil.md"}, ".jirei-body")
    expect(harmless.locator("h2").first).to_have_text(HOSTILE)
    body = harmless.locator(".jirei-body")
    expect(body).to_contain_text(f"を削減した{HOSTILE}という{SHOWN_AS}例がある。")
    expect(body).to_contain_text(LONG)
    assert RIGHT_TO_LEFT not in harmless.get_by_test_id("stMain").inner_text()


@pytest.mark.parametrize("label", ["テーマ", "出典の種類"])
def test_lists_of_widgets_show_it_as_text(harmless: Page, hostile: str, label: str) -> None:
    open_view(harmless, hostile, {"view": "browse"}, ".jirei-list a")
    harmless.get_by_role("combobox", name=label).click()
    option = harmless.get_by_role("option").filter(has_text="<script>")
    expect(option).to_contain_text(HOSTILE[:40], timeout=PATIENT)
    assert RIGHT_TO_LEFT not in harmless.get_by_role("listbox").inner_text()
    harmless.keyboard.press("Escape")


def test_tooltip_and_card_of_a_bar_show_it_as_text(harmless: Page, hostile: str) -> None:
    open_view(harmless, hostile, {"view": "look"}, "[data-testid=stVegaLiteChart]")
    bar = harmless.get_by_test_id("stVegaLiteChart").nth(2).locator(".mark-rect path").first
    bar.scroll_into_view_if_needed()
    bar.hover()
    bar.click()
    card = harmless.locator(".jirei-effect").first
    expect(card).to_contain_text(f"を削減した{HOSTILE}", timeout=PATIENT)
