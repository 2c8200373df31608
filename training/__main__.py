"""Trains the reranker: `python -m training`. Takes up a run of the same name where it stopped.

python -m training --smoke          20 steps on toy data, writes nothing that stays
python -m training --run name --squad FILE --judged FOLDER --ship
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from errors import JireiError
from index.cross_encoder import read_model
from index.embedded_model import ensure_embedded_model
from index.encoder import make_encoder
from index.probes import choose_dtype
from index.reranker import FOLDER, ShippedReranker
from settings import ROOT, Settings, load_settings
from training.curve import write_curve
from training.data import Collection, fewer, load_collection, load_squad
from training.export import write_shipped
from training.held_out import HeldOut, evaluate, split
from training.loop import Plan, Trainer
from training.mine import mined
from training.model import MAX_TOKENS, Learner, Shape
from upkeep.judged_units import OF_ONE_DOCUMENT

DATA = ROOT / "training" / "data"
JUDGED = ("corpus", *(f"fict_{name}" for name in (*"bcefghijklmnopqrstuvwxyz", "aa", "ab")))
OF_DOCUMENTS = tuple(f"{folder}/{file}" for folder in JUDGED for file in OF_ONE_DOCUMENT)
RUNS = ROOT / "docs" / "training-runs.jsonl"
TOY = ("toy",)
TOY_LAYERS = 2
SMOKE_STEPS = 20
TELL_EVERY = 10


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--run", default="reranker", help="name of the run, below var/training")
    parser.add_argument(
        "--judged", type=Path, action="append", help="folder of judged questions, or one file of it"
    )
    parser.add_argument("--squad", type=Path, help="a SQuAD-format file, .json or .json.gz")
    parser.add_argument("--squad-questions", type=int, default=12_000)
    parser.add_argument("--squad-share", type=float, default=0.15, help="of the groups, 0 to 1")
    parser.add_argument(
        "--squad-letters", type=int, default=0, help="also passages of up to so many letters"
    )
    parser.add_argument("--start", type=Path, help="a trained model's folder, to go on from")
    parser.add_argument("--mine", type=Path, help="a trained model's folder, to find hard passages")
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", type=int, help="how many of the layers are kept")
    parser.add_argument("--lora", type=int, default=0, help="rank of low-rank additions; 0: all")
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate")
    parser.add_argument(
        "--compile", action="store_true", help="a third less time a step; needs a C++ compiler"
    )
    parser.add_argument("--share", type=float, default=1.0, help="share of the judged questions")
    parser.add_argument(
        "--without-third", type=int, choices=(0, 1, 2), help="see training.data.third_of"
    )
    parser.add_argument("--ship", action="store_true", help="write models/reranker")
    parser.add_argument("--note", default="", help="what the run is to show, for the record")
    parser.add_argument("--smoke", action="store_true")
    return parser.parse_args(arguments)


def train(chosen: argparse.Namespace, settings: Settings, folder: Path) -> HeldOut:
    """One run; its state, its curve and its record stand in `folder`. Raises JireiError."""
    torch.set_num_threads(settings.threads or 1)
    named = TOY if chosen.smoke else (*JUDGED, *OF_DOCUMENTS)
    folders = chosen.judged or [DATA / name for name in named if (DATA / name).exists()]
    judged, held = collections_of(folders, chosen, settings)
    squad: list[Collection] = []
    if chosen.squad:
        for letters in sorted({0, chosen.squad_letters}):
            squad += load_squad(chosen.squad, chosen.squad_questions, chosen.seed, letters)
    shape = Shape(chosen.layers or (TOY_LAYERS if chosen.smoke else None), chosen.lora)
    # Where the processor has no bfloat16 of its own, a step in it takes ten times as long.
    dtype = choose_dtype(settings.dtype)
    learner = Learner(ensure_embedded_model(settings.cache), chosen.seed, shape, dtype)
    if chosen.compile:
        for layer in learner.layers:
            layer.compile(dynamic=True)
    if chosen.start:
        learner.load(read_model(chosen.start)[1])
    steps = SMOKE_STEPS if chosen.smoke else chosen.steps
    plan = Plan(steps, chosen.seed, rate=chosen.rate, squad_share=chosen.squad_share)
    losses = _run(Trainer(learner, plan), plan, judged, squad, folder)
    learner.eval()

    @torch.inference_mode()
    def score(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = learner(pairs).float().numpy()
        return found

    figures = evaluate(score, held)
    write_curve(losses, folder / "curve.svg")
    size = write_shipped(learner.weights(), folder / "model", MAX_TOKENS)
    made = {"dtype": str(dtype).removeprefix("torch."), "bytes": size}
    _record(chosen, plan, folders, figures, made, folder)
    return figures


def collections_of(
    folders: Sequence[Path], chosen: argparse.Namespace, settings: Settings
) -> tuple[list[Collection], list[Collection]]:
    """What is trained on, as often as its folder is named, and what is held out, once.

    Raises JireiError for a file that cannot be read.
    """
    encoder = make_encoder(settings)
    distinct = list(dict.fromkeys(folders))
    loaded = [load_collection(path, encoder, chosen.without_third) for path in distinct]
    judged, held = split(loaded)
    judged = [fewer(collection, chosen.share) for collection in judged]
    if chosen.mine:
        scorer = ShippedReranker(settings, chosen.mine)
        judged = [mined(collection, scorer.score) for collection in judged]
    of_folder = dict(zip(distinct, judged, strict=True))
    return [of_folder[path] for path in folders], held


def _run(
    trainer: Trainer,
    plan: Plan,
    judged: Sequence[Collection],
    squad: Sequence[Collection],
    folder: Path,
) -> list[tuple[int, float]]:
    log = folder / "losses.jsonl"
    losses: list[tuple[int, float]] = []
    if log.exists():
        losses = [tuple(json.loads(line)) for line in log.read_text("utf-8").splitlines()]
    recent: list[float] = []
    began, first = time.perf_counter(), 0

    def tell(step: int, loss: float, seconds: float) -> None:
        nonlocal first
        # A run that was taken up again begins where it was left.
        first = first or step - 1
        recent.append(loss)
        if step % TELL_EVERY and step != plan.steps:
            return
        mean = float(np.mean(recent))
        recent.clear()
        losses.append((step, mean))
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps([step, round(mean, 4)]) + "\n")
        left = (plan.steps - step) * (time.perf_counter() - began) / max(1, step - first)
        print(f"{step}/{plan.steps}  loss {mean:.3f}  {seconds:.1f} s  {left / 60:.0f} min left")

    trainer.run(judged, squad, folder / "state.safetensors", tell)
    return losses


def _record(
    chosen: argparse.Namespace,
    plan: Plan,
    folders: Sequence[Path],
    figures: HeldOut,
    made: Mapping[str, object],
    folder: Path,
) -> None:
    """The settings and figures of a run in one line; a shipped one's also in docs/."""
    record = {
        "run": chosen.run,
        "note": chosen.note,
        "judged": [path.name for path in folders],
        "squad": chosen.squad.name if chosen.squad else None,
        "squad_letters": chosen.squad_letters,
        "start": chosen.start.parent.name if chosen.start else None,
        "mine": chosen.mine.parent.name if chosen.mine else None,
        "without_third": chosen.without_third,
        "layers": chosen.layers,
        "lora": chosen.lora,
        "share": chosen.share,
        **asdict(plan),
        **{name: round(value, 4) for name, value in asdict(figures).items()},
        **made,
    }
    line = json.dumps(record, ensure_ascii=False) + "\n"
    (folder / "record.json").write_text(line, encoding="utf-8")
    if not chosen.smoke:
        with RUNS.open("a", encoding="utf-8") as file:
            file.write(line)


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains; exit code 0, or 2 with one line of what is wrong."""
    chosen = options(arguments)
    settings = load_settings()
    try:
        if chosen.smoke:
            with tempfile.TemporaryDirectory() as aside:
                figures = train(chosen, settings, Path(aside))
        else:
            folder = settings.var / "training" / chosen.run
            folder.mkdir(parents=True, exist_ok=True)
            figures = train(chosen, settings, folder)
            if chosen.ship:
                for file in (folder / "model").iterdir():
                    (FOLDER / file.name).write_bytes(file.read_bytes())
    except JireiError as error:
        print(error.tell(settings.lang), file=sys.stderr)
        return 2
    print(json.dumps(asdict(figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
