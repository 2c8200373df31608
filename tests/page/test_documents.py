"""Files handed in on the page, in a real browser with the real model."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.page.served import PATIENT, ask, shot

pytestmark = [pytest.mark.browser, pytest.mark.golden]


def test_uploaded_cp932_file_is_quoted_until_a_rollback(page: Page, served: str) -> None:
    said = "京都市は、転入届の窓口でタブレットによる申請を受け付けている。"
    data = f"京都市：窓口の申請\r\n\r\n{said}\r\n".encode("cp932")
    question = "転入届をタブレットで申請できる京都市の窓口は？"
    page.goto(f"{served}/?view=documents&lang=ja")
    files = page.locator("input[type=file]").first
    file = FilePayload(name="京都市 報告.txt", mimeType="text/plain", buffer=data)
    files.set_input_files([file])
    entry = page.locator(".jirei-files li").filter(has_text="京都市 報告.txt").first
    expect(entry).to_contain_text("索引にあり", timeout=PATIENT)
    shot(page, "documents-ja")

    page.goto(f"{served}/?lang=ja")
    ask(page, question)
    case = page.locator(".jirei-case").filter(has_text="京都市").first
    expect(case).to_contain_text(said, timeout=PATIENT)
    expect(case).to_contain_text("uploads/京都市 報告.txt")
    link = case.locator("a").first.get_attribute("href") or ""
    page.goto(f"{served}/{link}")
    expect(page.locator("mark")).to_have_text(said, timeout=PATIENT)

    page.goto(f"{served}/?view=documents&lang=ja")
    # The only other generation is chosen from the start.
    page.get_by_role("button", name="この世代に戻す").click(timeout=PATIENT)
    expect(page.get_by_text("に戻しました")).to_be_visible(timeout=PATIENT)
    page.goto(f"{served}/?lang=ja")
    ask(page, question)
    expect(page.get_by_text("京都市の文書はありません")).to_be_visible(timeout=PATIENT)
