"""Verdicts, worked out by hand from given probabilities."""

from dataclasses import replace

import pytest

from answer.aspects import Aspect
from answer.decision import Counts
from answer.judge import QuestionCuts
from answer.narrow import Narrow
from tests.answer.deciding import COMPARE, CUTS, FACT, LIST, about, decide, verdicts
from tests.answer.made import KYOTO, MACHIDA, MIE, SAITAMA, Part

FOUR = about(SAITAMA, MACHIDA, MIE, KYOTO)


def test_list_is_cut_where_its_expected_f1_is_highest() -> None:
    # k=1: 1.8/2.7 = .667; k=2: 3.4/3.7 = .919; k=3: 3.4 + ... = .723. Matches from .8 on, unsure
    # from half of that.
    decision = decide(LIST, [0.01, 0.8, 0.9, 0.0], *FOUR)
    assert verdicts(decision) == [(2, "match", 0.9), (1, "match", 0.8)]
    assert decision.nearest == ()
    assert decision.counts == Counts(2, 0, 2)


def test_what_comes_near_the_cut_is_unsure() -> None:
    # k=2: 3.4/(2 + 2.11) = .827; k=3: 4.22/5.11 = .826. .41 is above half of .8, .39 is not.
    decision = decide(LIST, [0.41, 0.8, 0.9, 0.0], *FOUR)
    assert verdicts(decision) == [(2, "match", 0.9), (1, "match", 0.8), (0, "unsure", 0.41)]
    assert decision.counts == Counts(2, 1, 1)
    assert len(verdicts(decide(LIST, [0.39, 0.8, 0.9, 0.0], *FOUR))) == 2


@pytest.mark.parametrize("question", [LIST, FACT])
@pytest.mark.parametrize(
    ("answerable", "verdict"), [(0.6, "match"), (0.59, "unsure"), (0.2, "unsure")]
)
def test_doubtful_question_has_only_unsure_entries(
    question: str, answerable: float, verdict: str
) -> None:
    decision = decide(question, [0.5, 0, 0, 0], *FOUR, answerable=answerable)
    assert verdicts(decision) == [(0, verdict, 0.5)]


def test_a_population_that_is_not_checked_does_not_make_all_of_an_area_match() -> None:
    assert verdicts(decide("関東の事例", [0.01] * 4, *FOUR)) != []
    assert verdicts(decide("関東の小さな市の事例", [0.01] * 4, *FOUR)) == []


def test_what_is_hardly_likely_matches_nothing_though_it_promises_most() -> None:
    # All three promise .6/3.3 = .18, one .2/1.3 = .15; each is wrong nine times of ten.
    cuts = replace(CUTS, match=0.2)
    decision = decide(LIST, [0.1, 0.1, 0.1, 0], *FOUR, cuts=cuts)
    assert verdicts(decision) == [(0, "unsure", 0.1), (1, "unsure", 0.1), (2, "unsure", 0.1)]
    assert {found.reason for found in decision.entries} == {"weak"}
    assert verdicts(decide(LIST, [0.2, 0, 0, 0], *FOUR, cuts=cuts)) == [(0, "match", 0.2)]
    # A fact has its own limit.
    assert (
        verdicts(decide(FACT, [0.5, 0, 0, 0], *FOUR, cuts=replace(CUTS, match=0.9)))[0][1]
        == "match"
    )


def test_lists_and_other_questions_have_doubts_of_their_own() -> None:
    cuts = replace(
        CUTS,
        lists=QuestionCuts(0.2, 0.7),
        placed_lists=QuestionCuts(0.4, 0.5),
        facts=QuestionCuts(0.3, 0.5),
        placed_facts=QuestionCuts(0.1, 0.7),
    )

    def verdict(question: str, answerable: float) -> list[tuple[int, str, float]]:
        return verdicts(decide(question, [0.5, 0, 0, 0], *FOUR, cuts=cuts, answerable=answerable))

    assert verdict(LIST, 0.6) == [(0, "unsure", 0.5)]
    assert verdict(FACT, 0.6) == [(0, "match", 0.5)]
    assert verdict(LIST, 0.25) == [(0, "unsure", 0.5)]
    assert verdict(FACT, 0.25) == []
    assert (
        verdict("関東のRPAの費用は？", 0.6)
        == verdict("関東のRPAの費用は？", 0.25)
        == [(0, "unsure", 0.5)]
    )
    placed = "関東でRPAを使う市町村は？"
    assert verdict(placed, 0.6) == [(0, "match", 0.5)]
    assert verdict(placed, 0.45) == [(0, "unsure", 0.5)]
    assert verdict(placed, 0.35) == []
    # Places that were dropped no longer make it one of a place.
    dropped = decide(
        placed, [0.5, 0, 0, 0], *FOUR, cuts=cuts, answerable=0.35, narrow=Narrow(anywhere=True)
    )
    assert verdicts(dropped) == [(0, "unsure", 0.5)]


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("埼玉県内の自治体の取り組みを教えて", [0]),
        ("埼玉県の事例", [0]),
        ("関東の事例", [1, 0]),
        ("Examples in the Kanto region", [1, 0]),
        ("政令市の事例", [0, 3]),
        ("三重県以外の事例", [1, 0, 3]),
        # What is asked beside the place, or without one, is judged.
        ("関東のRPAの事例", []),
        ("事例", []),
    ],
)
def test_list_of_nothing_but_places_has_all_that_is_there(
    question: str, entries: list[int]
) -> None:
    decision = decide(question, [0.3, 0.4, 0.1, 0.0], *FOUR, answerable=0.1)
    assert verdicts(decision) == [(entry, "match", 1.0) for entry in entries]
    assert decision.doubted is (not entries)


