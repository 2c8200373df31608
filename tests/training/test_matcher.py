"""What the matcher learns from and how, worked out by hand."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from training.match_model import MatchLearner
from training.matcher import (
    Known,
    MatchPlan,
    batch_of,
    batches,
    first_right,
    fit,
    main,
    matches,
    windows,
)


def texts(*tokens: Sequence[Sequence[float]]) -> tuple[Tensor, ...]:
    return tuple(torch.tensor(rows, dtype=torch.float32) for rows in tokens)


RIGHT_ANGLE = Known(
    passages=texts([[0.0, 1.0]], [[1.0, 0.0], [0.6, 0.8]], [[-1.0, 0.0]]),
    questions=texts([[1.0, 0.0], [0.0, 1.0]], [[0.0, -1.0]]),
    right=(1, 2),
)


class Toy(MatchLearner):
    """Token vectors are what is given, turned by a matrix that is to be learnt."""

    def __init__(self) -> None:
        nn.Module.__init__(self)
        turn = nn.Linear(2, 2, bias=False)
        nn.init.eye_(turn.weight)
        self.upper = nn.ModuleList([turn])
        self.projection, self.gate = nn.Linear(1, 1), nn.Linear(1, 1)
        self.log_scale = nn.Parameter(torch.tensor(10.0).log())
        self.asked: list[int] = []

    def forward(self, shared: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        states = nn.utils.rnn.pad_sequence(list(shared), batch_first=True)
        real = states.abs().sum(-1) > 0
        # The first token counts three times as much as the others.
        weights = real * torch.tensor([3.0] + [1.0] * (states.shape[1] - 1))
        return normalize(self.upper[0](states), dim=-1), real, weights


def test_matches_of_all_pairs_worked_out_by_hand() -> None:
    batch = RIGHT_ANGLE
    with torch.no_grad():
        found = matches(Toy(), batch)
    # Of the first question: (3 * 0 + 1) / 4, (3 * 1 + .8) / 4, (-3 + 0) / 4.
    expected = [0.25, 0.95, -0.75, -1.0, 0.0, 0.0]
    assert found.flatten().tolist() == pytest.approx(expected, abs=1e-6)


def test_texts_of_many_lengths_keep_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = RIGHT_ANGLE
    with torch.no_grad():
        whole = matches(Toy(), batch)
        monkeypatch.setattr("training.matcher.PART", 1)
        assert torch.allclose(matches(Toy(), batch), whole, atol=1e-6)


def article(n: int) -> Known:
    """n passages, passage i of the value i, each with two questions of the values i and 100 + i."""
    passages = texts(*([[float(i)]] for i in range(n)))
    questions = texts(*([[float(i + more)]] for more in (0, 100) for i in range(n)))
    return Known(passages, questions, (*range(n), *range(n)))


@pytest.mark.parametrize("n", [1, 3, 8, 40, 41])
def test_windows_hold_each_passage_once(n: int) -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        cut = windows(article(n), 8, rng)
        assert [row for _, a, b in cut for row in range(a, b)] == list(range(n))
        assert all(0 < b - a <= 16 for _, a, b in cut)


def test_windows_are_cut_at_other_places_each_time() -> None:
    rng = np.random.default_rng(1)
    ends = {tuple(end for _, _, end in windows(article(40), 8, rng)) for _ in range(10)}
    assert len(ends) > 1


def test_batch_has_the_questions_of_its_windows_and_knows_their_passages() -> None:
    some = [(article(5), 1, 3), (article(4), 2, 4)]
    batch = batch_of(some, 80, np.random.default_rng(0))
    assert [float(p) for p in batch.passages] == [1, 2, 2, 3]
    assert [float(q) for q in batch.questions] == [1, 2, 101, 102, 2, 3, 102, 103]
    assert batch.right == (0, 1, 0, 1, 2, 3, 2, 3)


def test_batch_leaves_out_what_is_too_much_and_keeps_the_others_right() -> None:
    batch = batch_of([(article(6), 0, 6)], 5, np.random.default_rng(0))
    assert len(batch.questions) == len(batch.right) == 5
    assert [float(q) % 100 for q in batch.questions] == list(batch.right)


def test_batches_show_every_passage_equally_often() -> None:
    source = batches([article(40)], MatchPlan(steps=1, passages=10), np.random.default_rng(2))
    seen: Counter[float] = Counter()
    for _ in range(10):
        round_: list[float] = []
        while len(round_) < 40:
            batch = next(source)
            assert len(set(map(float, batch.passages))) == len(batch.passages) <= 25
            round_ += [float(passage) for passage in batch.passages]
        assert sorted(round_) == list(range(40))
        seen.update(round_)
    assert set(seen.values()) == {10}


def test_it_learns_what_answers_a_question() -> None:
    learner = Toy()
    assert first_right(learner, [RIGHT_ANGLE], 3) == 0.5
    fit(MatchPlan(steps=200, rate=0.05), learner, [RIGHT_ANGLE])
    assert first_right(learner, [RIGHT_ANGLE], 3) == 1.0


def test_one_line_for_a_file_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--squad", "nowhere.json", "--steps", "1"]) == 2
    assert "nowhere.json" in capsys.readouterr().err
