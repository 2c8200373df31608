"""The query adapter: turns the vector of a question towards the sentences that answer it.

Passages keep their vectors, so an index is the same with it and without.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

from errors import JireiError
from index.vectors import Vectors
from settings import ROOT

FOLDER = ROOT / "models" / "adapter"
MODEL = "model.safetensors"
CONFIG = "config.json"


@dataclass(frozen=True)
class QueryAdapter:
    """A matrix of shape (dim, dim) for the encoder named `base`."""

    matrix: NDArray[np.float32]
    base: str

    def turn(self, queries: Vectors) -> Vectors:
        """The vectors of questions, shape (n, dim), turned, of unit length again."""
        turned = queries @ self.matrix
        unit: Vectors = (turned / np.linalg.norm(turned, axis=1, keepdims=True)).astype(np.float32)
        return unit


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
    return QueryAdapter(load(data)["query"].astype(np.float32), base)


def shipped_adapter() -> str:
    """The first letters of the sha256 of the shipped adapter, "" if there is none."""
    try:
        config = json.loads((FOLDER / CONFIG).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return str(config["sha256"])[:12]
