"""The page as it is served to browsers, and what every test does with it."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from settings import ROOT

PATIENT = 60_000
WIDE: ViewportSize = {"width": 1366, "height": 768}
NARROW: ViewportSize = {"width": 390, "height": 844}
Address = Mapping[str, str | list[str]]
SHOTS = ROOT / "var" / "screenshots"


@contextmanager
def served_page(folder: Path, **variables: str) -> Iterator[str]:
    """`jirei serve` on a free port, only these settings set: its address.

    Fails if it wrote the stack of an error, or of a warning of Streamlit's, to its log.
    """
    port = _free_port()
    env = _environment(JIREI_PORT=str(port), **variables)
    log = (folder / "log").open("w")
    command = [sys.executable, "-m", "cli", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(url, process, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(30)
    told = (folder / "log").read_text("utf-8")
    assert "Traceback" not in told, told
    assert "Stack (most recent call last)" not in told, told


def evaluate(folder: Path, **variables: str) -> None:
    """`jirei eval answers` on every 15th of our questions, so that there is a report to show."""
    lines = (ROOT / "evaluation/data/questions.jsonl").read_text("utf-8").splitlines()
    questions = folder / "questions.jsonl"
    questions.write_text("\n".join(lines[::15]), "utf-8")
    command = [sys.executable, "-m", "cli", "eval", "answers", str(questions)]
    subprocess.run(command, cwd=ROOT, env=_environment(**variables), check=True)


def _environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JIREI_")}
    # Other tests run beside it: see ONE_THREAD in the Makefile.
    return {**kept, "JIREI_LANG": "ja", "JIREI_THREADS": "1", **variables}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(log.read_text(encoding="utf-8"))
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the page did not come up in 300 s")


def watch_hosts(page: Page, served: str) -> list[str]:
    """A list that fills with every request to any host but the page's own."""
    foreign: list[str] = []
    page.on("request", lambda r: foreign.append(r.url) if is_foreign(r.url, served) else None)
    return foreign


def is_foreign(url: str, served: str) -> bool:
    """Whether an address leads to another host."""
    host = served.removeprefix("http://")
    return not re.match(rf"(?:http|ws)://{re.escape(host)}/|data:|blob:|about:", url)


def ask(page: Page, question: str) -> None:
    """Types a question and sends it."""
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question, timeout=PATIENT)
    box.press("Enter")


def open_view(page: Page, served: str, address: Address, ready: str) -> None:
    """Opens an address of the page and waits for the element that shows it is there."""
    page.goto(f"{served}/?{urlencode(address, doseq=True)}")
    expect(page.locator(ready).first).to_be_visible(timeout=PATIENT)
    settle(page)


def settle(page: Page) -> None:
    """Waits until the script has run and its charts are drawn."""
    idle = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(idle).to_be_attached(timeout=PATIENT)
    # All of them at once: a chart that a running script takes away is not waited for.
    undrawn = page.locator("[data-testid=stVegaLiteChart]:not(:has(svg, canvas))")
    expect(undrawn).to_have_count(0, timeout=PATIENT)


def expect_no_sideways(page: Page) -> None:
    """Fails if the page scrolls sideways; charts take a moment to follow the window."""
    page.wait_for_function(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main && main.scrollWidth <= main.clientWidth; }",
        timeout=5000,
    )


def shot(page: Page, name: str) -> None:
    """Keeps a picture of the page as it is on screen."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    settle(page)
    page.screenshot(path=SHOTS / f"{name}.png")


def chart(page: Page, at: int) -> Locator:
    """A chart of the page, from 0."""
    return page.get_by_test_id("stVegaLiteChart").nth(at)
