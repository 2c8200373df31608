"""Places and themes that were picked, worked out by hand."""

from answer.compare import Comparer, Row
from answer.side_by_side import places_of, side_by_side, themes_of
from answer.signals import EntryTable
from index.thesaurus import EMPTY, Thesaurus
from ingest.documents import Metadata
from tests.answer.made import KYOTO, MACHIDA, SAITAMA, Part, generation

PARTS = (
    Part("a.md", SAITAMA, ("窓口とRPAを改めた。", "RPAを使う。", "RPA、RPA、RPA。")),
    Part("b.md", SAITAMA, ("窓口がある。",)),
    Part("c.md", MACHIDA, ("自動化を広げた。",)),
)
KNOWN = Thesaurus(
    {"rpa": ("rpa", False), "自動化": ("rpa", False), "窓口": ("desk", False)},
    {("rpa", "ja"): "RPA", ("desk", "ja"): "窓口", ("none", "ja"): "宇宙", ("desk", "en"): "desk"},
    "x",
)
THEMES = {"a.md": Metadata("甲", themes=("RPA", "紙")), "c.md": Metadata("丙", themes=("RPA",))}
MADE = generation(*PARTS, metadata=THEMES, thesaurus=KNOWN)
TABLE = EntryTable.of(MADE)


def test_places_are_those_of_the_index_by_code() -> None:
    made = generation(Part("z.md", KYOTO, ("一。",)), Part("y.md", None, ("二。",)), *PARTS)
    assert places_of(EntryTable.of(made)) == (SAITAMA, MACHIDA, KYOTO)


def test_themes_of_the_documents_come_before_concepts_that_sentences_name() -> None:
    assert themes_of(MADE, KNOWN) == {"RPA": 2, "紙": 1, "窓口": 2}
    assert list(themes_of(MADE, KNOWN)) == ["RPA", "紙", "窓口"]


def test_theme_that_no_place_tells_of_keeps_its_row() -> None:
    found = side_by_side(MADE, TABLE, KNOWN, (MACHIDA, SAITAMA), ("窓口", "宇宙"))
    assert found.places == (MACHIDA, SAITAMA)
    told = [(row.theme, [[q.text for q in cell] for cell in row.cells]) for row in found.rows]
    # Of two that name it, the shorter sentence weighs the word more.
    assert told == [
        ("窓口", [[], ["窓口がある。", "窓口とRPAを改めた。"]]),
        ("宇宙", [[], []]),
    ]
    assert found.rows[0].cells[1][0].document == "b.md"


def test_theme_is_named_by_its_concept_too() -> None:
    (row,) = side_by_side(MADE, TABLE, KNOWN, (MACHIDA,), ("RPA",)).rows
    assert [quote.text for quote in row.cells[0]] == ["自動化を広げた。"]


def test_two_sentences_at_most_and_those_that_weigh_most() -> None:
    plain = generation(*PARTS)
    comparer = Comparer(plain, EntryTable.of(plain), EMPTY)
    assert comparer.chosen(((0, 1), ()), ("RPA",)) == (Row("RPA", ((2, 1), ())),)
    assert comparer.chosen((), ("RPA",)) == (Row("RPA", ()),)
    assert comparer.chosen(((0,),), ()) == ()
