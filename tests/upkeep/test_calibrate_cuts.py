"""The cuts that a calibration chooses, and what it tells of its figures."""

from dataclasses import replace

import numpy as np

from answer.decision import LIKELY
from answer.judge import QuestionCuts
from tests.upkeep.test_calibrate import CUTS, sample
from upkeep.calibrate import report
from upkeep.cuts import FACTS_IN_ERROR, LISTS_IN_ERROR, choose_cuts


def test_cuts_refuse_no_more_answerable_questions_than_they_may() -> None:
    # 0, .01, … 1 for facts, half of that for lists, a fifth for lists of a place, .4 and more for
    # facts of one; what nothing answers has no say, nor have comparisons.
    samples = [sample(mode="fact")] * 101 + [sample(gold=(), type="none", mode="fact")] * 50
    samples += [sample()] * 101 + [sample(mode="compare")] * 50 + [sample(is_placed=True)] * 101
    samples += [sample(mode="fact", is_placed=True)] * 101
    hundredths = np.arange(101) / 100
    halves, fifths = hundredths / 2, hundredths / 5
    answerable = [hundredths, np.zeros(50), halves, np.zeros(50), fifths, 0.4 + 0.6 * hundredths]
    chosen = choose_cuts(samples, np.concatenate(answerable), CUTS)
    # A fact that is hardly likelier than not to be stated is doubted, even if more than may be are.
    assert chosen.facts == QuestionCuts(FACTS_IN_ERROR[0], LIKELY)
    assert FACTS_IN_ERROR[1] < LIKELY
    assert chosen.placed_facts == QuestionCuts(round(0.4 + 0.6 * FACTS_IN_ERROR[0], 3), LIKELY)
    assert chosen.lists == QuestionCuts(*(share / 2 for share in LISTS_IN_ERROR))
    # They may be refused, and doubted, less often: .01 and .02.
    assert chosen.placed_lists == QuestionCuts(0.002, 0.004)
    assert (chosen.unsure, chosen.floor) == (CUTS.unsure, CUTS.floor)


def test_cuts_of_a_kind_that_nothing_is_known_of_stay() -> None:
    chosen = choose_cuts([sample(mode="fact"), sample(gold=())], np.array([0.9, 0.8]), CUTS)
    assert chosen == replace(CUTS, facts=QuestionCuts(0.9, 0.9))


def test_answerable_list_of_which_no_entry_can_be_meant_is_a_list() -> None:
    chosen = choose_cuts([sample(asked=None), sample(mode="fact")], np.array([0.0, 0.9]), CUTS)
    assert (chosen.lists, chosen.facts) == (QuestionCuts(0.0, 0.0), QuestionCuts(0.9, 0.9))


def test_every_source_has_the_same_say_in_the_cuts() -> None:
    many = [replace(sample(), weight=0.01) for _ in range(100)]
    few = [replace(sample(), weight=0.05) for _ in range(20)]
    answerable = np.array([0.9] * 100 + [0.2] + [0.6] * 19)
    # The one at .2 holds a fortieth of all weight, though it is one question of 120.
    chosen = choose_cuts(many + few, answerable, CUTS)
    assert chosen.lists == QuestionCuts(0.2, 0.6)


def test_report_names_each_kind_and_the_calibration() -> None:
    none = sample((0, 0, 0), "none", (), mode="fact", origin="elsewhere")
    given = [
        (sample(), [0.9, 0.1, 0.1], 0.9),
        (sample(type="fact", mode="fact"), [0.2, 0.0, 0.0], 0.04),
        (sample((0, 0, 0), "none", ()), [0.0, 0.0, 0.0], 0.5),
        # Of what is asked elsewhere, one is doubted and one held for answerable.
        (none, [0.9, 0.9, 0.9], 0.03),
        (none, [0.9, 0.9, 0.9], 0.95),
        (sample(mode="compare", type="compare"), [0.0, 0.0, 0.0], 0.01),
        # Of a list of an area .5 is sure.
        (sample(is_placed=True, origin="within"), [0.6, 0.1, 0.0], 0.5),
    ]
    samples, probabilities, answerable = zip(*given, strict=True)
    cuts = replace(CUTS, facts=QuestionCuts(0.02, 0.05), placed_lists=QuestionCuts(0.2, 0.4))
    told = report(samples, [*map(np.array, probabilities)], np.array(answerable), cuts).splitlines()
    assert told == [
        "written: list F1.ja  n=1  1.000",
        "written: fact first.ja  n=1  1.000",
        "written: none refused.ja  n=1  0.000",
        "written: none not answered.ja  n=1  1.000",
        "written: falsely refused.ja  n=3  0.000",
        "written: falsely doubted.ja  n=3  0.333",
        # Nine entries of questions that have an answer: .9 and .2 are right, and too unsure by .1
        # and .8; .1 and .1 are too sure by .2 in all; of the five zeroes one is right, by 1.
        "written: ECE=0.233",
        "elsewhere: none refused.ja  n=2  0.000",
        "elsewhere: none not answered.ja  n=2  0.500",
        "within: list F1.ja  n=1  1.000",
        "within: falsely refused.ja  n=1  0.000",
        "within: falsely doubted.ja  n=1  0.000",
        # .6 is too unsure by .4, .1 too sure by .1.
        "within: ECE=0.167",
        # .9, .04 and .01 against .5 alone, one pair of three in order; with .5 also against .03 and
        # .95, 4.5 of twelve.
        "written: AUC answerable or not=0.333",
        "all: AUC answerable or not=0.375",
    ]
