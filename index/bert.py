"""The forward pass of the embedded model, on torch and tokenizers alone.

Loading sentence-transformers takes longer than a user waits for a first answer, and twice the
memory of an office PC's share. The folder it runs is an ordinary sentence-transformers folder,
and a test holds both to the same vectors.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from index.query_adapter import QueryAdapter

MAX_TOKENS = 512
WORDS = "embeddings.word_embeddings.weight"
LAYERS = "encoder.layer."


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
    named as in transformers' BertModel, take the place of the folder's own ones, all or some; the
    last layer is the last of these. What an `adapter` has is added to its matrices.
    """

    def __init__(
        self,
        folder: Path,
        dtype: torch.dtype,
        layers: Mapping[str, Tensor] | None = None,
        adapter: QueryAdapter | None = None,
    ) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._heads: int = config["num_attention_heads"]
        self._eps: float = config["layer_norm_eps"]
        self._pad: int = config["pad_token_id"]
        self._dtype = dtype
        # What goes into the first layer is worked out in 24 bits or more.
        self._precise = torch.promote_types(dtype, torch.float32)
        self.dim: int = config["hidden_size"]
        self._tokenizer = _tokenizer(folder)
        with safe_open(folder / "model.safetensors", "pt") as file:
            names = [name for name in file.keys() if name != WORDS]  # noqa: SIM118
            weights = {name: file.get_tensor(name) for name in _own(names, layers or {})}
        weights |= layers or {}
        if adapter:
            for name in adapter.factors:  # one by one: all of them together take 85 MB
                added = weights[name] + torch.from_numpy(adapter.addition(name))
                weights[name] = added.to(dtype)
        self._words = _words(folder)
        positions, types = (
            weights[f"embeddings.{name}_embeddings.weight"].to(self._precise)
            for name in ("position", "token_type")
        )
        self._positions = positions + types[0]
        self._norm = _pair(weights, "embeddings.LayerNorm", self._precise)
        count = sum(name.endswith("intermediate.dense.bias") for name in weights)
        self._layers = [_layer(weights, f"{LAYERS}{i}.", dtype) for i in range(count)]

    def tokens(
        self, texts: Sequence[str] | Sequence[tuple[str, str]], longest: int
    ) -> list[list[int]]:
        """Token ids of texts or pairs of them, cut to `longest` (of a pair the longer part)."""
        with _TOKENIZING:
            self._tokenizer.enable_truncation(longest, strategy="longest_first")
            return [found.ids for found in self._tokenizer.encode_batch(list(texts))]

    def states(self, tokens: Sequence[Sequence[int]], last: int = 1) -> tuple[Tensor, Tensor]:
        """What the last layers say of rows of token ids, and which positions are tokens.

        Float32 of shape (n, longest, last * dim), the layers side by side, the last one at the end;
        and booleans of shape (n, longest). `last` is 1 to the number of layers.
        """
        states, real, mask = self._embedded(tokens)
        found = []
        for number, layer in enumerate(self._layers, start=1):
            states = self._run(layer, states, mask)
            if number > len(self._layers) - last:
                found.append(states.float())
        return torch.cat(found, dim=-1), real

    def first_states(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """What the last layer says of the first token of each row: float32, shape (n, dim).

        It looks at all tokens, but only the first one's state is worked out.
        """
        states, _, mask = self._embedded(tokens)
        for layer in self._layers[:-1]:
            states = self._run(layer, states, mask)
        return self._run(self._layers[-1], states, mask, wanted=1)[:, 0].float()

    def _embedded(self, tokens: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor, Tensor | None]:
        """What goes into the first layer, which positions are tokens, and that as a mask."""
        longest = max(map(len, tokens))
        padded = [[*ids, *[self._pad] * (longest - len(ids))] for ids in tokens]
        lengths = torch.tensor([len(ids) for ids in tokens])
        real = torch.arange(longest) < lengths[:, None]
        states = functional.embedding(torch.tensor(padded), self._words).to(self._precise)
        states = states + self._positions[:longest]
        states = functional.layer_norm(states, (self.dim,), *self._norm, self._eps)
        mask = None if bool(real.all()) else real[:, None, None, :]
        return states.to(self._dtype), real, mask

    def _run(
        self, layer: _Layer, states: Tensor, mask: Tensor | None, wanted: int | None = None
    ) -> Tensor:
        """A layer's states of the first `wanted` tokens, of all of them with None."""
        dim = self.dim
        weight, bias = layer.qkv
        before = states[:, :wanted]
        query = self._in_heads(functional.linear(before, weight[:dim], bias[:dim]), 1)
        key, value = self._in_heads(functional.linear(states, weight[dim:], bias[dim:]), 2)
        attended = functional.scaled_dot_product_attention(query[0], key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(before.shape)
        attended = functional.linear(attended, *layer.attended) + before
        states = functional.layer_norm(attended, (dim,), *layer.attended_norm, self._eps)
        inner = functional.gelu(functional.linear(states, *layer.inner))
        outer = functional.linear(inner, *layer.outer) + states
        return functional.layer_norm(outer, (dim,), *layer.outer_norm, self._eps)

    def _in_heads(self, stacked: Tensor, parts: int) -> Tensor:
        """From (n, length, parts * dim) to (parts, n, heads, length, dim / heads)."""
        n, length, _ = stacked.shape
        heads = stacked.view(n, length, parts, self._heads, self.dim // self._heads)
        return heads.permute(2, 0, 3, 1, 4)


_TOKENIZING = Lock()
"""Held while the one tokenizer cuts to the length of one model."""


@lru_cache(maxsize=1)
def _tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer, held once for all models: its vocabulary takes 100 MB and more."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    return tokenizer


@lru_cache(maxsize=1)
def _words(folder: Path) -> Tensor:
    """The word embeddings, shape (n_tokens, dim): the largest part, held once for all models."""
    with safe_open(folder / "model.safetensors", "pt") as file:
        words: Tensor = file.get_tensor(WORDS)
    return words


class BertEncoder:
    """BERT with mean pooling and unit length, from a sentence-transformers folder."""

    def __init__(
        self, folder: Path, dtype: torch.dtype, adapter: QueryAdapter | None = None
    ) -> None:
        self._bert = Bert(folder, dtype, adapter=adapter)
        self.dim = self._bert.dim

    @torch.inference_mode()
    def encode(self, texts: Sequence[str]) -> Tensor:
        """Vectors of texts with their prompts: float32, shape (n, dim), unit length."""
        states, real = self._bert.states(self._bert.tokens(texts, MAX_TOKENS))
        kept = states * real[:, :, None]
        means = kept.sum(dim=1) / real.sum(dim=1, keepdim=True)
        return functional.normalize(means, dim=1)


def _own(names: Sequence[str], layers: Mapping[str, Tensor]) -> list[str]:
    """Which of a folder's weights are used beside `layers`, of which the highest is the last."""
    top = max(map(_number, layers), default=len(names))
    return [name for name in names if name not in layers and _number(name) <= top]


def _number(name: str) -> int:
    """Of the layer that a weight belongs to; -1 for what lies below or above them."""
    return int(name.removeprefix(LAYERS).split(".")[0]) if name.startswith(LAYERS) else -1


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
