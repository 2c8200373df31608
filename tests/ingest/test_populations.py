"""How many live in each place, by the census."""

from collections import Counter

import pytest

from ingest.places import all_places, places_named
from ingest.populations import population_of


def test_every_place_has_a_population() -> None:
    assert [place.name for place in all_places() if population_of(place) is None] == []


def test_municipalities_add_up_to_their_prefecture_and_these_to_the_country() -> None:
    whole, parts = Counter[str](), Counter[str]()
    for place in all_places():
        (parts if place.city else whole)[place.prefecture] += population_of(place) or 0
    assert parts == whole
    assert whole.total() == 126_226_568


@pytest.mark.parametrize(
    ("name", "population"), [("双葉町", 0), ("横浜市", 3_778_318), ("鳥取県", 553_847)]
)
def test_population_of_a_place(name: str, population: int) -> None:
    assert population_of(places_named(name)[0]) == population
