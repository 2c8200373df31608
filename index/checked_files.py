"""Files of a generation, each read only if it is the one that its manifest names."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from errors import JireiError
from index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """The files of `folder`; `digests` has the sha256 of each by name."""

    folder: Path
    digests: Mapping[str, str]

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises JireiError if it is missing or another."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError as error:
            raise self._damaged(name) from error
        if sha256(data).hexdigest() != self.digests[name]:
            raise self._damaged(name)
        return data

    def read_vectors(self, name: str) -> VectorIndex:
        """The vectors of an .npy file. Raises JireiError as `read` does.

        They go straight to where they stay: the bytes of a large index would be its size again.
        """
        try:
            with (self.folder / name).open("rb") as file:
                index = VectorIndex.from_npy(file)
        except (OSError, ValueError) as error:
            raise self._damaged(name) from error
        if index.digest() != self.digests[name]:
            raise self._damaged(name)
        return index

    def damaged(self) -> list[str]:
        """The names of those that are missing or not what their digests say."""
        bad = []
        for name in self.digests:
            try:
                self.read(name)
            except JireiError:
                bad.append(name)
        return bad

    def _damaged(self, name: str) -> JireiError:
        return JireiError("index_damaged", file=f"{self.folder.name}/{name}")
