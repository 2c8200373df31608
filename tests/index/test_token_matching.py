"""Late interaction: its formula by hand, and the shipped model."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from errors import JireiError
from index import matcher
from index.cross_encoder import CONFIG, MODEL, read_model
from index.matcher import FOLDER, ShippedMatcher, make_matcher
from index.token_matching import Matcher, by_window, matched, token_vectors
from settings import Settings
from training.data import Collection, Example
from training.export import write_shipped
from training.match_data import known_of, whole_batch
from training.match_model import MatchLearner
from training.matcher import matches

QUESTION = "RPAで入力業務を自動化した市は？"
RIGHT = "さいたま市\nデータの入力をRPAで自動化した。"
WRONG = "さいたま市\n窓口で申請書を書かずに済むようにした。"


def test_each_token_counts_with_its_best_match_and_its_weight() -> None:
    question = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    passage = torch.tensor([[0.6, 0.8], [1.0, 0.0], [0.0, -1.0]])
    # The best cosines are 1 and .8; weighed 3 to 1.
    assert matched(question, torch.tensor([3.0, 1.0]), passage, False) == pytest.approx(0.95)


def test_what_is_matched_outside_of_the_best_window_counts_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.token_matching.WINDOW", 2)
    monkeypatch.setattr("index.token_matching.STEP", 1)
    cosines = torch.tensor([[1.0, 0.0, 0.0, 0.9], [0.0, 0.0, 0.8, 0.0]])
    # Windows begin at tokens 0, 1 and 2: .1 less than the highest outside of them.
    expected = [[1.0, 0.9, 0.9], [0.7, 0.8, 0.8]]
    assert by_window(cosines).tolist() == [pytest.approx(row) for row in expected]
    # The last window holds both; the mean by weights 1 and 3 is (.9 + 3 × .8) / 4.
    identity = torch.eye(2)
    weights = torch.tensor([1.0, 3.0])
    assert matched(identity, weights, cosines.T, True) == pytest.approx(0.825)
    assert matched(identity, weights, cosines.T, False) == pytest.approx(0.85)
    # A passage no longer than a window is one, and its last tokens are in some.
    assert by_window(cosines[:, :2]).tolist() == [[1.0], [0.0]]
    monkeypatch.setattr("index.token_matching.STEP", 2)
    assert by_window(torch.tensor([[0.0, 0.0, 0.0, 0.0, 1.0]]))[0].tolist() == pytest.approx(
        [0.9, 0.9, 1.0]
    )


@pytest.mark.parametrize(("apart", "score"), [(19, 1.0), (25, 0.95)])
def test_two_matches_count_in_full_within_twenty_tokens(apart: int, score: float) -> None:
    passage = torch.zeros(60, 2)
    passage[20, 0] = passage[20 + apart, 1] = 1.0
    assert matched(torch.eye(2), torch.ones(2), passage, True) == pytest.approx(score)


def test_token_vectors_are_of_both_layers_each_brought_to_variance_1() -> None:
    # Layer by layer (1, 3) and (10, 4) become (-1, 1) and (1, -1).
    states = torch.tensor([[[1.0, 3.0, 10.0, 4.0]]])
    projection = torch.tensor([[3.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 4.0]])
    gate = torch.tensor([[2.0, 0.5]]), torch.tensor([0.5])
    vectors, weights = token_vectors(states, projection, gate)
    assert vectors[0, 0].tolist() == pytest.approx([-0.6, -0.8], abs=1e-4)
    assert float(weights) == pytest.approx(math.log(1 + math.exp(2.0)), abs=1e-4)


@pytest.fixture(scope="module")
def shipped(real_folder: Path) -> Matcher:
    return Matcher(FOLDER, real_folder, torch.float32)


@pytest.mark.golden
def test_what_answers_matches_better(shipped: Matcher) -> None:
    right, wrong = shipped.score([(QUESTION, RIGHT), (QUESTION, WRONG)])
    assert 1.0 > right > wrong + 0.1


@pytest.mark.golden
def test_only_what_a_japanese_question_asks_stands_together(
    shipped: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def windows(cosines: torch.Tensor) -> torch.Tensor:
        raise LookupError

    monkeypatch.setattr("index.token_matching.by_window", windows)
    assert shipped.score([("Which cities automate data entry?", RIGHT)]) > 0
    with pytest.raises(LookupError):
        shipped.score([(QUESTION, RIGHT)])


@pytest.mark.golden
def test_a_pair_scores_the_same_whatever_stands_beside_it(
    shipped: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [(QUESTION, RIGHT), ("窓口は？", WRONG), (QUESTION, WRONG), ("窓口は？", WRONG * 9)]
    monkeypatch.setattr("index.token_matching.KEPT", 0)
    together = shipped.score(pairs)
    alone = np.concatenate([shipped.score([pair]) for pair in pairs])
    assert np.abs(together - alone).max() < 1e-4
    assert shipped.score([]).shape == (0,)


@pytest.mark.golden
def test_no_more_passages_are_kept_than_there_is_room_for(
    shipped: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.token_matching.KEPT", 2)
    first = [(QUESTION, text) for text in ("一", "二", "三")]
    shipped.score(first)
    shipped.score(first[1:2])
    shipped.score([(QUESTION, "四")])
    assert list(shipped._passages) == ["二", "四"]


@pytest.mark.golden
def test_a_damaged_model_is_one_line(real_folder: Path, tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_bytes((FOLDER / CONFIG).read_bytes())
    (tmp_path / MODEL).write_bytes((FOLDER / MODEL).read_bytes()[:-1])
    with pytest.raises(JireiError) as raised:
        Matcher(tmp_path, real_folder, torch.float32)
    assert raised.value.key == "model_unloadable"


@pytest.mark.golden
def test_written_model_matches_as_it_did_when_it_learnt(real_folder: Path, tmp_path: Path) -> None:
    learner, other = (MatchLearner(real_folder, torch.float32) for _ in range(2))
    assert torch.equal(learner.projection.weight, other.projection.weight)
    passages = ("大津市（滋賀県）紙をやめた。", "題（）窓口を開いた。" * 3)
    examples = (
        Example("紙は？", (0,), (), ()),
        Example("窓口はいつから開いていますか？", (1,), (), ()),
    )
    batch = whole_batch(known_of(Collection("c", passages, examples), learner))
    with torch.no_grad():
        before = matches(learner, batch)
        _, real, weights = learner(batch.questions)
        heads = learner.gate.weight, learner.projection.weight
        for parameter in (*learner.upper.parameters(), *heads):
            parameter += 0.05 * torch.randn(parameter.shape)
        expected = matches(learner, batch)
    assert (expected - before).abs().max() > 0.05
    assert real.sum(1).tolist() == [len(tokens) for tokens in batch.questions]
    assert torch.equal(weights > 0, real)
    write_shipped(learner.weights(), tmp_path, 256)
    read = ["大津市\n紙をやめた。", "題\n" + passages[1][3:]]
    pairs = [(example.question, text) for example in examples for text in read]
    found = Matcher(tmp_path, real_folder, torch.float32).score(pairs)
    # They differ by what 8 bits lose.
    assert np.abs(found - expected.flatten().numpy()).max() < 0.01
    other.load(read_model(tmp_path)[1])
    with torch.no_grad():
        assert (matches(other, batch) - expected).abs().max() < 0.01
    assert other.log_scale.tolist() == pytest.approx(math.log(20))


def test_no_matcher_without_its_files_or_the_encoders_wheel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(matcher, "embedded_available", lambda: True)
    assert isinstance(make_matcher(Settings()), ShippedMatcher)
    with monkeypatch.context() as without:
        without.setattr(matcher, "FOLDER", tmp_path / "none")
        assert make_matcher(Settings()) is None
    monkeypatch.setattr(matcher, "embedded_available", lambda: False)
    assert make_matcher(Settings()) is None
