"""Damaged animals of the zoo: read with every character accounted for, or refused with a line."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from hypothesis import strategies as st
from reportlab import rl_config

from errors import JireiError
from ingest.chunking import chunk_document
from ingest.isolation import IsolatedReader
from ingest.limits import MB, Limits
from ingest.reading import Outcome
from ingest.scrutiny import nonblank
from tests.fuzz.damage import Damage, damaged, damages
from tests.ingest.animals import Animal
from tests.ingest.zoo import all_animals

LIMITS = Limits(unzipped=20 * MB, characters=500_000, pages=50, cells=100_000, seconds=20.0)


def _whole_animals() -> dict[str, tuple[Animal, ...]]:
    """The readable ones by format; PDFs with their pages unpacked, so that damage gets there."""
    with patch.object(rl_config, "pageCompression", 0):
        whole = [animal for animal in all_animals() if animal.reason is None]
    found: dict[str, list[Animal]] = {}
    for animal in whole:
        found.setdefault(animal.name.rsplit(".", 1)[-1], []).append(animal)
    return {ending: tuple(animals) for ending, animals in found.items()}


ANIMALS = _whole_animals()
LOST = frozenset(("parse_timeout", "parse_crashed", "parse_memory", "characters_lost"))
"""Reasons that a broken file must not fail for: they are ours."""


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A file that was whole, what is done to it, and the one that a splice goes on with."""

    animal: Animal
    damages: tuple[Damage, ...]
    other: Animal

    def __repr__(self) -> str:
        return f"{self.animal.name} + {self.other.name}: {self.damages}"

    @property
    def name(self) -> str:
        """The name it is read under."""
        return self.animal.name

    def data(self) -> bytes:
        """Its bytes."""
        return damaged(self.animal.data, self.damages, self.other.data)


_animals = st.sampled_from(sorted(ANIMALS)).flatmap(lambda ending: st.sampled_from(ANIMALS[ending]))
cases: st.SearchStrategy[DamagedFile] = st.builds(
    DamagedFile, _animals, damages.map(tuple), _animals
)


class LoaderCheck:
    """Reads files in the child that a build would read them in."""

    def __init__(self) -> None:
        self._reader = IsolatedReader(LIMITS)
        self._folder = tempfile.TemporaryDirectory()

    def check(self, case: DamagedFile) -> None:
        """Raises AssertionError if a file crashes, hangs, eats memory or loses characters."""
        self.check_bytes(case.name, case.data())

    def check_bytes(self, name: str, data: bytes) -> None:
        """As `check`, of a file's name and bytes."""
        path = Path(self._folder.name) / "file"
        path.write_bytes(data)
        judge(self._reader.read(path, f"fuzz/{name}"))

    def close(self) -> None:
        """Ends the child."""
        self._reader.close()
        self._folder.cleanup()


def judge(outcomes: Sequence[Outcome]) -> None:
    """Raises AssertionError unless every outcome is balanced, or refused with a line."""
    assert outcomes
    for outcome in outcomes:
        assert outcome.reason not in LOST, f"{outcome.reason} {outcome.values}"
        if outcome.reading is None:
            assert outcome.reason, outcome
            if outcome.status == "failed":
                told = JireiError(outcome.reason, **outcome.values).tell("en")
                assert len(told.splitlines()) == 1, told
            continue
        document, facts = outcome.reading.document, outcome.reading.facts
        text = "".join(chunk.text for chunk in chunk_document(document))
        indexed = nonblank(text) - facts.added
        assert facts.characters == indexed + sum(facts.left_out.values()), (indexed, facts)
