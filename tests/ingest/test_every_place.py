"""What holds for one municipality holds for all, whatever their names look like."""

from collections import Counter

import pytest

from ingest.announced import place_announced, place_of_title
from ingest.documents import Place
from ingest.places import all_places
from ingest.subjects import subjects_of

CITIES = [place for place in all_places() if place.city]
WARDS = {"中央区", "港区", "北区"}
"""Of Tokyo, with namesakes in other cities: by these names alone they are nobody's."""


def named() -> list[tuple[str, Place]]:
    """Each municipality with its name, and the prefecture before it where others share that."""
    share = Counter(place.city for place in CITIES)
    return [
        (f"{p.prefecture if share[p.city] > 1 or p.city in WARDS else ''}{p.city}", p)
        for p in CITIES
    ]


@pytest.mark.parametrize("sentence", ["{}では、始めた。", "{}は始めた。", "一方、{}の費用は安い。"])
def test_every_municipality_can_begin_its_sentence(sentence: str) -> None:
    def told(name: str) -> list[Place | None]:
        text = sentence.format(name)
        return [case.place for case in subjects_of(text, 0, len(text), None)]

    assert [name for name, place in named() if told(name) != [place]] == []


@pytest.mark.parametrize("title", ["{}の事例", "【事例1】{}：入力", "RPAの導入（{}）", "1. {}"])
def test_every_municipality_can_be_announced(title: str) -> None:
    wrong = [name for name, place in named() if place_announced(title.format(name)) != place]
    assert wrong == []


@pytest.mark.parametrize("title", ["{}DX推進計画", "{}の窓口改革", "書かない窓口 | {}"])
def test_every_municipality_can_have_a_title(title: str) -> None:
    wrong = [name for name, place in named() if place_of_title(title.format(name), "") != place]
    assert wrong == []
