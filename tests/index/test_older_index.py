"""An index that an earlier release wrote."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from answer.respond import Answerer
from index import thesaurus
from index.build import build
from index.generation import open_generation
from index.life import (
    collect,
    roll_back,
    roots_of_index,
    verify,
    why_stale,
)
from index.manifest import FORMAT, MANIFEST, current_name, dump_manifest, read_manifest
from index.publish import generation_names
from index.terms import READ_AS_WELL
from settings import Settings


@pytest.fixture(params=[1, 2, 3])
def older(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """An index in an earlier format, as it was written with the stub encoder; no folder is left."""
    shutil.copytree(Path(__file__).parent / f"format{request.param}", settings.index_folder)
    return settings


def test_index_of_an_earlier_release_is_opened(older, encoder):
    answer = Answerer.open(older).ask("RPAを入力事務に使っている市は？")
    assert answer.index == current_name(older.index_folder)
    assert [quote.text for quote in answer.cases[0].quotes] == [
        "さいたま市は、入力事務をRPAで自動化している。"
    ]
    assert why_stale(older, encoder) is None
    assert verify(older) == {answer.index: []}


def test_vectors_of_an_earlier_release_are_those_of_a_build_now(older, tmp_path, encoder):
    name = current_name(older.index_folder)
    opened = open_generation(
        older.index_folder, encoder.fingerprint, thesaurus.splitter_name(thesaurus.EMPTY), name
    )
    for document in opened.documents.values():
        path = tmp_path / document.id
        path.parent.mkdir(exist_ok=True)
        path.write_text(document.text, "utf-8")
    built = build([tmp_path / "docs"], encoder, older).generation
    assert [unit.text for unit in built.units] == [unit.text for unit in opened.units]
    for before, now in (
        (opened.chunk_level.vectors, built.chunk_level.vectors),
        (opened.unit_level.vectors, built.unit_level.vectors),
        (opened.background, built.background),
    ):
        assert before.digest() == now.digest()


def test_index_of_an_earlier_release_is_built_anew_from_its_folder(older, corpus, encoder):
    name = current_name(older.index_folder)
    assert name
    manifest = replace(read_manifest(older.index_folder, name), roots=(str(corpus),))
    signed = json.loads(dump_manifest(manifest))
    if manifest.format == 1:
        del signed["digest"]
    (older.index_folder / name / MANIFEST).write_text(json.dumps(signed), "utf-8")
    assert why_stale(older, encoder) == "stale_format"
    built = build(roots_of_index(older), encoder, older)
    assert built.generation.manifest.format == FORMAT
    assert generation_names(older.index_folder)[0] == name
    assert roll_back(older, encoder).name == name
    assert collect(older, keep=3).generations == ()


def test_index_cut_by_earlier_rules_is_searched_until_it_is_built_anew(
    settings, corpus, encoder, monkeypatch
):
    monkeypatch.setattr(thesaurus, "SPLITTER", READ_AS_WELL[0])
    earlier = build([corpus], encoder, settings).generation
    monkeypatch.undo()
    assert Answerer.open(settings).ask("RPA").index == earlier.name
    assert why_stale(settings, encoder) == "stale_rules"
    built = build([corpus], encoder, settings).generation
    assert built.manifest.splitter == thesaurus.splitter_name(thesaurus.EMPTY)
    assert why_stale(settings, encoder) is None
