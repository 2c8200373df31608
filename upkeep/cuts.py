"""Chooses from which probability on a question is answered, doubted or refused."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from answer.decision import LIKELY
from answer.judge import Cuts, QuestionCuts
from answer.modes import Mode
from evaluation.metrics import Floats
from upkeep.samples import Sample

LISTS_IN_ERROR, PLACED_LISTS_IN_ERROR, FACTS_IN_ERROR = (0.02, 0.03), (0.01, 0.02), (0.02, 0.08)
"""Which share of the answerable lists, of those of a place or an area, and of the facts may be
refused, and which answered with unsure cases at best: the cuts are as high as these allow. A
doubted list has no match at all; of a doubted fact the same case is shown, and it is doubted unless
it is LIKELY that anything answers, however many that are."""


def choose_cuts(samples: Sequence[Sample], answerable: Floats, cuts: Cuts) -> Cuts:
    """The highest cuts that refuse, or doubt, no more answerable questions than they may.

    Lists and facts are told apart, and of both those that name a place: their probabilities differ,
    and so does what a doubt costs. Comparisons are never refused.
    """
    weights = np.array([s.weight for s in samples])

    def chosen(mode: Mode, is_placed: bool, shares: tuple[float, float]) -> QuestionCuts:
        before = cuts.of_question(mode, is_placed)
        alike = [s.mode == mode and s.is_placed == is_placed for s in samples]
        of = np.array([bool(s.question.gold) for s in samples]) & np.array(alike)
        if not of.any():
            return before
        least = np.quantile(answerable[of], shares, weights=weights[of], method="inverted_cdf")
        refuse, answer = (round(float(value), 3) for value in least)
        return QuestionCuts(refuse, answer)

    def chosen_of_facts(is_placed: bool) -> QuestionCuts:
        found = chosen("fact", is_placed, FACTS_IN_ERROR)
        return replace(found, answer=max(found.answer, LIKELY))

    return replace(
        cuts,
        lists=chosen("list", False, LISTS_IN_ERROR),
        placed_lists=chosen("list", True, PLACED_LISTS_IN_ERROR),
        facts=chosen_of_facts(False),
        placed_facts=chosen_of_facts(True),
    )
