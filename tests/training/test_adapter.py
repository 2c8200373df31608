"""What the query adapter learns from and how, worked out by hand."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn.functional import normalize

from index.embedded_model import EMBEDDED_REVISION
from index.query_adapter import QueryAdapter, load_adapter
from index.stub_encoder import StubEncoder
from index.terms import fold_width
from index.vector_store import VectorStore
from training.adapter import (
    AdapterPlan,
    Encoded,
    encoded,
    fit,
    listwise,
    mean_average_precision,
    merged,
    write_adapter,
)
from training.data import Collection, Example

PASSAGES = ("大津市（滋賀県）紙をやめた。", "題（）窓口を開いた。", "（）紙とは何か。")
PAPER = Example("紙は？", (0,), (1,), (), ("紙って？",))
"""The third passage could be argued either way."""


def test_units_are_encoded_alone_and_after_whose_they_are(tmp_path: Path) -> None:
    encoder = StubEncoder()
    store = VectorStore(tmp_path, encoder)
    unanswerable = Example("空は？", (), (0, 1, 2), ())
    found = encoded(Collection("c", PASSAGES, (PAPER, unanswerable)), store)
    alone, named = encoder.encode_passages(["紙をやめた。", fold_width("大津市：紙をやめた。")])
    assert found.units[0].tolist() == pytest.approx(((alone + named) / 2).tolist())
    titled = encoder.encode_passages(["窓口を開いた。", fold_width("題：窓口を開いた。")])
    assert found.units[1].tolist() == pytest.approx(titled.mean(axis=0).tolist())
    assert found.queries == ((fold_width("紙は？"), fold_width("紙って？")),)
    assert found.right.tolist() == [[True, False, False]]
    assert found.argued.tolist() == [[False, False, True]]


def test_chunks_are_encoded_once_under_their_titles(tmp_path: Path) -> None:
    encoder = StubEncoder()
    collection = Collection("c", PASSAGES, (PAPER,))
    found = encoded(collection, VectorStore(tmp_path, encoder), chunks=True)
    assert found.name == "c, chunks"
    alone = encoder.encode_passages(["大津市\n紙をやめた。", "題\n窓口を開いた。"])
    assert found.units[:2].tolist() == pytest.approx(np.array(alone))


def test_many_collections_become_one() -> None:
    one = Collection("a", ("p0", "p1"), (Example("甲", (1,), (0,), ()),))
    two = Collection("b", ("p2", "p3"), (Example("乙", (0,), (), (1,)),))
    both = merged([one, two])
    assert both.passages == ("p0", "p1", "p2", "p3")
    assert [example.right for example in both.examples] == [(1,), (2,)]
    assert [example.other for example in both.examples] == [(0, 2, 3), (0, 1, 3)]


def test_right_units_do_not_compete_and_arguable_ones_do_not_count() -> None:
    scores = torch.tensor([[2.0, 1.0, 0.0, 2.0]])
    right, argued = torch.tensor([[1.0, 1, 0, 0]]), torch.tensor([[0.0, 0, 0, 1]])
    # The only wrong one has 0: log(1 + e^-2) and log(1 + e^-1).
    expected = (math.log(1 + math.exp(-2)) + math.log(1 + math.exp(-1))) / 2
    assert float(listwise(scores, right, argued)) == pytest.approx(expected, abs=1e-4)


class Turn(torch.nn.Module):
    """Two questions on two axes, and a matrix that is to be learnt."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix = torch.nn.Parameter(torch.eye(2))

    def forward(self, questions: Sequence[str]) -> Tensor:
        axes = torch.eye(2)[["甲乙".index(question[0]) for question in questions]]
        return normalize(axes @ self.matrix, dim=1)


def turned_collection() -> Encoded:
    """The right unit of each question lies at a right angle to it."""
    units = torch.tensor([[0.0, 1.0], [-1.0, 0.0], [0.8, 0.6]])
    right = torch.tensor([[True, False, False], [False, True, False]])
    queries = (("甲", "甲？"), ("乙",))
    return Encoded("c", units, queries, right, torch.zeros(2, 3, dtype=torch.bool))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_it_learns_what_answers_a_question_whatever_it_is_like(
    share: float, capsys: pytest.CaptureFixture[str]
) -> None:
    made, learner = turned_collection(), Turn()
    # Without: the right ones come second (0 after .8) and third (0 after .6, and 1 before it).
    before = mean_average_precision(learner(["甲", "乙"]), made)
    assert before == pytest.approx((1 / 2 + 1 / 3) / 2)
    plan = AdapterPlan(steps=200, squad_share=share, rate=0.05, temperature=0.1)
    fit(plan, learner, [made], [made])
    assert mean_average_precision(learner(["甲？", "乙"]), made) == 1.0
    # The right one is at best .63 nearer than the others; divided by .1 that is nearly certain.
    assert float(capsys.readouterr().out.splitlines()[-1].split()[2]) < 0.05


def test_written_adapter_is_the_one_the_product_reads(tmp_path: Path) -> None:
    up, down = np.array([[0.5], [-2]], np.float32), np.array([[1, 0.25]], np.float32)
    write_adapter(QueryAdapter({"a.weight": (up, down)}), tmp_path)
    found = load_adapter(EMBEDDED_REVISION, tmp_path)
    assert list(found.factors) == ["a.weight"]
    assert found.addition("a.weight").tolist() == [[0.5, 0.125], [-2, -0.5]]
