"""The shipped cross-encoder: reads a question and a sentence together."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load
from torch import Tensor

from errors import JireiError
from index.bert import LAYERS, Bert

MODEL = "model.safetensors"
CONFIG = "config.json"
SCALE = ".scale"
BATCH = 24


class CrossEncoder:
    """BERT over pairs, with BERT's pooler on the first token and one output.

    Its layers come from `folder`; the tokenizer and the word embeddings are those of the encoder
    in `base`, which it was trained from. Raises JireiError if a file is missing or damaged.
    """

    def __init__(self, folder: Path, base: Path, dtype: torch.dtype) -> None:
        config, weights = read_model(folder, dtype)
        self._bert = Bert(base, dtype, weights)
        self._max_tokens = config["max_tokens"]
        self._pooler = weights["pooler.dense.weight"], weights["pooler.dense.bias"]
        self._classifier = weights["classifier.weight"], weights["classifier.bias"]

    @torch.inference_mode()
    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Log-odds that each passage states what its question asks, shape (n,)."""
        tokens = self._bert.tokens(pairs, self._max_tokens)
        scores = np.zeros(len(pairs), dtype=np.float32)
        order = sorted(range(len(pairs)), key=lambda row: len(tokens[row]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            first = self._bert.first_states([tokens[row] for row in rows])
            pooled = torch.tanh(torch.nn.functional.linear(first, *self._pooler))
            logits = torch.nn.functional.linear(pooled, *self._classifier)
            scores[rows] = logits[:, 0].numpy()
        return scores


def read_model(
    folder: Path, dtype: torch.dtype = torch.float32
) -> tuple[dict[str, int], dict[str, Tensor]]:
    """The settings and the weights of a cross-encoder's folder.

    The matrices of its layers are of `dtype`: unpacked one by one, they never take the room that
    all of them would as float32. The rest is float32.

    Raises JireiError if a file is missing or is not the one whose sha256 the settings name.
    """
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        data = (folder / MODEL).read_bytes()
        whole = sha256(data).hexdigest() == config["sha256"] and config["max_tokens"] > 0
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise JireiError("model_unloadable", name=folder.name) from error
    if not whole:
        raise JireiError("model_unloadable", name=folder.name)
    return config, unpacked(load(data), dtype)


def packed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices as 8-bit integers with one scale a row, vectors as they are (float32).

    A row's largest value becomes 127: no value moves by more than 1/254 of it.
    """
    small: dict[str, Tensor] = {}
    for name, tensor in weights.items():
        if tensor.ndim < 2:
            small[name] = tensor.float().contiguous()
            continue
        scale = tensor.float().abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / 127
        small[name] = (tensor.float() / scale).round().to(torch.int8)
        small[name + SCALE] = scale.contiguous()
    return small


def unpacked(small: dict[str, Tensor], dtype: torch.dtype = torch.float32) -> dict[str, Tensor]:
    """What `packed` made small: matrices of layers as `dtype`, the rest as float32."""
    large = {}
    for name, tensor in small.items():
        if name + SCALE in small:
            matrix = tensor.float() * small[name + SCALE]
            large[name] = matrix.to(dtype) if name.startswith(LAYERS) else matrix
        elif not name.endswith(SCALE):
            large[name] = tensor
    return large
