"""Texts to unit vectors: the contract, and which encoder the settings mean."""

from collections.abc import Callable, Sequence
from typing import Protocol

from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import EMBEDDED_REVISION, embedded_available
from index.query_adapter import load_adapter
from index.sentence_encoder import SentenceEncoder
from index.stub_encoder import StubEncoder
from index.vectors import Vectors
from settings import Settings

FALLBACK_MODEL = "intfloat/multilingual-e5-small"


class Encoder(Protocol):
    """Texts to float32 vectors of shape (n, dim) and unit length; queries and passages apart.

    `fingerprint` names everything that decides the vectors and is known before a model loads.
    `progress` is called with how many more passages are done.
    """

    @property
    def fingerprint(self) -> str:
        """Names model, revision and prompts."""
        ...

    @property
    def dim(self) -> int:
        """Length of the vectors."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions as they are to be compared with single sentences."""
        ...

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of passages."""
        ...


def make_encoder(settings: Settings) -> Encoder:
    """The encoder of the settings: "embedded", "stub", or a model's name or folder.

    Raises JireiError if the adapter that goes with the embedded one is missing or damaged.
    """
    if settings.encoder == "stub":
        return StubEncoder()
    if settings.encoder != "embedded":
        return SentenceEncoder(settings.encoder, settings)
    if embedded_available():
        adapter = load_adapter(EMBEDDED_REVISION) if settings.adapter == "shipped" else None
        return EmbeddedEncoder(settings, adapter)
    return SentenceEncoder(FALLBACK_MODEL, settings)
