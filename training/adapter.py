"""Trains the query adapter: `python -m training.adapter`.

It learns from the same judged questions as the reranker: questions move, the vectors of what
answers them stay.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save
from torch import Tensor

from errors import JireiError
from index.build import mean_of
from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import EMBEDDED_REVISION, ensure_embedded_model
from index.probes import choose_dtype
from index.query_adapter import CONFIG, DOWN, FOLDER, MODEL, UP, QueryAdapter
from index.terms import fold_width
from index.vector_store import VectorStore
from settings import Settings, load_settings
from training.__main__ import DATA, JUDGED, RUNS
from training.data import Collection, Example, load_collection, load_squad
from training.held_out import split
from training.model import Masters
from training.query_model import QueryLearner

PASSAGE = re.compile(r"(.*?)（(?:\w{2,3}[都道府県])?）(.*)", re.DOTALL)
FAR = 1e4
ARTICLES = 80
"""So many articles of a SQuAD file are searched together."""

LETTERS = 200
"""Of a SQuAD file also passages of so many letters are searched, as chunks are."""

WARM_UP = 30
TELL_EVERY = 20


@dataclass(frozen=True, slots=True)
class AdapterPlan:
    """What is set for a run besides its data.

    `temperature` divides the cosines; of the steps, `squad_share` (0 to 1) are over SQuAD
    collections; `rate` is the highest learning rate.
    """

    steps: int
    squad_share: float
    batch: int = 48
    rank: int = 16
    rate: float = 3e-4
    temperature: float = 0.02
    seed: int = 1


@dataclass(frozen=True)
class Encoded:
    """A collection with its units as vectors, shape (n, dim), and which unit answers which query.

    `queries` has the wordings of each. `right[i, j]` is set where unit j states what query i asks;
    `argued[i, j]` where that could be argued either way, and j is then left out.
    """

    name: str
    units: Tensor
    queries: tuple[tuple[str, ...], ...]
    right: Tensor
    argued: Tensor


def encoded(collection: Collection, store: VectorStore, chunks: bool = False) -> Encoded:
    """The answerable questions of a collection, its passages encoded as an index encodes units.

    With `chunks` they are encoded as chunks, under their titles.
    """
    split_up = [PASSAGE.fullmatch(passage) for passage in collection.passages]
    named = [(found[1], found[2]) if found else ("", "") for found in split_up]

    def vectors(texts: Iterator[str]) -> NDArray[np.float32]:
        return store.encode_passages([fold_width(text) for text in texts])

    if chunks:
        units = vectors(f"{name}\n{text}" for name, text in named)
    else:
        alone = vectors(text for _, text in named)
        units = mean_of(alone, vectors(f"{name}：{text}" for name, text in named))
    asked = [example for example in collection.examples if example.right]
    right = torch.zeros(len(asked), len(named), dtype=torch.bool)
    argued = torch.ones(len(asked), len(named), dtype=torch.bool)
    for row, example in enumerate(asked):
        right[row, list(example.right)] = True
        argued[row, [*example.right, *example.hard, *example.other]] = False
    queries = tuple(tuple(map(fold_width, (e.question, *e.wordings))) for e in asked)
    name = f"{collection.name}, chunks" if chunks else collection.name
    return Encoded(name, torch.from_numpy(units), queries, right, argued)


def merged(collections: Sequence[Collection]) -> Collection:
    """Many small collections as one: a question's wrong passages are those of all of them."""
    passages = [passage for collection in collections for passage in collection.passages]
    examples: list[Example] = []
    at = 0
    for collection in collections:
        for example in collection.examples:
            right = tuple(at + row for row in example.right)
            other = tuple(row for row in range(len(passages)) if row not in right)
            examples.append(Example(example.question, right, (), other))
        at += len(collection.passages)
    return Collection("squad", tuple(passages), tuple(examples))


def listwise(scores: Tensor, right: Tensor, argued: Tensor) -> Tensor:
    """Mean over questions of the cross-entropy of each right unit against all wrong ones.

    All of shape (n_questions, n_units). Right units do not compete with each other; those that
    could be argued either way do not count.
    """
    scores = scores - FAR * argued.float()
    wrong = torch.logsumexp(scores - FAR * right.float(), dim=1, keepdim=True)
    likely = scores - torch.logaddexp(scores, wrong)
    return -((likely * right).sum(1) / right.sum(1)).mean()


def fit(
    plan: AdapterPlan,
    learner: torch.nn.Module,
    judged: Sequence[Encoded],
    squad: Sequence[Encoded],
) -> None:
    """Trains what of the learner can be trained; it makes vectors of questions.

    Each question is asked in any of its wordings.
    """
    rng = np.random.default_rng(plan.seed)
    masters = Masters(p for p in learner.parameters() if p.requires_grad)
    optimiser = torch.optim.AdamW(masters.full, lr=plan.rate, weight_decay=0.01)
    began = time.perf_counter()
    for step in range(1, plan.steps + 1):
        source = squad if squad and rng.random() < plan.squad_share else judged
        sizes = np.array([len(c.queries) for c in source], dtype=np.float64)
        one = source[int(rng.choice(len(source), p=sizes / sizes.sum()))]
        n = min(plan.batch, len(one.queries))
        rows = torch.from_numpy(rng.choice(len(one.queries), n, replace=False))
        questions = [str(rng.choice(one.queries[row])) for row in rows.tolist()]
        scores = learner(questions) @ one.units.T / plan.temperature
        loss = listwise(scores, one.right[rows], one.argued[rows])
        loss.backward()  # type: ignore[no-untyped-call]
        masters.take_gradients()
        torch.nn.utils.clip_grad_norm_(masters.full, 1.0)
        for group in optimiser.param_groups:
            left = max(0.02, 1 - step / plan.steps)
            group["lr"] = plan.rate * min(1.0, step / WARM_UP) * left
        optimiser.step()
        masters.give_back()
        if step % TELL_EVERY == 0:
            minutes = (plan.steps - step) * (time.perf_counter() - began) / step / 60
            print(f"{step}/{plan.steps}  loss {float(loss.detach()):.3f}  {minutes:.0f} min left")


