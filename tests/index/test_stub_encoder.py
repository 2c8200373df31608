import subprocess
import sys

import numpy as np

from index.stub_encoder import StubEncoder
from index.vectors import checked
from settings import ROOT

TEXTS = ["窓口の待ち時間", "RPA", "", "。"]
CODE = """
import sys
from index.stub_encoder import StubEncoder
sys.stdout.buffer.write(StubEncoder().encode_passages(sys.argv[1:]).tobytes())
"""


def test_another_process_gives_the_same_bytes():
    done = subprocess.run(
        [sys.executable, "-c", CODE, *TEXTS], cwd=ROOT, capture_output=True, check=True
    )
    assert done.stdout == StubEncoder().encode_passages(TEXTS).tobytes()


def test_vectors_are_float32_of_unit_length():
    vectors = StubEncoder().encode_queries(TEXTS)
    assert checked(vectors, 4).shape == (4, 64)
    assert StubEncoder().encode_passages([]).shape == (0, 64)


def test_queries_and_passages_are_alike_and_do_not_depend_on_neighbours():
    encoder = StubEncoder()
    alone = np.concatenate([encoder.encode_queries([text]) for text in TEXTS])
    assert np.array_equal(encoder.encode_passages(TEXTS), alone)


def test_shared_terms_mean_nearness():
    question, near, far = StubEncoder().encode_queries(
        ["窓口の待ち時間を短縮", "窓口の待ち時間", "防災無線の放送"]
    )
    assert question @ near > 0.6 > question @ far


def test_progress_is_told_the_number_of_texts():
    done: list[int] = []
    StubEncoder().encode_passages(TEXTS, done.append)
    assert done == [4]
