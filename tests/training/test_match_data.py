"""What the matcher learns from, worked out by hand."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.training.matching import Toy, answered_by, asked, texts
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
    windows,
)


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
