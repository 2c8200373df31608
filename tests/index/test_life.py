"""What is told of an index: whether it is stale, its generations, their damage."""

import shutil
from pathlib import Path

import pytest

from errors import JireiError
from index import life
from index.life import (
    collect,
    list_generations,
    roll_back,
    roots_of_index,
    verify,
    why_stale,
)
from index.manifest import CURRENT, MANIFEST
from index.publish import generation_names
from tests.index.counting_encoder import Counting
from tests.index.editing import ADDED, MIE, append, damage

# Staleness.


def test_index_that_is_missing_is_stale(settings, encoder):
    assert why_stale(settings, encoder) == "stale_missing"


def test_fresh_index_is_not_stale(built, settings, encoder):
    assert why_stale(settings, encoder) is None
    assert encoder.asked == []


@pytest.mark.parametrize("what", ["changed", "added", "removed"])
def test_index_of_other_files_is_stale(built, corpus, settings, encoder, what):
    if what == "changed":
        append(corpus, MIE, ADDED)
    elif what == "added":
        (corpus / "new.txt").write_text(ADDED, "utf-8")
    else:
        (corpus / MIE).unlink()
    assert why_stale(settings, encoder) == "stale_files"


def test_index_of_other_rules_is_stale(built, settings, encoder):
    assert why_stale(settings, Counting("other@1")) == "stale_rules"
    settings.thesaurus.write_text("concept,term,lang,kind\na,窓口,ja,preferred\n", "utf-8")
    assert why_stale(settings, encoder) == "stale_rules"


@pytest.mark.parametrize("name", ["documents.jsonl", MANIFEST, f"../{CURRENT}"])
def test_damaged_index_is_stale(built, settings, encoder, name):
    (settings.index_folder / built.generation.name / name).write_bytes(b"\xff{}")
    assert why_stale(settings, encoder) == "stale_damaged"


def test_index_whose_folder_is_gone_is_not_stale(built, corpus, settings, encoder):
    assert roots_of_index(settings) == [corpus]
    shutil.rmtree(corpus)
    assert why_stale(settings, encoder) is None
    assert roots_of_index(settings) == [corpus]


def test_roots_without_an_index_are_the_corpus_of_the_settings(settings):
    assert roots_of_index(settings) == [settings.corpus]


# List and verify.


def test_list_shows_every_generation_oldest_first(three, settings):
    listed = list_generations(settings)
    assert [each.name for each in listed] == three
    assert [each.documents for each in listed] == [4, 4, 3]
    assert [each.live for each in listed] == [False, False, True]
    folder = settings.index_folder / three[0]
    assert listed[0].size == sum(path.stat().st_size for path in folder.iterdir())
    assert all(each.created for each in listed)


def test_generation_with_a_damaged_manifest_is_listed_all_the_same(three, settings):
    damage(settings, three[1], MANIFEST)
    listed = list_generations(settings)
    assert [each.name for each in listed] == three
    assert (listed[1].created, listed[1].documents) == (None, None)


def test_list_before_the_first_build_is_empty(settings):
    assert list_generations(settings) == []
    assert verify(settings) == {}


def test_generation_that_a_build_drops_meanwhile_breaks_no_list(three, settings, monkeypatch):
    there = [*three, "20000101T000000-0000-aaaaaaaa"]
    monkeypatch.setattr(life, "generation_names", lambda folder: there)
    assert [each.documents for each in list_generations(settings)] == [4, 4, 3, None]


def test_gc_that_may_not_remove_a_file_is_told(three, settings, monkeypatch):
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(life, "drop_leftovers", refuse)
    with pytest.raises(JireiError, match="in use") as caught:
        collect(settings, keep=1)
    assert caught.value.key == "disk_write"
    assert generation_names(settings.index_folder) == three


def test_verify_names_each_damaged_file(three, settings):
    assert verify(settings) == {name: [] for name in three}
    damage(settings, three[0], "units.terms.json")
    (settings.index_folder / three[0] / "chunks.jsonl").unlink()
    damage(settings, three[2], MANIFEST)
    found = verify(settings)
    assert sorted(found[three[0]]) == ["chunks.jsonl", "units.terms.json"]
    assert found[three[1]] == []
    assert found[three[2]] == [MANIFEST]
    assert verify(settings, three[1]) == {three[1]: []}


def test_verify_tells_of_a_live_generation_that_is_gone(three, settings):
    shutil.rmtree(settings.index_folder / three[2])
    assert verify(settings)[three[2]] == [MANIFEST]


def test_unknown_generation_is_told_with_the_known_ones(three, settings, encoder):
    for call in (
        lambda: verify(settings, "../x"),
        lambda: roll_back(settings, encoder, "../x"),
    ):
        with pytest.raises(JireiError, match=f"{three[0]}, {three[1]}") as caught:
            call()
        assert caught.value.key == "generation_unknown"


@pytest.mark.parametrize("damaged", [[MANIFEST], [MANIFEST, CURRENT]])
def test_folders_are_known_though_the_manifest_is_damaged(three, corpus, settings, damaged):
    for file in damaged:
        path = settings.index_folder / (file if file == CURRENT else f"{three[2]}/{file}")
        path.write_bytes(b"\xff")
    assert settings.corpus != corpus
    assert roots_of_index(settings) == [corpus]
