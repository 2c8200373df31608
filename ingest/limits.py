"""How much of one file is read before it is refused."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file: sizes in bytes, time in seconds of the clock.

    `unzipped`, `members` and `depth` hold for all that one archive unpacks to, archives inside
    it included. `memory` is what the parsing process may add to what it has when it starts.
    """

    file_bytes: int = 100 * MB
    characters: int = 5_000_000
    pages: int = 2000
    cells: int = 1_000_000
    unzipped: int = 500 * MB
    members: int = 2000
    depth: int = 3
    seconds: float = 120.0
    memory: int = 1024 * MB


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class UploadCaps:
    """How much is kept: number of files, bytes of one and of all together."""

    files: int
    file_bytes: int
    total_bytes: int
