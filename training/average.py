"""Averages the weights of runs: `python -m training.average MODEL OTHER… --out FOLDER`.

Models that were trained on from the same start lie in one valley of the loss, and between them
stands one that knows what each learnt last less by heart (Wortsman et al., "Model soups", 2022).
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from errors import JireiError
from index.cross_encoder import read_model
from training.export import write_shipped


def average(models: Sequence[Mapping[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """The mean of all models, tensor by tensor, each weighed by its share (above 0).

    Shares need not add up to 1. Raises KeyError if a model lacks a tensor of the first, ValueError
    if there are not as many shares as models.
    """
    weighed = list(zip(models, shares, strict=True))
    whole = sum(shares)
    return {
        name: torch.stack([model[name] * (share / whole) for model, share in weighed]).sum(dim=0)
        for name in models[0]
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the average; exit code 0, or 2 with one line of what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.average", description=__doc__)
    parser.add_argument("models", type=Path, nargs="+")
    parser.add_argument("--shares", type=float, nargs="+", help="one each; else all alike")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    chosen = parser.parse_args(arguments)
    shares = chosen.shares or [1.0] * len(chosen.models)
    if len(shares) != len(chosen.models) or min(shares) <= 0:
        parser.error("--shares: one for each model, each above 0")
    try:
        read = [read_model(folder) for folder in chosen.models]
    except JireiError as error:
        print(error.tell("en"), file=sys.stderr)
        return 2
    weights = [found for _, found in read]
    longest = max(config["max_tokens"] for config, _ in read)
    write_shipped(average(weights, shares), chosen.out, longest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
