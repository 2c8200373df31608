"""A database of its own for each test, and a clock that stands at noon."""

from pathlib import Path

import pytest

from store.database import Database
from tests.store.made import stop_clock


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    stop_clock(monkeypatch)
    return Database(tmp_path / "kept" / "jirei.sqlite3", 365)
