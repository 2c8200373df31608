"""The query adapter: what it makes of a vector, and which files it takes."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from errors import JireiError
from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import EMBEDDED_REVISION
from index.encoder import make_encoder
from index.query_adapter import CONFIG, FOLDER, MODEL, QueryAdapter, load_adapter, shipped_adapter
from settings import Settings

SWAP = np.array([[0, 2], [1, 0]], dtype=np.float32)


def write(folder: Path, matrix: np.ndarray, base: str = "b", digest: str | None = None) -> None:
    data = save({"query": matrix.astype(np.float16)})
    (folder / MODEL).write_bytes(data)
    config = {"base": base, "sha256": digest or sha256(data).hexdigest()}
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")


def test_vectors_are_multiplied_from_the_right_and_of_unit_length_again() -> None:
    turned = QueryAdapter(SWAP, "b").turn(np.array([[1, 0], [0.6, 0.8]], dtype=np.float32))
    # (1, 0) becomes (0, 2); (.6, .8) becomes (.8, 1.2), of length sqrt(2.08).
    assert turned == pytest.approx(np.array([[0, 1], [0.8 / 2.08**0.5, 1.2 / 2.08**0.5]]))
    assert turned.dtype == np.float32


def test_written_matrix_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, SWAP)
    found = load_adapter("b", tmp_path)
    assert found.matrix.tolist() == SWAP.tolist()
    assert found.matrix.dtype == np.float32


@pytest.mark.parametrize("change", ["base", "digest", "no model", "no config", "no json"])
def test_files_that_do_not_fit_are_refused(tmp_path: Path, change: str) -> None:
    write(tmp_path, SWAP, digest="0" * 64 if change == "digest" else None)
    if change.startswith("no"):
        name = MODEL if change == "no model" else CONFIG
        (tmp_path / name).unlink()
    if change == "no json":
        (tmp_path / CONFIG).write_text("[", encoding="utf-8")
    with pytest.raises(JireiError) as caught:
        load_adapter("other" if change == "base" else "b", tmp_path)
    assert caught.value.key == "adapter_unloadable"


def test_shipped_one_is_made_for_the_embedded_model_and_is_whole() -> None:
    adapter = load_adapter(EMBEDDED_REVISION)
    assert adapter.matrix.shape == (EmbeddedEncoder.dim, EmbeddedEncoder.dim)
    assert sha256((FOLDER / MODEL).read_bytes()).hexdigest().startswith(shipped_adapter())


@pytest.mark.golden
def test_only_questions_are_turned(real_folder: Path) -> None:
    settings = Settings(encoder="embedded", cache=real_folder.parent, dtype="float32", threads=1)
    with_it = make_encoder(settings)
    without = make_encoder(settings.model_copy(update={"adapter": "none"}))
    assert with_it.fingerprint == without.fingerprint
    same, also = (encoder.encode_passages(["窓口で書かない。"]) for encoder in (with_it, without))
    assert np.array_equal(same, also)
    turned, plain = (encoder.encode_queries(["窓口は？"]) for encoder in (with_it, without))
    expected = load_adapter(EMBEDDED_REVISION).turn(plain)
    assert turned == pytest.approx(expected, abs=1e-5)
    assert 0.2 < float((turned @ plain.T)[0, 0]) < 0.9999
