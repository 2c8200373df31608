"""Averages the weights of two runs: `python -m training.average MODEL OTHER --out FOLDER`.

Models that were trained on from the same start lie in one valley of the loss, and between them
stands one that knows what each learnt last less by heart (Wortsman et al., "Model soups", 2022).
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from torch import Tensor

from errors import JireiError
from index.cross_encoder import read_model
from training.export import write_shipped


def average(
    one: Mapping[str, Tensor], other: Mapping[str, Tensor], share: float
) -> dict[str, Tensor]:
    """`share` (0 to 1) of `one` and the rest of `other`, tensor by tensor.

    Raises KeyError if `other` lacks a tensor.
    """
    return {name: share * tensor + (1 - share) * other[name] for name, tensor in one.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the average; exit code 0, or 2 with one line of what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.average", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the first, 0 to 1")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    chosen = parser.parse_args(arguments)
    try:
        config, one = read_model(chosen.model)
        _, other = read_model(chosen.other)
    except JireiError as error:
        print(error.tell("en"), file=sys.stderr)
        return 2
    write_shipped(average(one, other, chosen.share), chosen.out, config["max_tokens"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
