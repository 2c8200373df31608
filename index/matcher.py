"""The matcher that comes with the shipped reranker."""

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedded_model import embedded_available, ensure_embedded_model
from settings import ROOT, Settings

if TYPE_CHECKING:
    from index.token_matching import Matcher

FOLDER = ROOT / "models" / "matcher"


class ShippedMatcher:
    """The late interaction in `models/matcher`; loads when the first pair comes.

    It runs on one thread unless their number is set, like the encoder of which it is the upper end.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._matching = Lock()

    @cached_property
    def _model(self) -> "Matcher":
        from index.probes import choose_dtype
        from index.token_matching import Matcher

        base = ensure_embedded_model(self._settings.cache)
        return Matcher(FOLDER, base, choose_dtype(self._settings.dtype))

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """How well each passage matches its question, -1 to 1, shape (n,).

        Raises JireiError if a file of the model is missing or damaged.
        """
        import torch

        from index.probes import threads_restored

        with self._matching, threads_restored():
            torch.set_num_threads(self._settings.threads or 1)
            return self._model.score(pairs)


def make_matcher(settings: Settings) -> ShippedMatcher | None:
    """None without its files, or where the embedded encoder, which it stands on, cannot be had."""
    return ShippedMatcher(settings) if FOLDER.is_dir() and embedded_available() else None
