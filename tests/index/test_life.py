import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from answer.respond import Answerer
from errors import JireiError
from index import life, publish
from index.build import build
from index.generation import (
    CURRENT,
    MANIFEST,
    Pointer,
    current_name,
    dump_manifest,
    read_manifest,
    read_pointer,
)
from index.life import (
    collect,
    is_held,
    list_generations,
    roll_back,
    roots_of_index,
    verify,
    why_stale,
)
from index.publish import generation_names
from settings import Settings
from tests.conftest import CASES
from tests.index.counting_encoder import Counting
from tests.index.editing import ADDED, MIE, append


@pytest.fixture
def three(built, corpus, settings, encoder) -> list[str]:
    """The names of three generations: the small corpus, then with ADDED, then without Machida."""
    append(corpus, MIE, ADDED)
    second = build([corpus], encoder, settings).generation.name
    (corpus / "cases" / "machida.md").unlink()
    third = build([corpus], encoder, settings).generation.name
    encoder.asked.clear()
    return [built.generation.name, second, third]


def damage(settings: Settings, name: str, file: str) -> None:
    path = settings.index_folder / name / file
    path.write_bytes(path.read_bytes()[:-7])


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
    assert roots_of_index(settings) == [settings.corpus]


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


def test_folders_of_no_index_at_all_are_those_of_the_settings(settings):
    assert roots_of_index(settings) == [settings.corpus]


# Rollback.


def test_rollback_goes_one_back_and_answers_from_there(three, settings, encoder):
    assert roll_back(settings, encoder).name == three[1]
    assert read_pointer(settings.index_folder) == Pointer(three[1], held=True)
    answer = Answerer.open(settings).ask("町田市のRPAは？")
    assert answer.index == three[1]
    assert [case.name for case in answer.cases] == ["町田市"]
    assert roll_back(settings, encoder).name == three[0]
    with pytest.raises(JireiError, match=three[0]) as caught:
        roll_back(settings, encoder)
    assert caught.value.key == "rollback_none"
    assert encoder.asked == []


def test_rolled_back_index_is_not_stale_until_somebody_builds(three, corpus, settings, encoder):
    roll_back(settings, encoder)
    assert why_stale(settings, encoder) is None
    append(corpus, MIE, "相談を夜も受ける。")
    assert why_stale(settings, encoder) is None
    assert is_held(settings)
    built = build([corpus], encoder, settings)
    assert built.changed
    assert not is_held(settings)
    assert "docs/cases/machida.md" not in built.generation.documents


def test_build_of_the_very_files_of_a_rollback_ends_it(three, corpus, settings, encoder):
    roll_back(settings, encoder, three[0])
    (corpus / MIE).write_text(CASES[MIE], "utf-8")
    (corpus / "cases" / "machida.md").write_text(CASES["cases/machida.md"], "utf-8")
    again = build([corpus], encoder, settings)
    assert (again.changed, again.generation.name) == (False, three[0])
    assert not is_held(settings)
    append(corpus, MIE, ADDED)
    assert why_stale(settings, encoder) == "stale_files"


def test_hold_that_a_full_disk_keeps_is_told(three, corpus, settings, encoder, monkeypatch):
    roll_back(settings, encoder, three[0])
    (corpus / MIE).write_text(CASES[MIE], "utf-8")
    (corpus / "cases" / "machida.md").write_text(CASES["cases/machida.md"], "utf-8")

    def fill(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "write_synced", fill)
    with pytest.raises(JireiError, match="No space left"):
        build([corpus], encoder, settings)
    assert is_held(settings)


def test_rolling_forward_to_the_newest_ends_the_hold(three, settings, encoder):
    roll_back(settings, encoder, three[0])
    assert roll_back(settings, encoder, three[2]).name == three[2]
    assert read_pointer(settings.index_folder) == Pointer(three[2], held=False)


def test_damaged_generation_is_not_rolled_back_to(three, settings, encoder):
    damage(settings, three[1], "chunks.jsonl")
    with pytest.raises(JireiError, match=f"{three[1]}/chunks.jsonl"):
        roll_back(settings, encoder)
    assert read_pointer(settings.index_folder) == Pointer(three[2])
    assert roll_back(settings, encoder, three[0]).name == three[0]


def test_generation_of_another_encoder_is_not_rolled_back_to(three, settings):
    with pytest.raises(JireiError, match=r"stub@1.*other@1"):
        roll_back(settings, Counting("other@1"))
    assert current_name(settings.index_folder) == three[2]


