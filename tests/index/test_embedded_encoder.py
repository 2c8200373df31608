from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedded_encoder import EmbeddedEncoder, batches
from index.embedded_model import EMBEDDED_REVISION
from index.vectors import Vectors
from settings import Settings
from tests.index.golden_texts import SHORT_TEXTS, TEXTS

SOME = TEXTS[::6]
QUERIES = SHORT_TEXTS[::2]


def test_fingerprint_is_known_without_a_model_and_names_the_revision(tmp_path: Path):
    encoder = EmbeddedEncoder(Settings(cache=tmp_path))
    assert encoder.fingerprint == f"multilingual-e5-small-q4@{EMBEDDED_REVISION}"
    assert list(tmp_path.iterdir()) == []


def test_overridden_prompt_changes_the_fingerprint():
    several = [Settings(), Settings(query_prompt="q: "), Settings(passage_prompt="")]
    assert len({EmbeddedEncoder(settings).fingerprint for settings in several}) == 3


def test_no_texts_give_no_vectors_and_load_no_model(tmp_path: Path):
    encoder = EmbeddedEncoder(Settings(cache=tmp_path))
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.golden
def test_passage_vectors_equal_the_engine_s(passages: Vectors, engine: Any):
    theirs = engine.encode(TEXTS, is_query=False)
    cosines = (passages * theirs).sum(axis=1)
    assert len(cosines) >= 60
    assert cosines.min() >= 0.9995, TEXTS[int(cosines.argmin())]


@pytest.mark.golden
def test_query_vectors_equal_the_engine_s(embedded: EmbeddedEncoder, engine: Any):
    cosines = (embedded.encode_queries(QUERIES) * engine.encode(QUERIES, is_query=True)).sum(axis=1)
    assert cosines.min() >= 0.9995, QUERIES[int(cosines.argmin())]


@pytest.mark.golden
def test_bfloat16_gives_the_vectors_of_float32(real_folder: Path, passages: Vectors):
    half = EmbeddedEncoder(Settings(cache=real_folder.parent, dtype="bfloat16", threads=1))
    vectors = half.encode_passages(SOME)
    assert vectors.dtype == np.float32
    cosines = (vectors * passages[::6]).sum(axis=1)
    assert cosines.min() >= 0.999, SOME[int(cosines.argmin())]


@pytest.mark.golden
def test_progress_adds_up_to_the_number_of_texts(embedded: EmbeddedEncoder):
    done: list[int] = []
    embedded.encode_passages(["窓口"] * 33, done.append)
    assert done == [32, 1]


def test_batches_are_of_like_length_and_bounded():
    # 6 is three quarters of 8, and 5 is not.
    assert list(batches([8, 6, 7])) == [[1, 2, 0]]
    assert list(batches([8, 5, 1])) == [[2], [1], [0]]
    assert [len(batch) for batch in batches([1] * 70)] == [32, 32, 6]
    # Two texts of 4,096 characters fill a batch; one of 9,000 is more than that.
    assert list(batches([4097, 4096, 4096, 4096])) == [[1, 2], [3], [0]]
    assert list(batches([9000, 9000])) == [[0], [1]]
    assert list(batches([])) == []
