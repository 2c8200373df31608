"""The fit of the judge, on problems whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest

from answer.judge import FEATURES, Cuts
from evaluation.calibrate import Sample, choose_cuts, fit, out_of_fold, report, utility
from tests.evaluation.samples import question

CUTS = Cuts(refuse=0.3, answer=0.7, unsure=0.5, fact=0.7, refuse_fact=0.3, floor=0.01)
NAMES = ("大津市", "津市", "町田市")


def sample(
    truth: tuple[float, ...] = (1, 0, 0),
    type: str = "list",
    gold: tuple[str, ...] = ("大津市",),
    names: tuple[str, ...] = NAMES,
    counted: tuple[bool, ...] = (True, True, True),
) -> Sample:
    return Sample(
        question(type, gold), type == "list", np.zeros((3, 1)), np.array(truth),
        np.array(counted), names,
    )  # fmt: skip


def worth(made: Sample, *probability: float, cuts: Cuts = CUTS) -> float:
    return utility(made, np.array(probability), cuts)


@pytest.mark.parametrize(
    ("probability", "value"),
    [
        # k=1: 1.8/1.92 = .94: one right match. k=2: 3.2/3.62 = .88 promises more than k=1: .71.
        ((0.9, 0.01, 0.01), 1.0),
        ((0.8, 0.8, 0.01), 2 / 3),
        # The right one is not taken.
        ((0.01, 0.9, 0.01), 0.0),
        # .4 promises .8/1.4 = .57: unsure; .15 promises .26: refused.
        ((0.4, 0.0, 0.0), 0.5),
        ((0.15, 0.0, 0.0), -0.5),
    ],
)
def test_worth_of_a_list(probability: tuple[float, ...], value: float) -> None:
    assert worth(sample(), *probability) == pytest.approx(value)


def test_town_with_two_entries_counts_once() -> None:
    made = sample((1, 1, 0), names=("大津市", "大津市", "津市"))
    assert worth(made, 0.9, 0.9, 0.0) == 1.0


def test_arguable_entries_are_not_counted() -> None:
    assert worth(sample(counted=(True, False, True)), 0.8, 0.8, 0.01) == 1.0


@pytest.mark.parametrize(
    ("probability", "value"),
    [((0.8, 0.1, 0), 1.0), ((0.5, 0.1, 0), 0.5), ((0.2, 0.1, 0), -0.5), ((0.1, 0.8, 0), 0.0)],
)
def test_worth_of_a_fact(probability: tuple[float, ...], value: float) -> None:
    assert worth(sample(type="fact"), *probability) == value


@pytest.mark.parametrize(("best", "value"), [(0.8, 0.0), (0.5, 0.5), (0.2, 1.0)])
def test_worth_without_an_answer(best: float, value: float) -> None:
    made = sample((0, 0, 0), "none", ())
    assert worth(made, best, 0, 0) == value
    assert worth(replace(made, is_list=True), 0, 0, 0) == 1.0


def noisy(n: int = 60) -> list[Sample]:
    """Only the first signal tells the right entry; the others are noise."""
    drawn = np.random.default_rng(5)
    samples = []
    for _ in range(n):
        features = drawn.normal(size=(3, len(FEATURES)))
        truth = (features[:, 0] > 0.3).astype(np.float64)
        gold = tuple(name for name, right in zip(NAMES, truth, strict=True) if right)
        asked = question("list" if gold else "none", gold)
        samples.append(Sample(asked, True, features, truth, np.ones(3, dtype=np.bool_), NAMES))
    return samples


def test_fit_finds_the_signal_that_tells_apart() -> None:
    coefficients, intercept = fit(noisy())
    assert coefficients[0] > 5 * max(map(abs, coefficients[1:]))
    # Even odds lie where the truth changes.
    assert -intercept / coefficients[0] == pytest.approx(0.3, abs=0.2)


def test_what_is_arguable_is_not_learnt_from() -> None:
    samples = noisy()
    lies = [
        replace(s, truth=1 - s.truth, counted=np.zeros(3, dtype=np.bool_)) for s in noisy()
    ]  # fmt: skip
    assert fit([*samples, *lies]) == fit(samples)


def test_probabilities_are_those_of_a_model_that_did_not_see_the_question() -> None:
    samples = noisy(20)
    # The whole first fold is a lie: a model that saw it would not be so wrong about it.
    lied = [replace(s, truth=1 - s.truth) if i % 5 == 0 else s for i, s in enumerate(samples)]
    honest, given = out_of_fold(samples), out_of_fold(lied)
    assert [len(p) for p in given] == [3] * 20
    assert given[0] == pytest.approx(honest[0])
    assert given[1] != pytest.approx(honest[1])


def test_cuts_that_are_obviously_better_are_chosen() -> None:
    # Right lists promise .57 and more, hopeless ones .18 and less; facts .5 against .1.
    lists = [sample(), sample((0, 0, 0), gold=())]
    facts = [sample(type="fact"), sample((0, 0, 0), "none", ())]
    given = [np.array([p, 0, 0]) for p in (0.4, 0.1, 0.5, 0.1)]
    chosen = choose_cuts([*lists, *facts], given, CUTS)
    assert 2 * 0.1 / 1.1 < chosen.refuse <= chosen.answer <= 2 * 0.4 / 1.4
    assert 0.1 < chosen.refuse_fact <= chosen.fact <= 0.5
    assert (chosen.unsure, chosen.floor) == (CUTS.unsure, CUTS.floor)
    assert sum(utility(s, p, chosen) for s, p in zip([*lists, *facts], given, strict=True)) == 4


def test_report_names_each_kind_and_the_calibration() -> None:
    given = [np.array([0.9, 0.1, 0.1]), np.array([0.2, 0.0, 0.0])]
    told = report([sample(), sample(type="fact")], given, CUTS).splitlines()
    assert told[:2] == ["list.ja  n=1  utility=1.000", "fact.ja  n=1  utility=-0.500"]
    # .9, .2 too sure or unsure by .1 and .8; .1, .1, 0, 0 by .2 in all: 1.1 / 6.
    assert told[2] == "ECE=0.183"
