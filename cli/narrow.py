"""The facets that `jirei ask` narrows an answer by, checked before anything is asked."""

from typing import TYPE_CHECKING

from cli.common import Several
from errors import JireiError

if TYPE_CHECKING:
    from answer.narrow import Narrow
    from answer.respond import Answerer


def narrow_by(
    prefecture: Several,
    region: Several,
    theme: Several,
    source: Several,
    state: Several,
    years: tuple[int | None, int | None],
    max_age: int | None,
) -> "Narrow":
    """The facets asked for.

    Raises JireiError for a prefecture, region or state that does not exist, and for years that
    end before they begin.
    """
    from answer.narrow import Narrow
    from answer.regions import area_named
    from answer.states import STATES

    prefectures = {_prefecture(name) for name in prefecture or ()}
    for name in region or ():
        area = area_named(name)
        if area is None:
            raise JireiError("facet_unknown", facet="--region", value=name)
        prefectures |= area
    for name in state or ():
        if name not in STATES:
            raise JireiError("facet_unknown", facet="--state", value=name)
    first, last = years
    if first is not None and last is not None and first > last:
        raise JireiError("facet_years_turned", first=first, last=last)
    return Narrow(
        prefectures=frozenset(prefectures),
        themes=frozenset(theme or ()),
        source_kinds=frozenset(source or ()),
        states=frozenset(known for known in STATES if known in (state or ())),
        first_year=first,
        last_year=last,
        max_age=max_age,
    )


def _prefecture(name: str) -> str:
    """A prefecture's name in full: 埼玉 is 埼玉県."""
    from ingest.places import places_named

    for full in (name, *(name + level for level in "都府県")):
        if any(place.city is None for place in places_named(full)):
            return full
    raise JireiError("facet_unknown", facet="--prefecture", value=name)


def check_known(narrow: "Narrow", answerer: "Answerer") -> None:
    """Raises JireiError for a theme or kind of source that no document has.

    Else a slip of the pen would be answered with that nobody does it.
    """
    from answer.browse import Shelf

    counts = Shelf.of(answerer.generation, answerer.table).counts({})
    for facet, asked, known in (
        ("--theme", narrow.themes, counts["theme"]),
        ("--source", narrow.source_kinds, counts["source_kind"]),
    ):
        for value in sorted(asked - known.keys()):
            choices = ", ".join(sorted(known)) or "-"
            raise JireiError("facet_of_no_document", facet=facet, value=value, known=choices)
