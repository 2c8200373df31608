"""Trains the matcher: `python -m training.matcher --squad jaquad-train.json.gz --ship`.

Every question of an article is held against all passages around its own, many of them hard: they
are of the same article. Only the upper layers are run for that; what the shared ones say of each
text is computed once.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from errors import JireiError
from index.cross_encoder import read_model
from index.embedded_model import PROMPTS, ensure_embedded_model
from index.matcher import FOLDER
from index.probes import choose_dtype
from index.token_matching import QUESTION_TOKENS
from settings import Settings, load_settings
from training.__main__ import RUNS
from training.adapter import LETTERS, PASSAGE
from training.data import Collection, load_squad
from training.export import write_shipped
from training.match_model import MatchLearner
from training.model import Masters

LEARNT_TOKENS = 160
MAX_TOKENS = 256
"""Of a passage: so many are learnt from, and so many read."""

PART = 16
RATE = 1.5e-4
HEAD_RATE = 10.0
WARM_UP = 60
TELL_EVERY = 20


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """What is set for a run besides its data.

    A step has about `passages` passages and up to `questions` questions; every `held_out`th
    article is only measured on (0: none); `rate` is the highest learning rate of the layers, the
    heads' is HEAD_RATE times as high.
    """

    steps: int
    seed: int = 1
    passages: int = 32
    questions: int = 80
    rate: float = RATE
    held_out: int = 9


@dataclass(frozen=True, slots=True)
class Known:
    """What the shared layers say of passages and questions; `right[i]` is question i's passage."""

    passages: tuple[Tensor, ...]
    questions: tuple[Tensor, ...]
    right: tuple[int, ...]


Window = tuple[Known, int, int]
"""An article, the first of its passages that are in, and the first behind them."""


def article_of(collection: Collection, learner: MatchLearner) -> Known:
    """A collection of a SQuAD file, its passages under its title."""
    passages = [PROMPTS["passage"] + PASSAGE.sub(r"\1\n\2", text) for text in collection.passages]
    questions = [PROMPTS["query"] + example.question for example in collection.examples]
    return Known(
        tuple(learner.shared_states(passages, LEARNT_TOKENS)),
        tuple(learner.shared_states(questions, QUESTION_TOKENS)),
        tuple(example.right[0] for example in collection.examples),
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


def batch_of(some: Sequence[Window], most: int, rng: np.random.Generator) -> Known:
    """The windows together, with at most so many of their questions."""
    passages: list[Tensor] = []
    asked: list[tuple[Tensor, int]] = []
    for article, first, end in some:
        moved = len(passages) - first
        pairs = zip(article.questions, article.right, strict=True)
        asked += [(q, right + moved) for q, right in pairs if first <= right < end]
        passages += article.passages[first:end]
    if len(asked) > most:
        asked = [asked[i] for i in rng.choice(len(asked), most, replace=False)]
    return Known(tuple(passages), tuple(q for q, _ in asked), tuple(right for _, right in asked))


def batches(
    articles: Sequence[Known], plan: MatchPlan, rng: np.random.Generator
) -> Iterator[Known]:
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


def matches(learner: MatchLearner, batch: Known) -> Tensor:
    """How well each passage matches each question, -1 to 1, shape (n_questions, n_passages).

    As `index.token_matching.matched`, for all pairs at once.
    """
    found = torch.zeros(len(batch.questions), len(batch.passages))
    sides = [list(_parts(learner, texts)) for texts in (batch.questions, batch.passages)]
    columns = []
    for _, passage, real, _ in sides[1]:
        rows = []
        for _, question, _, weights in sides[0]:
            cosines = torch.einsum("qid,pjd->qpij", question, passage)
            best = cosines.masked_fill(~real[None, :, None, :], -2.0).amax(dim=-1)
            rows.append((best * weights[:, None]).sum(-1) / weights.sum(-1, keepdim=True))
        columns.append(torch.cat(rows))
    order = [torch.tensor([row for rows, *_ in side for row in rows]) for side in sides]
    return found.index_put((order[0][:, None], order[1][None]), torch.cat(columns, dim=1))


def _parts(
    learner: MatchLearner, texts: Sequence[Tensor]
) -> Iterator[tuple[list[int], Tensor, Tensor, Tensor]]:
    """Rows of like length and what the learner says of them, PART at a time."""
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    for at in range(0, len(order), PART):
        rows = order[at : at + PART]
        yield rows, *learner([texts[row] for row in rows])


def fit(plan: MatchPlan, learner: MatchLearner, articles: Sequence[Known]) -> None:
    """Trains the upper layers and the heads: the right passage against all others of a batch."""
    rng = np.random.default_rng(plan.seed)
    masters = Masters(learner.upper.parameters())
    heads = [*learner.projection.parameters(), *learner.gate.parameters(), learner.log_scale]
    rates = (plan.rate, plan.rate * HEAD_RATE)
    groups = [{"params": masters.full}, {"params": heads}]
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=0.01)
    source, began = batches(articles, plan, rng), time.perf_counter()
    recent: list[float] = []
    for step in range(1, plan.steps + 1):
        batch = next(source)
        scores = matches(learner, batch) * learner.log_scale.exp()
        loss = cross_entropy(scores, torch.tensor(batch.right))
        loss.backward()  # type: ignore[no-untyped-call]
        masters.take_gradients()
        torch.nn.utils.clip_grad_norm_([*masters.full, *heads], 1.0)
        factor = min(1.0, step / WARM_UP) * max(0.02, 1 - step / plan.steps)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        optimiser.step()
        optimiser.zero_grad()
        masters.give_back()
        recent.append(float(loss.detach()))
        if step % TELL_EVERY == 0:
            minutes = (plan.steps - step) * (time.perf_counter() - began) / step / 60
            mean = np.mean(recent[-TELL_EVERY:])
            print(f"{step}/{plan.steps}  loss {mean:.3f}  {minutes:.0f} min left", flush=True)


