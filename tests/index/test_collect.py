"""Dropping what no kept generation needs, and nothing else."""

import sqlite3

import pytest

from answer.respond import Answerer
from errors import JireiError
from index.build import build
from index.life import (
    collect,
    is_held,
    roll_back,
)
from index.manifest import CURRENT
from index.publish import generation_names
from settings import Settings
from tests.index.counting_encoder import Counting
from tests.index.editing import ADDED, MIE, append


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
