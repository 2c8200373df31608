"""Questions on the real page, with the real model and corpus, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from settings import Settings
from tests.page.served import PATIENT, ask, shot

pytestmark = [pytest.mark.browser, pytest.mark.golden]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("RPAを入力業務に使っている市は？", "さいたま市"),
        ("which cities use RPA for data entry?", "Saitama City"),
    ],
    ids=["ja", "en"],
)
def test_rpa_question_shows_saitama_first_with_its_sentence(
    page: Page, question: str, first: str
) -> None:
    if question.isascii():
        page.get_by_text("English", exact=True).click(timeout=PATIENT)
        expect(page.get_by_text("documents, the municipalities")).to_be_visible(timeout=PATIENT)
    ask(page, question)
    case = page.locator(".jirei-case").first
    expect(case).to_contain_text(first, timeout=PATIENT)
    expect(case).to_contain_text("入力事務と審査事務は、AI-OCRとRPAを用いて自動化している。")
    shot(page, f"rpa-{'en' if question.isascii() else 'ja'}")


def test_link_of_a_quote_opens_the_document_with_the_sentence_marked(
    page: Page, served: str
) -> None:
    ask(page, "RPAを入力業務に使っている市は？")
    link = page.locator(".jirei-case a").first
    expect(link).to_be_visible(timeout=PATIENT)
    target = link.get_attribute("href") or ""
    page.goto(f"{served}/{target}")
    marked = page.locator("mark")
    expect(marked).to_have_text(
        re.compile("入力事務と審査事務は、AI-OCRとRPAを用いて自動化している。$"), timeout=PATIENT
    )
    expect(marked).to_be_in_viewport()


def test_enter_while_an_ime_converts_does_not_send(page: Page) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("にゅうりょく", timeout=PATIENT)
    box.evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true}))"
    )
    page.wait_for_timeout(500)
    assert page.locator(".jirei-case").count() == 0
    expect(box).to_have_value("にゅうりょく")


def test_question_without_an_answer_is_refused(page: Page) -> None:
    ask(page, "京都市の書かない窓口は？")
    refusal = page.get_by_text("京都市の文書はありません")
    expect(refusal).to_be_visible(timeout=PATIENT)


def test_default_port_is_local_only() -> None:
    assert Settings().host == "127.0.0.1"


def test_nothing_of_a_longer_quick_answer_stays_below_the_one_that_was_read(page: Page) -> None:
    """The signals find cases that the reranker then refuses."""
    ask(page, "下水道の料金を値下げした自治体はありますか？")
    expect(page.get_by_text("この回答は役に立ちましたか")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_text("お尋ねの内容を述べた文はありません")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^要確認 \d+件$"))).to_have_count(0)
