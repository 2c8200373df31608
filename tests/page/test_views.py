"""The views beside the chat, with the real model and corpus, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.page.served import (
    PATIENT,
    Address,
    ask,
    chart,
    open_view,
    settle,
)
from ui.japan import TILES

pytestmark = [pytest.mark.browser, pytest.mark.golden]

RPA = "RPAを入力業務に使っている市は？"
CITIES: Address = {"places": ["111007", "132098"], "themes": ["RPA", "生成AI"]}
SHOWN: dict[str, tuple[Address, str]] = {
    "ask": ({"view": "ask"}, "[data-testid=stChatInputTextArea]"),
    "look": ({"view": "look", "look_prefecture": "東京都"}, ".jirei-case"),
    "compare": ({"view": "compare", **CITIES}, ".jirei-comparison"),
    "browse": ({"view": "browse", "in_region": ["関東"]}, ".jirei-list a"),
    "documents": ({"view": "documents"}, "[data-testid=stFileUploaderDropzone]"),
    "quality": ({"view": "quality"}, "[data-testid=stVegaLiteChart]"),
    "document": ({"doc": "corpus/cases/082201-tsukuba.md"}, ".jirei-contents"),
}


def click_tile(page: Page, prefecture: str) -> None:
    column, row = TILES[prefecture]
    box = chart(page, 0).locator("svg").bounding_box()
    assert box
    page.mouse.click(
        box["x"] + (column + 0.5) * box["width"] / 12, box["y"] + (row + 0.3) * box["height"] / 12
    )


def test_tile_of_the_map_lists_the_cases_of_its_prefecture(page: Page, served: str) -> None:
    open_view(page, served, {"view": "look", "look_question": RPA}, "[data-testid=stVegaLiteChart]")
    click_tile(page, "埼玉県")
    cases = page.locator(".jirei-here .jirei-case")
    expect(cases.first).to_contain_text("さいたま市", timeout=PATIENT)
    expect(cases.first).to_contain_text("AI-OCRとRPAを用いて自動化している。")
    assert "look_prefecture=%E5%9F%BC%E7%8E%89%E7%9C%8C" in page.url
    expect(chart(page, 0).locator("path[stroke-width='3']")).to_have_count(1)
    page.wait_for_timeout(1000)  # A map that has just been drawn does not listen yet.
    click_tile(page, "埼玉県")
    expect(cases).to_have_count(0, timeout=PATIENT)


def test_cards_of_the_map_look_and_print_as_in_the_chat(page: Page, served: str) -> None:
    address: Address = {"view": "look", "look_question": RPA, "look_prefecture": "埼玉県"}
    open_view(page, served, address, ".jirei-here .jirei-case")
    card = page.locator(".jirei-here .jirei-case").first
    card.locator("summary").first.click()
    expect(card.locator(".jirei-source")).to_have_css("border-top-style", "solid")
    expect(card.locator(".jirei-passage")).to_be_visible()
    page.emulate_media(media="print")
    expect(card.locator(".jirei-source")).to_be_visible()
    for left_out in (card.locator(".jirei-passage"), page.get_by_test_id("stSidebar")):
        expect(left_out).to_be_hidden()


def test_map_and_comparison_in_english(page: Page, served: str) -> None:
    address: Address = {"view": "look", "look_question": RPA, "lang": "en"}
    open_view(page, served, address, "[data-testid=stVegaLiteChart]")
    click_tile(page, "埼玉県")
    cases = page.locator(".jirei-here .jirei-case")
    expect(cases.first).to_contain_text("Saitama City", timeout=PATIENT)
    open_view(page, served, {"view": "compare", **CITIES, "lang": "en"}, ".jirei-comparison")
    table = page.locator(".jirei-comparison")
    expect(table).to_contain_text("Machida")
    expect(table).to_contain_text("not stated")


def test_prefecture_is_chosen_by_keyboard_too(page: Page, served: str) -> None:
    open_view(page, served, {"view": "look"}, "[data-testid=stVegaLiteChart]")
    box = page.get_by_role("combobox", name="都道府県")
    box.focus()
    page.keyboard.type("神奈川")
    page.keyboard.press("Enter")
    cases = page.locator(".jirei-here .jirei-case")
    expect(cases.first).to_contain_text("神奈川県", timeout=PATIENT)
    expect(cases).to_have_count(5)


def test_back_of_the_browser_shows_the_view_before(page: Page) -> None:
    ask(page, RPA)
    expect(page.locator(".jirei-case").first).to_be_visible(timeout=PATIENT)
    settle(page)
    for view, name in (("地図", "look"), ("比べる", "compare")):
        page.get_by_test_id("stMain").get_by_text(view, exact=True).click()
        expect(page).to_have_url(re.compile(f"view={name}"), timeout=PATIENT)
        settle(page)
    page.go_back()
    expect(page.get_by_role("radio", name="地図")).to_be_checked(timeout=PATIENT)
    expect(page.get_by_role("textbox", name="地図に出す質問")).to_have_value(RPA, timeout=PATIENT)
    settle(page)
    assert "view=look" in page.url


def test_map_shows_the_newest_question_of_the_conversation(page: Page) -> None:
    ask(page, RPA)
    expect(page.locator(".jirei-case").first).to_be_visible(timeout=PATIENT)
    settle(page)
    page.get_by_text("地図", exact=True).click()
    expect(page.get_by_role("textbox", name="地図に出す質問")).to_have_value(RPA, timeout=PATIENT)
    expect(page.get_by_text("すべての文書（")).to_have_count(0)


def test_bar_of_an_effect_shows_its_sentence_and_the_way_to_it(page: Page, served: str) -> None:
    open_view(page, served, {"view": "look"}, "[data-testid=stVegaLiteChart]")
    bars = chart(page, 2)
    bars.scroll_into_view_if_needed()
    bars.locator(".mark-rect path").first.click()
    card = page.locator(".jirei-effect").first
    expect(card).to_contain_text("9,000時間", timeout=PATIENT)
    expect(card).to_contain_text("RPAによる削減効果は74業務で年9,000時間近いとされた。")
    assert "nagaoka.md&start=" in (card.locator("a").get_attribute("href") or "")


def pick(page: Page, label: str, typed: str) -> None:
    """Chooses an option by keyboard, and closes the list."""
    page.get_by_role("combobox", name=re.compile(f"^{label}")).fill(typed)
    focused = page.locator("[role=option][data-focused]", has_text=typed)
    expect(focused).to_be_visible(timeout=PATIENT)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)


def test_cities_are_compared_and_a_link_restores_the_choice(page: Page, served: str) -> None:
    open_view(page, served, {"view": "compare"}, "text=自治体とテーマを1つ以上")
    for label, typed in (("自治体", "さいたま市"), ("自治体", "町田"), ("テーマ", "生成AI")):
        pick(page, label, typed)
    table = page.locator(".jirei-comparison")
    expect(table).to_contain_text("生成AIなどの新しい技術", timeout=PATIENT)
    expect(table).to_contain_text("記載なし")
    assert "places=111007&places=132098" in page.url
    told = table.inner_text()
    page.goto(page.url)
    expect(page.locator(".jirei-comparison")).to_be_visible(timeout=PATIENT)
    assert page.locator(".jirei-comparison").inner_text() == told


def test_choices_that_follow_each_other_at_once_all_count(page: Page, served: str) -> None:
    open_view(page, served, {"view": "compare"}, "text=自治体とテーマを1つ以上")
    box = page.get_by_role("combobox", name=re.compile("^自治体"))
    for typed in ("町田", "さいたま市", "横須賀", "広島市"):
        box.fill(typed)
        focused = page.locator("[role=option][data-focused]", has_text=typed)
        focused.wait_for(timeout=PATIENT)
        box.press("Enter")
    codes = ("132098", "111007", "142018", "341002")
    address = "&".join(f"places={code}" for code in codes)
    expect(page).to_have_url(re.compile(f"{address}$"), timeout=PATIENT)


def test_facets_narrow_the_list_and_pages_lead_on(page: Page, served: str) -> None:
    open_view(page, served, {"view": "browse"}, ".jirei-list a")
    links = page.locator(".jirei-list a")
    assert links.count() == 20
    first = links.first.inner_text()
    page.get_by_role("button", name="2", exact=True).or_(
        page.get_by_role("button", name=re.compile(r"\b2\b"))
    ).first.click()
    expect(links.first).not_to_have_text(first, timeout=PATIENT)
    pick(page, "地域", "四国")
    expect(page.get_by_text("83件の文書のうち6件")).to_be_visible(timeout=PATIENT)
    expect(links).to_have_count(6)
    page.get_by_role("combobox", name="都道府県").fill("高知")
    expect(page.get_by_role("option", name="高知県 (2)")).to_be_visible()


def test_choice_outlives_other_numbers_and_another_language(page: Page, served: str) -> None:
    open_view(page, served, {"view": "browse"}, ".jirei-list a")
    pick(page, "地域", "四国")
    expect(page.get_by_text("83件の文書のうち6件")).to_be_visible(timeout=PATIENT)
    settle(page)
    pick(page, "出典の種類", "公式")  # which changes the number behind the region
    expect(page).to_have_url(re.compile("in_source_kind=official"), timeout=PATIENT)
    settle(page)
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_role("combobox", name=re.compile("^Prefecture"))).to_be_visible()
    settle(page)
    pick(page, "Prefecture", "Kochi")
    expect(page.get_by_text("1 of 83 documents")).to_be_visible(timeout=PATIENT)
    assert "in_region=" in page.url
    assert "in_source_kind=official" in page.url


def test_document_has_contents_sources_and_cases_like_it(page: Page, served: str) -> None:
    address = {"doc": "corpus/cases/462225-amami.md"}
    open_view(page, served, address, ".jirei-contents")
    # Both used AI-OCR and RPA for the same payments.
    expect(page.locator(".jirei-list a").first).to_contain_text("給付金")
    expect(page.locator(".jirei-list li").first).to_contain_text("武蔵野市")
    assert "武蔵野市" in page.locator(".jirei-list li").first.inner_text()
    link = page.locator(".jirei-contents a").last
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport(timeout=PATIENT)
    for source in page.locator(".jirei-facts a").all():
        assert source.get_attribute("rel") == "noopener noreferrer"
