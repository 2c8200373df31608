"""Which entries may be in an answer, by the question's places and the facets chosen."""

from answer.narrow import Narrow
from answer.signals import EntryTable
from ingest.documents import Metadata, Source
from tests.answer.deciding import FACT, LIST, about, decide
from tests.answer.made import MACHIDA, MIE, SAITAMA, Part, generation, place

KAWAGOE = place("112011")


def entries(question: str, *parts: Part, narrow: Narrow | None = None, **more) -> list[int]:
    probability = [0.9] * len(EntryTable.of(generation(*parts)).places)
    return sorted(
        e.entry for e in decide(question, probability, *parts, narrow=narrow, **more).entries
    )


def test_places_of_the_question() -> None:
    parts = about(SAITAMA, KAWAGOE, MACHIDA, MIE)
    assert entries("町田市のRPAは？", *parts) == [2]
    assert entries("埼玉県の市でRPAを使うのは？", *parts) == [0, 1]
    assert entries("RPAを使っている県は？", *parts) == [3]
    assert entries("埼玉県以外でRPAを使う自治体は？", *parts) == [2, 3]
    assert entries("埼玉県以外でRPAを使う市町村は？", *parts) == [2]


def test_explanation_answers_a_fact_without_a_place_only() -> None:
    parts = about(None, SAITAMA)
    assert entries(FACT, *parts) == [0, 1]
    assert entries("さいたま市のRPAの費用は？", *parts) == [1]
    assert entries(LIST, *parts) == [1]


def test_within_leaves_only_places_with_these_codes() -> None:
    parts = about(SAITAMA, MACHIDA, None)
    assert entries(FACT, *parts, within=frozenset({MACHIDA.code})) == [1]
    assert entries(FACT, *parts, within=frozenset()) == []


def test_facets_chosen_by_hand() -> None:
    parts = about(SAITAMA, MACHIDA, MIE)
    metadata = {
        "0.md": Metadata("甲", period="2019-2020", themes=("RPA",), published="2020-01"),
        "1.md": Metadata("乙", period="2023-", sources=(Source(kind="press"),)),
        "2.md": Metadata("丙", published="2026-01-01"),
    }

    def chosen(**facets) -> list[int]:
        return entries(LIST, *parts, metadata=metadata, narrow=Narrow(**facets))

    assert chosen(prefectures=frozenset({"東京都", "三重県"})) == [1, 2]
    assert chosen(themes=frozenset({"RPA"})) == [0]
    assert chosen(source_kinds=frozenset({"press"})) == [1]
    assert chosen(first_year=2021) == [1]
    assert chosen(last_year=2020) == [0]
    assert chosen(max_age=3) == [2]


def test_places_chosen_by_hand_go_before_those_of_the_question() -> None:
    parts = about(SAITAMA, MACHIDA, MIE)
    assert entries("町田市のRPAは？", *parts, narrow=Narrow(prefectures=frozenset({"埼玉県"}))) == [
        0
    ]
    assert entries("町田市のRPAは？", *parts, narrow=Narrow(anywhere=True)) == [0, 1, 2]
