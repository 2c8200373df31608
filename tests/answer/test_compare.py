"""The rows of a comparison, worked out by hand."""

from dataclasses import replace

import pytest

from answer.aspects import Aspect
from answer.compare import Comparer, Row
from answer.question import understand
from answer.signals import EntryTable
from answer.sought import sought
from index.thesaurus import EMPTY, Thesaurus
from ingest.documents import Metadata
from messages import Lang
from tests.answer.made import MACHIDA, SAITAMA, Part, generation, ratings

# Rows 0 to 2 are Saitama's, 3 and 4 Machida's.
PARTS = (
    Part("a.md", SAITAMA, ("RPAを使う。", "窓口を改めた。")),
    Part("b.md", SAITAMA, ("RPAを広げた。",)),
    Part("c.md", MACHIDA, ("窓口がある。", "テレワークをする。")),
)
THEMES = {"a.md": Metadata("甲", themes=("RPA",)), "c.md": Metadata("丙", themes=("テレワーク",))}
GROUPS = ((0, 1), (2,))


ASKED = "さいたま市と町田市のRPAと窓口を比べて"


def rows(
    *aspects: Aspect,
    question: str = ASKED,
    metadata: dict[str, Metadata] | None = None,
    close: tuple[float, ...] = (0, 0, 0, 0, 0),
    thesaurus: Thesaurus = EMPTY,
    parts: tuple[Part, ...] = PARTS,
    groups: tuple[tuple[int, ...], ...] = GROUPS,
    likely: float = 0.05,
    lang: Lang = "ja",
) -> tuple[Row, ...]:
    made = generation(*parts, metadata=metadata, thesaurus=thesaurus)
    table = EntryTable.of(made)
    n = len(table.entry_of_unit)
    given = ratings(table, [likely] * table.n_entries, (*close, *[0.0] * n)[:n])
    asked = sought(understand(question), aspects, thesaurus, lang)
    return Comparer(made, table, thesaurus).rows(groups, asked, given, lang)


def aspect(*words: str, concept: str | None = None) -> Aspect:
    return Aspect("".join(words), concept, words, 1.0, False, True)


def titles(found: tuple[Row, ...]) -> list[str]:
    return [row.theme for row in found]


def test_cell_holds_the_sentences_that_tell_of_the_theme_the_closest_first() -> None:
    found = rows(aspect("rpa"), close=(1, 5, 2, 0, 0))
    assert found == (Row("RPA", ((2, 0), ())),)


def test_cell_holds_two_sentences_at_most() -> None:
    parts = (Part("a.md", SAITAMA, ("窓口一。", "窓口二。", "窓口三。")),)
    (found,) = rows(aspect("窓口"), parts=parts, close=(1, 3, 2), groups=((0,),))
    assert found.cells == ((1, 2),)


def test_what_is_asked_keeps_its_order_but_a_plain_word_that_none_has_is_left_out() -> None:
    found = rows(aspect("rpa"), aspect("宇宙"), aspect("窓口"))
    assert found == (Row("RPA", ((0, 2), ())), Row("窓口", ((1,), (3,))))


def test_thing_with_a_name_that_no_place_names_has_its_row_first() -> None:
    metadata = {"c.md": Metadata("丙", themes=("窓口",))}
    found = rows(aspect("iot"), question="さいたま市と町田市のIoTを比べて", metadata=metadata)
    assert found == (Row("IoT", ((), ())), Row("窓口", ((1,), (3,))))
    # So has all that is asked, whatever it is.
    assert rows(aspect("宇宙")) == (Row("宇宙", ((), ())),)
    assert titles(rows(aspect("宇宙"), aspect("海"))) == ["宇宙", "海"]


def test_without_a_place_there_is_nothing_to_compare() -> None:
    assert rows(aspect("rpa"), groups=()) == ()


def test_one_word_of_several_names_nothing() -> None:
    assert rows(aspect("窓口", "改革"), aspect("rpa")) == (Row("RPA", ((0, 2), ())),)
    parts = (Part("a.md", SAITAMA, ("窓口を改革する。", "窓口がある。")),)
    (found,) = rows(aspect("窓口", "改革"), parts=parts, groups=((0,),))
    assert found.cells == ((0,),)


