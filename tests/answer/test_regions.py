"""The regions by their names."""

import pytest

from answer.regions import REGIONS, area_named
from ingest.places import all_places

CHUGOKU = frozenset("鳥取県 島根県 岡山県 広島県 山口県".split())


@pytest.mark.parametrize(
    "name", ["中国地方", "中国", "中国エリア", "Chugoku", "the Chugoku region", "chugoku region"]
)
def test_region_is_known_by_each_of_its_names(name: str) -> None:
    assert area_named(name) == CHUGOKU


@pytest.mark.parametrize(
    ("name", "prefectures"),
    [
        ("北海道", "北海道"),
        ("Hokkaido", "北海道"),
        ("沖縄地方", "沖縄県"),
        ("信越地方", "長野県 新潟県"),
        ("Shin'etsu", "長野県 新潟県"),
        ("Ｋｏｓｈｉｎｅｔｓｕ", "山梨県 長野県 新潟県"),
        ("Tokai", "岐阜県 静岡県 愛知県 三重県"),
        ("東京圏", "埼玉県 千葉県 東京都 神奈川県"),
        (" san’in ", "鳥取県 島根県"),
    ],
)
def test_prefectures_of_a_region(name: str, prefectures: str) -> None:
    assert area_named(name) == frozenset(prefectures.split())


@pytest.mark.parametrize("name", ["", "China", "さいたま市", "地方", "the "])
def test_what_is_no_region_is_none(name: str) -> None:
    assert area_named(name) is None


def test_east_and_west_divide_the_country() -> None:
    east, west = (REGIONS[name][0].split() for name in ("東日本", "西日本"))
    assert sorted(east + west) == sorted(p.prefecture for p in all_places() if p.city is None)
    assert (len(east), len(west)) == (17, 30)


def test_every_region_holds_prefectures_each_once() -> None:
    known = {place.prefecture for place in all_places()}
    for prefectures, english in REGIONS.values():
        listed = prefectures.split()
        assert english
        assert set(listed) <= known
        assert len(set(listed)) == len(listed)
