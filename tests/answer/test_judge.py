"""Verdicts, worked out by hand from signals."""

import math

import numpy as np
import pytest

from answer.judge import FEATURES, CaseTable, SignalJudge, Signals, Weights, shipped_weights
from answer.question import understand
from ingest.places import place_by_code

SAITAMA, MACHIDA, MIE = (place_by_code(code) for code in ("111007", "132098", "240001"))
# Units 0 and 1 belong to Saitama, 2 to Machida, 3 to Mie, 4 to an explanation.
CASES = CaseTable((SAITAMA, MACHIDA, MIE, None), ("a", "b", "c", "d"), np.array([0, 0, 1, 2, 3]))
COEFFICIENTS = dict.fromkeys(FEATURES, 0.0) | {"dense": 1.0}
WEIGHTS = Weights(FEATURES, tuple(COEFFICIENTS.values()), -2.0, 0.5, 0.2, 0.1, 0.3, 0.9, 0.6, 0.8)


def signals(dense: list[float], **others: list[float] | float) -> Signals:
    def row(name: str, default: float = 0.0) -> np.ndarray:
        return np.array(others.get(name, [default] * len(dense)), dtype=np.float32)

    return Signals(
        dense=np.array(dense, dtype=np.float32),
        lexical=row("lexical"),
        chunk=row("chunk"),
        unit=row("unit"),
        passage=row("passage"),
        case=row("case"),
        required=row("required", 1.0).astype(np.bool_),
        insists=bool(others.get("insists", False)),
        known=float(others.get("known", 1.0)),  # type: ignore[arg-type]
    )


def judged(question: str, given: Signals) -> list[tuple[int, str, float]]:
    result = SignalJudge(WEIGHTS).judge(understand(question), given, CASES)
    return [(case.case, case.verdict, round(case.score, 3)) for case in result]


def p(dense: float) -> float:
    return round(1 / (1 + math.exp(-(dense - 2))), 3)


def test_best_unit_of_a_case_counts_and_the_surest_case_comes_first() -> None:
    found = judged("RPAを使う市は？", signals([1.0, 3.0, 1.0, -1.0, 9.0]))
    assert found == [(0, "match", p(3)), (1, "unsure", p(1)), (2, "no", p(-1))]


def test_explanation_answers_facts_but_is_no_municipality_of_a_list() -> None:
    given = signals([0.0, 0.0, 0.0, 0.0, 4.0])
    assert judged("窓口の目標は？", given)[0] == (3, "match", p(4))
    assert all(case != 3 for case, _, _ in judged("RPAを使う市は？", given))


def test_named_place_and_level_leave_only_their_cases() -> None:
    given = signals([3.0, 3.0, 3.0, 3.0, 3.0])
    assert [case for case, _, _ in judged("町田市は何をした？", given)] == [1]
    assert [case for case, _, _ in judged("埼玉県の市は？", given)] == [0]
    assert [case for case, _, _ in judged("RPAを使っている県は？", given)] == [2]


def test_case_without_a_required_thing_is_no_answer() -> None:
    found = judged("RPAを使う市は？", signals([1, 3, 3, 3, 0], required=[0, 0, 1, 1, 1]))
    assert found[-1] == (0, "no", 0.0)
    assert [case for case, verdict, _ in found if verdict == "match"] == [1, 2]


def test_in_a_list_a_unit_that_says_all_goes_first() -> None:
    found = judged("RPAを使う市は？", signals([2.5, 2.5, 4.0, 0, 0], unit=[1, 0, 0, 0, 0]))
    assert [case for case, _, _ in found] == [0, 1, 2]


def test_weak_best_case_is_unsure_or_refused() -> None:
    # The best probability lies between `refuse` .3 and `answer` .6, then below `refuse`.
    assert judged("RPAを使う市は？", signals([2.2, 0, 0, 0, 0]))[0][1] == "unsure"
    assert {v for _, v, _ in judged("RPAを使う市は？", signals([1.0] * 5))} == {"no"}


def test_case_that_mentions_what_the_question_insists_on_is_at_least_unsure() -> None:
    # .119 lies between `mention` .1 and `unsure` .2.
    dense = [3.0, 3.0, 0.0, 0.0, 0.0]
    assert judged("RPAを使う市は？", signals(dense))[1] == (1, "no", p(0))
    assert judged("RPAを使う市は？", signals(dense, insists=True))[1] == (1, "unsure", p(0))


def test_fact_needs_more_to_be_a_match() -> None:
    # .731 would do in a list; a fact asks for .8.
    given = signals([3.0, 0, 0, 0, 0])
    assert judged("RPAを使う市は？", given)[0][1] == "match"
    assert judged("RPAの目標は？", given)[0][1] == "unsure"


def test_question_whose_words_no_document_knows_needs_more() -> None:
    # .88 would match, but .9 is asked when nothing is known.
    given = signals([4.0, 0, 0, 0, 0], known=0.0)
    assert {verdict for _, verdict, _ in judged("天気のよい市は？", given)} == {"no"}


def test_quotes_are_the_closest_unit_and_those_near_it() -> None:
    given = signals([3.0, 1.0, 0, 0, 0])
    (first, *_) = SignalJudge(WEIGHTS, quote_margin=2.0).judge(
        understand("RPAを使う市は？"), given, CASES
    )
    assert first.units == (0, 1)
    (first, *_) = SignalJudge(WEIGHTS, quote_margin=1.9).judge(
        understand("RPAを使う市は？"), given, CASES
    )
    assert first.units == (0,)


def test_shipped_weights_fit_the_features_and_their_cuts_are_in_order() -> None:
    weights = shipped_weights()
    assert len(weights.coefficients) == len(FEATURES)
    assert (
        0
        < weights.mention
        < weights.unsure
        < weights.match
        < weights.answer
        < weights.refuse_unknown
        < 1
    )


def test_one_place_in_two_documents_is_one_case(answerer: object) -> None:
    table = answerer._cases  # type: ignore[attr-defined]
    assert [place.name if place else None for place in table.places] == [
        None, "町田市", "三重県", "さいたま市"
    ]  # fmt: skip
    assert table.n_cases == pytest.approx(4)
