"""The query adapter: what it adds, and which files it takes."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import save

from errors import JireiError
from index.bert import Bert, BertEncoder
from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import EMBEDDED_REVISION
from index.encoder import make_encoder
from index.query_adapter import CONFIG, FOLDER, MODEL, QueryAdapter, load_adapter, shipped_adapter
from settings import Settings
from training.query_model import QueryLearner

UP = np.array([[2], [-1]], dtype=np.float32)
DOWN = np.array([[0.5, 1, 0]], dtype=np.float32)
NAME = "encoder.layer.0.attention.self.query.weight"


def write(folder: Path, base: str = "b", digest: str | None = None) -> None:
    half = {f"{NAME}.up": UP.astype(np.float16), f"{NAME}.down": DOWN.astype(np.float16)}
    data = save(half)
    (folder / MODEL).write_bytes(data)
    config = {"base": base, "sha256": digest or sha256(data).hexdigest()}
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")


def test_written_factors_are_read_again_and_multiplied(tmp_path: Path) -> None:
    write(tmp_path)
    (added,) = load_adapter("b", tmp_path).additions().items()
    assert added[0] == NAME
    assert added[1].tolist() == [[1, 2, 0], [-0.5, -1, 0]]
    assert added[1].dtype == np.float32


@pytest.mark.parametrize("change", ["base", "digest", "no model", "no config", "no json"])
def test_files_that_do_not_fit_are_refused(tmp_path: Path, change: str) -> None:
    write(tmp_path, digest="0" * 64 if change == "digest" else None)
    if change.startswith("no"):
        name = MODEL if change == "no model" else CONFIG
        (tmp_path / name).unlink()
    if change == "no json":
        (tmp_path / CONFIG).write_text("[", encoding="utf-8")
    with pytest.raises(JireiError) as caught:
        load_adapter("other" if change == "base" else "b", tmp_path)
    assert caught.value.key == "adapter_unloadable"


def test_shipped_one_is_made_for_the_embedded_model_and_is_whole() -> None:
    added = load_adapter(EMBEDDED_REVISION).additions()
    assert len(added) == 12 * 6
    assert added[NAME].shape == (EmbeddedEncoder.dim, EmbeddedEncoder.dim)
    assert sha256((FOLDER / MODEL).read_bytes()).hexdigest().startswith(shipped_adapter())


@pytest.mark.golden
def test_questions_about_sentences_are_read_with_it_and_nothing_else_is(real_folder: Path) -> None:
    settings = Settings(encoder="embedded", cache=real_folder.parent, dtype="float32", threads=1)
    with_it = make_encoder(settings)
    without = make_encoder(settings.model_copy(update={"adapter": "none"}))
    assert with_it.fingerprint == without.fingerprint
    passage, also = (e.encode_passages(["窓口を開いた。"]) for e in (with_it, without))
    assert np.array_equal(passage, also)
    asked = ["窓口は？"]
    queries, plain = (encoder.encode_queries(asked) for encoder in (with_it, without))
    assert np.array_equal(queries, plain)
    assert np.array_equal(without.encode_questions(asked), plain)
    adapted = with_it.encode_questions(asked)
    assert 0.2 < float((adapted @ plain.T)[0, 0]) < 0.9999


@pytest.mark.golden
def test_what_is_added_to_a_matrix_is_as_if_it_stood_in_the_file(real_folder: Path) -> None:
    added = load_adapter(EMBEDDED_REVISION).additions()
    with safe_open(real_folder / "model.safetensors", "pt") as file:
        names = [name for name in file.keys() if name.startswith("encoder.")]  # noqa: SIM118
        layers = {name: file.get_tensor(name) for name in names}
    whole = {
        name: tensor + torch.from_numpy(added[name]) if name in added else tensor
        for name, tensor in layers.items()
    }
    tokens = [[0, 1000, 2000, 2]]
    states = [
        Bert(real_folder, torch.float32, *given).states(tokens)[0]
        for given in ((whole, None), (None, added), (None, None))
    ]
    assert torch.equal(states[0], states[1])
    assert not torch.allclose(states[0], states[2], atol=1e-2)


@pytest.mark.golden
def test_product_reads_questions_as_they_were_learnt(real_folder: Path) -> None:
    learner = QueryLearner(real_folder, 2, 1, torch.float32)
    questions = ["窓口は？", "紙をやめた市はどこですか？"]
    plain = BertEncoder(real_folder, torch.float32)
    prompted = [f"query: {question}" for question in questions]
    assert torch.allclose(learner(questions), plain.encode(prompted), atol=1e-5)
    with torch.no_grad():
        for name, parameter in learner.layers.named_parameters():
            if ".lora_B." in name:
                parameter.normal_(std=0.02)
    added = QueryAdapter(learner.factors()).additions()
    adapted = BertEncoder(real_folder, torch.float32, added).encode(prompted)
    assert torch.allclose(learner(questions), adapted, atol=1e-5)
    assert not torch.allclose(adapted, plain.encode(prompted), atol=1e-3)
