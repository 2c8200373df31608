"""Damage at many places: a clear line or the very same content, never anything else.

How many trials there are stands in docs/reliability.md.
"""

import errno
import json
import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from errors import JireiError
from index import build as build_module
from index import publish
from index.build import build
from index.generation import Generation, open_generation
from index.life import roll_back, verify, why_stale
from index.manifest import CURRENT, MANIFEST, current_name
from index.publish import generation_names
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY, splitter_name
from index.vector_store import VectorStore, drop_unused, keys_of
from settings import ROOT
from tests.index.editing import ADDED, MIE, append
from tests.index.test_generation import FILES
from tests.index.test_kill import KILLS
from tests.index.test_random_steps import RUNS, STEPS

POSITIONS = 50
HEADER_BYTES = 100
STEPS_OF_WRITING = 21
"""Fourteen files, manifest, folder, its name, folder, pointer, its name, folder."""
CLOCKS = 50
SEED = 20250401
STUB = StubEncoder()
SPLITTER = splitter_name(EMPTY)
REFUSALS = {"index_damaged", "index_missing", "index_format"}
HELD = f"{CURRENT} of a rollback"


def truncations(data: bytes, n: int) -> Iterator[bytes]:
    """`n` shorter versions, from none of it to all but the last byte."""
    for at in np.linspace(0, len(data) - 1, n).astype(int):
        yield data[:at]


def flips(data: bytes, n: int) -> Iterator[bytes]:
    """`n` versions with one bit flipped, at places spread over the whole."""
    chance = random.Random(SEED)
    for at in np.linspace(0, len(data) - 1, n).astype(int):
        yield data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


DAMAGES: dict[str, Callable[[bytes, int], Iterator[bytes]]] = {
    "truncated": truncations,
    "flipped": flips,
}


def content(generation: Generation) -> dict[str, object]:
    """All that answers come from, comparable."""
    return {
        "manifest": generation.manifest,
        "documents": generation.documents,
        "chunks": generation.chunks,
        "vectors": [
            b"".join(level.vectors.to_npy())
            for level in (generation.chunk_level, generation.unit_level)
        ],
        "words": [
            (level.lexical.terms, level.lexical.weights.tobytes())
            for level in (generation.chunk_level, generation.unit_level)
        ],
    }


def one_line(error: JireiError, keys: set[str] | None = None) -> None:
    assert error.key in (keys or REFUSALS)
    for lang in ("ja", "en"):
        assert len(error.tell(lang).splitlines()) == 1
        assert "jirei build" in error.tell(lang) or error.key == "disk_write"


@pytest.fixture
def live(built, corpus, settings) -> Generation:
    """The second of two generations."""
    append(corpus, MIE, ADDED)
    return build([corpus], STUB, settings).generation


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", [*FILES, MANIFEST, CURRENT, HELD])
def test_damaged_file_is_refused_or_changes_nothing(live, corpus, settings, file, damage):
    folder = settings.index_folder
    if file == HELD:
        roll_back(settings, STUB)
    before = content(open_generation(folder, STUB.fingerprint, SPLITTER))
    path = folder / CURRENT if file in (CURRENT, HELD) else folder / live.name / file
    whole = path.read_bytes()
    refused = 0
    for damaged in DAMAGES[damage](whole, POSITIONS):
        path.write_bytes(damaged)
        try:
            opened = open_generation(folder, STUB.fingerprint, SPLITTER)
        except JireiError as error:
            refused += 1
            one_line(error)
            assert why_stale(settings, STUB) in {"stale_damaged", "stale_missing", "stale_format"}
        else:
            assert file in (MANIFEST, CURRENT, HELD)
            assert content(opened) == before
    assert refused == POSITIONS if file in FILES else refused >= POSITIONS * 0.8
    again = build([corpus], STUB, settings)
    assert again.changed or file in (CURRENT, HELD)
    assert again.generation.chunks == live.chunks
    assert again.generation.documents == live.documents


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_file_is_found_by_verify(live, settings, damage):
    for file in (*FILES, MANIFEST):
        path = settings.index_folder / live.name / file
        whole = path.read_bytes()
        for damaged in DAMAGES[damage](whole, POSITIONS):
            path.write_bytes(damaged)
            found = verify(settings, live.name)[live.name]
            assert found == ([] if file == MANIFEST and says_the_same(damaged, whole) else [file])
        path.write_bytes(whole)