@torch.no_grad()
def first_right(learner: MatchLearner, articles: Sequence[Known], size: int) -> float:
    """Of how many questions, 0 to 1, the right passage is the best of about `size` around it."""
    rng = np.random.default_rng(0)
    right: list[bool] = []
    for article in articles:
        for window in windows(article, size, rng):
            batch = batch_of([window], len(article.questions), rng)
            if batch.questions:
                best = matches(learner, batch).argmax(dim=1)
                right += (best == torch.tensor(batch.right)).tolist()
    return float(np.mean(right))


def train(
    chosen: argparse.Namespace, plan: MatchPlan, settings: Settings, folder: Path
) -> float | None:
    """One run, written to `folder`; returns `first_right` of the articles that were held out.

    None if none were. Raises JireiError if a file cannot be read, or leaves nothing to learn from.
    """
    read = list(load_squad(chosen.squad, chosen.squad_questions, plan.seed, LETTERS))
    if len(read) < (2 if plan.held_out else 1) or plan.held_out == 1:
        raise JireiError("eval_no_query", file=chosen.squad)
    torch.set_num_threads(settings.threads or 1)
    base = ensure_embedded_model(settings.cache)
    learner = MatchLearner(base, plan.seed, choose_dtype(settings.dtype))
    if chosen.start:
        try:
            learner.load(read_model(chosen.start)[1])
        except KeyError as error:
            raise JireiError("model_unloadable", name=chosen.start.name) from error
    articles = [article_of(collection, learner) for collection in read]
    if chosen.compile:
        for layer in learner.upper:
            layer.compile(dynamic=True)
    held = articles[:: plan.held_out] if plan.held_out else []
    kept = [a for i, a in enumerate(articles) if not plan.held_out or i % plan.held_out]
    fit(plan, learner, kept)
    write_shipped(learner.weights(), folder, MAX_TOKENS)
    return first_right(learner, held, plan.passages) if held else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains and writes; exit code 0, or 2 with one line of what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.matcher", description=__doc__)
    parser.add_argument("--run", default="matcher", help="name of the run, below var/training")
    parser.add_argument("--squad", type=Path, required=True, help="a SQuAD-format file")
    parser.add_argument("--squad-questions", type=int, default=10**9, help="about so many of it")
    parser.add_argument("--start", type=Path, help="a trained model's folder, to go on from")
    parser.add_argument("--steps", type=int, default=750)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate")
    parser.add_argument("--held-out", type=int, default=9, help="one article in how many; 0: none")
    parser.add_argument(
        "--compile", action="store_true", help="a third less time a step; needs a C++ compiler"
    )
    parser.add_argument("--ship", action="store_true", help="write models/matcher")
    chosen = parser.parse_args(arguments)
    settings = load_settings()
    plan = MatchPlan(chosen.steps, chosen.seed, rate=chosen.rate, held_out=chosen.held_out)
    folder = settings.var / "training" / chosen.run / "model"
    try:
        found = train(chosen, plan, settings, folder)
        if chosen.ship:
            for file in folder.iterdir():
                (FOLDER / file.name).write_bytes(file.read_bytes())
    except JireiError as error:
        print(error.tell(settings.lang), file=sys.stderr)
        return 2
    record = {
        "run": chosen.run,
        "squad": chosen.squad.name,
        "squad_questions": chosen.squad_questions,
        "start": chosen.start.parent.name if chosen.start else None,
        **asdict(plan),
        "first_right": None if found is None else round(found, 4),
    }
    with RUNS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(json.dumps(record))
    return 0


if __name__ == "__main__":
    sys.exit(main())
