"""One server with the real model and corpus, and one browser, for all tests of the page."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser import chromium
from tests.page.served import WIDE, evaluate, served_page, watch_hosts
from tests.real import real_var

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with an index and a small evaluation of its own: its address."""
    folder = tmp_path_factory.mktemp("served")
    var = str(real_var(folder))
    # By name: on a machine busy with tests a probe may find it too slow to read.
    with served_page(folder, JIREI_VAR=var, JIREI_JUDGE="reranker") as url:
        evaluate(folder, JIREI_VAR=var, JIREI_JUDGE="signals")
        yield url


@pytest.fixture(scope="package")
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
    opened = browser.new_page(viewport=WIDE, locale="ja-JP")
    foreign = watch_hosts(opened, served)
    opened.goto(served)
    yield opened
    opened.close()
    assert foreign == []
