"""What the matcher learns from: articles with their questions, and judged questions.

Every question of an article is held against all passages around its own, many of them hard: they
are of the same article. A judged question is held against what answers the others asked with it,
and, as far as there is room, against what comes near to answering one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from index.embedded_model import PROMPTS
from index.token_matching import QUESTION_TOKENS
from training.adapter import PASSAGE
from training.data import Collection, Example
from training.match_model import MatchLearner

LEARNT_TOKENS = 160
"""Of a passage, so many are learnt from."""

RATE = 1.5e-4
RIGHTS = 2
"""So many of the passages that answer a judged question are in a batch."""

NEAREST = 8.0
"""The mean place, drawn exponentially, of the wrong passage that is in for its being near."""


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """What is set for a run besides its data.

    A step over articles has about `passages` passages and up to `questions` questions, one over
    judged questions up to twice as many passages and half as many questions. Of the steps,
    `judged_share` (0 to 1) are over judged questions. Every `held_out`th article is only measured
    on (0: none); `rate` is the highest learning rate of the layers.
    """

    steps: int
    seed: int = 1
    passages: int = 32
    questions: int = 80
    judged_share: float = 0.0
    rate: float = RATE
    held_out: int = 9


@dataclass(frozen=True, slots=True)
class Known:
    """What the shared layers say of passages, and of the wordings of each question.

    `examples[i]` says which passages answer question i, and which do not.
    """

    passages: tuple[Tensor, ...]
    questions: tuple[tuple[Tensor, ...], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """One step: `right[i, j]` is set if passage j answers question i, `wrong[i, j]` if it does not.

    Both are of shape (n_questions, n_passages); what could be argued either way is in neither.
    """

    passages: tuple[Tensor, ...]
    questions: tuple[Tensor, ...]
    right: Tensor
    wrong: Tensor


Window = tuple[Known, int, int]
"""An article, the first of its passages that are in, and the first behind them."""


def known_of(collection: Collection, learner: MatchLearner) -> Known:
    """The answerable questions of a collection; its passages stand under their titles."""
    passages = [PROMPTS["passage"] + PASSAGE.sub(r"\1\n\2", text) for text in collection.passages]
    examples = tuple(example for example in collection.examples if example.right)
    asked = [(example.question, *example.wordings) for example in examples]
    prompted = [PROMPTS["query"] + wording for wordings in asked for wording in wordings]
    states = iter(learner.shared_states(prompted, QUESTION_TOKENS))
    return Known(
        tuple(learner.shared_states(passages, LEARNT_TOKENS)),
        tuple(tuple(next(states) for _ in wordings) for wordings in asked),
        examples,
    )


def windows(article: Known, size: int, rng: np.random.Generator) -> list[Window]:
    """An article cut into parts of about `size` passages, at places that are moved by chance."""
    n = len(article.passages)
    parts = max(1, round(n / size))
    ends = np.linspace(0, n, parts + 1).astype(int)
    if parts > 1:
        reach = n // (3 * parts)
        ends[1:-1] += rng.integers(-reach, reach + 1, parts - 1)
    return [(article, int(a), int(b)) for a, b in pairwise(ends)]


def batch_of(some: Sequence[Window], most: int, rng: np.random.Generator) -> Batch:
    """The windows together, with at most so many of the questions that a passage in them answers.

    All passages but the one are wrong for a question.
    """
    passages: list[Tensor] = []
    asked: list[tuple[Tensor, int]] = []
    for article, first, end in some:
        moved = len(passages) - first
        pairs = (
            (q[0], e.right[0]) for q, e in zip(article.questions, article.examples, strict=True)
        )
        asked += [(q, right + moved) for q, right in pairs if first <= right < end]
        passages += article.passages[first:end]
    if len(asked) > most:
        asked = [asked[i] for i in rng.choice(len(asked), most, replace=False)]
    right = torch.zeros(len(asked), len(passages), dtype=torch.bool)
    right[torch.arange(len(asked)), [row for _, row in asked]] = True
    return Batch(tuple(passages), tuple(q for q, _ in asked), right, ~right)


def batches(
    articles: Sequence[Known], plan: MatchPlan, rng: np.random.Generator
) -> Iterator[Batch]:
    """All windows of all articles, again and again, in another order each time.

    No passage is twice in one. There is to be a question in some article.
    """
    while True:
        cut = [window for article in articles for window in windows(article, plan.passages, rng)]
        some: list[Window] = []
        for left, i in zip(range(len(cut) - 1, -1, -1), rng.permutation(len(cut)), strict=True):
            some.append(cut[i])
            if not left or sum(end - first for _, first, end in some) >= plan.passages:
                batch = batch_of(some, plan.questions, rng)
                some = []
                if batch.questions:
                    yield batch


def judged_batch(judged: Known, plan: MatchPlan, rng: np.random.Generator) -> Batch:
    """Some of the judged questions, each in any of its wordings, with passages for all of them.

    What answers them comes first, and then what is near to it, as long as there is room. A question
    is left out if no passage is right for it, or none wrong.
    """
    n = min(plan.questions // 2, len(judged.examples))
    chosen = rng.choice(len(judged.examples), n, replace=False).tolist()
    examples = [judged.examples[i] for i in chosen]
    rows = [int(row) for e in examples for row in rng.permutation(e.right)[:RIGHTS]]
    for hard in (e.hard for e in examples if e.hard):
        rows.append(hard[min(int(rng.exponential(NEAREST)), len(hard) - 1)])
    rows = list(dict.fromkeys(rows))[: 2 * plan.passages]
    right, wrong = _truths(examples, rows)
    teaches = right.any(dim=1) & wrong.any(dim=1)
    asked = [judged.questions[i] for i, does in zip(chosen, teaches.tolist(), strict=True) if does]
    questions = tuple(wordings[int(rng.integers(len(wordings)))] for wordings in asked)
    passages = tuple(judged.passages[row] for row in rows)
    return Batch(passages, questions, right[teaches], wrong[teaches])


def whole_batch(judged: Known) -> Batch:
    """All questions, as they were first worded, and all passages."""
    questions = tuple(wordings[0] for wordings in judged.questions)
    right, wrong = _truths(judged.examples, range(len(judged.passages)))
    return Batch(judged.passages, questions, right, wrong)


def _truths(examples: Sequence[Example], rows: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Which of the rows are right, and which wrong, shape (n_examples, n_rows) each."""
    right = [[row in e.right for row in rows] for e in examples]
    wrong = [[row in taken for row in rows] for e in examples for taken in [{*e.hard, *e.other}]]
    return torch.tensor(right), torch.tensor(wrong)


def all_batches(
    articles: Sequence[Known], judged: Sequence[Known], plan: MatchPlan, rng: np.random.Generator
) -> Iterator[Batch]:
    """Batches of both kinds without end; a judged collection as often as it has questions."""
    source = batches(articles, plan, rng)
    sizes = np.array([len(known.examples) for known in judged], dtype=np.float64)
    while True:
        if not judged or rng.random() >= plan.judged_share:
            yield next(source)
            continue
        one = judged[int(rng.choice(len(judged), p=sizes / sizes.sum()))]
        batch = judged_batch(one, plan, rng)
        yield batch if batch.questions else next(source)
