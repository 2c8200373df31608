"""The real page, with the real model and corpus, in a real browser."""

import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from settings import ROOT, Settings
from store.database import Database
from store.feedback import evaluation_rows
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
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the index and of what is kept."""
    return real_var(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def served(var: Path) -> Iterator[str]:
    """`jirei serve` on a free port with an index of its own: its address."""
    port, folder = free_port(), var
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JIREI_")}
    env = {**kept, "JIREI_VAR": str(var), "JIREI_PORT": str(port), "JIREI_LANG": "ja"}
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
    shots = ROOT / "var" / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    page.screenshot(path=shots / f"rpa-{'en' if question.isascii() else 'ja'}.png")


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


def download(page: Page, name: str) -> bytes:
    with page.expect_download(timeout=PATIENT) as pending:
        page.get_by_role("button", name=name, exact=True).click()
    return pending.value.path().read_bytes()


def test_answer_is_corrected_explained_taken_away_and_judged(page: Page, var: Path) -> None:
    ask(page, "RPAを入力業務に使っている市は？")
    expect(page.locator("tr.jirei-case").nth(1)).to_be_visible(timeout=PATIENT)
    page.get_by_role("button", name="場所：指定なし").click()
    page.get_by_role("combobox", name="都道府県").fill("北海道")
    page.get_by_role("option", name=re.compile("^北海道")).click()
    case = page.locator("tr.jirei-case")
    expect(case.first).to_contain_text("旭川市", timeout=PATIENT)
    page.keyboard.press("Escape")  # the list of prefectures
    page.keyboard.press("Escape")  # what the button opened
    expect(page.get_by_role("button", name="場所：北海道")).to_be_visible(timeout=PATIENT)
    page.locator(".jirei-why summary").first.click()
    why = page.locator(".jirei-why[open]")
    expect(why.get_by_role("row", name="文の意味が質問に近い")).to_be_visible()
    (said,) = page.locator("text=/83文書を調べました/").all_inner_texts()
    check_files(page, said)
    page.get_by_text("違う", exact=True).click()
    expect(page.get_by_text("評価を保存しました")).to_be_visible(timeout=PATIENT)
    (wrong,) = evaluation_rows(Database(var / "jirei.sqlite3", 365))
    assert wrong["question"] == "RPAを入力業務に使っている市は？"
    assert "北海道" in wrong["note"]
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator("tr.jirei-case").first).to_contain_text("旭川市", timeout=PATIENT)


def check_files(page: Page, said: str) -> None:
    """Opens Word and Excel again: quotes, footnotes, and the counts that are on screen."""
    page.get_by_text(re.compile("^持ち出す")).click()
    counts = [int(n) for n in re.findall(r"\d+", said.split("\n")[-1])]
    book = load_workbook(io.BytesIO(download(page, "Excel")))
    answers, quotes = book.worksheets[:2]
    assert [cell.value for cell in answers[2]][2:6] == counts
    shown = page.locator("tr.jirei-case blockquote").all_inner_texts()
    texts = [row[9].value for row in quotes.iter_rows(min_row=2)]
    assert all(any(str(text) in quote for text in texts) for quote in shown)
    word = download(page, "Word（脚注付き）")
    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(word)).paragraphs]
    assert all(f"「{text}」" in " ".join(paragraphs) for text in texts)
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        notes = file.read("word/footnotes.xml").decode()
    assert "corpus/cases/012041-asahikawa.md" in notes


def test_default_port_is_local_only() -> None:
    assert Settings().host == "127.0.0.1"
