"""Weights between those of two runs."""

from pathlib import Path

import pytest
import torch

from index.cross_encoder import MODEL, read_model
from training.average import average, main
from training.export import write_shipped

ONE = {"encoder.layer.0.weight": torch.tensor([[1.0, 3.0]]), "pooler.dense.bias": torch.ones(1)}
OTHER = {"encoder.layer.0.weight": torch.tensor([[5.0, 1.0]]), "pooler.dense.bias": torch.zeros(1)}


def test_average_weighs_each_tensor() -> None:
    found = average((ONE, OTHER), (1, 3))
    assert found["encoder.layer.0.weight"].tolist() == [[4.0, 1.5]]
    assert found["pooler.dense.bias"].tolist() == [0.25]


def test_average_of_three_is_their_mean_where_shares_are_alike() -> None:
    third = {name: tensor + 3 for name, tensor in ONE.items()}
    found = average((ONE, OTHER, third), (2, 2, 2))
    assert found["encoder.layer.0.weight"].flatten().tolist() == pytest.approx([10 / 3, 10 / 3])
    with pytest.raises(ValueError, match="shorter"):
        average((ONE, OTHER), (1,))


def test_command_writes_what_the_product_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_shipped(ONE, tmp_path / "one", 112)
    write_shipped(OTHER, tmp_path / "other", 112)
    arguments = [str(tmp_path / "one"), str(tmp_path / "other"), "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    config, weights = read_model(tmp_path / "out")
    assert config["max_tokens"] == 112
    # 8 bits a value: the largest of a row is exact.
    assert weights["encoder.layer.0.weight"][0].tolist() == pytest.approx([3.0, 2.0], abs=0.02)
    assert main([*arguments, "--shares", "3", "1"]) == 0
    _, weights = read_model(tmp_path / "out")
    assert weights["encoder.layer.0.weight"][0].tolist() == pytest.approx([2.0, 2.5], abs=0.02)
    for shares in (["1"], ["1", "0"]):
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--shares", *shares])
        assert ended.value.code == 2
    (tmp_path / "one" / MODEL).write_bytes(b"damaged")
    assert main(arguments) == 2
    assert "one" in capsys.readouterr().err