def test_rollback_mends_an_index_whose_pointer_is_damaged(three, settings, encoder):
    (settings.index_folder / CURRENT).write_bytes(b"\xff\xfe")
    with pytest.raises(JireiError, match=CURRENT):
        roll_back(settings, encoder)
    assert roll_back(settings, encoder, three[2]).name == three[2]
    assert Answerer.open(settings).generation.name == three[2]


def test_rollback_on_a_full_disk_changes_nothing(three, settings, encoder, monkeypatch):
    def fill(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "write_synced", fill)
    with pytest.raises(JireiError, match=r"No space left.*前の索引はそのまま"):
        roll_back(settings, encoder)
    assert read_pointer(settings.index_folder) == Pointer(three[2])


@pytest.mark.parametrize("second", ["hel", "held\nheld", "HELD", ""])
def test_pointer_with_an_unknown_second_line_is_damaged(three, settings, encoder, second):
    (settings.index_folder / CURRENT).write_text(f"{three[0]}\n{second}\n", "utf-8")
    with pytest.raises(JireiError, match=CURRENT) as caught:
        current_name(settings.index_folder)
    assert caught.value.key == "index_damaged"


def test_damaged_rollback_is_stale(three, settings, encoder):
    roll_back(settings, encoder)
    damage(settings, three[1], "chunks.jsonl")
    assert why_stale(settings, encoder) == "stale_damaged"


# Collecting what is not needed.


def vector_rows(settings: Settings) -> int:
    (path,) = settings.vectors_folder.glob("*.sqlite3")
    with sqlite3.connect(path) as connection:
        return int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])


def test_gc_keeps_what_kept_generations_need(three, corpus, settings, encoder):
    before = vector_rows(settings)
    dropped = collect(settings, keep=3)
    assert (dropped.generations, dropped.vectors, dropped.files) == ((), 0, 0)
    dropped = collect(settings, keep=1)
    assert list(dropped.generations) == three[:2]
    assert generation_names(settings.index_folder) == three[2:]
    # Two chunks of Machida and their units (plain, named), and the first chunk of Mie.
    assert dropped.vectors == 2 * 3 + 1
    assert vector_rows(settings) == before - 7
    append(corpus, MIE, "相談を夜も受ける。")
    build([corpus], encoder, settings)
    assert len(encoder.asked) == 3


def test_removed_text_is_nowhere_after_gc(three, settings):
    collect(settings, keep=1)
    vector = Counting().encode_passages(["RPAによる手作業の自動化"])[0].tobytes()
    files = [path for path in settings.var.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        data = path.read_bytes()
        assert "手作業".encode() not in data, path
        assert vector not in data, path


def test_gc_keeps_the_live_generation_after_a_rollback(three, settings, encoder):
    roll_back(settings, encoder, three[0])
    assert list(collect(settings, keep=1).generations) == [three[1]]
    assert generation_names(settings.index_folder) == [three[0], three[2]]
    assert is_held(settings)
    Answerer.open(settings)


def test_gc_drops_the_vectors_of_an_encoder_no_longer_used(built, corpus, settings):
    build([corpus], Counting("other@1"), settings)
    assert collect(settings, keep=2).files == 0
    assert collect(settings, keep=1).files == 1
    assert len(list(settings.vectors_folder.iterdir())) == 1


def test_gc_of_a_damaged_store_makes_room_for_a_new_one(built, corpus, settings, encoder):
    (path,) = settings.vectors_folder.glob("*.sqlite3")
    path.write_bytes(b"garbage" * 100)
    collect(settings, keep=1)
    assert not path.exists()
    append(corpus, MIE, ADDED)
    assert build([corpus], encoder, settings).changed


def test_gc_without_an_index_or_with_a_damaged_pointer_touches_nothing(settings, encoder, corpus):
    with pytest.raises(JireiError) as caught:
        collect(settings, keep=1)
    assert caught.value.key == "index_missing"
    name = build([corpus], encoder, settings).generation.name
    (settings.index_folder / CURRENT).write_bytes(b"\xff")
    with pytest.raises(JireiError, match=CURRENT):
        collect(settings, keep=1)
    assert generation_names(settings.index_folder) == [name]


# An index that an earlier release wrote.


@pytest.fixture(params=[1, 2])
def older(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """An index in format 1, as 0.1.0 wrote it with the stub encoder, or in 2; no folder is left."""
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
    assert built.generation.manifest.format == 3
    assert generation_names(older.index_folder)[0] == name
    assert roll_back(older, encoder).name == name
    assert collect(older, keep=3).generations == ()
