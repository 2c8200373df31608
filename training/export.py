"""Writes a trained reranker where the product finds it, and where other programs can load it."""

import json
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from safetensors.torch import load_file, save, save_file
from torch import Tensor

from index.cross_encoder import CONFIG, MODEL, packed, read_model
from index.embedded_model import EMBEDDED_REVISION


def write_shipped(weights: Mapping[str, Tensor], folder: Path, max_tokens: int) -> int:
    """The model as the product reads it, in 8 bits; returns its size in bytes."""
    data = save(packed(dict(weights)))
    settings = {
        "base": EMBEDDED_REVISION,
        "max_tokens": max_tokens,
        "sha256": sha256(data).hexdigest(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL).write_bytes(data)
    (folder / CONFIG).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    return len(data)


def write_folder(shipped: Path, base: Path, folder: Path) -> None:
    """The shipped model as a folder that sentence-transformers' CrossEncoder loads.

    `base` is the encoder's folder, whose tokenizer and embeddings it shares.
    """
    settings, weights = read_model(shipped)
    folder.mkdir(parents=True)
    shared = load_file(base / "model.safetensors")
    tensors = {
        f"bert.{name}": tensor.float()
        for name, tensor in shared.items()
        if name.startswith("embeddings.")
    }
    for name, tensor in weights.items():
        prefix = "" if name.startswith("classifier.") else "bert."
        tensors[prefix + name] = tensor.contiguous()
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config |= {
        "architectures": ["BertForSequenceClassification"],
        "num_labels": 1,
        "id2label": {"0": "LABEL_0"},
        "label2id": {"LABEL_0": 0},
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    shutil.copy(base / "tokenizer.json", folder)
    tokens = json.loads((base / "tokenizer_config.json").read_text(encoding="utf-8"))
    tokens["model_max_length"] = settings["max_tokens"]
    (folder / "tokenizer_config.json").write_text(json.dumps(tokens) + "\n", encoding="utf-8")
