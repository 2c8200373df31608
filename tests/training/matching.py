"""Articles, judged questions and a learner made by hand."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from training.data import Example
from training.match_data import Known, batch_of
from training.match_model import MatchLearner


def texts(*tokens: Sequence[Sequence[float]]) -> tuple[Tensor, ...]:
    return tuple(torch.tensor(rows, dtype=torch.float32) for rows in tokens)


def answered_by(*rows: int) -> tuple[Example, ...]:
    return tuple(Example(f"q{i}", (row,), (), ()) for i, row in enumerate(rows))


def asked(right: Sequence[int], hard: Sequence[int] = (), other: Sequence[int] = ()) -> Example:
    return Example("q", tuple(right), tuple(hard), tuple(other))


QUESTIONS = texts([[1.0, 0.0], [0.0, 1.0]], [[0.0, -1.0]])
RIGHT_ANGLE = Known(
    passages=texts([[0.0, 1.0]], [[1.0, 0.0], [0.6, 0.8]], [[-1.0, 0.0]]),
    questions=((QUESTIONS[0],), (QUESTIONS[1],)),
    examples=answered_by(1, 2),
)
WHOLE = batch_of([(RIGHT_ANGLE, 0, 3)], 80, np.random.default_rng(0))


class Toy(MatchLearner):
    """Token vectors are what is given, turned by a matrix that is to be learnt."""

    def __init__(self) -> None:
        nn.Module.__init__(self)
        turn = nn.Linear(2, 2, bias=False)
        nn.init.eye_(turn.weight)
        self.upper = nn.ModuleList([turn])
        self.projection, self.gate = nn.Linear(1, 1), nn.Linear(1, 1)
        self.log_scale = nn.Parameter(torch.tensor(10.0).log())

    def forward(self, shared: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        states = nn.utils.rnn.pad_sequence(list(shared), batch_first=True)
        real = states.abs().sum(-1) > 0
        # The first token counts three times as much as the others.
        weights = real * torch.tensor([3.0] + [1.0] * (states.shape[1] - 1))
        return normalize(self.upper[0](states), dim=-1), real, weights