def test_entry_of_a_place_is_unsure_if_it_does_not_state_the_year() -> None:
    parts = [Part("0.md", SAITAMA, ("使う。",)), Part("1.md", SAITAMA, ("2023年に使う。",))]
    decision = decide("2023年の埼玉県の事例", [0.3, 0.1], *parts)
    assert verdicts(decision) == [(1, "match", 1.0), (0, "unsure", 0.5)]


@pytest.mark.parametrize("question", [LIST, FACT])
def test_question_that_is_hardly_answerable_is_refused(question: str) -> None:
    refused = decide(question, [0.9, 0.8, 0, 0], *FOUR, answerable=0.19)
    assert refused.entries == ()
    assert [(e.entry, e.verdict) for e in refused.nearest] == [(0, "unsure"), (1, "unsure")]
    assert refused.counts == Counts(0, 0, 4)


def test_nearest_are_three_at_most_and_never_the_impossible() -> None:
    refused = decide(LIST, [0.01, 0.03, 0.02, 0.015], *FOUR, answerable=0.1)
    assert [e.entry for e in refused.nearest] == [1, 2, 3]
    assert decide(LIST, [0, 0, 0, 0], *FOUR).nearest == ()


def test_of_a_fact_only_the_best_is_the_answer() -> None:
    found = verdicts(decide(FACT, [0.7, 0.8, 0.39, 0.41], *FOUR))
    assert found == [(1, "match", 0.8), (0, "unsure", 0.7), (3, "unsure", 0.41)]


def test_answer_to_a_fact_is_more_likely_than_not() -> None:
    assert verdicts(decide(FACT, [0.49, 0.1, 0, 0], *FOUR)) == [(0, "unsure", 0.49)]
    assert verdicts(decide(LIST, [0.49, 0.1, 0, 0], *FOUR)) == [(0, "match", 0.49)]


def test_doubt_whether_a_fact_is_answered_at_all_is_in_what_is_likely() -> None:
    # .7 of the .65 that it is answered at all: .455.
    for presumes, verdict in ((True, "unsure"), (False, "match")):
        found = decide(FACT, [0.7], *about(MACHIDA), answerable=0.65, presumes_answer=presumes)
        assert verdicts(found) == [(0, verdict, 0.7)]


def test_of_a_list_one_is_right_if_it_is_answered() -> None:
    # None of both would be right in .5 * .6 = .3 of all cases.
    found = decide(LIST, [0.5, 0.4], *about(SAITAMA, MACHIDA), presumes_answer=True)
    assert verdicts(found) == [(0, "match", 0.7143), (1, "match", 0.5714)]
    found = decide(LIST, [0.5, 0.4], *about(SAITAMA, MACHIDA))
    assert [score for *_, score in verdicts(found)] == [0.5, 0.4]


def test_what_is_near_the_answer_to_a_fact_needs_the_floor_too() -> None:
    # Half of .03 would do, but below .02 nothing counts.
    assert len(decide(FACT, [0.03, 0.019, 0.02, 0], *FOUR).entries) == 2


def test_compared_places_stand_for_themselves() -> None:
    found = verdicts(decide(COMPARE, [0.61, 0.3, 0.9, 0.9], *FOUR))
    assert found == [(0, "match", 0.61), (1, "unsure", 0.3)]
    assert verdicts(decide(COMPARE, [0.5, 0.95, 0, 0], *FOUR, answerable=0.1)) == [
        (1, "match", 0.95),
        (0, "match", 0.5),
    ]
    # A place that is named is not left out, however weak.
    found = verdicts(decide(COMPARE, [0.6, 0.0, 0, 0], *FOUR))
    assert found == [(0, "match", 0.6), (1, "unsure", 0.0)]


def test_doubtful_entry_of_a_comparison_is_unsure_as_elsewhere() -> None:
    made = decide("2020年以降のさいたま市と町田市のRPAを比べて", [1.0, 0.9, 0, 0], *FOUR)
    # Both are halved; no year is stated, which .5 does not outweigh.
    assert [(e.entry, e.verdict, e.score, e.reason) for e in made.entries] == [
        (0, "unsure", 0.5, "period"),
        (1, "unsure", 0.45, "period"),
    ]


