"""The embedded multilingual-e5-small as an encoder."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.embedded_model import EMBEDDED_REVISION, PROMPTS, ensure_embedded_model
from index.query_adapter import QueryAdapter
from index.vectors import Vectors, checked
from settings import Settings

if TYPE_CHECKING:
    import torch

    from index.bert import BertEncoder
    from index.probes import FastestThreads

DIM = 384
BATCH = 32
BATCH_CHARACTERS = 8192
ALIKE = 0.75
"""Of the texts of one document, two fifths of the time went into padding without this."""
FEW = 8
"""So many texts are not worth asking how many threads are fastest."""


class EmbeddedEncoder:
    """Loads its model when the first text comes; queries run on one thread.

    Questions that are to be compared with single sentences are read with the `adapter`, if there
    is one. The number of threads for passages is found while they are encoded, unless it is set.
    """

    dim = DIM

    def __init__(self, settings: Settings, adapter: QueryAdapter | None = None) -> None:
        self._settings = settings
        self._adapter = adapter
        self._loaded: dict[bool, BertEncoder] = {}
        self._loading = Lock()
        self._query_prompt = _prompt(settings.query_prompt, "query")
        self._passage_prompt = _prompt(settings.passage_prompt, "passage")

    @property
    def fingerprint(self) -> str:
        """Model, revision, and the prompts if they are not its own."""
        prompts = {"query": self._query_prompt, "passage": self._passage_prompt}
        own = "" if prompts == PROMPTS else f"|{sorted(prompts.items())}"
        return f"multilingual-e5-small-q4@{EMBEDDED_REVISION}{own}"

    @cached_property
    def _dtype(self) -> "torch.dtype":
        """One for both models: found by trying, it might differ."""
        from index.probes import choose_dtype

        return choose_dtype(self._settings.dtype)

    def _model(self, adapted: bool) -> "BertEncoder":
        """With the adapter, if there is one, or without; a chat loads only the first."""
        adapter = self._adapter if adapted else None
        with self._loading:
            if bool(adapter) not in self._loaded:
                self._loaded[bool(adapter)] = self._load(adapter)
            return self._loaded[bool(adapter)]

    def _load(self, adapter: QueryAdapter | None) -> "BertEncoder":
        import torch

        from index.bert import BertEncoder

        folder = ensure_embedded_model(self._settings.cache)
        torch.set_num_threads(self._settings.threads or 1)
        return BertEncoder(folder, self._dtype, adapter)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, 384)."""
        return self._encode(False, self._asked(texts))

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions as the adapter has them, shape (n, 384)."""
        return self._encode(True, self._asked(texts))

    def _asked(self, texts: Sequence[str]) -> list[str]:
        return [self._query_prompt + text for text in texts]

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of passages, shape (n, 384)."""
        prompted = [self._passage_prompt + text for text in texts]
        if len(prompted) <= FEW or self._settings.threads:
            return self._encode(False, prompted, progress)
        import torch

        threads = torch.get_num_threads()
        try:
            return self._encode(False, prompted, progress, self._fastest)
        finally:
            torch.set_num_threads(threads)

    @cached_property
    def _fastest(self) -> "FastestThreads":
        from index.probes import FastestThreads

        self._model(False)  # that loading it takes time says nothing of the threads
        return FastestThreads()

    def _encode(
        self,
        adapted: bool,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        on: "FastestThreads | None" = None,
    ) -> Vectors:
        vectors = np.zeros((len(texts), DIM), dtype=np.float32)
        for rows in batches([len(text) for text in texts]):
            batch = [texts[i] for i in rows]
            encode = partial(self._model(adapted).encode, batch)
            # Batches are padded to their longest text, which is the last.
            found = on.run(encode, len(batch) * len(batch[-1])) if on else encode()
            vectors[rows] = found.numpy()
            if progress:
                progress(len(rows))
        return checked(vectors, len(texts))


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of like length, so that short texts are not padded to long ones.

    A batch has at most BATCH texts, none shorter than ALIKE of the longest, and no more than
    BATCH_CHARACTERS when padded: long ones would else take memory that the process never gives
    back.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        most = min(BATCH, BATCH_CHARACTERS // max(1, lengths[row]))
        if batch and (len(batch) >= most or lengths[batch[0]] < ALIKE * lengths[row]):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _prompt(override: str | None, kind: str) -> str:
    return PROMPTS[kind] if override is None else override
