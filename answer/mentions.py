"""The places that a question names, however it writes them: 町田市, Machida, まちだ市."""

from collections.abc import Iterable

from answer.kana import find_kana_places
from answer.spans import overlaps, span_of, spans_of
from ingest.places import Mention, find_places, find_romaji_places


def find_mentions(text: str) -> list[Mention]:
    """Every name of a place in a text, in kanji, romaji or kana; they may overlap."""
    return [*find_places(text, stems=True), *find_romaji_places(text), *find_kana_places(text)]


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in order, of those that overlap the longest: おおいた市, not おおい."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        if not overlaps(span_of(mention), spans_of(kept)):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
