"""Hard passages as a reranker finds them, worked out by hand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.data import Collection, Example
from training.mine import READ, in_turn, mined

LIKED = {"p1": 0.5, "p2": -1.0, "p3": 2.0, "p4": 3.0}


def score(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
    return np.array([LIKED[text] for _, text in pairs], dtype=np.float32)


def test_the_reranker_and_the_encoder_choose_in_turn() -> None:
    passages = ("p0", "p1", "p2", "p3", "p4")
    examples = (Example("甲", (0,), (1, 2, 3), (4,), ("別",)), Example("乙", (), (), (1,)))
    found = mined(Collection("c", passages, (*examples, Example("丙", (), (2, 4), ()))), score)
    # By the reranker 3, 1, 2; by the encoder 1, 2, 3: so 3 1 | 1 2 | 2 3.
    assert found.examples[0] == Example("甲", (0,), (3, 1, 2), (4,), ("別",))
    assert found.examples[1] == examples[1]
    assert found.examples[2].hard == (4, 2)


def test_each_row_comes_once_and_what_was_not_read_comes_last() -> None:
    assert in_turn([9, 7, 8], [7, 8, 9, 1, 2]) == (9, 7, 8, 1, 2)
    assert in_turn([], [1, 2]) == (1, 2)


def test_only_the_nearest_are_read() -> None:
    hard = tuple(range(READ + 4))
    asked: list[str] = []

    def liking_later(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        asked.extend(text for _, text in pairs)
        return np.arange(len(pairs), dtype=np.float32)

    passages = tuple(str(row) for row in hard)
    found = mined(Collection("c", passages, (Example("甲", (), hard, ()),)), liking_later)
    assert asked == list(passages[:READ])
    assert found.examples[0].hard[:4] == (READ - 1, 0, READ - 2, 1)
    assert found.examples[0].hard[-4:] == hard[-4:]
