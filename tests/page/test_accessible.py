"""The page without a mouse, without good eyes, and on small screens."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.page.served import (
    NARROW,
    PATIENT,
    WIDE,
    ask,
    expect_no_sideways,
    open_view,
    settle,
    shot,
)
from tests.page.test_views import RPA, SHOWN

pytestmark = [pytest.mark.browser, pytest.mark.golden]

ZOOMED: ViewportSize = {"width": 683, "height": 384}
"""What a window of 1,366 × 768 shows at 200 %."""

STYLE_OF_FOCUS = """() => {
  const told = [];
  let at = document.activeElement;
  for (let up = 0; at && up < 5; up++, at = at.parentElement) {
    const style = getComputedStyle(at);
    told.push([style.outline, style.boxShadow, style.border, style.backgroundColor].join(" "));
  }
  return told.join("|");
}"""


def findings(page: Page) -> list[str]:
    """What axe-core finds serious or critical, each with the first element that has it."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html'][:200]}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", SHOWN)
def test_every_view_fits_a_desktop_and_a_phone_and_axe_finds_nothing_serious(
    page: Page, served: str, name: str, lang: str
) -> None:
    address, ready = SHOWN[name]
    for size, viewport in (("wide", WIDE), ("narrow", NARROW)):
        page.set_viewport_size(viewport)
        open_view(page, served, {**address, "lang": lang}, ready)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect_no_sideways(page)
        shot(page, f"{name}-{lang}-{size}")
        assert findings(page) == []


def test_axe_finds_nothing_serious_in_an_answer_and_its_opened_parts(page: Page) -> None:
    ask(page, RPA)
    expect(page.locator(".jirei-case").first).to_be_visible(timeout=PATIENT)
    settle(page)
    for opener in page.locator(".jirei-case").first.locator("summary").all():
        opener.click()
    page.get_by_text("違う", exact=True).click()
    expect(page.get_by_role("button", name="理由を送る")).to_be_visible(timeout=PATIENT)
    page.get_by_text("持ち出す（").click()
    expect(page.get_by_test_id("stCode")).to_be_visible(timeout=PATIENT)
    settle(page)
    assert findings(page) == []


@pytest.mark.parametrize("name", ["場所：", "テーマ：", "時期：", "ほかの条件"])
def test_axe_finds_nothing_serious_in_a_correction(page: Page, name: str) -> None:
    ask(page, "関東で2018年以降にRPAを使う市は？")
    expect(page.locator(".jirei-case").first).to_be_visible(timeout=PATIENT)
    settle(page)
    page.get_by_role("button", name=name).click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.wait_for_timeout(300)  # it fades in
    assert findings(page) == []


def test_axe_sees_a_finding_where_there_is_one(page: Page, served: str) -> None:
    open_view(page, served, {"view": "browse"}, ".jirei-list a")
    page.locator(".jirei-where").first.evaluate("e => e.innerHTML += '<button></button>'")
    assert [found.split(":")[0] for found in findings(page)] == ["button-name"]


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_scrolls_sideways_at_200_percent(page: Page, served: str, name: str) -> None:
    address, ready = SHOWN[name]
    page.set_viewport_size(ZOOMED)
    page.goto(served)
    open_view(page, served, address, ready)
    expect_no_sideways(page)


@pytest.fixture
def japanese(browser: Browser, served: str) -> Iterator[Page]:
    opened = browser.new_page(viewport=NARROW, locale="ja-JP")
    opened.goto(f"{served}/?view=look")
    yield opened
    opened.close()


def test_labels_break_between_phrases(japanese: Page) -> None:
    say = japanese.locator("h2").first
    expect(say).to_be_visible(timeout=PATIENT)
    expect(say).to_have_css("word-break", "auto-phrase")
    expect(say).to_have_css("line-break", "strict")


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Presses Tab until the focus is on such an element; every stop on the way must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        focused = page.evaluate(STYLE_OF_FOCUS)
        told = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        hit = page.evaluate("s => document.activeElement.matches(s)", selector)
        page.wait_for_timeout(50)
        page.evaluate("window.kept = document.activeElement; window.kept.blur()")
        page.wait_for_timeout(250)  # Colours of Streamlit's widgets fade.
        blurred = page.evaluate(STYLE_OF_FOCUS.replace("document.activeElement", "window.kept"))
        assert focused != blurred, told
        page.evaluate("window.kept.focus()")
        if hit:
            return
    pytest.fail(f"no {selector} within {most} stops")


def test_main_path_needs_no_mouse(page: Page) -> None:
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=PATIENT)
    settle(page)
    tab_to(page, "[data-testid=stChatInputTextArea]")
    page.keyboard.type(RPA)
    page.keyboard.press("Enter")
    expect(page.locator(".jirei-case").first).to_contain_text("さいたま市", timeout=PATIENT)
    settle(page)
    tab_to(page, ".jirei-case a[href*='doc=']")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator("mark")).to_contain_text("RPA", timeout=PATIENT)


def test_views_are_chosen_by_arrow_keys(page: Page) -> None:
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=PATIENT)
    settle(page)
    tab_to(page, "[role=radiogroup][aria-label] input, input[type=radio]")
    tab_to(page, "[data-testid=stMain] input[type=radio]")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("textbox", name="地図に出す質問")).to_be_visible(timeout=PATIENT)
