import gc
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from answer.respond import Answerer
from errors import JireiError
from index.build import build
from index.generation import open_generation
from index.lexical import FILES as LEXICAL
from index.manifest import FORMAT, MANIFEST, Manifest, current_name, dump_manifest, read_manifest
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY, splitter_name
from settings import Settings

FILES = [
    "documents.jsonl",
    "chunks.jsonl",
    "files.jsonl",
    "background.vectors.npy",
    *(f"{level}.{part}" for level in ("chunks", "units") for part in ("vectors.npy", *LEXICAL)),
]
STUB = StubEncoder.fingerprint
SPLITTER = splitter_name(EMPTY)


@pytest.fixture
def folder(corpus: Path, settings: Settings) -> Path:
    """The index folder with one generation of the small corpus."""
    build([corpus], StubEncoder(), settings)
    return settings.index_folder


@pytest.fixture
def live(folder: Path) -> Path:
    """The folder of the live generation."""
    return folder / (current_name(folder) or "")


def truncate(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flip_first(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


def flip_middle(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def flip_last(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 0x80])


def empty(data: bytes) -> bytes:
    return b""


def edit_manifest(live: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = live / MANIFEST
    fields = json.loads(path.read_text(encoding="utf-8"))
    change(fields)
    path.write_text(json.dumps(fields), encoding="utf-8")


def sign_manifest(live: Path) -> None:
    """Gives an edited manifest the digest that fits it."""
    path = live / MANIFEST
    manifest = TypeAdapter(Manifest).validate_json(path.read_bytes())
    path.write_bytes(dump_manifest(manifest))


def test_generation_holds_the_rows_of_the_corpus_in_order(folder):
    generation = open_generation(folder, STUB, SPLITTER)
    assert list(generation.documents) == [
        "docs/articles/what.md",
        "docs/cases/machida.md",
        "docs/cases/mie.md",
        "docs/cases/saitama.md",
    ]
    assert [unit.text for unit in generation.units] == [
        "自治体DXは、行政サービスを変革することである。",
        "町田市は、生成AIを市民向けの案内に使う方針である。",
        "RPAによる手作業の自動化",
        "若年層に向けて、SNSの相談窓口を設けた。",
        "さいたま市は、入力事務をRPAで自動化している。",
        "テレワークの実施者は70%以上を目標とする。",
    ]
    owners = [generation.chunks[row].document for row in generation.chunk_of_unit]
    assert [owner.split("/")[-1][:-3] for owner in owners] == [
        "what",
        "machida",
        "machida",
        "mie",
        "saitama",
        "saitama",
    ]


def test_manifest_lists_every_file_beside_it(folder, live):
    manifest = read_manifest(folder, live.name)
    assert sorted(manifest.files) == sorted(FILES)
    assert {path.name for path in live.iterdir()} == {*FILES, MANIFEST}
    assert (manifest.name, manifest.format, manifest.dim) == (live.name, FORMAT, 64)
    assert manifest.counts == {"documents": 4, "chunks": 6, "units": 6}


def test_missing_current_is_told_with_what_to_do(folder):
    (folder / "CURRENT").unlink()
    assert current_name(folder) is None
    with pytest.raises(JireiError, match=r"索引がまだありません.*jirei build") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_missing"


@pytest.mark.parametrize("data", [b"20200101T000000-00-00000000\n", b"\xff\xfe", b"a\0b"])
def test_current_that_names_nothing_is_told(folder, data):
    (folder / "CURRENT").write_bytes(data)
    with pytest.raises(JireiError, match="壊れています。「jirei build」") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_damaged"


def test_empty_current_is_no_index(folder):
    (folder / "CURRENT").write_bytes(b"")
    with pytest.raises(JireiError, match="jirei build") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_missing"


@pytest.mark.parametrize("damage", [truncate, flip_first, flip_middle, flip_last, empty])
@pytest.mark.parametrize("name", FILES)
def test_damaged_file_is_named_with_what_to_do(folder, live, name, damage):
    path = live / name
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(JireiError, match="jirei build") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_damaged"
    assert f"{live.name}/{name}" in str(caught.value)


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_missing_file_is_named(folder, live, name):
    (live / name).unlink()
    with pytest.raises(JireiError, match="jirei build") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert f"{live.name}/{name}" in str(caught.value)


@pytest.mark.parametrize("damage", [truncate, flip_first, flip_last, empty])
def test_damaged_manifest_is_named(folder, live, damage):
    path = live / MANIFEST
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(JireiError, match=rf"{MANIFEST}.*jirei build") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_damaged"


def test_manifest_that_lacks_a_field_is_named(folder, live):
    edit_manifest(live, lambda fields: fields.pop("roots"))
    with pytest.raises(JireiError, match=MANIFEST) as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_damaged"


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields["counts"].update(documents=3),
        lambda fields: fields["counts"].update(chunks=5),
        lambda fields: fields["counts"].update(units=7),
        lambda fields: fields.update(dim=32),
        lambda fields: fields["files"].pop("chunks.jsonl"),
    ],
)
def test_manifest_that_does_not_fit_its_files_is_refused(folder, live, change):
    edit_manifest(live, change)
    sign_manifest(live)
    with pytest.raises(JireiError, match="jirei build") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_damaged"
    assert live.name in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields.update(roots=["/elsewhere"]),
        lambda fields: fields.update(encoder="stub@2"),
        lambda fields: fields.update(created="2000-01-01T00:00:00+00:00"),
        lambda fields: fields.update(format=1),
        lambda fields: fields.update(name="20250101T000000-00-aa"),
        lambda fields: fields.pop("digest"),
    ],
)
def test_manifest_changed_in_any_field_is_refused(folder, live, change):
    edit_manifest(live, change)
    with pytest.raises(JireiError, match=MANIFEST) as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_damaged"


@pytest.mark.parametrize("found", [0, 5, "1", None])
def test_other_format_is_told_before_anything_else(folder, live, found):
    (live / MANIFEST).write_text(json.dumps({"format": found}), encoding="utf-8")
    with pytest.raises(JireiError, match=rf"形式 {found} .*（4）.*jirei build") as caught:
        open_generation(folder, STUB, SPLITTER)
    assert caught.value.key == "index_format"


def test_other_encoder_is_refused_with_both_names(folder):
    with pytest.raises(JireiError, match=r"encoder「stub@1」.*「other@7」.*jirei build") as caught:
        open_generation(folder, "other@7", SPLITTER)
    assert caught.value.key == "index_mismatch"


def test_other_splitter_is_refused_with_both_names(folder):
    with pytest.raises(JireiError, match=r"splitter「sudachi.*none」.*「cut/2」") as caught:
        open_generation(folder, STUB, "cut/2")
    assert caught.value.key == "index_mismatch"


def test_changed_thesaurus_is_a_splitter_mismatch(folder, settings):
    settings.thesaurus.write_text("concept,term,lang,kind\nrpa,RPA,ja,preferred\n", "utf-8")
    with pytest.raises(JireiError, match="splitter") as caught:
        Answerer.open(settings)
    assert caught.value.key == "index_mismatch"


def test_search_for_cycles_goes_on_after_opening(folder, live):
    assert gc.isenabled()
    open_generation(folder, STUB, SPLITTER)
    assert gc.isenabled()
    (live / "chunks.jsonl").write_bytes(b"")
    with pytest.raises(JireiError):
        open_generation(folder, STUB, SPLITTER)
    assert gc.isenabled()
    gc.disable()
    try:
        with pytest.raises(JireiError):
            open_generation(folder, STUB, SPLITTER)
        assert not gc.isenabled()
    finally:
        gc.enable()
