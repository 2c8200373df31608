"""What counts when only a third of the municipalities does."""

from tests.evaluation.samples import answer, case, question
from training.data import third_of
from training.thirds import about_third, figures, of_third

NAMES = ("大津市", "町田市", "三重県", "さいたま市", "横須賀市")
THIRD = third_of(NAMES[0])
INSIDE = tuple(name for name in NAMES if third_of(name) == THIRD)
OUTSIDE = tuple(name for name in NAMES if third_of(name) != THIRD)


def test_question_is_about_the_part_of_its_gold_that_lies_in_the_third() -> None:
    asked = about_third(question("list", NAMES), THIRD)
    assert asked is not None
    assert asked.gold == INSIDE
    assert about_third(question("list", OUTSIDE), THIRD) is None
    assert about_third(question("compare", NAMES), THIRD) is None


def test_answer_has_only_cases_of_the_third() -> None:
    said = of_third(answer(*map(case, NAMES)), THIRD)
    assert tuple(c.name for c in said.cases) == INSIDE


def test_what_lies_outside_neither_helps_nor_hurts() -> None:
    class Prepared:
        def ask(self, question, history):
            return answer(*(case(name) for name in (OUTSIDE[0], *INSIDE)))

    listed = question("list", INSIDE)
    fact = question("fact", INSIDE[:1], answer_contains=("5万円",))
    found = figures(Prepared(), [listed, fact], THIRD)  # type: ignore[arg-type]
    assert (found.lists, found.f1, found.precision, found.recall) == (1, 1.0, 1.0, 1.0)
    assert (found.facts, found.first) == (1, 1.0)
