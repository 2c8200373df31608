"""Late interaction: every token of a question looks for its like among those of a passage.

After Khattab and Zaharia, "ColBERT" (2020), with a learnt weight for each token of the question;
what matches a Japanese question far apart in the passage counts less.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import layer_norm, linear, max_pool1d, normalize, softplus

from index.bert import Bert
from index.cross_encoder import read_model
from index.embedded_model import PROMPTS

LAST = 2
"""Of so many layers the states of a token are taken, side by side."""

QUESTION_TOKENS = 64
BATCH = 24
KEPT = 512
"""Of so many passages the token vectors are kept, some 50 KB each: questions on one subject share
them."""

WINDOW, STEP, OUTSIDE = 20, 5, 0.1
"""Matches count in full within so many tokens of a passage, the best of all such windows (one
begins at every STEP tokens), and outside of it so much less: what answers stands together. Not so
what an English question asks of a Japanese passage."""

_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")

PROJECTION, GATE = "projection", "gate"


class Matcher:
    """How well a passage matches a question, token by token.

    The upper layers come from `folder`; what lies below them, tokenizer and word embeddings, are
    those of the encoder in `base`. Raises JireiError if a file is missing or damaged.
    """

    def __init__(self, folder: Path, base: Path, dtype: torch.dtype) -> None:
        config, weights = read_model(folder, dtype)
        self._bert = Bert(base, dtype, weights)
        self._max_tokens = config["max_tokens"]
        self._projection = weights[f"{PROJECTION}.weight"]
        self._gate = weights[f"{GATE}.weight"], weights[f"{GATE}.bias"]
        self._passages: OrderedDict[str, Tensor] = OrderedDict()

    @torch.inference_mode()
    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The weighted mean of the cosines of the best matches, -1 to 1, shape (n,)."""
        questions = list(dict.fromkeys(question for question, _ in pairs))
        prompted = [PROMPTS["query"] + question for question in questions]
        asked = dict(zip(questions, self._encoded(prompted, QUESTION_TOKENS), strict=True))
        passages = self._vectors(list(dict.fromkeys(passage for _, passage in pairs)))
        return np.array(
            [
                matched(*asked[question], passages[passage], bool(_JAPANESE.search(question)))
                for question, passage in pairs
            ],
            dtype=np.float32,
        )

    def _vectors(self, passages: Sequence[str]) -> dict[str, Tensor]:
        new = [passage for passage in passages if passage not in self._passages]
        prompted = [PROMPTS["passage"] + passage for passage in new]
        for passage, (vectors, _) in zip(
            new, self._encoded(prompted, self._max_tokens), strict=True
        ):
            self._passages[passage] = vectors
        found = {passage: self._passages[passage] for passage in passages}
        for passage in passages:
            self._passages.move_to_end(passage)
        while len(self._passages) > KEPT:
            self._passages.popitem(last=False)
        return found

    def _encoded(self, texts: Sequence[str], longest: int) -> list[tuple[Tensor, Tensor]]:
        """Each text's token vectors of unit length, and what each of them counts, above 0."""
        tokens = self._bert.tokens(texts, longest)
        found: dict[int, tuple[Tensor, Tensor]] = {}
        order = sorted(range(len(texts)), key=lambda row: len(tokens[row]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            states, _ = self._bert.states([tokens[row] for row in rows], LAST)
            vectors, weights = token_vectors(states, self._projection, self._gate)
            for place, row in enumerate(rows):
                n = len(tokens[row])
                found[row] = vectors[place, :n].clone(), weights[place, :n]
        return [found[row] for row in range(len(texts))]


def token_vectors(
    states: Tensor, projection: Tensor, gate: tuple[Tensor, Tensor]
) -> tuple[Tensor, Tensor]:
    """Vectors of unit length, shape (n, longest, dim), and weights above 0, shape (n, longest).

    `states`, shape (n, longest, LAST * width), are those of the LAST layers side by side; each is
    brought to mean 0 and variance 1 before it is projected, and the last one gives the weight.
    """
    layers = [layer_norm(part, part.shape[-1:]) for part in states.chunk(LAST, dim=-1)]
    vectors = normalize(linear(torch.cat(layers, dim=-1), projection), dim=-1)
    return vectors, softplus(linear(layers[-1], *gate))[..., 0]


def matched(question: Tensor, weights: Tensor, passage: Tensor, together: bool) -> float:
    """The mean, by `weights`, of how well each of the question's token vectors is matched: in the
    window of the passage where they are matched best if they must stand `together`, or anywhere.

    Of shapes (n, dim), (n,) and (m, dim).
    """
    cosines = question @ passage.T
    found = by_window(cosines) if together else cosines.amax(dim=1, keepdim=True)
    return float((found * weights[:, None]).sum(dim=0).max() / weights.sum())


def by_window(cosines: Tensor) -> Tensor:
    """How well each token of a question is matched, by window of a passage.

    `cosines` have the shape (n, m), of tokens of the question and the passage, what comes of them
    (n, n_windows): the highest in the window, or the highest of all less OUTSIDE.
    """
    anywhere = cosines.amax(dim=1, keepdim=True)
    if cosines.shape[1] <= WINDOW:
        return anywhere
    inside = max_pool1d(cosines, WINDOW, STEP, ceil_mode=True)
    return torch.maximum(inside, anywhere - OUTSIDE)
