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

UP = np.array([[2], [-1]], dtype=np.float32)
DOWN = np.array([[0.5, 1, 0]], dtype=np.float32)
NAME = "encoder.layer.0.attention.self.query.weight"


def write(
    folder: Path, digest: str | None = None, tensors: dict[str, np.ndarray] | None = None
) -> None:
    tensors = tensors or {f"{NAME}.up": UP, f"{NAME}.down": DOWN}
    data = save({name: tensor.astype(np.float16) for name, tensor in tensors.items()})
    (folder / MODEL).write_bytes(data)
    config = {"base": "b", "sha256": digest or sha256(data).hexdigest()}
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")


def test_written_factors_are_read_again_and_multiplied(tmp_path: Path) -> None:
    write(tmp_path)
    found = load_adapter("b", tmp_path)
    assert list(found.factors) == [NAME]
    assert found.addition(NAME).tolist() == [[1, 2, 0], [-0.5, -1, 0]]
    assert found.addition(NAME).dtype == np.float32


@pytest.mark.parametrize("tensors", [{"query": UP}, {f"{NAME}.up": UP}])
def test_file_with_other_tensors_is_refused(tmp_path: Path, tensors: dict[str, np.ndarray]) -> None:
    write(tmp_path, tensors=tensors)
    with pytest.raises(JireiError) as caught:
        load_adapter("b", tmp_path)
    assert caught.value.key == "adapter_unloadable"


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
    adapter = load_adapter(EMBEDDED_REVISION)
    assert len(adapter.factors) == 12 * 6
    assert adapter.addition(NAME).shape == (EmbeddedEncoder.dim, EmbeddedEncoder.dim)
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
    chat = make_encoder(settings)
    assert np.array_equal(chat.encode_questions(asked), adapted)
    assert list(vars(chat)["_loaded"]) == [True]  # a chat loads no second model
    assert 0.2 < float((adapted @ plain.T)[0, 0]) < 0.9999


@pytest.mark.golden
def test_what_is_added_to_a_matrix_is_as_if_it_stood_in_the_file(real_folder: Path) -> None:
    adapter = load_adapter(EMBEDDED_REVISION)
    with safe_open(real_folder / "model.safetensors", "pt") as file:
        names = [name for name in file.keys() if name.startswith("encoder.")]  # noqa: SIM118
        layers = {name: file.get_tensor(name) for name in names}
    whole = {
        name: tensor + torch.from_numpy(adapter.addition(name))
        if name in adapter.factors
        else tensor
        for name, tensor in layers.items()
    }
    tokens = [[0, 1000, 2000, 2]]
    states = [
        Bert(real_folder, torch.float32, *given).states(tokens)[0]
        for given in ((whole, None), (None, adapter), (None, None))
    ]
    assert torch.equal(states[0], states[1])
    assert not torch.allclose(states[0], states[2], atol=1e-2)


@pytest.mark.golden
def test_product_reads_questions_as_they_were_learnt(real_folder: Path) -> None:
    # Loads peft and transformers, which no other test of the index needs.
    from training.query_model import QueryLearner

    learner = QueryLearner(real_folder, 2, 1, torch.float32)
    questions = ["窓口は？", "紙をやめた市はどこですか？"]
    plain = BertEncoder(real_folder, torch.float32)
    prompted = [f"query: {question}" for question in questions]
    assert torch.allclose(learner(questions), plain.encode(prompted), atol=1e-5)
    with torch.no_grad():
        for name, parameter in learner.layers.named_parameters():
            if ".lora_B." in name:
                parameter.normal_(std=0.02)
    adapter = QueryAdapter(learner.factors())
    adapted = BertEncoder(real_folder, torch.float32, adapter).encode(prompted)
    assert torch.allclose(learner(questions), adapted, atol=1e-5)
    assert not torch.allclose(adapted, plain.encode(prompted), atol=1e-3)
