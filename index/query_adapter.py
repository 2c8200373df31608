"""The query adapter: what is added to the encoder's layers when they read a question.

A question is then near the sentences that answer it, not near what is like it. Passages are encoded
without it, so an index is the same with it and without.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from errors import JireiError
from settings import ROOT

FOLDER = ROOT / "models" / "adapter"
MODEL = "model.safetensors"
CONFIG = "config.json"
UP, DOWN = ".up", ".down"

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class QueryAdapter:
    """Low-rank additions (LoRA; Hu et al. 2021, arXiv 2106.09685).

    `factors` has two for each matrix of the layers that it changes, by its name: of shape
    (out, rank) and (rank, in).
    """

    factors: Mapping[str, tuple[Matrix, Matrix]]

    def addition(self, name: str) -> Matrix:
        """What is added to a matrix, shape (out, in). Raises KeyError for one that it leaves."""
        up, down = self.factors[name]
        return up @ down


def load_adapter(base: str, folder: Path = FOLDER) -> QueryAdapter:
    """The adapter in a folder. Raises JireiError if a file is missing, damaged, or for another
    encoder than `base`.
    """
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        data = (folder / MODEL).read_bytes()
        whole = sha256(data).hexdigest() == config["sha256"] and config["base"] == base
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise JireiError("adapter_unloadable", path=folder) from error
    if not whole:
        raise JireiError("adapter_unloadable", path=folder)
    tensors = {name: tensor.astype(np.float32) for name, tensor in load(data).items()}
    names = [name.removesuffix(UP) for name in tensors if name.endswith(UP)]
    if not names or any(name + DOWN not in tensors for name in names):
        raise JireiError("adapter_unloadable", path=folder)
    return QueryAdapter({name: (tensors[name + UP], tensors[name + DOWN]) for name in names})


def shipped_adapter() -> str:
    """The first letters of the sha256 of the shipped adapter, "" if there is none."""
    try:
        config = json.loads((FOLDER / CONFIG).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return str(config["sha256"])[:12]
