"""Files handed in on the page, in a real browser with the real model."""

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from messages import Lang, tell
from tests.page.served import PATIENT, ask, settle, shot

pytestmark = [pytest.mark.browser, pytest.mark.golden]


@pytest.mark.parametrize(("lang", "city"), [("ja", "京都市"), ("en", "名古屋市")], ids=["ja", "en"])
def test_uploaded_cp932_file_is_quoted_until_a_rollback(
    page: Page, served: str, lang: Lang, city: str
) -> None:
    said = f"{city}は、転入届の窓口でタブレットによる申請を受け付けている。"
    data = f"{city}：窓口の申請\r\n\r\n{said}\r\n".encode("cp932")
    name, question = f"{city} 報告.txt", f"転入届をタブレットで申請できる{city}の窓口は？"
    page.goto(f"{served}/?view=documents&lang={lang}")
    files = page.locator("input[type=file]").first
    files.set_input_files([FilePayload(name=name, mimeType="text/plain", buffer=data)])
    entry = page.locator(".jirei-files li").filter(has_text=name).first
    expect(entry).to_contain_text(tell("documents_status_read", lang), timeout=PATIENT)
    shot(page, f"documents-{lang}")

    page.goto(f"{served}/?lang={lang}")
    ask(page, question)
    case = page.locator(".jirei-case").filter(has_text=city).first
    expect(case).to_contain_text(said, timeout=PATIENT)
    expect(case).to_contain_text(f"uploads/{name}")
    link = case.locator("a").first.get_attribute("href") or ""
    page.goto(f"{served}/{link}")
    expect(page.locator("mark")).to_have_text(said, timeout=PATIENT)

    page.goto(f"{served}/?view=documents&lang={lang}")
    back = page.get_by_role("combobox", name=tell("generations_back_to", lang))
    expect(back).to_be_visible(timeout=PATIENT)
    settle(page)
    choose_last(page, back)  # the one that the server began with
    settle(page)
    page.get_by_role("button", name=tell("generations_back", lang), exact=True).click()
    told = tell("generations_rolled_back", lang, name="|", documents="").split("|")
    expect(page.get_by_text(told[0].strip() or "に戻しました")).to_be_visible(timeout=PATIENT)
    page.goto(f"{served}/?lang={lang}")
    ask(page, question)
    expect(page.get_by_text(f"{city}の文書はありません")).to_be_visible(timeout=PATIENT)


def choose_last(page: Page, box: Locator) -> None:
    """Opens a list by key and takes its last option; a run of the page in between folds it."""
    for _ in range(10):
        box.press("ArrowDown")
        try:
            page.get_by_role("option").last.click(timeout=2000)
        except PlaywrightTimeout:
            continue
        return
    raise AssertionError("the list stays folded")


def test_view_stays_chosen_and_marked_in_the_other_language(page: Page, served: str) -> None:
    page.goto(f"{served}/?view=documents&lang=ja")
    expect(page.get_by_role("radio", name="文書")).to_be_checked(timeout=PATIENT)
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_text("Generations of the index")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_role("radio", name="Documents")).to_be_checked()
    expect(page.get_by_role("radio", name="To be checked")).to_be_visible()
