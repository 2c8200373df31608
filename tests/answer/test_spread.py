"""How cases spread over the country and the years, counted by hand."""

from datetime import date

from answer.contract import Case
from answer.signals import EntryTable
from answer.spread import all_cases, all_quotes, by_prefecture, by_year, quotes_of
from ingest.documents import Metadata, Place
from tests.answer.made import MACHIDA, MIE, SAITAMA, Part, generation

MADE = generation(
    Part("a.md", SAITAMA, ("一。", "二。")),
    Part("a.md", MACHIDA, ("三。",)),
    Part("b.md", None, ("四。",)),
    metadata={"a.md": Metadata("甲", published="2024-05-01", period="2021-2022")},
)
TABLE = EntryTable.of(MADE)


def case(place: Place | None, period: str | None = None) -> Case:
    return Case(place, "題", "match", 1.0, (), None, (), period=period)


def test_prefecture_counts_itself_and_its_municipalities() -> None:
    saitama = Place("110001", "埼玉県", None, "Saitama Prefecture")
    cases = [case(SAITAMA), case(MIE), case(saitama), case(None)]
    assert by_prefecture(cases) == {"埼玉県": 2, "三重県": 1}
    assert by_prefecture([]) == {}


def test_years_without_a_case_stand_between_the_others() -> None:
    cases = [case(MIE, period) for period in ("2019-", "2022-2024", "2019", None, "不明")]
    assert by_year(cases) == ({2019: 2, 2020: 0, 2021: 0, 2022: 1}, 2)


def test_no_period_leaves_no_years() -> None:
    assert by_year([case(MIE)]) == ({}, 1)
    assert by_year([]) == ({}, 0)


def test_all_cases_are_each_place_of_each_document_with_its_first_sentence() -> None:
    found = all_cases(MADE, TABLE, date(2026, 5, 1))
    assert [(c.place, c.quotes[0].text, c.quotes[0].start) for c in found] == [
        (SAITAMA, "一。", 0),
        (MACHIDA, "三。", 4),
    ]
    assert {(c.title, c.period, c.age) for c in found} == {("甲", "2021-2022", 2)}


def test_all_quotes_are_the_sentences_about_places() -> None:
    assert [(p.name, q.text) for p, q in all_quotes(MADE, TABLE)] == [
        ("さいたま市", "一。"),
        ("さいたま市", "二。"),
        ("町田市", "三。"),
    ]


def test_quotes_of_cases_have_their_effect_last() -> None:
    (first, second) = all_cases(MADE, TABLE, date(2026, 5, 1))
    (effect,) = second.quotes
    told = Case(MIE, "題", "match", 1.0, first.quotes, None, (), effect=effect)
    assert [(p.name, q.text) for p, q in quotes_of([told, case(None)])] == [
        ("三重県", "一。"),
        ("三重県", "三。"),
    ]
