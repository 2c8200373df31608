"""Measures the page as a user waits for it: in a real browser, on this machine.

    python -m bench.page [--users 10]

From pressing Enter to the first complete answer on screen, from opening the address to the first
paint, and with several sessions at once: errors, answers under the wrong question, and memory of
the server after each round. Run it with nothing else running.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from answer.respond import Answerer
from bench.timing import Figure, machine, table
from index.build import build
from index.encoder import make_encoder
from settings import ROOT, Settings, load_settings
from tests.browser import chromium

QUESTIONS = (
    "RPAを入力業務に使っている市は？",
    "テレワークの目標は？",
    "議会答弁の準備に生成AIを使っているところは？",
    "Which cities use RPA for data entry?",
    "避難所の受付をマイナンバーカードでしている市は？",
)
ROUNDS = 4
OF_ONE_USER = 20
PATIENT = 60_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]

# An answer is complete when the newest turn is that of the question, and either the note that
# the reranker still reads stands below it, or the script has come to its end.
COMPLETE = """(question) => {
  const turns = document.querySelectorAll('[data-testid=stChatMessage]');
  if (turns.length < 2 || !turns[0].innerText.includes(question)) return false;
  const app = document.querySelector('[data-testid=stApp]');
  const ended = app && app.getAttribute('data-test-script-state') === 'notRunning';
  return turns[1].innerText.length > 10
    && (ended || !!document.querySelector('.st-key-stop'));
}"""


def main() -> None:
    """Prints the figures, and exits with 1 if a session went wrong."""
    parser = argparse.ArgumentParser(prog="bench.page")
    parser.add_argument("--users", type=int, default=10)
    users = parser.parse_args().users
    settings = load_settings()
    build([settings.corpus], make_encoder(settings), settings)
    print(machine(settings))
    expected = answers(settings)
    with served(settings.var) as (url, server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        figures = [*alone(browser, url), *together(browser, url, server, users, expected)]
        browser.close()
    print(table(figures))


@contextmanager
def served(var: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The page on a free port with the index in `var`: its address, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "JIREI_VAR": str(var), "JIREI_PORT": str(port), "JIREI_LANG": "ja"}
    command = [sys.executable, "-m", "cli", "serve"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        url = f"http://127.0.0.1:{port}"
        try:
            _wait(url, process)
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the page did not come up")


def alone(browser: Browser, url: str) -> list[Figure]:
    """What one user waits for."""
    ask(opened(browser, url), QUESTIONS[0])
    paints = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(url)
        page.get_by_test_id("stChatInputTextArea").wait_for(timeout=PATIENT)
        paints.append(time.perf_counter() - began)
        page.close()
    page = opened(browser, url)
    waits = [ask(page, question) for _ in range(ROUNDS) for question in QUESTIONS]
    page.close()
    return [
        Figure("page ready for a question, p50", statistics.median(paints), "s", 2),
        Figure("Enter to first complete answer, p50", statistics.median(waits), "ms", 250),
        Figure(
            "Enter to first complete answer, p95", statistics.quantiles(waits, n=20)[18], "ms", 500
        ),
    ]


def answers(settings: Settings) -> dict[str, tuple[str, str]]:
    """The sentence each question is answered with first: by signals, and when all is read."""
    answerer = Answerer.open(settings)
    both = {q: (answerer.ask(q, quick=True), answerer.ask(q)) for q in QUESTIONS}
    return {q: (a.cases[0].quotes[0].text, b.cases[0].quotes[0].text) for q, (a, b) in both.items()}


def together(
    browser: Browser,
    url: str,
    server: psutil.Process,
    users: int,
    expected: Mapping[str, tuple[str, str]],
) -> list[Figure]:
    """Sessions that ask in turns, each waiting only for its own first answer."""
    pages = [opened(browser, url) for _ in range(users)]
    memory, errors, mixed = [], 0, 0
    for number in range(OF_ONE_USER):
        asked = [QUESTIONS[(number + user) % len(QUESTIONS)] for user in range(users)]
        for page, question in zip(pages, asked, strict=True):
            _type(page, question)
        for page, question in zip(pages, asked, strict=True):
            page.wait_for_function(COMPLETE, arg=question, timeout=PATIENT)
            errors += page.get_by_test_id("stException").count()
            shown = page.get_by_test_id("stChatMessage").nth(1).inner_text()
            mixed += not any(sentence in shown for sentence in expected[question])
        memory.append(_resident(server))
    _settle(pages)
    memory.append(_resident(server))
    return [
        Figure(f"{users} sessions, {OF_ONE_USER} questions each: errors", errors, "", 0),
        Figure("answers without their own sentence", mixed, "", 0),
        Figure("memory after the first round", memory[0], "MB", None),
        Figure("memory after the last round", memory[-1], "MB", None),
        Figure("change", 100 * (memory[-1] / memory[0] - 1), "%", 5),
    ]


def opened(browser: Browser, url: str) -> Page:
    """A new session, ready for a question."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(url)
    page.get_by_test_id("stChatInputTextArea").wait_for(timeout=PATIENT)
    return page


def ask(page: Page, question: str) -> float:
    """Milliseconds from Enter to the first complete answer; returns when all of it is there."""
    began = _type(page, question)
    page.wait_for_function(COMPLETE, arg=question, timeout=PATIENT, polling="raf")
    taken = (time.perf_counter() - began) * 1000
    _settle([page])
    return taken


def _type(page: Page, question: str) -> float:
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question, timeout=PATIENT)
    began = time.perf_counter()
    box.press("Enter")
    return began


def _settle(pages: Sequence[Page]) -> None:
    for page in pages:
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(
            timeout=PATIENT
        )


def _resident(server: psutil.Process) -> float:
    whole = [server, *server.children(recursive=True)]
    return float(sum(process.memory_info().rss for process in whole) / 2**20)


if __name__ == "__main__":
    main()