def judged_texts(question: str, *texts: str, close: list[float] | None = None, p: float = 0.9):
    """The first entry of a single document with these sentences."""
    decision = decide(question, [p], Part("a.md", SAITAMA, texts), close=close)
    return decision.entries[0] if decision.entries else None


def test_condition_that_is_met_leaves_a_match_with_its_sentence() -> None:
    found = judged_texts("2020年以降にRPAを使った市は？", "RPAを使う。", "2021年に始めた。")
    assert found
    assert (found.verdict, found.score, found.units, found.reason) == ("match", 0.9, (1,), None)


def test_condition_of_which_nothing_is_said_halves_the_score_and_is_told() -> None:
    for question, reason in (
        ("2020年以降にRPAを使った市は？", "period"),
        ("RPAで1,000時間以上を減らした市は？", "quantity"),
        ("2020年以降にRPAの費用はいくら？", "period"),
    ):
        found = judged_texts(question, "RPAを使う。")
        assert found
        assert (found.verdict, found.score, found.reason) == ("unsure", 0.45, reason)


def test_condition_that_is_failed_drops_the_entry() -> None:
    assert judged_texts("2020年以降にRPAを使った市は？", "2019年に始めた。") is None


def test_sure_entry_goes_before_a_doubtful_one_that_was_rated_higher() -> None:
    parts = [Part("a.md", SAITAMA, ("RPA。",)), Part("b.md", MACHIDA, ("2021年のRPA。",))]
    decision = decide("2020年以降にRPAを使った市は？", [0.95, 0.6], *parts)
    # .95 is halved. k=1: 1.2/2.075 = .578; k=2: 2.15/3.075 = .699.
    assert verdicts(decision) == [(1, "match", 0.6), (0, "unsure", 0.475)]


def test_quotes_are_the_closest_sentence_and_those_near_it() -> None:
    texts = ("一。", "二。", "三。", "四。", "五。")
    close = [1.0, 5.0, 3.5, 3.6, 4.0]
    # A list quotes three within 1.5 of the closest, a fact six within 3.
    listed, fact = judged_texts(LIST, *texts, close=close), judged_texts(FACT, *texts, close=close)
    assert listed
    assert fact
    assert listed.units == (1, 4, 3)
    assert fact.units == (1, 4, 3, 2)


@pytest.mark.parametrize(("last", "units"), [(0.6, (1, 4, 3, 2, 0)), (0.4, (1, 4, 3, 2))])
def test_compared_place_quotes_further_than_a_fact(last: float, units: tuple[int, ...]) -> None:
    texts = ("一。", "二。", "三。", "四。", "五。")
    found = judged_texts(COMPARE, *texts, close=[last, 5.0, 3.5, 3.6, 4.0])
    assert found
    assert found.units == units


def test_counts_are_of_documents() -> None:
    parts = [
        Part("a.md", SAITAMA, ("一。",)),
        Part("a.md", MACHIDA, ("二。",)),
        Part("b.md", MIE, ("三。",)),
        Part("c.md", KYOTO, ("四。",)),
        Part("d.md", None, ("五。",)),
    ]
    # k=1: 1.9/2.64 = .72, k=2: 2.5/3.64 = .69; unsure from .3 * .95 on. Of a.md one town matches
    # and one is unsure: it holds a match. d.md tells of no town.
    cuts = replace(CUTS, unsure=0.3)
    decision = decide(LIST, [0.95, 0.3, 0.29, 0.1, 0.9], *parts, cuts=cuts)
    assert [v for _, v, _ in verdicts(decision)] == ["match", "unsure", "unsure"]
    assert decision.counts == Counts(match=1, unsure=1, no=2)


def test_document_that_is_quoted_below_a_match_counts_as_one() -> None:
    parts = [Part("a.md", SAITAMA, ("一。",)), Part("b.md", SAITAMA, ("二。",)), *about(MIE)]
    decision = decide(FACT, [0.9, 0.5, 0.46], *parts)
    assert verdicts(decision) == [(0, "match", 0.9), (1, "unsure", 0.5), (2, "unsure", 0.46)]
    assert decision.counts == Counts(match=2, unsure=1, no=0)


@pytest.mark.parametrize(("is_foreign", "order"), [(False, [1, 0]), (True, [0, 1])])
def test_match_that_names_all_goes_first_if_there_are_words_for_all(
    is_foreign: bool, order: list[int]
) -> None:
    parts = (Part("a.md", SAITAMA, ("窓口。",)), Part("b.md", MACHIDA, ("RPAを使う。",)))
    # The other word is of another language, and no document has one for it.
    rpa = Aspect("rpa", None, ("rpa",), 1.0, False, True)
    cash = Aspect("cash", None, (), 0.0, False, False)
    aspects = (rpa, cash) if is_foreign else (rpa,)
    found = decide(LIST, [0.9, 0.8], *parts, aspects=aspects)
    assert [entry.entry for entry in found.entries] == order
