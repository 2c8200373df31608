"""A folder in which nobody may write."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from answer.respond import Answerer
from errors import JireiError
from index.build import build
from index.life import collect, list_generations, roll_back, verify, why_stale
from index.publish import generation_names
from settings import Settings
from tests.index.editing import ADDED, append
from tests.index.test_faults import STUB, one_line


@contextmanager
def no_rights(folder: Path) -> Iterator[None]:
    """Nobody may write below the folder, not even if the tests run as root."""
    paths = [folder, *folder.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.mark.skipif(os.name == "nt", reason="folders have no such modes there")
def test_folder_that_is_read_only_answers_and_refuses_to_change():
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    try:
        corpus = base / "docs"
        corpus.mkdir()
        (corpus / "saitama.md").write_text("# さいたま市\n\nRPAで入力を自動化した。\n", "utf-8")
        settings = Settings(var=base / "var", thesaurus=base / "none.csv")
        first = build([corpus], STUB, settings).generation.name
        append(corpus, "saitama.md", ADDED)
        live = build([corpus], STUB, settings).generation.name
        append(corpus, "saitama.md", "夜も受ける。")
        with no_rights(settings.var):
            attempts: list[Callable[[], object]] = [
                lambda: build([corpus], STUB, settings),
                lambda: roll_back(settings, STUB),
                lambda: collect(settings, 1),
            ]
            for attempt in attempts:
                with pytest.raises(JireiError) as caught:
                    attempt()
                one_line(caught.value, {"disk_write"})
            assert Answerer.open(settings, STUB).ask("さいたま市のRPAは？").cases
            assert verify(settings) == {first: [], live: []}
            assert [each.live for each in list_generations(settings)] == [False, True]
            assert why_stale(settings, STUB) == "stale_files"
        assert generation_names(settings.index_folder) == [first, live]
        assert build([corpus], STUB, settings).changed
    finally:
        shutil.rmtree(base)
