"""Places named with where they lie, apart from places that are compared."""

import pytest

from answer.question import understand
from answer.understood import area_label


def named(text: str) -> list[list[str]]:
    return [[place.name for place in mention.candidates] for mention in understand(text).places]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("宮崎の都城市の生成AIは？", ["都城市"]),
        ("富山の朝日町", ["朝日町"]),
        ("福岡の小郡市", ["小郡市"]),
        ("広島の呉市", ["呉市"]),
        ("広島の広島市のRPAは？", ["広島市"]),
        ("宮崎県内の都城市のRPAは？", ["都城市"]),
        ("富山県にある朝日町のDX", ["朝日町"]),
        ("How does Fukaya in Saitama use RPA?", ["深谷市"]),
        ("RPA in Fukaya, Saitama?", ["深谷市"]),
        ("How does Saitama's Fukaya use RPA?", ["深谷市"]),
        ("How does Fukaya City, Saitama Prefecture, use RPA?", ["深谷市"]),
    ],
)
def test_prefecture_that_says_where_a_place_lies_is_no_other_place(
    text: str, names: list[str]
) -> None:
    asked = understand(text)
    assert named(text) == [names]
    assert asked.mode != "compare"
    (mention,) = asked.places
    assert mention.text in text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("広島と呉市を比べて", [["広島県", "広島市"], ["呉市"]]),
        ("宮崎の都城市と富山の朝日町を比べて", [["都城市"], ["朝日町"]]),
        ("埼玉県の町田市のRPAは？", [["埼玉県"], ["町田市"]]),
        (
            "Compare Kitakyushu, Fukuoka and Kumamoto",
            [["北九州市"], ["福岡県", "福岡市"], ["熊本県", "熊本市"]],
        ),
        ("Compare Fukaya, Saitama and Tsukuba, Ibaraki", [["深谷市"], ["つくば市"]]),
        ("Compare Machida and Saitama", [["町田市"], ["埼玉県", "さいたま市"]]),
    ],
)
def test_places_that_are_compared_stay_apart(text: str, names: list[list[str]]) -> None:
    assert named(text) == names


def test_prefecture_less_a_place_of_it_stays_asked() -> None:
    asked = understand("東京都の町田市以外の市でRPAを使うところは？")
    assert named(asked.text) == [["東京都"]]
    assert [area_label(area, "ja") for area in asked.areas] == ["町田市以外"]
