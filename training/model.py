"""The cross-encoder while it learns: transformers' BERT with frozen embeddings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig, inject_adapter_in_model
from peft.tuners.lora import LoraLayer
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoConfig, BertForSequenceClassification, BertModel

MAX_TOKENS = 192
"""Of a pair: room for a question and a passage of some 200 letters."""

PART = 16
LORA_SCALE = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """What of the encoder's layers is trained.

    `layers` are kept, evenly spread, the last one among them (None: all). With a `lora` rank above
    0, only low-rank additions to their matrices are trained, and merged when they are written.
    """

    layers: int | None = None
    lora: int = 0


class Learner(nn.Module):
    """Scores pairs; its layers compute in `dtype` and are kept in float32 beside that.

    It starts from the encoder in `base`. Word, position and type embeddings are not trained, so
    that they can be shared with the encoder.
    """

    def __init__(
        self,
        base: Path,
        seed: int,
        shape: Shape = Shape(),
        dtype: torch.dtype = torch.bfloat16,
    ) -> None:
        super().__init__()
        self._dtype = dtype
        torch.manual_seed(seed)
        config = AutoConfig.from_pretrained(base, num_labels=1, attn_implementation="eager")
        # Dropout costs a fifth of the time and gained nothing.
        config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
        self.bert = BertForSequenceClassification.from_pretrained(base, config=config).bert
        self.pooler = nn.Linear(config.hidden_size, config.hidden_size)
        self.classifier = nn.Linear(config.hidden_size, 1)
        for part in (self.pooler, self.classifier):
            nn.init.normal_(part.weight, std=0.02)
            nn.init.zeros_(part.bias)
        self.bert.embeddings.requires_grad_(False)
        kept = kept_layers(self.bert.encoder.layer, shape.layers)
        self.layers = nn.ModuleList(kept).to(dtype)
        self._lora = shape.lora > 0
        if self._lora:
            inject_adapter_in_model(low_rank(shape.lora), self.layers)
            self.layers.to(dtype)
        self.tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        self._pad: int = config.pad_token_id

    def forward(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Log-odds, shape (n,); pairs of like length go through the layers together."""
        tokens = [found.ids for found in self.tokenizer.encode_batch(list(pairs))]
        return by_length(tokens, self._part)

    def _part(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        states, _ = last_states(self.bert, self.layers, tokens, self._pad, self._dtype)
        pooled = torch.tanh(self.pooler(states[:, 0]))
        scores: Tensor = self.classifier(pooled)[:, 0]
        return scores

    @torch.no_grad()
    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Takes weights named as `weights` names them. Raises KeyError if one is missing."""
        for name, tensor in self.layers.state_dict().items():
            tensor.copy_(weights[f"encoder.layer.{name}"])
        for kind in ("weight", "bias"):
            getattr(self.pooler, kind).copy_(weights[f"pooler.dense.{kind}"])
            getattr(self.classifier, kind).copy_(weights[f"classifier.{kind}"])

    def weights(self) -> dict[str, Tensor]:
        """The trained weights, named as in transformers' BertForSequenceClassification."""
        if self._lora:
            for module in self.layers.modules():
                if isinstance(module, LoraLayer):
                    module.merge()
            self._lora = False
        found = {
            f"encoder.layer.{name.replace('.base_layer', '')}": tensor.detach().float()
            for name, tensor in self.layers.state_dict().items()
            if ".lora_" not in name
        }
        for name in ("pooler", "classifier"):
            dense = ".dense" if name == "pooler" else ""
            for kind, tensor in getattr(self, name).state_dict().items():
                found[f"{name}{dense}.{kind}"] = tensor.detach().float()
        return found


def frozen_encoder(base: Path) -> tuple[BertModel, Tokenizer, int]:
    """The encoder in `base`, not to be trained, without dropout; its tokenizer, and the padding."""
    config = AutoConfig.from_pretrained(base, attn_implementation="eager")
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    bert = BertModel.from_pretrained(base, config=config)
    bert.requires_grad_(False)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    return bert, tokenizer, config.pad_token_id


def by_length(
    tokens: Sequence[Sequence[int]], run: Callable[[Sequence[Sequence[int]]], Tensor]
) -> Tensor:
    """What `run` makes of rows of token ids; it gets PART rows of like length at a time."""
    order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
    parts = [
        run([tokens[row] for row in order[at : at + PART]]) for at in range(0, len(order), PART)
    ]
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts)[back]


def last_states(
    bert: BertModel,
    layers: Iterable[nn.Module],
    tokens: Sequence[Sequence[int]],
    pad: int,
    dtype: torch.dtype,
) -> tuple[Tensor, Tensor]:
    """What the last of the layers says, float32, and which positions are tokens.

    Of shape (n, longest, dim) and (n, longest); the embeddings get no gradient.
    """
    states, real = embedded(bert, tokens, pad, dtype)
    *_, last = through(layers, states, real)
    return last.float(), real


def embedded(
    bert: BertModel, tokens: Sequence[Sequence[int]], pad: int, dtype: torch.dtype
) -> tuple[Tensor, Tensor]:
    """What the layers start from, without gradient, and which positions are tokens.

    Of shape (n, longest, dim) and (n, longest).
    """
    longest = max(map(len, tokens))
    ids = torch.tensor([[*t, *[pad] * (longest - len(t))] for t in tokens])
    real = torch.arange(longest) < torch.tensor([len(t) for t in tokens])[:, None]
    with torch.no_grad():
        return bert.embeddings(ids).to(dtype), real


def through(layers: Iterable[nn.Module], states: Tensor, real: Tensor) -> Iterator[Tensor]:
    """What each of the layers says in turn; positions that are not `real` are not looked at."""
    mask = torch.zeros(real.shape).masked_fill(~real, -1e4)[:, None, None, :].to(states.dtype)
    for layer in layers:
        found = layer(states, attention_mask=mask)
        states = found[0] if isinstance(found, tuple) else found
        yield states


def low_rank(rank: int) -> LoraConfig:
    """LoRA of all matrices of a layer; the product of the factors counts LORA_SCALE times."""
    matrices = ["query", "key", "value", "dense"]
    return LoraConfig(r=rank, lora_alpha=LORA_SCALE * rank, target_modules=matrices)


class Masters:
    """Float32 copies of parameters that compute in fewer bits, for an optimiser to step on."""

    def __init__(self, low: Iterable[nn.Parameter]) -> None:
        self._low = list(low)
        self.full = [nn.Parameter(p.detach().float().clone()) for p in self._low]

    def take_gradients(self) -> None:
        """Moves the gradients of the parameters to their copies."""
        for low, full in zip(self._low, self.full, strict=True):
            full.grad = low.grad.float() if low.grad is not None else None
            low.grad = None

    @torch.no_grad()
    def give_back(self) -> None:
        """Sets the parameters to their copies."""
        for low, full in zip(self._low, self.full, strict=True):
            low.copy_(full)


def kept_layers(layers: Iterable[nn.Module], count: int | None) -> list[nn.Module]:
    """`count` of the layers, evenly spread, the last one among them; all for None."""
    layers = list(layers)
    if count is None or count >= len(layers):
        return layers
    return [layers[(i + 1) * len(layers) // count - 1] for i in range(count)]
