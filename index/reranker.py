"""The reranker that the settings mean: the shipped cross-encoder, another one, or none."""

import json
import logging
import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from errors import JireiError
from index.embedded_model import embedded_available, ensure_embedded_model
from messages import tell
from settings import ROOT, Settings

if TYPE_CHECKING:
    from index.cross_encoder import CrossEncoder

FOLDER = ROOT / "models" / "reranker"
SLOWEST = 25.0
"""Pairs a second below which a machine is too slow for a list of some 80 pairs."""

TRIES = 5

PROBE = [
    ("書かない窓口を導入している市は？", "窓口で申請書を書かずに済む仕組みを導入した。" * 2)
] * 8

_log = logging.getLogger("jirei")


def shipped_model() -> str:
    """The first letters of the sha256 of the shipped model, "" if there is none."""
    try:
        config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ""
    return str(config["sha256"])[:12]


class ShippedReranker:
    """The cross-encoder in `models/reranker`; loads when the first pair comes.

    It reads on as many threads as a probe finds fastest, unless their number is set, and for one
    question at a time: two that share the cores are slower than one after the other.
    """

    def __init__(self, settings: Settings, folder: Path = FOLDER) -> None:
        self._settings = settings
        self._folder = folder
        self._reading = Lock()

    @cached_property
    def _model(self) -> "CrossEncoder":
        from index.cross_encoder import CrossEncoder
        from index.probes import choose_dtype

        base = ensure_embedded_model(self._settings.cache)
        return CrossEncoder(self._folder, base, choose_dtype(self._settings.dtype))

    def load(self) -> None:
        """Loads the model now. Raises JireiError if a file is missing or damaged."""
        _ = self._model

    @cached_property
    def _threads(self) -> int:
        from index.probes import choose_threads

        model = self._model
        return self._settings.threads or choose_threads(lambda: model.score(PROBE))

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Log-odds that each passage states what its question asks, shape (n,)."""
        import torch

        from index.probes import threads_restored

        with self._reading, threads_restored():
            torch.set_num_threads(self._threads)
            return self._model.score(pairs)

    def pairs_per_second(self) -> float:
        """How fast this machine is, found by trying; above 0.

        The fastest of up to `TRIES`, ended by the first that is fast enough: a moment in which
        others use the machine is not its speed.
        """
        self.score(PROBE)
        fastest = 0.0
        for _ in range(TRIES):
            began = time.perf_counter()
            self.score(PROBE)
            fastest = max(fastest, len(PROBE) / (time.perf_counter() - began))
            if fastest >= SLOWEST:
                break
        return fastest


class SentenceReranker:
    """Any cross-encoder that sentence-transformers loads, by name or folder."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self._name)
        except (OSError, ValueError) as error:
            raise JireiError("reranker_unloadable", name=self._name) from error

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The model's raw scores, shape (n,); higher is better."""
        import torch

        scores = self._model.predict(list(pairs), activation_fn=torch.nn.Identity())
        return np.asarray(scores, dtype=np.float32).reshape(len(pairs))


Reranker = ShippedReranker | SentenceReranker


def make_reranker(settings: Settings) -> Reranker | None:
    """The reranker of the settings; None for `JIREI_JUDGE=signals` or where there can be none.

    With "auto", the shipped one is used if the embedded encoder is, its files are here and a
    probe finds this machine fast enough; else a line in the log says so.
    """
    if settings.judge == "signals":
        return None
    if settings.reranker != "shipped":
        return SentenceReranker(settings.reranker)
    shipped = ShippedReranker(settings)
    if settings.judge == "reranker":
        return shipped
    if settings.encoder != "embedded" or not (FOLDER.is_dir() and embedded_available()):
        return None
    speed = shipped.pairs_per_second()
    if speed < SLOWEST:
        _log.warning(tell("reranker_slow", settings.lang, speed=round(speed), least=SLOWEST))
        return None
    return shipped
