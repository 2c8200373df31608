"""Documents by facets, counted by hand."""

from answer.browse import EIGHT, FACETS, UNSTATED, Heading, Shelf, contents
from answer.signals import EntryTable
from ingest.documents import Metadata, Source
from ingest.places import all_places
from tests.answer.made import KYOTO, MACHIDA, MIE, SAITAMA, Part, generation

MADE = generation(
    Part("a.md", SAITAMA, ("一。",)),
    Part("b.md", MACHIDA, ("二。",)),
    Part("c.md", MIE, ("三。",)),
    Part("c.md", KYOTO, ("四。",), heading=("題", "京都")),
    Part("d.md", None, ("五。",)),
    metadata={
        "a.md": Metadata("甲", period="2021-", themes=("RPA",), sources=(Source(kind="press"),)),
        "b.md": Metadata("乙", period="2021-2023", themes=("RPA", "窓口")),
        "c.md": Metadata("丙", themes=("窓口",), sources=(Source(kind="official"), Source())),
        "d.md": Metadata("丁"),
    },
)
SHELF = Shelf.of(MADE, EntryTable.of(MADE))


def test_every_prefecture_is_in_one_region() -> None:
    inside = [prefecture for prefectures in EIGHT.values() for prefecture in prefectures]
    assert len(inside) == 47
    assert set(inside) == {place.prefecture for place in all_places()}


def test_nothing_chosen_counts_every_document() -> None:
    assert SHELF.chosen({}) == ("a.md", "b.md", "c.md", "d.md")
    assert SHELF.counts({}) == {
        "region": {"関東": 2, "近畿": 1},
        "prefecture": {"埼玉県": 1, "東京都": 1, "三重県": 1, "京都府": 1},
        "theme": {"RPA": 2, "窓口": 2},
        "began": {"2021": 2, UNSTATED: 2},
        "source_kind": {"press": 1, "official": 1},
    }


def test_values_of_one_facet_are_alternatives_and_facets_are_conditions() -> None:
    assert SHELF.chosen({"theme": ["RPA", "窓口"]}) == ("a.md", "b.md", "c.md")
    assert SHELF.chosen({"theme": ["窓口"], "region": ["関東"]}) == ("b.md",)
    assert SHELF.chosen({"began": [UNSTATED], "prefecture": ["京都府"]}) == ("c.md",)
    assert SHELF.chosen({"theme": ["窓口"], "source_kind": ["press"]}) == ()


def test_choice_counts_for_the_other_facets_and_not_for_its_own() -> None:
    counts = SHELF.counts({"theme": ["RPA"]})
    assert counts["theme"] == {"RPA": 2, "窓口": 2}
    assert counts["prefecture"] == {"埼玉県": 1, "東京都": 1, "三重県": 0, "京都府": 0}
    assert counts["began"] == {"2021": 2, UNSTATED: 0}


def test_count_of_a_value_is_what_choosing_it_shows() -> None:
    choice = {"theme": ["窓口"]}
    counts = SHELF.counts(choice)
    for facet in FACETS:
        for value, n in counts[facet].items():
            assert len(SHELF.chosen({**choice, facet: [value]})) == n


def test_contents_are_the_headings_in_order_with_where_they_begin() -> None:
    assert contents(MADE, "c.md") == (Heading("取り組み", 2, 0), Heading("京都", 2, 2))
    split = generation(Part("a.md", None, ("一。",)), Part("a.md", None, ("二。",)))
    assert contents(split, "a.md") == (Heading("取り組み", 2, 0),)
    assert contents(generation(Part("a.md", None, ("一。",), heading=())), "a.md") == ()
