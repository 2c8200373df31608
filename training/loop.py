"""The training loop: groups of passages a question, listwise and pointwise loss, resumable."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

from training.data import Collection, Example
from training.model import Learner, Masters

HARDNESS = 15.0
RIGHT_A_GROUP = 2
WARM_UP = 60
SAVE_EVERY = 100
LISTWISE = 0.5
RIGHT_WEIGHT = 1.5
HEAD_RATE = 5.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides a run besides its data.

    `squad_share` (0 to 1) of the groups come from the SQuAD collections; `rate` is the highest
    learning rate of the layers, the head's is HEAD_RATE times as high.
    """

    steps: int
    seed: int = 1
    groups: int = 8
    group: int = 6
    rate: float = 1e-4
    squad_share: float = 0.15


@dataclass(frozen=True, slots=True)
class Group:
    """A question with some passages; `right` says of each whether it states what is asked."""

    pairs: tuple[tuple[str, str], ...]
    right: tuple[bool, ...]


def draw(
    plan: Plan, step: int, judged: Sequence[Collection], squad: Sequence[Collection]
) -> list[Group]:
    """The groups of one step: the same for the same plan and step, whatever came before."""
    rng = np.random.default_rng([plan.seed, step])
    groups = []
    for _ in range(plan.groups):
        source = squad if squad and rng.random() < plan.squad_share else judged
        sizes = np.array([len(collection.examples) for collection in source], dtype=np.float64)
        collection = source[int(rng.choice(len(source), p=sizes / sizes.sum()))]
        example = collection.examples[int(rng.integers(len(collection.examples)))]
        groups.append(_group(example, collection.passages, plan.group, rng))
    return groups


def _group(example: Example, passages: Sequence[str], size: int, rng: np.random.Generator) -> Group:
    """Up to RIGHT_A_GROUP right passages; the rest wrong, mostly hard and one at random.

    The question is in any of its wordings.
    """
    right = list(rng.permutation(example.right)[:RIGHT_A_GROUP])
    others = 1 if example.other else 0
    n_hard = min(len(example.hard), size - len(right) - others)
    wrong = []
    if example.hard:  # the only sentence of an article has none beside it
        weights = np.exp(-np.arange(len(example.hard)) / HARDNESS)
        wrong += list(rng.choice(example.hard, n_hard, replace=False, p=weights / weights.sum()))
    wrong += list(rng.choice(example.other, others)) if others else []
    rows = [int(row) for row in (*right, *wrong)]
    question = example.question
    if example.wordings:
        question = str(rng.choice((question, *example.wordings)))
    pairs = tuple((question, passages[row]) for row in rows)
    return Group(pairs, tuple(i < len(right) for i in range(len(rows))))


def loss_of(scores: Tensor, groups: Sequence[Group]) -> Tensor:
    """Mean binary cross-entropy of all pairs, and LISTWISE times the mean cross-entropy of the
    right passages of each group among its passages.
    """
    truth = torch.tensor([float(right) for group in groups for right in group.right])
    weight = torch.tensor(RIGHT_WEIGHT)
    pointwise = functional.binary_cross_entropy_with_logits(scores, truth, pos_weight=weight)
    listwise = torch.zeros(())
    at = 0
    for group in groups:
        end = at + len(group.pairs)
        if any(group.right):
            likely = functional.log_softmax(scores[at:end], dim=0)
            listwise = listwise - (likely * truth[at:end]).sum() / truth[at:end].sum()
        at = end
    return pointwise + LISTWISE * listwise / len(groups)


class Trainer:
    """Holds the float32 weights and the optimiser; its state can be saved and taken up again."""

    def __init__(self, learner: Learner, plan: Plan) -> None:
        self._learner = learner
        self._plan = plan
        self._masters = Masters(p for p in learner.layers.parameters() if p.requires_grad)
        self._full = self._masters.full
        self._head = [*learner.pooler.parameters(), *learner.classifier.parameters()]
        head_rate = plan.rate * HEAD_RATE
        groups: list[dict[str, Any]] = [
            {"params": self._full},
            {"params": self._head, "lr": head_rate},
        ]
        self._optimiser = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=0.01)
        self._rates = [group["lr"] for group in self._optimiser.param_groups]
        self.step = 0

    def run(
        self,
        judged: Sequence[Collection],
        squad: Sequence[Collection],
        state: Path,
        on_step: Callable[[int, float, float], None],
    ) -> None:
        """Trains to the end of the plan; `on_step` gets step, loss and seconds it took."""
        if state.exists():
            self._restore(state)
        while self.step < self._plan.steps:
            began = time.perf_counter()
            loss = self._one(draw(self._plan, self.step, judged, squad))
            self.step += 1
            on_step(self.step, loss, time.perf_counter() - began)
            if self.step % SAVE_EVERY == 0 or self.step == self._plan.steps:
                self._save(state)

    def _one(self, groups: Sequence[Group]) -> float:
        rise = min(1.0, (self.step + 1) / WARM_UP)
        factor = rise * max(0.02, 1 - self.step / self._plan.steps)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * factor
        loss = loss_of(self._learner([pair for group in groups for pair in group.pairs]), groups)
        loss.backward()  # type: ignore[no-untyped-call]
        self._masters.take_gradients()
        torch.nn.utils.clip_grad_norm_([*self._full, *self._head], 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self._masters.give_back()
        return float(loss.detach())

    def _tensors(self) -> dict[str, Tensor]:
        found = {f"weight.{i}": p.detach() for i, p in enumerate([*self._full, *self._head])}
        for i, moments in self._optimiser.state_dict()["state"].items():
            found |= {f"{name}.{i}": torch.as_tensor(value) for name, value in moments.items()}
        return found

    def _save(self, state: Path) -> None:
        """Written aside and renamed, so that a run that is killed can be taken up."""
        aside = state.with_suffix(".tmp")
        save_file(self._tensors(), aside, metadata={"step": str(self.step)})
        aside.replace(state)

    def _restore(self, state: Path) -> None:
        tensors = load_file(state)
        with torch.no_grad():
            for i, parameter in enumerate([*self._full, *self._head]):
                parameter.copy_(tensors[f"weight.{i}"])
        known = self._optimiser.state_dict()
        known["state"] = {
            i: {name: tensors[f"{name}.{i}"] for name in ("step", "exp_avg", "exp_avg_sq")}
            for i in range(len(self._full) + len(self._head))
        }
        self._optimiser.load_state_dict(known)
        self.step = int(tensors["step.0"])
        self._masters.give_back()