def mean_average_precision(queries: Tensor, collection: Encoded) -> float:
    """MAP, 0 to 1, of a collection's units for the vectors of its questions."""
    order = torch.argsort(queries @ collection.units.T - collection.argued * FAR, descending=True)
    right = torch.gather(collection.right, 1, order)
    place = torch.arange(1, right.shape[1] + 1)
    precision = torch.cumsum(right, dim=1) / place
    return float(((precision * right).sum(1) / right.sum(1)).mean())


def write_adapter(adapter: QueryAdapter, folder: Path) -> None:
    """The adapter as the product reads it, in 16 bits."""
    tensors = {}
    for name, (up, down) in adapter.factors.items():
        tensors[name + UP], tensors[name + DOWN] = up.astype(np.float16), down.astype(np.float16)
    data = save(tensors)
    config = {"base": EMBEDDED_REVISION, "sha256": sha256(data).hexdigest()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL).write_bytes(data)
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Sources:
    """What is trained on, and what is only measured on."""

    judged: list[Encoded]
    squad: list[Encoded]
    measured: list[Encoded]


def sources(chosen: argparse.Namespace, settings: Settings) -> Sources:
    """All collections, encoded. Raises JireiError for files that cannot be read."""
    encoder = EmbeddedEncoder(settings)
    store = VectorStore(settings.vectors_folder, encoder)
    folders = chosen.judged or [DATA / name for name in JUDGED]
    kept, held = split([load_collection(f, encoder, chosen.without_third) for f in folders])
    measured = [encoded(c, store) for c in held]
    measured += [encoded(load_collection(f, encoder, None), store) for f in chosen.unseen or ()]
    squad: list[Encoded] = []
    if chosen.squad:
        for letters in (0, LETTERS):
            articles = list(load_squad(chosen.squad, chosen.squad_questions, 1, letters))
            learnt = articles[:: chosen.every]
            for at in range(0, len(learnt), ARTICLES):
                part = merged(learnt[at : at + ARTICLES])
                squad.append(encoded(part, store, chunks=letters > 0))
            others = articles[1 :: 8 * chosen.every]
            if others and chosen.every > 1:  # else they were all trained on
                measured.append(encoded(merged(others), store, chunks=letters > 0))
    return Sources([encoded(c, store) for c in kept], squad, measured)


def train(
    chosen: argparse.Namespace, plan: AdapterPlan, settings: Settings
) -> tuple[QueryAdapter, dict[str, list[float]]]:
    """The adapter, and the MAP without and with it on what it was not trained on."""
    torch.set_num_threads(settings.threads or 1)
    given = sources(chosen, settings)
    dtype = choose_dtype(settings.dtype)
    learner = QueryLearner(ensure_embedded_model(settings.cache), plan.rank, plan.seed, dtype)
    if chosen.compile:
        for layer in learner.layers:
            layer.compile(dynamic=True)

    @torch.inference_mode()
    def figures() -> list[float]:
        asked = [[wordings[0] for wordings in c.queries] for c in given.measured]
        pairs = zip(asked, given.measured, strict=True)
        return [mean_average_precision(learner(questions), c) for questions, c in pairs]

    before = figures()
    fit(plan, learner, given.judged, given.squad)
    told = {
        c.name: [len(c.queries), *(round(value, 3) for value in both)]
        for c, *both in zip(given.measured, before, figures(), strict=True)
    }
    return QueryAdapter(learner.factors()), told


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains and writes; exit code 0, or 2 with one line of what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.adapter", description=__doc__)
    parser.add_argument("--run", default="adapter", help="name of the run, below var/training")
    parser.add_argument("--judged", type=Path, action="append", help="folder of judged questions")
    parser.add_argument("--unseen", type=Path, action="append", help="folder only to measure on")
    parser.add_argument("--squad", type=Path, help="a SQuAD-format file, .json or .json.gz")
    parser.add_argument("--squad-questions", type=int, default=30_000)
    parser.add_argument("--every", type=int, default=3, help="one article in how many")
    parser.add_argument("--without-third", type=int, choices=(0, 1, 2))
    parser.add_argument("--steps", type=int, default=1_200)
    parser.add_argument("--squad-share", type=float, default=0.3, help="of the steps, 0 to 1")
    parser.add_argument(
        "--compile", action="store_true", help="a third less time a step; needs a C++ compiler"
    )
    parser.add_argument("--ship", action="store_true", help="write models/adapter")
    chosen = parser.parse_args(arguments)
    settings = load_settings()
    plan = AdapterPlan(steps=chosen.steps, squad_share=chosen.squad_share)
    try:
        adapter, figures = train(chosen, plan, settings)
    except JireiError as error:
        print(error.tell(settings.lang), file=sys.stderr)
        return 2
    folder = FOLDER if chosen.ship else settings.var / "training" / chosen.run
    write_adapter(adapter, folder)
    record = {
        "run": chosen.run,
        "judged": [path.name for path in chosen.judged or ()],
        "squad": chosen.squad.name if chosen.squad else None,
        "squad_questions": chosen.squad_questions,
        "one_article_in": chosen.every,
        "without_third": chosen.without_third,
        **asdict(plan),
        "map": figures,
    }
    with RUNS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
