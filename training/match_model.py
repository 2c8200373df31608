"""The matcher while it learns: the encoder's upper layers, and what makes token vectors of them."""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor, nn

from index.token_matching import GATE, LAST, PROJECTION, token_vectors
from training.model import embedded, frozen_encoder, through

SHARED = 8
"""So many of the lower layers stay those of the encoder."""

DIM = 128
FIRST_SCALE = 20.0
FIRST_HEADS = 1
"""The seed of the heads that every run starts from."""

SCALE = "log_scale"
BATCH = 32


class MatchLearner(nn.Module):
    """Token vectors of texts of which the shared layers' states are known.

    It starts from the encoder in `base` and from the same heads each time, so that the weights of
    runs can be averaged; `dtype` is that of its layers.
    """

    def __init__(self, base: Path, dtype: torch.dtype) -> None:
        super().__init__()
        torch.manual_seed(FIRST_HEADS)
        self._bert, self._tokenizer, self._pad = frozen_encoder(base)
        width = self._bert.config.hidden_size
        layers = self._bert.encoder.layer.to(dtype)
        self._lower = layers[:SHARED]
        self.upper = layers[SHARED:].requires_grad_(True)
        self.projection = nn.Linear(LAST * width, DIM, bias=False)
        nn.init.orthogonal_(self.projection.weight)
        self.gate = nn.Linear(width, 1)
        nn.init.zeros_(self.gate.weight)
        nn.init.constant_(self.gate.bias, 0.5)
        self.log_scale = nn.Parameter(torch.tensor(FIRST_SCALE).log())
        self._dtype = dtype

    @torch.no_grad()
    def shared_states(self, texts: Sequence[str], longest: int) -> list[Tensor]:
        """What the shared layers say of each text, shape (n_tokens, dim), cut to `longest`."""
        self._tokenizer.enable_truncation(longest)
        tokens = [found.ids for found in self._tokenizer.encode_batch(list(texts))]
        states: dict[int, Tensor] = {}
        order = sorted(range(len(texts)), key=lambda row: len(tokens[row]))
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            first = embedded(self._bert, [tokens[row] for row in rows], self._pad, self._dtype)
            *_, last = through(self._lower, *first)
            states |= {row: last[i, : len(tokens[row])].clone() for i, row in enumerate(rows)}
        return [states[row] for row in range(len(texts))]

    def forward(self, shared: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Token vectors (n, longest, DIM), which are tokens (n, longest), their weights likewise.

        The weight of what is no token is 0.
        """
        states = nn.utils.rnn.pad_sequence(list(shared), batch_first=True)
        lengths = torch.tensor([len(states) for states in shared])
        real = torch.arange(states.shape[1]) < lengths[:, None]
        last = islice(through(self.upper, states, real), len(self.upper) - LAST, None)
        both = torch.cat([layer.float() for layer in last], dim=-1)
        gate = self.gate.weight, self.gate.bias
        vectors, weights = token_vectors(both, self.projection.weight, gate)
        return vectors, real, weights * real

    @torch.no_grad()
    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Takes weights named as `weights` names them. Raises KeyError if one is missing."""
        for name, tensor in self._named().items():
            tensor.copy_(weights[name].reshape(tensor.shape))

    def weights(self) -> dict[str, Tensor]:
        """What was trained, the layers named as in transformers' BertModel."""
        return {name: tensor.detach().float() for name, tensor in self._named().items()}

    def _named(self) -> dict[str, Tensor]:
        found: dict[str, Tensor] = {}
        for number, layer in enumerate(self.upper, start=SHARED):
            for name, tensor in layer.state_dict().items():
                found[f"encoder.layer.{number}.{name}"] = tensor
        found[f"{PROJECTION}.weight"] = self.projection.weight
        found |= {f"{GATE}.weight": self.gate.weight, f"{GATE}.bias": self.gate.bias}
        found[SCALE] = self.log_scale
        return found
