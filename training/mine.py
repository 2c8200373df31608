"""Wrong passages that a reranker takes for right ones: the hardest to learn from."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from training.data import Collection, Example
from training.held_out import Score

READ = 26
"""Of how many wrong passages, the nearest by the encoder, the reranker gives its word."""

AT_ONCE = 40


def mined(collection: Collection, score: Score) -> Collection:
    """A collection whose hard passages are ordered by two judges in turn.

    Every other one is the best that is left by `score`, those between by the encoder, as before:
    what the reranker likes best is at times right and was overlooked.
    """
    examples: list[Example] = []
    for at in range(0, len(collection.examples), AT_ONCE):
        some = collection.examples[at : at + AT_ONCE]
        pairs = [(e.question, collection.passages[row]) for e in some for row in e.hard[:READ]]
        scores = iter(score(pairs).tolist() if pairs else ())
        for example in some:
            read = np.array([next(scores) for _ in example.hard[:READ]])
            liked = [example.hard[place] for place in np.argsort(-read, kind="stable")]
            examples.append(replace(example, hard=in_turn(liked, example.hard)))
    return replace(collection, examples=tuple(examples))


def in_turn(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """The rows of both, one of each in turn, each row once; `second` holds all of `first`."""
    both = [row for pair in zip(first, second, strict=False) for row in pair]
    return tuple(dict.fromkeys([*both, *second]))
