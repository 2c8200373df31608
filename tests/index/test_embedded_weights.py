from pathlib import Path

import numpy as np
import pytest

from errors import JireiError
from index import embedded_model, embedded_weights
from index.embedded_weights import dequantise_q4, find_weights, parse_weights, read_weights
from tests.index.small_weights import (
    NORMALISATION,
    PIECES,
    SCORES,
    WIDTH,
    q4_block,
    small_file,
)


def test_q4_block_by_hand():
    nibbles = [*range(16), 15, 8] + [0] * 14
    expected = [-4, -3.5, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]
    expected += [3.5, 0.0] + [-4.0] * 14
    values = dequantise_q4(q4_block(0.5, nibbles) + q4_block(-2.0, [9] * 32))
    assert values.dtype == np.float32
    assert values.tolist() == expected + [-2.0] * 32


def test_partial_q4_block_is_refused():
    with pytest.raises(JireiError, match="19 bytes are not whole Q4_0 blocks") as caught:
        dequantise_q4(b"\0" * 19)
    assert caught.value.key == "model_damaged"


def test_small_file_gives_its_pieces_scores_map_and_tensors():
    weights = parse_weights(small_file())
    assert weights.vocabulary.pieces == PIECES
    assert weights.vocabulary.scores == SCORES
    assert weights.normalisation == NORMALISATION
    assert weights.shape.layer_norm_eps == pytest.approx(1e-12)
    words = weights.tensor("emb.word", 9, WIDTH)
    assert words[8].tolist() == [0.0] * WIDTH
    assert words[0].tolist() == [-4.0] * WIDTH


def test_tensor_missing_or_of_another_size_is_refused():
    weights = parse_weights(small_file())
    with pytest.raises(JireiError, match=r"'l0\.q\.w' is missing"):
        weights.tensor("l0.q.w", WIDTH, WIDTH)
    with pytest.raises(JireiError, match="has 32 weights, expected 64"):
        weights.tensor("emb.type", 2, WIDTH)


def test_file_truncated_anywhere_is_refused():
    data = small_file()
    for size in range(len(data)):
        with pytest.raises(JireiError, match=r"truncated|does not start"):
            parse_weights(data[:size])


def test_tensor_of_unknown_kind_is_refused():
    data = small_file()
    at = data.index(b"emb.word") + len("emb.word")
    with pytest.raises(JireiError, match=r"'emb\.word' has unknown kind 7"):
        parse_weights(data[:at] + b"\x07" + data[at + 1 :])


def test_piece_that_is_not_utf8_is_refused():
    data = small_file()
    at = data.index("か".encode())
    with pytest.raises(JireiError, match="is damaged"):
        parse_weights(data[:at] + b"\xff" + data[at + 1 :])


def test_wrong_magic_wrong_sha_and_missing_file_are_told_apart(tmp_path: Path):
    path = tmp_path / "weights.bin"
    path.write_bytes(b"GGUF" + small_file()[4:])
    with pytest.raises(JireiError, match="does not start with E5S1"):
        read_weights(path)
    path.write_bytes(small_file())
    with pytest.raises(JireiError, match=r"sha256 .* expected 1571fc982750"):
        read_weights(path)
    with pytest.raises(JireiError, match="cannot read") as caught:
        read_weights(tmp_path / "absent.bin")
    assert caught.value.key == "model_damaged"


def test_package_that_is_not_installed_is_not_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(embedded_weights, "WEIGHTS_PACKAGE", "no_such_package_at_all")
    assert find_weights() is None
    assert not embedded_model.embedded_available()
