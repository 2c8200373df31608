"""The real page, with the real model and corpus, in a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, FilePayload, Page, expect, sync_playwright

from settings import ROOT, Settings
from tests.browser import chromium
from tests.real import real_var

pytestmark = [pytest.mark.browser, pytest.mark.golden]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENT = 60_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`jirei serve` on a free port with an index of its own: its address."""
    port = free_port()
    folder = tmp_path_factory.mktemp("served")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JIREI_")}
    env = {**kept, "JIREI_VAR": str(real_var(folder)), "JIREI_PORT": str(port), "JIREI_LANG": "ja"}
    log = (folder / "log").open("w")
    command = [sys.executable, str(ROOT / "cli.py"), "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(url, process, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(30)


def wait_until_healthy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(log.read_text(encoding="utf-8"))
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the page did not come up in 300 s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        except Error as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no Chromium: {error}")
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """The page, opened; a request to any other host fails the test."""
    opened = browser.new_page(viewport={"width": 1366, "height": 768}, locale="ja-JP")
    foreign: list[str] = []
    opened.on("request", lambda r: foreign.append(r.url) if is_foreign(r.url, served) else None)
    opened.goto(served)
    yield opened
    opened.close()
    assert foreign == []


def is_foreign(url: str, served: str) -> bool:
    host = served.removeprefix("http://")
    return not re.match(rf"(?:http|ws)://{re.escape(host)}/|data:|blob:|about:", url)


def screenshots() -> Path:
    folder = ROOT / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def ask(page: Page, question: str) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question, timeout=PATIENT)
    box.press("Enter")


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
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    page.screenshot(path=screenshots() / f"rpa-{'en' if question.isascii() else 'ja'}.png")


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


def test_uploaded_cp932_file_is_quoted_until_a_rollback(page: Page, served: str) -> None:
    said = "京都市は、転入届の窓口でタブレットによる申請を受け付けている。"
    data = f"京都市：窓口の申請\r\n\r\n{said}\r\n".encode("cp932")
    question = "転入届をタブレットで申請できる京都市の窓口は？"
    page.goto(f"{served}/?view=documents&lang=ja")
    files = page.locator("input[type=file]").first
    files.set_input_files(FilePayload(name="京都市 報告.txt", mimeType="text/plain", buffer=data))
    entry = page.locator(".jirei-files li").filter(has_text="京都市 報告.txt").first
    expect(entry).to_contain_text("索引にあり", timeout=PATIENT)
    page.screenshot(path=screenshots() / "documents.png")

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


def test_default_port_is_local_only() -> None:
    assert Settings().host == "127.0.0.1"
