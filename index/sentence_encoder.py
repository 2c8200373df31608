"""Any sentence-transformers model as an encoder."""

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from errors import JireiError
from index.vectors import Vectors, checked
from settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32


class SentenceEncoder:
    """A model by name or folder, with its own prompts unless the settings override them.

    It is loaded when the first text comes.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        self._name = name
        self._settings = settings

    @cached_property
    def fingerprint(self) -> str:
        """Name, revision (of a folder: what its files are) and overridden prompts."""
        folder = Path(self._name)
        revision = _files_digest(folder) if folder.is_dir() else self._settings.encoder_revision
        prompts = (self._settings.query_prompt, self._settings.passage_prompt)
        own = "" if prompts == (None, None) else f"|{prompts}"
        return f"{self._name}@{revision or 'newest'}{own}"

    @property
    def dim(self) -> int:
        """Length of the vectors; loads the model."""
        dim = self._model.get_embedding_dimension()
        if dim is None:
            raise JireiError("encoder_no_dimension", name=self._name)
        return int(dim)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        local = Path(self._name).is_dir()
        if local:
            os.environ["HF_HUB_OFFLINE"] = "1"
        import torch
        from sentence_transformers import SentenceTransformer

        from index.probes import choose_dtype

        torch.set_num_threads(self._settings.threads or 1)
        try:
            return SentenceTransformer(
                self._name,
                device="cpu",
                revision=None if local else self._settings.encoder_revision,
                model_kwargs={"dtype": choose_dtype(self._settings.dtype)},
            )
        except (OSError, ValueError, KeyError) as error:
            raise JireiError("encoder_unloadable", name=self._name) from error

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dim)."""
        return self._encode(texts, self._prompt(self._settings.query_prompt, "query"), None)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """The same vectors: the adapter belongs to the embedded encoder."""
        return self.encode_queries(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of passages, shape (n, dim)."""
        prompt = self._prompt(self._settings.passage_prompt, "passage", "document")
        return self._encode(texts, prompt, progress)

    def _prompt(self, override: str | None, *kinds: str) -> str:
        if override is not None:
            return override
        prompts = self._model.prompts
        return next((prompts[kind] for kind in kinds if prompts.get(kind)), "")

    def _encode(
        self, texts: Sequence[str], prompt: str, progress: Callable[[int], None] | None
    ) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for at in range(0, len(texts), BATCH):
            part = list(texts[at : at + BATCH])
            found = self._model.encode(
                part, prompt=prompt, show_progress_bar=False, convert_to_tensor=True
            ).float()
            vectors[at : at + len(part)] = (found / found.norm(dim=1, keepdim=True)).numpy()
            if progress:
                progress(len(part))
        return checked(vectors, len(texts))


def _files_digest(folder: Path) -> str:
    """Changes when a file of the folder does."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    stats = [f"{p.relative_to(folder)} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in files]
    return sha256("\n".join(stats).encode()).hexdigest()[:12]
