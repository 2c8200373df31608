"""Groups and loss of a step, worked out by hand."""

import math
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import torch
from torch import nn

from training.data import Collection, Example
from training.held_out import evaluate, split
from training.loop import LISTWISE, RIGHT_WEIGHT, Group, Plan, Trainer, draw, loss_of
from training.model import Learner, kept_layers

PASSAGES = tuple(f"p{i}" for i in range(12))
EXAMPLE = Example("問", (0, 1, 2), (3, 4, 5, 6, 7), (8, 9, 10, 11))
JUDGED = [Collection("c", PASSAGES, (EXAMPLE,))]
PLAN = Plan(steps=5, groups=3, group=6)


def test_group_has_two_right_passages_hard_wrong_ones_and_one_at_random() -> None:
    for group in draw(PLAN, 0, JUDGED, []):
        right = [
            text for (_, text), is_right in zip(group.pairs, group.right, strict=True) if is_right
        ]
        wrong = [text for _, text in group.pairs if text not in right]
        assert len(set(right)) == 2
        assert set(right) <= {"p0", "p1", "p2"}
        assert sum(text in PASSAGES[3:8] for text in wrong) == 3
        assert sum(text in PASSAGES[8:] for text in wrong) == 1
        assert {question for question, _ in group.pairs} == {"問"}


def test_a_group_asks_in_one_of_the_wordings_and_each_has_its_turn() -> None:
    judged = [Collection("c", PASSAGES, (replace(EXAMPLE, wordings=("別", "異")),))]
    groups = [group for step in range(20) for group in draw(PLAN, step, judged, [])]
    asked = [{question for question, _ in group.pairs} for group in groups]
    assert all(len(one) == 1 for one in asked)
    assert set.union(*asked) == {"問", "別", "異"}


def test_step_draws_the_same_whatever_came_before() -> None:
    assert draw(PLAN, 3, JUDGED, []) == draw(PLAN, 3, JUDGED, [])
    assert draw(PLAN, 3, JUDGED, []) != draw(PLAN, 4, JUDGED, [])


def test_loss_is_pointwise_and_listwise() -> None:
    group = Group((("q", "a"), ("q", "b")), (True, False))
    loss = loss_of(torch.tensor([1.0, -1.0]), [group])
    each = math.log(1 + math.exp(-1))
    pointwise = (RIGHT_WEIGHT * each + each) / 2
    listwise = math.log(1 + math.exp(-2))
    assert float(loss) == pytest.approx(pointwise + LISTWISE * listwise, abs=1e-5)


def test_question_without_an_answer_has_no_listwise_loss() -> None:
    loss = loss_of(torch.tensor([0.0]), [Group((("q", "a"),), (False,))])
    assert float(loss) == pytest.approx(math.log(2), abs=1e-5)


class Tiny(nn.Module):
    """Parts named as a learner's; scores a pair by the number of its passage."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.layers = nn.ModuleList([nn.Linear(1, 1)])
        self.pooler, self.classifier = nn.Linear(1, 1), nn.Linear(1, 1)

    def forward(self, pairs: list[tuple[str, str]]) -> torch.Tensor:
        numbers = torch.tensor([[float(passage[1:])] for _, passage in pairs])
        scores: torch.Tensor = self.classifier(self.pooler(self.layers[0](numbers)))[:, 0]
        return scores


def test_state_is_kept_at_the_end_and_a_finished_run_does_nothing_more(tmp_path: Path) -> None:
    state, steps = tmp_path / "state.safetensors", []
    for _ in range(2):
        tiny = Tiny()
        trainer = Trainer(cast(Learner, tiny), PLAN)
        trainer.run(JUDGED, [], state, lambda step, *_: steps.append(step))
    assert steps == [1, 2, 3, 4, 5]
    assert not torch.equal(tiny.classifier.weight, Tiny().classifier.weight)


def test_kept_layers_are_spread_and_hold_the_last() -> None:
    layers: list[nn.Module] = [nn.Identity() for _ in range(12)]
    half = kept_layers(layers, 6)
    assert [layers.index(layer) for layer in half] == [1, 3, 5, 7, 9, 11]
    assert kept_layers(layers, None) == layers
    assert kept_layers(layers, 1) == layers[-1:]


def test_held_out_questions_are_held_out_in_all_wordings() -> None:
    examples = tuple(Example(f"問{i}", (0,), (1,), (), (f"別{i}",)) for i in range(200))
    kept, held = split([Collection("c", PASSAGES, examples)])
    out = {example.question for example in held[0].examples}
    assert {example.wordings for example in held[0].examples} == {()}
    assert not out & {w.replace("別", "問") for e in kept[0].examples for w in e.wordings}


def test_held_out_questions_are_in_no_other_part() -> None:
    examples = tuple(Example(f"問{i}", (0,), (1,), ()) for i in range(200))
    ((kept,), (held,)) = split([Collection("c", PASSAGES, examples)])
    assert set(kept.examples).isdisjoint(held.examples)
    assert len(kept.examples) + len(held.examples) == 200
    assert 3 < len(held.examples) < 25


def test_figures_of_held_out_questions() -> None:
    import numpy as np

    values = {"p0": 2.0, "p1": 1.0, "p2": 3.0}
    held = [
        Collection("c", PASSAGES, (Example("a", (0,), (1, 2), ()), Example("b", (), (1,), ()))),
    ]
    found = evaluate(lambda pairs: np.array([values[text] for _, text in pairs]), held)
    # Of the pairs right against wrong (2 > 1, 2 < 3, 2 > 1), two; the right one is second of
    # three; the best of the answerable question, 3, is above 1.
    assert found.questions == 2
    assert found.auc == pytest.approx(2 / 3)
    assert found.mrr == 0.5
    assert found.answerable == 1.0
