"""The reranker's weights that are shipped."""

from answer.judge import shipped_weights
from answer.rerank import shipped_rerank_weights
from index.query_adapter import shipped_adapter
from index.reranker import shipped_model
from upkeep.calibrate import RERANK_WEIGHTS


def test_shipped_weights_trust_both_and_their_cuts_are_in_order() -> None:
    shipped = shipped_rerank_weights()
    assert shipped.signals > 0
    assert shipped.reranker > 0
    cuts = shipped.cuts
    for doubts in (cuts.lists, cuts.placed_lists, cuts.facts, cuts.placed_facts):
        assert 0 < cuts.floor <= doubts.refuse <= doubts.answer < 1
    assert 0 < cuts.unsure < 1


def test_shipped_weights_were_fitted_to_the_shipped_model() -> None:
    assert shipped_rerank_weights().model == shipped_model()
    assert RERANK_WEIGHTS.is_file()


def test_shipped_signal_weights_were_fitted_with_the_shipped_adapter() -> None:
    assert shipped_weights().adapter == shipped_adapter()
