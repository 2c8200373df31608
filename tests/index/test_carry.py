from pathlib import Path

import pytest

from index import build as module
from index.build import build
from index.generation import to_files
from settings import Settings
from tests.index.counting_encoder import Counting
from tests.index.editing import ADDED, MIE, append


@pytest.mark.parametrize("change", ["add", "change", "delete"])
def test_files_are_those_of_a_build_from_nothing(built, corpus, settings, tmp_path, change):
    if change == "add":
        (corpus / "cases" / "niigata.md").write_text(f"# 津市：説明会\n\n{ADDED}\n", "utf-8")
    elif change == "change":
        append(corpus, MIE, ADDED)
    else:
        (corpus / "cases" / "machida.md").unlink()
    carried = build([corpus], Counting(), settings).generation
    alone = build([corpus], Counting(), Settings(var=tmp_path / "other")).generation
    whole = dict(to_files(alone))
    assert dict(to_files(carried)) == whole
    assert carried.manifest.files == alone.manifest.files
    folder = settings.index_folder / carried.name
    for name, parts in whole.items():
        assert (folder / name).read_bytes() == b"".join(parts)


def test_damaged_generation_lends_nothing(built, corpus, settings, tmp_path: Path):
    path = settings.index_folder / built.generation.name / "units.vectors.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\x7f")
    append(corpus, MIE, ADDED)
    again = build([corpus], Counting(), settings).generation
    alone = build([corpus], Counting(), Settings(var=tmp_path / "other")).generation
    assert dict(to_files(again)) == dict(to_files(alone))


def nobody(*_: object) -> None:
    raise AssertionError("nothing needs to be read")


def test_generation_that_is_open_is_not_read_again(built, corpus, settings, tmp_path, monkeypatch):
    append(corpus, MIE, ADDED)
    with monkeypatch.context() as patch:
        patch.setattr(module, "open_generation", nobody)
        encoder = Counting()
        again = build([corpus], encoder, settings, opened=built.generation).generation
    assert not any("町田" in text for text in encoder.asked)
    alone = build([corpus], Counting(), Settings(var=tmp_path / "other")).generation
    assert dict(to_files(again)) == dict(to_files(alone))


def test_generation_that_is_open_but_not_live_is_not_built_upon(built, corpus, settings):
    append(corpus, MIE, ADDED)
    live = build([corpus], Counting(), settings).generation
    same = build([corpus], Counting(), settings, opened=built.generation)
    assert (same.changed, same.generation.name) == (False, live.name)


def test_generation_of_another_encoder_is_not_built_upon(built, corpus, settings):
    encoder = Counting("stub@2")
    again = build([corpus], encoder, settings, opened=built.generation)
    assert again.changed
    assert any("町田" in text for text in encoder.asked)
