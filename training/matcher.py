"""Trains the matcher: `python -m training.matcher --squad jaquad-train.json.gz`.

Only the upper layers are run; what the shared ones say of each text is computed once.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from errors import JireiError
from index.cross_encoder import read_model
from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import ensure_embedded_model
from index.encoder import Encoder
from index.probes import choose_dtype
from settings import Settings, load_settings
from training.__main__ import DATA, JUDGED, RUNS
from training.adapter import LETTERS, listwise
from training.data import load_collection, load_squad
from training.export import write_shipped
from training.held_out import split
from training.match_data import (
    RATE,
    Batch,
    Known,
    MatchPlan,
    all_batches,
    batch_of,
    known_of,
    whole_batch,
    windows,
)
from training.match_model import MatchLearner
from training.model import Masters

MAX_TOKENS = 256
"""Of a passage, so many are read."""

PART = 16
HEAD_RATE = 10.0
"""How many times as high the learning rate of the heads is."""

WARM_UP = 60
TELL_EVERY = 20


def matches(learner: MatchLearner, batch: Batch) -> Tensor:
    """How well each passage matches each question, -1 to 1, shape (n_questions, n_passages).

    As `index.token_matching.matched` anywhere in a passage, for all pairs at once.
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


def fit(
    plan: MatchPlan,
    learner: MatchLearner,
    articles: Sequence[Known],
    judged: Sequence[Known] = (),
) -> None:
    """Trains the upper layers and the heads: what is right against all that is wrong in a batch."""
    rng = np.random.default_rng(plan.seed)
    masters = Masters(learner.upper.parameters())
    heads = [*learner.projection.parameters(), *learner.gate.parameters(), learner.log_scale]
    rates = (plan.rate, plan.rate * HEAD_RATE)
    groups = [{"params": masters.full}, {"params": heads}]
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=0.01)
    source, began = all_batches(articles, judged, plan, rng), time.perf_counter()
    recent: list[float] = []
    for step in range(1, plan.steps + 1):
        batch = next(source)
        scores = matches(learner, batch) * learner.log_scale.exp()
        loss = listwise(scores, batch.right, ~(batch.right | batch.wrong))
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
def first_right(learner: MatchLearner, batches: Iterable[Batch]) -> float:
    """Of how many questions, 0 to 1, the best passage is right, arguable ones left out.

    Raises ValueError without a question.
    """
    right: list[bool] = []
    for batch in batches:
        known = batch.right | batch.wrong
        best = matches(learner, batch).masked_fill(~known, -2.0).argmax(dim=1)
        right += batch.right[torch.arange(len(best)), best].tolist()
    if not right:
        raise ValueError("no question to measure")
    return float(np.mean(right))


def held_batches(articles: Sequence[Known], plan: MatchPlan) -> Iterator[Batch]:
    """Every window of every article with all its questions, the same ones each time."""
    rng = np.random.default_rng(0)
    for article in articles:
        for window in windows(article, plan.passages, rng):
            batch = batch_of([window], len(article.questions), rng)
            if batch.questions:
                yield batch


@dataclass(frozen=True, slots=True)
class Firsts:
    """`first_right` of articles and of judged questions that were held out, None without any."""

    first_right: float | None
    judged_first_right: float | None


def train(chosen: argparse.Namespace, plan: MatchPlan, settings: Settings, folder: Path) -> Firsts:
    """One run, written to `folder`.

    Raises JireiError if a file cannot be read, or leaves nothing to learn from.
    """
    read = list(load_squad(chosen.squad, chosen.squad_questions, plan.seed, LETTERS))
    if len(read) < (2 if plan.held_out else 1) or plan.held_out == 1:
        raise JireiError("eval_no_query", file=chosen.squad)
    torch.set_num_threads(settings.threads or 1)
    learner = MatchLearner(ensure_embedded_model(settings.cache), choose_dtype(settings.dtype))
    if chosen.start:
        try:
            learner.load(read_model(chosen.start)[1])
        except KeyError as error:
            raise JireiError("model_unloadable", name=chosen.start.name) from error
    judged, out = judged_of(chosen.judged or (), learner, EmbeddedEncoder(settings))
    articles = [known_of(collection, learner) for collection in read]
    if chosen.compile:
        for layer in learner.upper:
            layer.compile(dynamic=True)
    held = articles[:: plan.held_out] if plan.held_out else []
    kept = [a for i, a in enumerate(articles) if not plan.held_out or i % plan.held_out]
    fit(plan, learner, kept, judged)
    write_shipped(learner.weights(), folder, MAX_TOKENS)
    return Firsts(
        first_right(learner, held_batches(held, plan)) if held else None,
        first_right(learner, map(whole_batch, out)) if out else None,
    )


def judged_of(
    folders: Sequence[Path], learner: MatchLearner, encoder: Encoder
) -> tuple[list[Known], list[Known]]:
    """What is learnt from, and what is only measured on (see `training.held_out.split`).

    Raises JireiError if a folder cannot be read, or has no answerable question.
    """
    read = [load_collection(folder, encoder, None) for folder in folders]
    for folder, collection in zip(folders, read, strict=True):
        if not any(example.right for example in collection.examples):
            raise JireiError("eval_no_query", file=folder)
    kept, held = ([known_of(c, learner) for c in part] for part in split(read))
    return [k for k in kept if k.examples], [k for k in held if k.examples]


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line; `judged` names the folders that are learnt from."""
    parser = argparse.ArgumentParser(prog="python -m training.matcher", description=__doc__)
    parser.add_argument("--run", default="matcher", help="name of the run, below var/training")
    parser.add_argument("--squad", type=Path, required=True, help="a SQuAD-format file")
    parser.add_argument("--squad-questions", type=int, default=10**9, help="about so many of it")
    parser.add_argument("--judged", type=Path, action="append", help="folder of judged questions")
    parser.add_argument("--judged-share", type=float, default=0.0, help="of the steps, 0 to 1")
    parser.add_argument("--start", type=Path, help="a trained model's folder, to go on from")
    parser.add_argument("--steps", type=int, default=750)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate")
    parser.add_argument("--held-out", type=int, default=9, help="one article in how many; 0: none")
    parser.add_argument(
        "--compile", action="store_true", help="a third less time a step; needs a C++ compiler"
    )
    chosen = parser.parse_args(arguments)
    if chosen.judged and not chosen.judged_share:
        parser.error("--judged: give --judged-share too")
    if chosen.judged_share and not chosen.judged:
        chosen.judged = [DATA / name for name in JUDGED]
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains and writes; exit code 0, or 2 with one line of what is wrong."""
    chosen = options(arguments)
    settings = load_settings()
    plan = MatchPlan(
        chosen.steps,
        chosen.seed,
        judged_share=chosen.judged_share,
        rate=chosen.rate,
        held_out=chosen.held_out,
    )
    try:
        found = train(chosen, plan, settings, settings.var / "training" / chosen.run / "model")
    except JireiError as error:
        print(error.tell(settings.lang), file=sys.stderr)
        return 2
    record = {
        "run": chosen.run,
        "squad": chosen.squad.name,
        "squad_questions": chosen.squad_questions,
        "judged": [folder.name for folder in chosen.judged or ()],
        "start": chosen.start.parent.name if chosen.start else None,
        **asdict(plan),
        **asdict(found),
    }
    with RUNS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(json.dumps(record))
    return 0


if __name__ == "__main__":
    sys.exit(main())
