"""Names of places, however they are written."""

from answer.mentions import find_mentions, longest


def names(text: str) -> list[str]:
    return [mention.text for mention in longest(find_mentions(text))]


def test_names_in_kanji_romaji_and_kana_are_found_in_order() -> None:
    assert names("おたる市とMachidaと大津市のRPAは?") == ["おたる市", "Machida", "大津市"]


def test_longest_of_names_that_overlap_stays() -> None:
    text = "おおいた市の窓口は?"
    assert names(text) == ["おおいた市"]
    assert longest(find_mentions(text)[::-1]) == longest(find_mentions(text))


def test_nothing_is_named() -> None:
    assert names("書かない窓口を始めた町は?") == []
