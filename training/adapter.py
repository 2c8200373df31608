"""Trains the query adapter: `python -m training.adapter`.

It learns from the same judged questions as the reranker, in seconds once they are encoded.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save
from torch import Tensor
from torch.nn.functional import normalize

from errors import JireiError
from index.build import mean_of
from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import EMBEDDED_REVISION
from index.encoder import Encoder
from index.query_adapter import CONFIG, FOLDER, MODEL
from index.terms import fold_width
from index.vector_store import VectorStore
from settings import Settings, load_settings
from training.__main__ import DATA, JUDGED, RUNS
from training.data import Collection, Example, load_collection, load_squad
from training.held_out import split

PASSAGE = re.compile(r"(.*?)（(?:\w{2,3}[都道府県])?）(.*)", re.DOTALL)
FAR = 1e4


@dataclass(frozen=True, slots=True)
class AdapterPlan:
    """Everything that decides a run besides its data.

    `temperature` divides the cosines; `pull` weighs the squared distance of the matrix from the
    one that changes nothing.
    """

    steps: int = 800
    batch: int = 128
    rate: float = 2e-3
    temperature: float = 0.02
    pull: float = 0.005
    seed: int = 1


@dataclass(frozen=True)
class Encoded:
    """A collection as vectors: units (n, dim), queries (m, dim), and which unit answers which.

    `right[i, j]` is 1 where unit j states what query i asks; `argued[i, j]` is 1 where that could
    be argued either way, and j is then left out.
    """

    name: str
    units: Tensor
    queries: Tensor
    right: Tensor
    argued: Tensor


def encoded(collection: Collection, encoder: Encoder, store: VectorStore) -> Encoded:
    """The answerable questions of a collection, its units encoded as an index encodes them."""
    split_up = [PASSAGE.fullmatch(passage) for passage in collection.passages]
    named = [(found[1], found[2]) if found else ("", "") for found in split_up]
    texts = [text for _, text in named], [f"{name}：{text}" for name, text in named]
    units = mean_of(*(store.encode_passages([fold_width(t) for t in half]) for half in texts))
    asked = [example for example in collection.examples if example.right]
    right = torch.zeros(len(asked), len(named))
    argued = torch.ones(len(asked), len(named))
    for row, example in enumerate(asked):
        right[row, list(example.right)] = 1
        argued[row, [*example.right, *example.hard, *example.other]] = 0
    queries = encoder.encode_queries([fold_width(example.question) for example in asked])
    return Encoded(
        collection.name, torch.from_numpy(units), torch.from_numpy(queries), right, argued
    )


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


def loss_of(queries: Tensor, units: Tensor, right: Tensor, argued: Tensor, heat: float) -> Tensor:
    """Mean over questions of the cross-entropy of each right unit against all wrong ones.

    Right units do not compete with each other; those that could be argued either way do not count.
    """
    scores = queries @ units.T / heat - FAR * argued
    wrong = torch.logsumexp(scores - FAR * right, dim=1, keepdim=True)
    likely = scores - torch.logaddexp(scores, wrong)
    return -((likely * right).sum(1) / right.sum(1)).mean()


def fit(plan: AdapterPlan, collections: Sequence[Encoded]) -> Tensor:
    """The matrix, shape (dim, dim): a question is multiplied by it from the right."""
    rng = np.random.default_rng(plan.seed)
    same = torch.eye(collections[0].queries.shape[1])
    matrix = same.clone().requires_grad_(True)
    optimiser = torch.optim.Adam([matrix], lr=plan.rate)
    sizes = np.array([len(c.queries) for c in collections], dtype=np.float64)
    for step in range(plan.steps):
        one = collections[int(rng.choice(len(collections), p=sizes / sizes.sum()))]
        n = min(plan.batch, len(one.queries))
        rows = torch.from_numpy(rng.choice(len(one.queries), n, replace=False))
        turned = normalize(one.queries[rows] @ matrix, dim=1)
        loss = loss_of(turned, one.units, one.right[rows], one.argued[rows], plan.temperature)
        loss = loss + plan.pull * ((matrix - same) ** 2).sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * (1 - step / plan.steps)
        optimiser.step()
    return matrix.detach()


def mean_average_precision(matrix: Tensor | None, collection: Encoded) -> float:
    """MAP, 0 to 1, of a collection's units for its questions; None: without an adapter."""
    queries = collection.queries
    turned = queries if matrix is None else normalize(queries @ matrix, dim=1)
    order = torch.argsort(turned @ collection.units.T - collection.argued * FAR, descending=True)
    right = torch.gather(collection.right, 1, order)
    place = torch.arange(1, right.shape[1] + 1)
    precision = torch.cumsum(right, dim=1) / place
    return float(((precision * right).sum(1) / right.sum(1)).mean())


def write_adapter(matrix: Tensor, folder: Path) -> None:
    """The adapter as the product reads it, in 16 bits."""
    half: NDArray[np.float16] = matrix.numpy().astype(np.float16)
    data = save({"query": half})
    config = {"base": EMBEDDED_REVISION, "sha256": sha256(data).hexdigest()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL).write_bytes(data)
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def train(chosen: argparse.Namespace, settings: Settings) -> tuple[Tensor, dict[str, list[float]]]:
    """The matrix, and the MAP without and with it on what it was not trained on."""
    encoder = EmbeddedEncoder(settings)
    store = VectorStore(settings.vectors_folder, encoder)
    folders = chosen.judged or [DATA / name for name in JUDGED]
    kept, held = split([load_collection(f, encoder, chosen.without_third) for f in folders])
    if chosen.squad:
        articles = list(load_squad(chosen.squad, chosen.squad_questions, 1))[:: chosen.every]
        squad_kept, squad_held = split([merged(articles)])
        kept, held = kept + squad_kept, held + squad_held
    matrix = fit(AdapterPlan(), [encoded(c, encoder, store) for c in kept])
    unseen = [load_collection(folder, encoder, None) for folder in chosen.unseen or ()]
    figures = {}
    for collection in (*held, *unseen):
        found = encoded(collection, encoder, store)
        pair = mean_average_precision(None, found), mean_average_precision(matrix, found)
        figures[collection.name] = [len(found.queries), *(round(value, 3) for value in pair)]
    return matrix, figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains and writes; exit code 0, or 2 with one line of what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.adapter", description=__doc__)
    parser.add_argument("--run", default="adapter", help="name of the run, below var/training")
    parser.add_argument("--judged", type=Path, action="append", help="folder of judged questions")
    parser.add_argument("--unseen", type=Path, action="append", help="folder only to measure on")
    parser.add_argument("--squad", type=Path, help="a SQuAD-format file, .json or .json.gz")
    parser.add_argument("--squad-questions", type=int, default=30_000)
    parser.add_argument("--every", type=int, default=12, help="one article in how many")
    parser.add_argument("--without-third", type=int, choices=(0, 1, 2))
    parser.add_argument("--ship", action="store_true", help="write models/adapter")
    chosen = parser.parse_args(arguments)
    settings = load_settings()
    try:
        matrix, figures = train(chosen, settings)
    except JireiError as error:
        print(error.tell(settings.lang), file=sys.stderr)
        return 2
    folder = FOLDER if chosen.ship else settings.var / "training" / chosen.run
    write_adapter(matrix, folder)
    plan = asdict(AdapterPlan())
    record = {"run": chosen.run, "without_third": chosen.without_third, **plan, "map": figures}
    with RUNS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
