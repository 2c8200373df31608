"""The bounds of a population, from the words of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.bounds import Bounds, bounds_of
from answer.population import find_population
from answer.question import understand
from answer.understood import understood_line
from index.terms import fold_width
from ingest.places import places_named


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("人口5万人以下の自治体は？", None, 50_000),
        ("人口５万人未満で生成AIを使う市", None, 50_000),
        ("人口10,000人に満たない町村の事例", None, 10_000),
        ("人口10万人より少ないとこだけ", None, 100_000),
        ("10万人より少ない市だけ", None, 100_000),
        ("町民1万人未満の町のアプリ", None, 10_000),
        ("人口二十万人以上の市", 200_000, None),
        ("人口十万人以上の市", 100_000, None),
        ("人口が5万人を超えている市", 50_000, None),
        ("人口規模5万〜10万人程度の自治体", 50_000, 100_000),
        ("人口5万人以上10万人未満の市", 50_000, 100_000),
        ("人口10〜30万人の市", 100_000, 300_000),
        ("人口二〜三万人の市", 20_000, 30_000),
        ("人口百万以上の市", 1_000_000, None),
        ("人口二千五百人以下の村", None, 2_500),
        ("人口1万人くらいまでの小さい町", None, 10_000),
        ("人口が100万人を超える政令市", 1_000_000, None),
        ("人口15万人台の市", 150_000, 159_999),
        ("人口3万5千人台の町", 35_000, 35_999),
        ("人口800人〜1万人の町村", 800, 10_000),
        ("人口500から1万人の村", 500, 10_000),
        ("人口10万人未満5万人以上の市", 50_000, 100_000),
        ("人口2千5百人以下の村", None, 2_500),
        ("人口2,3万人の町", 20_000, 30_000),
        ("人口10万人以上、人口20万人未満の市", 100_000, 200_000),
        ("人口が3万人を切っている町", None, 30_000),
        ("人口5千人もいない村", None, 5_000),
        ("人口20万人を上回る市", 200_000, None),
        ("人口10万人台の市", 100_000, 199_999),
        ("人口5千人台の村", 5_000, 5_999),
        ("人口1万人いるかいないかの町で", 7_000, 14_000),
        ("5万人規模の市は？", 35_000, 70_000),
        ("人口4万5千人の市", 31_500, 63_000),
        ("towns under 10,000 people that built their own apps", None, 10_000),
        ("municipalities with fewer than 100,000 people that use RPA", None, 100_000),
        ("towns with less than 10k residents", None, 10_000),
        ("towns with a population over 50 thousand", 50_000, None),
        ("cities with a population of under 1.000.000 that use AI", None, 1_000_000),
        ("cities of over 50.000 people", 50_000, None),
        ("cities with a population of a million or more", 1_000_000, None),
        ("cities with a population of no more than 5,000", None, 5_000),
        ("cities with a population exceeding 100,000", 100_000, None),
        ("cities of more than a million people that use AI", 1_000_000, None),
        ("towns with under half a million people", None, 500_000),
        ("cities of over a hundred thousand people", 100_000, None),
        ("towns with 50-100k people using RPA", 50_000, 100_000),
        ("cities between 100,000 and 300,000 people that did it", 100_000, 300_000),
        ("cities in Hokkaido of 100,000 to 300,000 people", 100_000, 300_000),
    ],
)
def test_what_a_population_sets(text: str, low: int | None, high: int | None) -> None:
    normal = fold_width(text)
    assert bounds_of(normal, find_population(normal)) == (Bounds(low, high),)


@pytest.mark.parametrize(
    "text", ["小さな町で", "人口数千人の村の事例", "人口十数万人の市", "同規模の市は？"]
)
def test_what_tells_no_number_sets_nothing(text: str) -> None:
    assert find_population(text)
    assert bounds_of(text, find_population(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "住民10人以下の団体に補助している自治体は？",
        "町民が100人だけ使ったアプリは？",
        "Which cities have 30,000 people using the app?",
        "Which city has over 1 million in savings?",
    ],
)
def test_people_who_are_no_population(text: str) -> None:
    assert bounds_of(text, find_population(text)) == ()


NUMBERS = "0123456789.,一二三十百千万人〜から以上未満台、数k "


@given(st.text(NUMBERS, max_size=20))
def test_whatever_is_told_no_bound_is_beyond_the_other(told: str) -> None:
    for bounds in bounds_of(told, [(0, len(told))]):
        assert None in (bounds.low, bounds.high) or (bounds.low or 0) <= (bounds.high or 0)


def test_bounds_count_as_met() -> None:
    assert [Bounds(2, 4).hold(n) for n in (1, 2, 4, 5)] == [False, True, True, False]
    assert Bounds(None, 4).hold(0)
    assert Bounds(2, None).hold(9_000_000)


# By the census of 2020: 磐梯町 3,332, 武蔵野市 150,102, 滋賀県 more than a million.
@pytest.mark.parametrize(
    ("text", "admitted"),
    [
        ("人口5千人未満の町でRPAを使うのは？", {"磐梯町"}),
        ("人口10万人以上の自治体でRPAを使うのは？", {"武蔵野市", "滋賀県"}),
        ("人口5千人未満の町と人口50万人以上の自治体は？", {"磐梯町", "滋賀県"}),
        ("小さな町でRPAを使うのは？", {"磐梯町", "武蔵野市", "滋賀県"}),
        ("人口15万人くらいの滋賀県内の市は？", set()),
    ],
)
def test_places_of_other_size_are_not_meant(text: str, admitted: set[str]) -> None:
    places = [places_named(name)[0] for name in ("磐梯町", "武蔵野市", "滋賀県")]
    assert {place.name for place in places if understand(text).admits(place)} == admitted


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("人口5万人未満でRPAを使う自治体は？", "一覧｜人口50,000人以下（2020年国勢調査）"),
        ("人口5万人以上10万人未満の自治体は？", "一覧｜人口50,000〜100,000人（2020年国勢調査）"),
        ("小さな町でRPAを使うのは？", "事実｜人口（数がないため絞っていません）"),
        (
            "municipalities under 10,000 people that use RPA",
            "list · population 10,000 people or less (2020 census)",
        ),
    ],
)
def test_the_line_tells_which_population_is_applied(text: str, line: str) -> None:
    asked = understand(text)
    assert understood_line(asked, asked.lang) == line