def test_plain_word_may_be_put_in_other_words_by_a_place_that_is_likely_to_answer() -> None:
    assert rows(aspect("宇宙"), close=(1, 5, 2, 3, 4), likely=0.5) == (Row("宇宙", ((1,), (4,))),)
    assert rows(aspect("宇宙"), likely=0.4) == (Row("宇宙", ((), ())),)


def test_thing_with_a_name_is_told_of_in_other_words_only_where_something_above_names_it() -> None:
    themes = {"c.md": Metadata("丙", themes=("RPAの試行",))}
    close = (1.0, 5.0, 2.0, 3.0, 4.0)
    found = rows(aspect("rpa"), close=close, likely=0.1, metadata=themes)
    assert found == (Row("RPA", ((2, 0), (4,))),)
    assert rows(aspect("rpa"), close=close, likely=0.09, metadata=themes)[0].cells[1] == ()
    assert rows(aspect("rpa"), close=close, likely=0.9) == (Row("RPA", ((2, 0), ())),)
    headed = (*PARTS[:2], Part("c.md", MACHIDA, ("窓口がある。", "ロボを使う。"), ("題", "RPA")))
    found = rows(aspect("rpa"), close=close, likely=0.1, parts=headed)
    assert found == (Row("RPA", ((2, 0), (4,))),)


def test_document_that_is_known_for_a_thing_stands_under_it() -> None:
    known = replace(aspect("rpa"), documents=frozenset({"c.md"}))
    close = (1.0, 5.0, 2.0, 3.0, 4.0)
    assert rows(known, close=close, likely=0.9) == (Row("RPA", ((2, 0), (4,))),)


def test_beside_other_things_nothing_is_told_in_other_words() -> None:
    themes = {"c.md": Metadata("丙", themes=("RPAの試行",))}
    found = rows(aspect("rpa"), aspect("窓口"), likely=0.9, metadata=themes)
    assert found == (Row("RPA", ((0, 2), ())), Row("窓口", ((1,), (3,))))


def test_themes_that_both_tell_of_or_that_are_near_follow_what_is_asked() -> None:
    parts = (
        Part("a.md", SAITAMA, ("RPAを使う。", "窓口を改めた。", "RPA研修をした。", "川がある。")),
        Part("c.md", MACHIDA, ("窓口がある。", "テレワークをする。")),
    )
    themes = ("川", "RPA 研修", "窓口", "テレワーク")
    found = rows(
        aspect("rpa"),
        parts=parts,
        groups=((0,), (1,)),
        close=(3, 0, 1, 0, 0, 0),
        metadata={"a.md": Metadata("甲", themes=themes)},
    )
    # Both sentences about RPA stand in its own row, so the training needs none.
    assert found == (Row("RPA", ((0, 2), ())), Row("窓口", ((1,), (4,))))


def test_at_most_three_themes_follow_what_is_asked() -> None:
    words = "rpa alpha beta gamma delta".split()
    parts = (
        Part("a.md", SAITAMA, tuple(f"{word} 一。" for word in words)),
        Part("c.md", MACHIDA, tuple(f"{word} 二。" for word in words)),
    )
    metadata = {"a.md": Metadata("甲", themes=tuple(words[1:]))}
    found = rows(aspect("rpa"), parts=parts, groups=((0,), (1,)), metadata=metadata)
    assert titles(found) == ["RPA", "alpha", "beta", "gamma"]


def test_unasked_the_themes_that_all_tell_of_go_first() -> None:
    metadata = {"a.md": Metadata("甲", themes=("RPA", "窓口")), "c.md": THEMES["c.md"]}
    assert titles(rows(metadata=metadata)) == ["窓口", "RPA", "テレワーク"]


