import sqlite3
from pathlib import Path

import numpy as np
import pytest

from errors import JireiError
from index.stub_encoder import StubEncoder
from index.vector_store import SAVE_EVERY, VectorStore
from index.vectors import checked
from tests.index.counting_encoder import Counting


@pytest.fixture
def encoder() -> Counting:
    return Counting()


@pytest.fixture
def store(tmp_path: Path, encoder: Counting) -> VectorStore:
    return VectorStore(tmp_path / "vectors", encoder)


def test_vectors_are_those_of_the_encoder_in_order_at_unit_length(store):
    texts = ["窓口の案内", "a", "防災", "a"]
    vectors = store.encode_passages(texts)
    assert checked(vectors, 4).shape == (4, 64)
    assert np.array_equal(vectors, StubEncoder().encode_passages(texts))


def test_second_call_encodes_nothing_and_gives_the_same(store, encoder, tmp_path):
    first = store.encode_passages(["窓口", "防災"])
    assert sorted(encoder.asked) == ["窓口", "防災"]
    again = VectorStore(tmp_path / "vectors", encoder).encode_passages(["窓口", "防災"])
    assert len(encoder.asked) == 2
    assert np.array_equal(again, first)


def test_only_the_changed_text_is_encoded(store, encoder):
    store.encode_passages(["窓口", "防災"])
    encoder.asked.clear()
    store.encode_passages(["窓口", "防災。"])
    assert encoder.asked == ["防災。"]


def test_text_that_comes_twice_is_encoded_once(store, encoder):
    store.encode_passages(["窓口"] * 3)
    assert encoder.asked == ["窓口"]


def test_another_encoder_has_a_file_of_its_own(store, tmp_path):
    store.encode_passages(["窓口"])
    other = Counting("stub@2")
    second = VectorStore(tmp_path / "vectors", other)
    assert second.path != store.path
    second.encode_passages(["窓口"])
    assert other.asked == ["窓口"]


def test_no_texts_give_no_rows(store, encoder):
    assert store.encode_passages([]).shape == (0, 64)
    assert encoder.asked == []


def test_progress_tells_done_and_all_of_the_new_texts(store):
    told: list[tuple[int, int]] = []
    store.encode_passages(["窓口"])
    store.encode_passages(["窓口", *map(str, range(300))], lambda done, of: told.append((done, of)))
    assert told == [(SAVE_EVERY, 300), (300, 300)] == [(256, 300), (300, 300)]


def test_interrupted_encoding_keeps_what_was_saved(store, encoder, monkeypatch):
    encode = encoder.encode_passages
    texts = [f"{i:04}" for i in range(300)]

    def fail_later(part):
        if "0299" in part:
            raise KeyboardInterrupt
        return encode(part)

    monkeypatch.setattr(encoder, "encode_passages", fail_later)
    with pytest.raises(KeyboardInterrupt):
        store.encode_passages(texts)
    monkeypatch.undo()
    encoder.asked.clear()
    store.encode_passages(texts)
    assert encoder.asked == texts[256:]


@pytest.mark.parametrize("damage", ["garbage", "pages"])
def test_damaged_file_is_made_anew(store, encoder, damage):
    first = store.encode_passages(["窓口", "防災"])
    data = store.path.read_bytes()
    bad = b"garbage" * 300 if damage == "garbage" else data[:100] + b"\xff" * (len(data) - 100)
    store.path.write_bytes(bad)
    encoder.asked.clear()
    assert np.array_equal(store.encode_passages(["窓口", "防災"]), first)
    assert sorted(encoder.asked) == ["窓口", "防災"]
    encoder.asked.clear()
    store.encode_passages(["窓口", "防災"])
    assert encoder.asked == []


def change_rows(store: VectorStore, change: str) -> None:
    with sqlite3.connect(store.path) as connection:
        connection.execute(change)


def test_vector_with_a_flipped_bit_is_encoded_again(store, encoder):
    first = store.encode_passages(["窓口", "防災"])
    with sqlite3.connect(store.path) as connection:
        key, row = connection.execute("SELECT text, vector FROM passages LIMIT 1").fetchone()
        flipped = bytes([row[0] ^ 1]) + row[1:]
        connection.execute("UPDATE passages SET vector = ? WHERE text = ?", (flipped, key))
    encoder.asked.clear()
    assert np.array_equal(store.encode_passages(["窓口", "防災"]), first)
    assert len(encoder.asked) == 1


def test_rows_of_the_first_release_are_used_as_they_are(store, encoder):
    first = store.encode_passages(["窓口", "防災"])
    change_rows(store, "UPDATE passages SET vector = substr(vector, 1, 256)")
    encoder.asked.clear()
    assert np.array_equal(store.encode_passages(["窓口", "防災"]), first)
    assert encoder.asked == []


@pytest.mark.parametrize("row", ["NULL", "7", "'text'", "x'00'"])
def test_row_that_is_no_vector_is_encoded_again(store, encoder, row):
    first = store.encode_passages(["窓口"])
    change_rows(store, f"UPDATE passages SET vector = {row}")
    assert np.array_equal(store.encode_passages(["窓口"]), first)


def test_disk_that_is_full_is_told_and_nothing_known_is_lost(store, encoder, monkeypatch):
    store.encode_passages(["窓口"])
    connect = sqlite3.connect

    def small(path, timeout):
        connection = connect(path, timeout=timeout)
        connection.execute("PRAGMA max_page_count = 3")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(JireiError, match="full") as caught:
        store.encode_passages([f"{number}件" for number in range(300)])
    assert caught.value.key == "disk_write"
    encoder.asked.clear()
    store.encode_passages(["窓口"])
    assert encoder.asked == []


def test_file_that_another_process_keeps_locked_is_told(store, monkeypatch):
    store.encode_passages(["窓口"])
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout: connect(path, timeout=0.01))
    other = connect(store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JireiError, match="locked") as caught:
        store.encode_passages(["防災"])
    other.close()
    assert caught.value.key == "disk_write"
