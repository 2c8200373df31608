"""List questions that are asked of a part of the country."""

from dataclasses import replace

import pytest

from evaluation.questions import EvidenceQuote, JudgedQuestion, QuestionType
from ingest.documents import Place
from ingest.places import places_named
from messages import Lang
from tests.evaluation.samples import question
from upkeep.elsewhere import origin_of
from upkeep.within import ANSWERED, UNANSWERED, asked_within


def place(name: str) -> Place:
    return places_named(name)[0]


PLACES = [place(name) for name in ("大津市", "彦根市", "町田市", "滋賀県")]


def asked(
    text: str, *gold: str, lang: Lang = "ja", acceptable: tuple[str, ...] = (), id: str = "q1"
) -> JudgedQuestion:
    kind: QuestionType = "list" if gold else "none"
    return JudgedQuestion(id, kind, lang, text, gold, acceptable=acceptable)


RPA = asked("RPAを使っている市は？", "大津市", "町田市", acceptable=("彦根市",))


def by_area(*questions: JudgedQuestion) -> dict[str, JudgedQuestion]:
    return {q.id.partition("@")[2]: q for q in asked_within(questions, PLACES)}


def many(one: JudgedQuestion) -> list[JudgedQuestion]:
    """The same question under so many ids that every area is drawn."""
    return [replace(one, id=f"q{i}") for i in range(20)]


def test_gold_is_what_lies_in_the_area() -> None:
    """Only 近畿 and 滋賀県, 関東 and 東京都 hold documents; all have an answer."""
    found = by_area(*many(RPA))
    assert set(found) == {"近畿", "滋賀県", "関東", "東京都"}
    for area in ("近畿", "滋賀県"):
        assert (found[area].gold, found[area].acceptable) == (("大津市",), ("彦根市",))
    for area in ("関東", "東京都"):
        assert (found[area].gold, found[area].acceptable) == (("町田市",), ())
    assert found["近畿"].question == "近畿でRPAを使っている市は？"
    assert {q.type for q in found.values()} == {"list"}
    assert [origin_of(q.id) for q in asked_within([RPA], PLACES)] == ["q1"] * ANSWERED


def test_area_in_which_nothing_answers_makes_it_unanswerable() -> None:
    found = by_area(asked("RPAを使っている市は？", "町田市"))
    assert len(found) == ANSWERED + UNANSWERED
    none = [q for q in found.values() if not q.gold]
    assert [q.type for q in none] == ["none"]
    assert {area for area, q in found.items() if q.gold} == {"関東", "東京都"}
    assert len(by_area(asked("RPAを使っている市は？"))) == UNANSWERED


def test_english_question_is_asked_of_english_names() -> None:
    given = many(asked("Which cities use RPA?", "町田市", "大津市", lang="en"))
    assert {q.question for q in asked_within(given, PLACES)} == {
        "In Kinki, which cities use RPA?",
        "In Shiga Prefecture, which cities use RPA?",
        "In Kanto, which cities use RPA?",
        "In Tokyo, which cities use RPA?",
    }
    capitals = asked("AI is used by which cities?", "町田市", lang="en")
    assert asked_within([capitals], PLACES)[0].question.endswith(", AI is used by which cities?")


@pytest.mark.parametrize(
    "one",
    [
        asked("滋賀県でRPAを使っている市は？", "大津市"),
        asked("近畿でRPAを使っている市は？", "大津市"),
        asked("RPAを使っていない市は？", "町田市"),
        asked("RPAの費用はいくらでしたか？", "町田市"),
        question("fact", ("町田市",), question="RPAを使っている市は？"),
        question("followup", ("町田市",), question="RPAを使っている市は？"),
        question("list", ("町田市",), question="RPAを使っている市は？", history=("前",)),
        # 「関東でき…」 no longer asks for what it did.
        asked("きるだけRPAを使っている市は？", "町田市"),
    ],
    ids=lambda one: f"{one.type} {one.question}",
)
def test_only_lists_that_name_no_place_and_no_earlier_question(one: JudgedQuestion) -> None:
    assert asked_within([one], PLACES) == ()


def test_what_is_arguable_in_an_area_is_not_taken_for_unanswerable() -> None:
    arguable = asked("RPAを使っている市は？", acceptable=("大津市",))
    assert set(by_area(*many(arguable))) == {"関東", "東京都"}


def test_prefectures_are_asked_for_in_regions_alone() -> None:
    prefectures = asked("RPAを使っている都道府県は？", "滋賀県")
    assert set(by_area(*many(prefectures))) == {"近畿"}


def test_proof_of_the_whole_question_is_left_out() -> None:
    proved = replace(RPA, evidence=(EvidenceQuote("a.md", "文。"),))
    assert [q.evidence for q in asked_within([proved], PLACES)] == [(), ()]


def test_same_areas_each_time_and_others_for_another_id() -> None:
    assert asked_within([RPA], PLACES) == asked_within([RPA], reversed(PLACES))
    drawn = {tuple(q.id.partition("@")[2] for q in asked_within([q], PLACES)) for q in many(RPA)}
    assert len(drawn) > 1


def test_documents_that_name_no_place_lie_in_no_area() -> None:
    assert asked_within([RPA], [None]) == ()