def test_themes_with_the_same_quotes_are_one_row() -> None:
    parts = (Part("a.md", SAITAMA, ("IoTとAIで防災をする。", "AIを学ぶ。")),)
    metadata = {"a.md": Metadata("甲", themes=("AI", "IoT", "防災"))}
    found = rows(parts=parts, groups=((0,),), metadata=metadata)
    # What the two share stands in the row of AI already.
    assert found == (Row("AI", ((0, 1),)),)
    metadata = {"a.md": Metadata("甲", themes=("IoT", "防災", "AI"))}
    found = rows(parts=parts, groups=((0,),), metadata=metadata)
    assert found == (Row("IoT・防災", ((0,),)), Row("AI", ((0, 1),)))
    found = rows(parts=parts, groups=((0,),), metadata=metadata, lang="en")
    assert titles(found) == ["IoT / 防災", "AI"]


def test_things_asked_with_the_same_quotes_are_one_row_but_not_those_none_tells_of() -> None:
    parts = (Part("a.md", SAITAMA, ("RPAで窓口を改めた。",)),)
    found = rows(aspect("rpa"), aspect("窓口"), parts=parts, groups=((0,),))
    assert found == (Row("RPA・窓口", ((0,),)),)
    found = rows(
        aspect("iot", concept="iot"), aspect("lora", concept="lora"), parts=parts, groups=((0,),)
    )
    assert titles(found) == ["iot", "lora"]


def test_theme_needs_all_of_its_words() -> None:
    metadata = {"a.md": Metadata("甲", themes=("RPA 窓口", "窓口"))}
    assert titles(rows(metadata=metadata)) == ["窓口"]


def test_theme_that_was_asked_by_its_concept_has_no_second_row() -> None:
    known = Thesaurus({"rpa": ("rpa", False), "自動化": ("rpa", False)}, {}, "x")
    metadata = {"a.md": Metadata("甲", themes=("自動化", "窓口"))}
    found = rows(aspect("rpa", concept="rpa"), metadata=metadata, thesaurus=known)
    assert titles(found) == ["RPA", "窓口"]
    # Unasked, it names what its concept names.
    (_, theme) = rows(metadata=metadata, thesaurus=known)
    assert theme == Row("自動化", ((0, 2), ()))


RESULTS = (
    Part(
        "a.md",
        SAITAMA,
        (
            "RPAを2018年に入れた。",
            "RPAで作業時間を30%削減した。",
            "RPAで年100時間を削減した。",
            "RPAなら年900時間を削減できると見込んだ。",
            "RPAの研修に5時間かけた。",
            "紙を年80枚削減した。",
        ),
    ),
)


@pytest.mark.parametrize(
    ("question", "aspects", "title", "cell"),
    [
        # A saving in any unit; what is only expected comes last among these.
        ("さいたま市と町田市のRPAの効果を比べて", ("rpa", "効果"), "RPA", (1, 2)),
        ("さいたま市と町田市のRPAの削減時間を比べて", ("rpa", "削減時間"), "RPA", (2, 3)),
        ("さいたま市と町田市、どちらが多く時間を減らした？", ("時間", "減らす"), "効果", (2, 3)),
        ("さいたま市と町田市のRPAは？", ("rpa",), "RPA", (0, 4)),
    ],
)
def test_figures_go_first_where_results_are_asked(
    question: str, aspects: tuple[str, ...], title: str, cell: tuple[int, ...]
) -> None:
    close = (9.0, 4.0, 3.0, 2.0, 8.0, 1.0)
    asked = [aspect(word) for word in aspects]
    found = rows(*asked, question=question, parts=RESULTS, groups=((0,),), close=close)
    assert found == (Row(title, (cell,)),)


@pytest.mark.parametrize(("asked", "shown"), [(7, 7), (8, 8), (9, 8)])
def test_table_has_eight_rows_at_most(asked: int, shown: int) -> None:
    names = "alpha beta gamma delta epsilon zeta eta theta iota".split()[:asked]
    parts = (Part("a.md", SAITAMA, tuple(f"{name}。" for name in names)),)
    found = rows(*(aspect(name) for name in names), parts=parts, groups=((0,),))
    assert titles(found) == names[:shown]