def says_the_same(damaged: bytes, whole: bytes) -> bool:
    """Whether only a blank between two fields became another blank."""
    try:
        return bool(json.loads(damaged) == json.loads(whole))
    except ValueError:
        return False


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_vectors_are_encoded_again(tmp_path, damage):
    texts = [f"{number}番の窓口で案内した。" for number in range(120)]
    expected = STUB.encode_passages(texts)
    store = VectorStore(tmp_path, STUB)
    store.encode_passages(texts)
    whole = store.path.read_bytes()
    header, rest = whole[:HEADER_BYTES], whole[HEADER_BYTES:]
    in_header = (part + rest for part in DAMAGES[damage](header, POSITIONS))
    for damaged in (*in_header, *DAMAGES[damage](whole, POSITIONS)):
        store.path.write_bytes(damaged)
        assert np.array_equal(store.encode_passages(texts), expected)
        store.path.write_bytes(damaged)
        drop_unused(store.path, keys_of(texts[:60]))
        assert np.array_equal(store.encode_passages(texts), expected)


# Writing.


def test_disk_that_is_full_after_any_number_of_bytes(live, corpus, settings, monkeypatch):
    folder = settings.index_folder
    before = content(live)
    size = sum(path.stat().st_size for path in (folder / live.name).iterdir())
    append(corpus, MIE, "夜も受ける。")
    write = publish.write_synced
    for quota in np.linspace(0, size, POSITIONS).astype(int):
        left = [int(quota)]

        def fill(path: Path, *parts: bytes, left: list[int] = left) -> None:
            data = b"".join(parts)
            write(path, data[: left[0]])
            left[0] -= len(data)
            if left[0] < 0:
                left[0] = 0
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(publish, "write_synced", fill)
        with pytest.raises(JireiError, match="No space left") as caught:
            build([corpus], STUB, settings)
        one_line(caught.value, {"disk_write"})
        assert content(open_generation(folder, STUB.fingerprint, SPLITTER)) == before
        assert not any(path.is_dir() for path in folder.glob(f"{publish.ASIDE}*"))
    monkeypatch.undo()
    units = [unit.text for unit in build([corpus], STUB, settings).generation.units]
    assert "夜も受ける。" in units


def test_error_at_every_step_of_writing(live, corpus, settings, monkeypatch):
    folder = settings.index_folder
    failed = 0
    for step in range(100):
        text = f"{step}日に受ける。"
        append(corpus, MIE, text)
        before, calls = content(open_generation(folder, STUB.fingerprint, SPLITTER)), [0]

        def counted(call: Callable[..., None], calls: list[int] = calls, step: int = step):
            def maybe(*arguments: object) -> None:
                calls[0] += 1
                if calls[0] == step + 1:
                    raise OSError(errno.EIO, "Input/output error")
                call(*arguments)

            return maybe

        with monkeypatch.context() as patch:
            for name in ("fsync", "rename", "replace"):
                patch.setattr(os, name, counted(getattr(os, name)))
            try:
                build([corpus], STUB, settings)
            except JireiError as error:
                failed += 1
                one_line(error, {"disk_write"})
        after = content(open_generation(folder, STUB.fingerprint, SPLITTER))
        if calls[0] <= step:
            break
        units = [unit.text for chunk in after["chunks"] for unit in chunk.units]  # type: ignore[attr-defined]
        assert after == before or text in units
    assert failed == STEPS_OF_WRITING


def test_clock_that_jumps_anywhere(corpus, settings, monkeypatch):
    chance = random.Random(SEED)
    now: list[datetime] = []

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now[-1]

    monkeypatch.setattr(build_module, "datetime", Clock)
    names: list[str] = []
    for number in range(CLOCKS):
        now.append(datetime.fromtimestamp(chance.randrange(4_000_000_000), UTC))
        text = f"{number}日に受ける。"
        (corpus / "new.md").write_text(f"# 津市\n\n{text}\n", "utf-8")
        assert why_stale(settings, STUB) is not None
        generation = build([corpus], STUB, settings).generation
        names.append(generation.name)
        assert text in [unit.text for unit in generation.units]
        assert current_name(settings.index_folder) == generation.name
        assert generation_names(settings.index_folder) == names[-settings.keep_generations :]
        assert why_stale(settings, STUB) is None
    assert len(set(names)) == CLOCKS
    assert sum(later < earlier for earlier, later in pairwise(now)) > CLOCKS / 3


def test_numbers_of_trials_are_those_that_are_published() -> None:
    ways = len(DAMAGES)
    numbers = [
        ways * POSITIONS * len([*FILES, MANIFEST, CURRENT, HELD]),
        ways * POSITIONS * len([*FILES, MANIFEST]),
        ways * 2 * POSITIONS * 2,
        POSITIONS,
        STEPS_OF_WRITING,
        KILLS,
        CLOCKS,
        3,
    ]
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    table = page.partition("## Trials in CI")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert [row[1] for row in rows] == [*(f"{n:,}" for n in numbers), f"{RUNS} runs"]
    assert f"{STEPS} steps" in rows[-1][0]
