"""The embedded multilingual-e5-small as an encoder."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

import numpy as np

from index.embedded_model import EMBEDDED_REVISION, PROMPTS, ensure_embedded_model
from index.query_adapter import QueryAdapter
from index.vectors import Vectors, checked
from settings import Settings

if TYPE_CHECKING:
    from index.bert import BertEncoder

DIM = 384
BATCH = 32
BATCH_CHARACTERS = 8192
PROBE_BATCH = 8
PROBE_SECONDS = 60.0
"""How long a probe holds: one takes as long as 32 texts."""


class EmbeddedEncoder:
    """Loads its model when the first text comes; queries run on one thread.

    An `adapter` turns the vectors of questions that are to be compared with single sentences. The
    number of threads for passages is found by a probe, unless it is set.
    """

    dim = DIM

    def __init__(self, settings: Settings, adapter: QueryAdapter | None = None) -> None:
        self._settings = settings
        self._adapter = adapter
        self._threads = 1
        self._probe_at = 0.0
        self._query_prompt = _prompt(settings.query_prompt, "query")
        self._passage_prompt = _prompt(settings.passage_prompt, "passage")

    @property
    def fingerprint(self) -> str:
        """Model, revision, and the prompts if they are not its own."""
        prompts = {"query": self._query_prompt, "passage": self._passage_prompt}
        own = "" if prompts == PROMPTS else f"|{sorted(prompts.items())}"
        return f"multilingual-e5-small-q4@{EMBEDDED_REVISION}{own}"

    @cached_property
    def _model(self) -> "BertEncoder":
        import torch

        from index.bert import BertEncoder
        from index.probes import choose_dtype

        folder = ensure_embedded_model(self._settings.cache)
        torch.set_num_threads(self._settings.threads or 1)
        return BertEncoder(folder, choose_dtype(self._settings.dtype))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, 384)."""
        return self._encode([self._query_prompt + text for text in texts], None)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of passages, shape (n, 384)."""
        prompted = [self._passage_prompt + text for text in texts]
        if len(prompted) <= PROBE_BATCH or self._settings.threads:
            return self._encode(prompted, progress)
        import torch

        model = self._model
        threads = torch.get_num_threads()
        try:
            torch.set_num_threads(self._threads_for(lambda: model.encode(prompted[:PROBE_BATCH])))
            return self._encode(prompted, progress)
        finally:
            torch.set_num_threads(threads)

    def _threads_for(self, run: Callable[[], object]) -> int:
        """How many threads passages are fastest on; tried anew now and then, as load changes."""
        from index.probes import choose_threads

        if monotonic() >= self._probe_at:
            self._threads = choose_threads(run)
            self._probe_at = monotonic() + PROBE_SECONDS
        return self._threads

    def for_units(self, queries: Vectors) -> Vectors:
        """Vectors of questions, turned by the adapter if there is one."""
        return self._adapter.turn(queries) if self._adapter else queries

    def _encode(self, texts: Sequence[str], progress: Callable[[int], None] | None) -> Vectors:
        vectors = np.zeros((len(texts), DIM), dtype=np.float32)
        for rows in batches([len(text) for text in texts]):
            vectors[rows] = self._model.encode([texts[i] for i in rows]).numpy()
            if progress:
                progress(len(rows))
        return checked(vectors, len(texts))


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of like length, so that short texts are not padded to long ones.

    A batch has at most BATCH texts, and no more than BATCH_CHARACTERS when padded: long ones
    would else take memory that the process never gives back.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if batch and (len(batch) == BATCH or (len(batch) + 1) * lengths[row] > BATCH_CHARACTERS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _prompt(override: str | None, kind: str) -> str:
    return PROMPTS[kind] if override is None else override
