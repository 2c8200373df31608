"""The rows of a comparison, worked out by hand."""

import pytest

from answer.aspects import Aspect
from answer.compare import Comparer, Row
from answer.signals import EntryTable
from index.thesaurus import EMPTY, Thesaurus
from ingest.documents import Metadata
from tests.answer.made import MACHIDA, SAITAMA, Part, generation, ratings

# Rows 0 to 2 are Saitama's, 3 and 4 Machida's.
PARTS = (
    Part("a.md", SAITAMA, ("RPAを使う。", "窓口を改めた。")),
    Part("b.md", SAITAMA, ("RPAを広げた。",)),
    Part("c.md", MACHIDA, ("窓口がある。", "テレワークをする。")),
)
THEMES = {"a.md": Metadata("甲", themes=("RPA",)), "c.md": Metadata("丙", themes=("テレワーク",))}
GROUPS = ((0, 1), (2,))


def rows(
    *aspects: Aspect,
    metadata: dict[str, Metadata] | None = None,
    close: tuple[float, ...] = (0, 0, 0, 0, 0),
    thesaurus: Thesaurus = EMPTY,
    parts: tuple[Part, ...] = PARTS,
    groups: tuple[tuple[int, ...], ...] = GROUPS,
    likely: float = 0.05,
) -> tuple[Row, ...]:
    made = generation(*parts, metadata=metadata, thesaurus=thesaurus)
    table = EntryTable.of(made)
    given = ratings(table, [likely] * table.n_entries, close[: len(table.entry_of_unit)])
    return Comparer(made, table, thesaurus).rows(groups, aspects, given)


def aspect(word: str, concept: str | None = None) -> Aspect:
    return Aspect(word, concept, (word,), 1.0, False, True)


def test_cell_holds_the_sentences_that_tell_of_the_theme_the_closest_first() -> None:
    found = rows(aspect("rpa"), close=(1, 5, 2, 0, 0))
    assert found == (Row("rpa", ((2, 0), ())),)


def test_cell_holds_two_sentences_at_most() -> None:
    parts = (Part("a.md", SAITAMA, ("窓口一。", "窓口二。", "窓口三。")),)
    (found,) = rows(aspect("窓口"), parts=parts, close=(1, 3, 2), groups=((0,),))
    assert found.cells == ((1, 2),)


def test_what_all_places_tell_of_goes_first_and_what_none_tells_of_is_left_out() -> None:
    found = rows(aspect("rpa"), aspect("宇宙"), aspect("窓口"))
    assert found == (Row("窓口", ((1,), (3,))), Row("rpa", ((0, 2), ())))


def test_place_that_may_answer_in_other_words_is_not_called_silent() -> None:
    found = rows(aspect("rpa"), close=(1, 5, 2, 3, 4), likely=0.1)
    assert found == (Row("rpa", ((2, 0), (4,))),)
    # Asked two things, it is not known which one such words would be about.
    both = rows(aspect("rpa"), aspect("窓口"), likely=0.9)
    assert both == (Row("窓口", ((1,), (3,))), Row("rpa", ((0, 2), ())))


def test_themes_of_the_documents_follow_what_is_asked() -> None:
    found = rows(aspect("窓口"), metadata=THEMES)
    assert [row.theme for row in found] == ["窓口", "RPA", "テレワーク"]
    assert found[2].cells == ((), (4,))


def test_theme_needs_all_of_its_words() -> None:
    metadata = {"a.md": Metadata("甲", themes=("RPA 窓口", "窓口"))}
    assert [row.theme for row in rows(metadata=metadata)] == ["窓口"]


def test_theme_that_was_asked_by_its_concept_has_no_second_row() -> None:
    known = Thesaurus({"rpa": ("rpa", False), "自動化": ("rpa", False)}, {}, "x")
    metadata = {"a.md": Metadata("甲", themes=("自動化", "窓口"))}
    found = rows(aspect("rpa", "rpa"), metadata=metadata, thesaurus=known)
    assert [row.theme for row in found] == ["窓口", "rpa"]
    # Unasked, it names what its concept names.
    (theme, _) = rows(metadata=metadata, thesaurus=known)[::-1]
    assert theme == Row("自動化", ((0, 2), ()))


@pytest.mark.parametrize(("asked", "shown"), [(7, 7), (8, 8), (9, 8)])
def test_table_has_eight_rows_at_most(asked: int, shown: int) -> None:
    names = "alpha beta gamma delta epsilon zeta eta theta iota".split()[:asked]
    parts = (Part("a.md", SAITAMA, (" ".join(names),)),)
    found = rows(*(aspect(name) for name in names), parts=parts, groups=((0,),))
    assert [row.theme for row in found] == names[:shown]
