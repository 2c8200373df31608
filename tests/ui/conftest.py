"""The page of a new session over the small corpus, and the database that it writes to."""

import pytest
from streamlit.testing.v1 import AppTest

from answer.respond import Answerer
from settings import Settings
from store.database import Database
from tests.ui.asking import new_page


@pytest.fixture
def page(corpus_with_thesaurus: Answerer) -> AppTest:
    return new_page()


@pytest.fixture
def database(settings: Settings) -> Database:
    return Database(settings.store_file, settings.keep_days)
