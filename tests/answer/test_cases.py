"""Cases made of judged entries: their quotes, effects, age and figures that differ."""

from datetime import date

import pytest

from answer.cases import CaseMaker
from answer.contract import Case
from answer.decision import JudgedEntry
from answer.marks import Wanted, wanted
from answer.question import understand
from answer.quotes import Quoter
from answer.signals import EntryTable
from ingest.documents import Metadata
from tests.answer.made import MACHIDA, SAITAMA, Part, generation, ratings

HOURS = wanted(understand("何時間を減らした？"))
EFFECT = ("題", "効果")


def cases(
    parts: list[Part],
    *judged: JudgedEntry,
    close: list[float] | None = None,
    asked: Wanted = HOURS,
    metadata: dict[str, Metadata] | None = None,
) -> tuple[Case, ...]:
    made = generation(*parts, metadata=metadata)
    table = EntryTable.of(made)
    maker = CaseMaker(Quoter(made), table, date(2026, 11, 24))
    return maker.cases(judged, ratings(table, [0.5] * table.n_entries, close), asked)


def test_a_place_is_one_case_with_the_quotes_of_all_its_documents() -> None:
    parts = [Part(f"{i}.md", at, (f"{i}。",)) for i, at in enumerate((SAITAMA, MACHIDA, SAITAMA))]
    found = cases(
        parts,
        JudgedEntry(2, "match", 0.9, (2,)),
        JudgedEntry(1, "unsure", 0.5, (1,), "part", ("窓口",)),
        JudgedEntry(0, "unsure", 0.4, (0,), "weak"),
    )
    told = [(c.name, c.verdict, c.score, c.reason, c.missing) for c in found]
    assert told == [
        ("さいたま市", "match", 0.9, None, ()),
        ("町田市", "unsure", 0.5, "part", ("窓口",)),
    ]
    assert [quote.document for quote in found[0].quotes] == ["2.md", "0.md"]
    assert found[0].title == "2.md"


def test_documents_without_a_place_are_cases_of_their_own() -> None:
    parts = [Part("a.md", None, ("甲。",)), Part("b.md", None, ("乙。",))]
    found = cases(parts, JudgedEntry(0, "match", 0.9, (0,)), JudgedEntry(1, "unsure", 0.5, (1,)))
    assert [case.name for case in found] == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("close", "quoted", "effect"),
    [
        # Units 1 and 2 stand below 効果: the closer one of them, at most 3 behind the closest.
        ([5, 3, 4], (0,), "乙。"),
        ([5, 2, 1], (0,), "甲。"),
        ([5, 1.9, 1], (0,), None),
        # It is quoted anyway.
        ([5, 3, 4], (0, 2), None),
    ],
)
def test_effect_is_the_closest_sentence_below_such_a_heading(
    close: list[float], quoted: tuple[int, ...], effect: str | None
) -> None:
    parts = [Part("a.md", SAITAMA, ("始めた。",)), Part("a.md", SAITAMA, ("甲。", "乙。"), EFFECT)]
    (case,) = cases(parts, JudgedEntry(0, "match", 0.9, quoted), close=close)
    assert (case.effect.text if case.effect else None) == effect


@pytest.mark.parametrize(
    ("heading", "is_effect"),
    [
        ("効果と課題", True),
        ("Results", True),
        ("成果", True),
        ("課題", False),
        ("費用対効果", False),
    ],
)
def test_headings_of_effects(heading: str, is_effect: bool) -> None:
    parts = [Part("a.md", SAITAMA, ("始。",)), Part("a.md", SAITAMA, ("甲。",), ("題", heading))]
    (case,) = cases(parts, JudgedEntry(0, "match", 0.9, (0,)))
    assert bool(case.effect) is is_effect


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("100時間を減らす。", "200時間を減らす。", True),
        ("100時間を減らす。", "計100時間を減らす。", False),
        # One figure in common is enough.
        ("100時間から200時間。", "200時間を減らす。", False),
        ("100時間を減らす。", "減らす。", False),
        # Other figures are not asked for.
        ("100時間で5件。", "100時間で9件。", False),
    ],
)
def test_figures_of_two_documents_differ(first: str, second: str, differ: bool) -> None:
    parts = [Part("a.md", SAITAMA, (first,)), Part("b.md", SAITAMA, (second,))]
    judged = (JudgedEntry(0, "match", 0.9, (0,)), JudgedEntry(1, "unsure", 0.5, (1,)))
    assert cases(parts, *judged)[0].differ is differ
    assert not cases(parts, *judged, asked=Wanted())[0].differ


def test_figures_of_one_document_do_not_differ() -> None:
    parts = [Part("a.md", SAITAMA, ("100時間。", "200時間。"))]
    assert not cases(parts, JudgedEntry(0, "match", 0.9, (0, 1)))[0].differ


def test_quote_is_verbatim_with_its_passage_and_marks() -> None:
    parts = [Part("a.md", SAITAMA, ("始めた。", "年100時間を減らす。"), EFFECT)]
    (case,) = cases(parts, JudgedEntry(0, "match", 0.9, (1,)))
    (quote,) = case.quotes
    assert (quote.text, quote.start, quote.end) == ("年100時間を減らす。", 4, 15)
    assert (quote.passage, quote.heading, quote.marks) == ((0, 15), EFFECT, ((1, 6),))
    (unmarked,) = cases(parts, JudgedEntry(0, "match", 0.9, (1,)), asked=Wanted())
    assert unmarked.quotes[0].marks == ()


def test_age_period_and_state_are_those_of_the_best_quote() -> None:
    parts = [Part("a.md", SAITAMA, ("実証を行った。",)), Part("b.md", SAITAMA, ("使う。",))]
    metadata = {
        "a.md": Metadata("甲", published="2023-11-24", period="2022-"),
        "b.md": Metadata("乙", published="2026-01-01"),
    }
    judged = (JudgedEntry(0, "match", 0.9, (0,)), JudgedEntry(1, "unsure", 0.5, (1,)))
    (case,) = cases(parts, *judged, metadata=metadata)
    told = (case.title, case.published, case.age, case.period, case.state)
    assert told == ("甲", "2023-11-24", 3, "2022-", "trial")
    (other,) = cases(parts, judged[1], metadata=metadata)
    assert (other.age, other.state) == (0, "running")
