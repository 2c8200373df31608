"""An encoder that notes what it is asked, for tests of what a build encodes."""

from collections.abc import Callable, Sequence

from index.stub_encoder import StubEncoder
from index.vectors import Vectors


class Counting(StubEncoder):
    """The stub, with a fingerprint of choice; `asked` holds the passages it encoded."""

    def __init__(self, fingerprint: str = StubEncoder.fingerprint) -> None:
        self.fingerprint = fingerprint
        self.asked: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of shape (n, 64)."""
        self.asked += texts
        return super().encode_passages(texts, progress)
