"""The forward pass of the embedded model, on torch and tokenizers alone.

Loading sentence-transformers takes longer than a user waits for a first answer, and twice the
memory of an office PC's share. The folder it runs is an ordinary sentence-transformers folder,
and a test holds both to the same vectors.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

MAX_TOKENS = 512


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of one layer; query, key and value stacked, so that they are one product."""

    qkv: tuple[Tensor, Tensor]
    attended: tuple[Tensor, Tensor]
    attended_norm: tuple[Tensor, Tensor]
    inner: tuple[Tensor, Tensor]
    outer: tuple[Tensor, Tensor]
    outer_norm: tuple[Tensor, Tensor]


class Bert:
    """BERT's layers over the word embeddings of a sentence-transformers folder.

    The word embeddings stay in the file, of which only the rows that occur are read. `layers`,
    named as in transformers' BertModel, take the place of the folder's own ones.
    """

    def __init__(
        self, folder: Path, dtype: torch.dtype, layers: Mapping[str, Tensor] | None = None
    ) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._heads: int = config["num_attention_heads"]
        self._eps: float = config["layer_norm_eps"]
        self._pad: int = config["pad_token_id"]
        self._dtype = dtype
        self.dim: int = config["hidden_size"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        with safe_open(folder / "model.safetensors", "pt") as file:
            wanted = (n for n in file.keys() if layers is None or n.startswith("embeddings."))  # noqa: SIM118
            weights = {name: file.get_tensor(name) for name in wanted}
        weights |= layers or {}
        self._words = weights["embeddings.word_embeddings.weight"]
        self._positions = (
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        ).float()
        self._norm = _pair(weights, "embeddings.LayerNorm", torch.float32)
        count = sum(name.endswith("intermediate.dense.bias") for name in weights)
        self._layers = [_layer(weights, f"encoder.layer.{i}.", dtype) for i in range(count)]

    def states(self, tokens: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """What the last layer says of rows of token ids, and which positions are tokens.

        Float32 of shape (n, longest, dim), and booleans of shape (n, longest).
        """
        longest = max(map(len, tokens))
        padded = [[*ids, *[self._pad] * (longest - len(ids))] for ids in tokens]
        lengths = torch.tensor([len(ids) for ids in tokens])
        real = torch.arange(longest) < lengths[:, None]
        states = functional.embedding(torch.tensor(padded), self._words).float()
        states = states + self._positions[:longest]
        states = functional.layer_norm(states, (self.dim,), *self._norm, self._eps)
        states = states.to(self._dtype)
        mask = None if bool(real.all()) else real[:, None, None, :]
        for layer in self._layers:
            states = self._run(layer, states, mask)
        return states.float(), real

    def _run(self, layer: _Layer, states: Tensor, mask: Tensor | None) -> Tensor:
        n, length, dim = states.shape
        heads = (n, length, 3, self._heads, dim // self._heads)
        query, key, value = functional.linear(states, *layer.qkv).view(heads).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(n, length, dim)
        attended = functional.linear(attended, *layer.attended) + states
        states = functional.layer_norm(attended, (dim,), *layer.attended_norm, self._eps)
        inner = functional.gelu(functional.linear(states, *layer.inner))
        outer = functional.linear(inner, *layer.outer) + states
        return functional.layer_norm(outer, (dim,), *layer.outer_norm, self._eps)


class BertEncoder:
    """BERT with mean pooling and unit length, from a sentence-transformers folder."""

    def __init__(self, folder: Path, dtype: torch.dtype) -> None:
        self._bert = Bert(folder, dtype)
        self._bert.tokenizer.enable_truncation(MAX_TOKENS)
        self.dim = self._bert.dim

    @torch.inference_mode()
    def encode(self, texts: Sequence[str]) -> Tensor:
        """Vectors of texts with their prompts: float32, shape (n, dim), unit length."""
        tokens = [found.ids for found in self._bert.tokenizer.encode_batch(list(texts))]
        states, real = self._bert.states(tokens)
        kept = states * real[:, :, None]
        means = kept.sum(dim=1) / real.sum(dim=1, keepdim=True)
        return functional.normalize(means, dim=1)


def _layer(weights: dict[str, Tensor], prefix: str, dtype: torch.dtype) -> _Layer:
    parts = [
        _pair(weights, f"{prefix}attention.self.{name}", dtype)
        for name in ("query", "key", "value")
    ]
    return _Layer(
        qkv=(torch.cat([part[0] for part in parts]), torch.cat([part[1] for part in parts])),
        attended=_pair(weights, f"{prefix}attention.output.dense", dtype),
        attended_norm=_pair(weights, f"{prefix}attention.output.LayerNorm", dtype),
        inner=_pair(weights, f"{prefix}intermediate.dense", dtype),
        outer=_pair(weights, f"{prefix}output.dense", dtype),
        outer_norm=_pair(weights, f"{prefix}output.LayerNorm", dtype),
    )


def _pair(weights: dict[str, Tensor], name: str, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    return weights[f"{name}.weight"].to(dtype), weights[f"{name}.bias"].to(dtype)
