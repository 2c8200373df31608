"""What comparisons are asked for, worked out by hand."""

import pytest

from answer.aspects import Aspect
from answer.question import understand
from answer.sought import Sought, sought
from index.thesaurus import EMPTY
from messages import Lang

TIME = frozenset({"時間", "分", "秒", "日"})
SAVED = TIME | {"円", "%", "枚"}


def asked(question: str, *labels: str, lang: Lang = "ja", weight: float = 1.0) -> Sought:
    aspects = (Aspect(label, None, tuple(label.split()), weight, False, True) for label in labels)
    return sought(understand(question), tuple(aspects), EMPTY, lang)


def titles(found: Sought) -> list[str]:
    return [thing.title for thing in found.things]


@pytest.mark.parametrize(
    ("question", "labels", "found", "units"),
    [
        ("つくば市と町田市を比べて", (), [], frozenset()),
        ("つくば市と町田市のAIの使い方を比べて", ("ai", "使い方"), ["AI"], frozenset()),
        ("つくば市と町田市の窓口業務の改革は？", ("窓口", "業務", "改革"), ["窓口"], frozenset()),
        ("つくば市と町田市のAIと使い方は？", ("ai", "使い方"), ["AI", "使い方"], frozenset()),
        ("つくば市と長岡市のRPAの効果は？", ("rpa", "効果"), ["RPA"], SAVED),
        ("つくば市と長岡市のRPAの削減時間は？", ("rpa", "削減時間"), ["RPA"], TIME),
        ("つくば市と長岡市、どちらが減らした？", ("減らす",), ["効果"], SAVED),
        (
            "つくば市と長岡市、どちらが多く時間を減らした？",
            ("多い", "時間", "減らす"),
            ["効果"],
            TIME,
        ),
        # Words that only compare ask for nothing.
        ("つくば市と町田市はどっちが進んでいる？", ("進む", "どっち"), [], frozenset()),
        ("How do Tsukuba and Machida differ?", ("differ",), [], frozenset()),
        # Money that is saved is a result, money alone a thing.
        ("つくば市と長岡市のRPAの経費節減は？", ("rpa", "経費節減"), ["RPA"], {"円", "ドル"}),
        ("つくば市と長岡市のRPAと費用は？", ("rpa", "費用"), ["RPA", "費用"], {"円", "ドル"}),
        # What is cut is a thing of its own.
        ("つくば市と長岡市の残業削減は？", ("残業削減",), ["残業削減"], frozenset()),
        # A verb is a thing only if nothing else is asked.
        ("つくば市と町田市の職員の育て方は？", ("職員", "育てる"), ["職員"], frozenset()),
        ("つくば市と町田市はどう育てる？", ("育てる",), ["育てる"], frozenset()),
    ],
)
def test_things_and_figures(
    question: str, labels: tuple[str, ...], found: list[str], units: frozenset[str]
) -> None:
    told = asked(question, *labels)
    assert (titles(told), told.units) == (found, units)


def test_english_words_that_no_document_has_are_one_thing_if_nothing_else_is_asked() -> None:
    question = "Compare how Tsukuba and Machida train their staff"
    (thing,) = asked(question, "train", "staff", lang="en", weight=0.0).things
    assert (thing.title, thing.has_name, len(thing.aspects)) == ("train staff", False, 2)
    question = "Compare how Tsukuba and Machida train with RPA"
    known = Aspect("rpa", "rpa", ("rpa",), 1.0, True, True)
    unknown = Aspect("train", None, ("train",), 0.0, False, False)
    assert titles(sought(understand(question), (unknown, known), EMPTY, "en")) == ["RPA"]


def test_english_results() -> None:
    found = asked("Who saved more hours, Tsukuba or Nagaoka?", "saved", "hours", lang="en")
    assert (titles(found), found.units, found.results) == (["Results"], TIME, True)
    assert found.things[0].results


def test_rank_of_a_sentence() -> None:
    hours = asked("つくば市と長岡市のRPAの削減時間は？", "rpa", "削減時間")
    ranks = [
        hours.rank(text)
        for text in ("年9時間を削減した。", "3割を削減した。", "5時間の研修。", "川。")
    ]
    assert ranks == [4, 2, 1, 0]
    costs = asked("つくば市と長岡市のRPAの費用は？", "rpa", "費用")
    assert [costs.rank(text) for text in ("9時間を削減した。", "9万円かかった。")] == [0, 1]
    assert asked("つくば市と町田市のRPAは？", "rpa").rank("9時間を削減した。") == 0
