"""What the matcher learns from and how, worked out by hand."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from errors import JireiError
from index.stub_encoder import StubEncoder
from training.__main__ import JUDGED as JUDGED_FOLDERS
from training.data import Collection, Example
from training.match_data import (
    Batch,
    Known,
    MatchPlan,
    all_batches,
    batch_of,
    batches,
    judged_batch,
    known_of,
    whole_batch,
    windows,
)
from training.match_model import MatchLearner
from training.matcher import first_right, fit, held_batches, judged_of, main, matches, options


def texts(*tokens: Sequence[Sequence[float]]) -> tuple[Tensor, ...]:
    return tuple(torch.tensor(rows, dtype=torch.float32) for rows in tokens)


def answered_by(*rows: int) -> tuple[Example, ...]:
    return tuple(Example(f"q{i}", (row,), (), ()) for i, row in enumerate(rows))


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
        self.asked: list[int] = []

    def forward(self, shared: Sequence[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        states = nn.utils.rnn.pad_sequence(list(shared), batch_first=True)
        real = states.abs().sum(-1) > 0
        # The first token counts three times as much as the others.
        weights = real * torch.tensor([3.0] + [1.0] * (states.shape[1] - 1))
        return normalize(self.upper[0](states), dim=-1), real, weights


def test_matches_of_all_pairs_worked_out_by_hand() -> None:
    with torch.no_grad():
        found = matches(Toy(), WHOLE)
    # Of the first question: (3 * 0 + 1) / 4, (3 * 1 + .8) / 4, (-3 + 0) / 4.
    expected = [0.25, 0.95, -0.75, -1.0, 0.0, 0.0]
    assert found.flatten().tolist() == pytest.approx(expected, abs=1e-6)


def test_texts_of_many_lengths_keep_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    with torch.no_grad():
        whole = matches(Toy(), WHOLE)
        monkeypatch.setattr("training.matcher.PART", 1)
        assert torch.allclose(matches(Toy(), WHOLE), whole, atol=1e-6)


def article(n: int) -> Known:
    """n passages, passage i of the value i, each with two questions of the values i and 100 + i."""
    passages = texts(*([[float(i)]] for i in range(n)))
    questions = texts(*([[float(i + more)]] for more in (0, 100) for i in range(n)))
    return Known(passages, tuple((q,) for q in questions), answered_by(*range(n), *range(n)))


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
    assert batch.right.int().argmax(dim=1).tolist() == [0, 1, 0, 1, 2, 3, 2, 3]
    assert (batch.right.sum(dim=1) == 1).all()
    assert torch.equal(batch.wrong, ~batch.right)


def test_batch_leaves_out_what_is_too_much_and_keeps_the_others_right() -> None:
    batch = batch_of([(article(6), 0, 6)], 5, np.random.default_rng(0))
    assert len(batch.questions) == len(batch.right) == 5
    right = batch.right.int().argmax(dim=1).tolist()
    assert [float(q) % 100 for q in batch.questions] == right


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


def asked(right: Sequence[int], hard: Sequence[int] = (), other: Sequence[int] = ()) -> Example:
    return Example("q", tuple(right), tuple(hard), tuple(other))


def judged_of_numbers(n: int, *examples: Example) -> Known:
    """n passages, passage i of the value i; question i in the wordings 100 + i and 200 + i."""
    passages = texts(*([[float(i)]] for i in range(n)))
    questions = tuple(texts([[100.0 + i]], [[200.0 + i]]) for i in range(len(examples)))
    return Known(passages, questions, examples)


JUDGED = judged_of_numbers(5, asked([0], [1], [4]), asked([2], [3], [0, 1]))
"""Passages 2 and 3 could be argued to answer the first question, passage 4 the second."""


def rows_of(batch: Batch) -> list[int]:
    return [int(passage) for passage in batch.passages]


def test_judged_batch_worked_out_by_hand() -> None:
    seen: set[float] = set()
    for seed in range(20):
        batch = judged_batch(JUDGED, MatchPlan(steps=1), np.random.default_rng(seed))
        rows = rows_of(batch)
        assert sorted(rows) == [0, 1, 2, 3]
        for question, right, wrong in zip(batch.questions, batch.right, batch.wrong, strict=True):
            expected = [({0}, {1}), ({2}, {0, 1, 3})][int(question) % 100]
            for taken, of_it in zip((right, wrong), expected, strict=True):
                assert {row for row, is_in in zip(rows, taken, strict=True) if is_in} == of_it
        seen.update(map(float, batch.questions))
    assert seen == {100.0, 101.0, 200.0, 201.0}


def test_two_right_passages_are_in_and_one_from_the_front_of_the_near_ones() -> None:
    judged = judged_of_numbers(44, asked([0, 1, 2], range(3, 43), [43]))
    near = []
    for seed in range(200):
        rows = rows_of(judged_batch(judged, MatchPlan(steps=1), np.random.default_rng(seed)))
        assert len(rows) == 3
        assert {*rows[:2]} < {0, 1, 2}
        near.append(rows[2] - 3)
    # Half of what is drawn exponentially lies below ln 2 times the mean: 5.5, cut down to 5.
    assert 3 <= np.median(near) <= 7
    assert max(near) > 20


def test_no_passage_is_in_twice() -> None:
    judged = judged_of_numbers(2, asked([0], [1]), asked([1], [0]))
    batch = judged_batch(judged, MatchPlan(steps=1), np.random.default_rng(0))
    assert sorted(rows_of(batch)) == [0, 1]


def test_what_there_is_no_room_for_takes_its_question_with_it() -> None:
    judged = judged_of_numbers(6, *(asked([i], [j for j in range(6) if j != i]) for i in range(6)))
    plan = MatchPlan(steps=1, passages=1, questions=8)
    for seed in range(20):
        batch = judged_batch(judged, plan, np.random.default_rng(seed))
        # Four questions are drawn, and two passages are taken: those of the first two.
        assert [int(question) % 100 for question in batch.questions] == rows_of(batch)
        assert batch.right.tolist() == [[True, False], [False, True]]


def test_a_judged_batch_has_half_as_many_questions() -> None:
    judged = judged_of_numbers(12, *(asked([i], [6 + i], [11 - i]) for i in range(6)))
    batch = judged_batch(judged, MatchPlan(steps=1, questions=8), np.random.default_rng(0))
    assert len(batch.questions) == 4
    assert len(batch.passages) == 8


ALONE = judged_of_numbers(1, asked([0]))
"""Without anything wrong."""


def test_a_question_without_anything_wrong_in_the_batch_is_left_out() -> None:
    batch = judged_batch(ALONE, MatchPlan(steps=1), np.random.default_rng(0))
    assert batch.questions == ()
    assert batch.right.shape == batch.wrong.shape == (0, 1)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0), (1.0, 40), (0.5, 20)])
def test_of_the_steps_a_share_is_over_judged_questions(share: float, expected: int) -> None:
    plan = MatchPlan(steps=1, judged_share=share)
    source = all_batches([article(8)], [JUDGED], plan, np.random.default_rng(3))
    judged = sum(len(next(source).passages) == 4 for _ in range(40))
    assert abs(judged - expected) <= (6 if 0 < share < 1 else 0)


def test_an_article_stands_in_for_judged_questions_that_teach_nothing() -> None:
    plan = MatchPlan(steps=1, judged_share=1.0)
    source = all_batches([article(8)], [ALONE], plan, np.random.default_rng(0))
    assert [len(next(source).passages) for _ in range(3)] == [8, 8, 8]


def test_a_collection_is_drawn_as_often_as_it_has_questions() -> None:
    one = judged_of_numbers(2, asked([0], [1]))
    nine = judged_of_numbers(10, *(asked([i], [9]) for i in range(9)))
    plan = MatchPlan(steps=1, judged_share=1.0)
    source = all_batches([article(8)], [one, nine], plan, np.random.default_rng(4))
    assert abs(sum(len(next(source).passages) == 2 for _ in range(300)) - 30) <= 12


def test_known_are_the_answerable_questions_in_all_wordings_under_their_prompts() -> None:
    read: list[tuple[list[str], int]] = []

    class Listening(Toy):
        def shared_states(self, texts: Sequence[str], longest: int) -> list[Tensor]:
            read.append((list(texts), longest))
            return [torch.tensor([[float(len(text))]]) for text in texts]

    examples = (
        Example("紙は？", (0,), (), (), ("紙って？",)),
        Example("空は？", (), (0,), ()),
        Example("大津市は紙を？", (0,), (), ()),
    )
    known = known_of(Collection("c", ("大津市（滋賀県）紙をやめた。",), examples), Listening())
    queries = ["query: 紙は？", "query: 紙って？", "query: 大津市は紙を？"]
    assert read == [(queries, 64), (["passage: 大津市\n紙をやめた。"], 160)]
    told = [[float(state) for state in wordings] for wordings in known.questions]
    assert told == [[10.0, 11.0], [14.0]]
    assert known.examples == (examples[0], examples[2])
    assert [float(state) for state in known.passages] == [len("passage: 大津市\n紙をやめた。")]


def test_judged_questions_are_kept_and_held_out_in_their_folders(tmp_path: Path) -> None:
    unit = {"uid": 1, "document": "d", "municipality": "大津市", "prefecture": "滋賀県",
            "heading": "h", "text": "紙をやめた。"}  # fmt: skip
    lines = [
        {"id": str(i), "question": f"紙{i}？", "positives": [1], "borderline": []}
        for i in range(60)
    ]
    for name, positives in (("told", [1]), ("untold", [])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "units.jsonl").write_text(json.dumps(unit) + "\n")
        text = "".join(json.dumps(line | {"positives": positives}) + "\n" for line in lines)
        (tmp_path / name / "lists.jsonl").write_text(text)

    class Listening(Toy):
        def shared_states(self, texts: Sequence[str], longest: int) -> list[Tensor]:
            return [torch.zeros(1, 1) for _ in texts]

    kept, held = judged_of([tmp_path / "told"], Listening(), StubEncoder())
    out = {e.question for e in held[0].examples}
    assert len(out) > 0
    assert {e.question for e in kept[0].examples} == {line["question"] for line in lines} - out
    with pytest.raises(JireiError) as error:
        judged_of([tmp_path / "told", tmp_path / "untold"], Listening(), StubEncoder())
    assert error.value.key == "eval_no_query"


def test_it_learns_from_judged_questions_whatever_the_articles_say() -> None:
    learner, swapped = Toy(), replace(RIGHT_ANGLE, examples=answered_by(2, 1))
    judged = replace(RIGHT_ANGLE, examples=(asked([1], [2], [0]), asked([2], [1], [0])))
    fit(MatchPlan(steps=200, rate=0.05, judged_share=1.0), learner, [swapped], [judged])
    assert first_right(learner, [WHOLE]) == 1.0


def test_what_could_be_argued_does_not_compete(capsys: pytest.CaptureFixture[str]) -> None:
    east = [[1.0, 0.0]]
    passages = texts(east, east, [[0.0, 1.0]])
    questions = (texts(east), texts(east))
    judged = Known(passages, questions, (asked([0], [2]), asked([1], [2])))
    plan = MatchPlan(steps=200, rate=0.05, judged_share=1.0)
    fit(plan, Toy(), [RIGHT_ANGLE], [judged])
    # Of each question the right passage of the other is the double of its own: if that competed,
    # the loss would be log 2 at least.
    assert float(capsys.readouterr().out.splitlines()[-1].split()[2]) < 0.1
    whole = whole_batch(judged)
    assert whole.right.tolist() == [[True, False, False], [False, True, False]]
    assert whole.wrong.tolist() == [[False, False, True]] * 2


def test_the_best_passage_is_looked_for_among_those_that_are_judged() -> None:
    # The second passage is nearest, and could be argued either way.
    passages = texts([[0.8, 0.6]], [[1.0, 0.0]], [[0.0, 1.0]])
    judged = Known(passages, (texts([[1.0, 0.0]]),), (asked([0], [2]),))
    assert first_right(Toy(), [whole_batch(judged)]) == 1.0
    with pytest.raises(ValueError, match="no question"):
        first_right(Toy(), [])


def test_it_learns_what_answers_a_question() -> None:
    learner = Toy()
    assert first_right(learner, held_batches([RIGHT_ANGLE], MatchPlan(steps=1))) == 0.5
    fit(MatchPlan(steps=200, rate=0.05), learner, [RIGHT_ANGLE])
    assert first_right(learner, [WHOLE]) == 1.0


def test_judged_folders_need_a_share_and_a_share_takes_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        options(["--squad", "s.json", "--judged", "folder"])
    assert "--judged-share" in capsys.readouterr().err
    given = ["--squad", "s.json", "--judged-share", "0.5"]
    assert {path.name for path in options(given).judged} == set(JUDGED_FOLDERS)
    twice = options([*given, "--judged", "a", "--judged", "b"])
    assert twice.judged == [Path("a"), Path("b")]


def test_one_line_for_a_file_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--squad", "nowhere.json", "--steps", "1"]) == 2
    assert "nowhere.json" in capsys.readouterr().err
