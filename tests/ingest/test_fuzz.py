"""Animals of the zoo, damaged at random: read with their characters balanced, or refused."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking import chunk_document
from ingest.limits import Limits
from ingest.reading import read_file
from ingest.scrutiny import nonblank
from tests.ingest.animals import Animal
from tests.ingest.zoo import all_animals

# What is zipped or a PDF is cut short in the zoo itself; a flipped bit breaks the whole of it.
TEXTS = [
    animal
    for animal in all_animals()
    if animal.name.endswith((".html", ".htm", ".csv", ".eml", ".mhtml", ".md", ".xls"))
]
LIMITS = Limits(unzipped=1 << 20, characters=200_000)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.floats(0, 1), st.floats(0, 1), st.binary()
)
def test_damaged_file_is_balanced_or_refused(
    animal: Animal, other: Animal, at: float, to: float, noise: bytes
):
    cut, rest = int(at * len(animal.data)), int(to * len(other.data))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / animal.name
        path.write_bytes(animal.data[:cut] + noise + other.data[rest:])
        outcomes = read_file(path, animal.name, LIMITS)
    assert outcomes
    for outcome in outcomes:
        assert outcome.status in ("read", "failed", "skipped")
        if outcome.reading:
            document, facts = outcome.reading.document, outcome.reading.facts
            text = "".join(chunk.text for chunk in chunk_document(document))
            indexed = nonblank(text) - facts.added
            assert facts.characters == indexed + sum(facts.left_out.values())
        else:
            assert outcome.reason
