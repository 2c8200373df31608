"""What the query adapter learns from and how, worked out by hand."""

import math
from pathlib import Path

import pytest
import torch

from index.embedded_model import EMBEDDED_REVISION
from index.query_adapter import load_adapter
from index.stub_encoder import StubEncoder
from index.terms import fold_width
from index.vector_store import VectorStore
from training.adapter import (
    AdapterPlan,
    Encoded,
    encoded,
    fit,
    loss_of,
    mean_average_precision,
    merged,
    write_adapter,
)
from training.data import Collection, Example

PASSAGES = ("大津市（滋賀県）紙をやめた。", "題（）窓口を開いた。", "（）紙とは何か。")
PAPER = Example("紙は？", (0,), (1,), ())
"""The third passage could be argued either way."""


def test_units_are_encoded_alone_and_after_whose_they_are(tmp_path: Path) -> None:
    encoder = StubEncoder()
    store = VectorStore(tmp_path, encoder)
    unanswerable = Example("空は？", (), (0, 1, 2), ())
    found = encoded(Collection("c", PASSAGES, (PAPER, unanswerable)), encoder, store)
    alone, named = encoder.encode_passages(["紙をやめた。", fold_width("大津市：紙をやめた。")])
    assert found.units[0].tolist() == pytest.approx(((alone + named) / 2).tolist())
    titled = encoder.encode_passages(["窓口を開いた。", fold_width("題：窓口を開いた。")])
    assert found.units[1].tolist() == pytest.approx(titled.mean(axis=0).tolist())
    assert found.queries.shape == (1, encoder.dim)
    assert found.right.tolist() == [[1, 0, 0]]
    assert found.argued.tolist() == [[0, 0, 1]]


def test_many_collections_become_one() -> None:
    one = Collection("a", ("p0", "p1"), (Example("甲", (1,), (0,), ()),))
    two = Collection("b", ("p2", "p3"), (Example("乙", (0,), (), (1,)),))
    both = merged([one, two])
    assert both.passages == ("p0", "p1", "p2", "p3")
    assert [example.right for example in both.examples] == [(1,), (2,)]
    assert [example.other for example in both.examples] == [(0, 2, 3), (0, 1, 3)]


def test_right_units_do_not_compete_and_arguable_ones_do_not_count() -> None:
    queries = torch.tensor([[1.0, 0.0]])
    units = torch.tensor([[1.0, 0.0], [0.5, 0.0], [0.0, 1.0], [1.0, 0.0]])
    right, argued = torch.tensor([[1.0, 1, 0, 0]]), torch.tensor([[0.0, 0, 0, 1]])
    # Scores 2, 1 and 0 of the only wrong one: log(1 + e^-2) and log(1 + e^-1).
    expected = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(-1))) / 2
    assert float(loss_of(queries, units, right, argued, 0.5)) == pytest.approx(expected, abs=1e-4)


def turned_collection() -> Encoded:
    """The right unit of each question lies at a right angle to it."""
    queries = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    units = torch.tensor([[0.0, 1.0], [-1.0, 0.0], [0.8, 0.6]])
    right = torch.tensor([[1.0, 0, 0], [0, 1.0, 0]])
    return Encoded("c", units, queries, right, torch.zeros(2, 3))


def test_it_learns_a_turn_that_the_encoder_has_not() -> None:
    made = turned_collection()
    # Without: the right ones come second (0 after .8) and third (0 after .6, and 1 before it).
    assert mean_average_precision(None, made) == pytest.approx((1 / 2 + 1 / 3) / 2)
    matrix = fit(AdapterPlan(steps=200, rate=0.05, temperature=0.1, pull=1e-4), [made])
    assert mean_average_precision(matrix, made) == 1.0


def test_strong_pull_leaves_everything_as_it_is() -> None:
    matrix = fit(AdapterPlan(steps=50, pull=1e4), [turned_collection()])
    assert torch.allclose(matrix, torch.eye(2), atol=0.02)


def test_written_adapter_is_the_one_the_product_reads(tmp_path: Path) -> None:
    write_adapter(torch.tensor([[0.5, 1.0], [0.0, -2.0]]), tmp_path)
    assert load_adapter(EMBEDDED_REVISION, tmp_path).matrix.tolist() == [[0.5, 1.0], [0.0, -2.0]]
