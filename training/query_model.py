"""The encoder while it learns to read questions: low-rank additions to its frozen layers."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from peft import inject_adapter_in_model
from torch import Tensor, nn
from torch.nn.functional import normalize

from index.embedded_model import PROMPTS
from training.model import LORA_SCALE, by_length, frozen_encoder, last_states, low_rank

MAX_TOKENS = 128


class QueryLearner(nn.Module):
    """Vectors of questions; only factors of rank `rank` of its layers' matrices are trained.

    It starts from the encoder in `base` and at first changes nothing; `dtype` is that of the
    layers.
    """

    def __init__(self, base: Path, rank: int, seed: int, dtype: torch.dtype) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.bert, self._tokenizer, self._pad = frozen_encoder(base)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self.layers = self.bert.encoder.layer
        inject_adapter_in_model(low_rank(rank), self.layers)
        self.layers.to(dtype)
        self._dtype = dtype

    def forward(self, questions: Sequence[str]) -> Tensor:
        """Vectors of questions, shape (n, dim), of unit length."""
        prompted = [PROMPTS["query"] + question for question in questions]
        tokens = [found.ids for found in self._tokenizer.encode_batch(prompted)]
        return by_length(tokens, self._part)

    def _part(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        states, real = last_states(self.bert, self.layers, tokens, self._pad, self._dtype)
        kept = states * real[:, :, None]
        return normalize(kept.sum(dim=1) / real.sum(dim=1, keepdim=True), dim=1)

    def factors(self) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """The factors as `index.query_adapter.QueryAdapter` has them."""
        found: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        tensors = {name: p.detach().float().numpy() for name, p in self.layers.named_parameters()}
        for name, down in tensors.items():
            if ".lora_A." in name:
                matrix = f"encoder.layer.{name.partition('.lora_A.')[0]}.weight"
                up = tensors[name.replace(".lora_A.", ".lora_B.")]
                found[matrix] = (np.float32(LORA_SCALE) * up, down)
        return found
