"""Towns that a question writes in kana: おたる市, オタル市, べっぷのRPAは？"""

import re
from collections.abc import Iterable, Iterator

from index.terms import word_classes
from ingest.places import JAPANESE_WORDS, OTHER_WORDS, Mention, hiragana, places_read

_FULL = re.compile(
    r"([ぁ-ゖー]{3,}|(?<![ァ-ヶー])[ァ-ヶー]{2,})([市区町村県府都])"
    rf"(?![{''.join(OTHER_WORDS.values())}])"
)
_SOUNDS = re.compile("[ぁ-ゖァ-ヶー]{2,}[市区町村県府都]?|[!-~À-ž ]+")
_PARTICLES = "のとやはでもにへを"
# In katakana, a name alone is rather a company's: トヨタ, ヒタチ.
_ALONE = re.compile(r"(?:^|(?<=[\s、。?!・]))([ぁ-ゖー]{3,})")
AFTER_NAME = r"の|で(?!き)|は|って|にお(?:け|い)|に(?:つい|関)|[?。\s]|$"
"""A pattern of what follows the name of a town that a question is asked of."""
_AFTER = re.compile(rf"{AFTER_NAME}|と")
_NOUNS = frozenset({"普通名詞", "固有名詞", "名詞的", "数詞"})
# Shorter readings are words of every day: なら, いせ, うき.
_SHORTEST = 3


def find_kana_places(text: str) -> list[Mention]:
    """The places that a Japanese text in NFKC form names by their readings, in order.

    With 市, 町 … after it a reading counts wherever it begins after a particle; alone, only in
    hiragana where a sentence begins with it, and if the dictionary has it as no other word.
    """
    found = {mention.start: mention for mention in (*_alone(text), *_full(text))}
    return [found[start] for start in sorted(found)]


def in_kanji(text: str, mentions: Iterable[Mention]) -> str:
    """A text with the official names of towns that it names in kana or romaji.

    Without 県 or 市 where the prefecture or the city may be meant; as written where two towns may.
    """
    for mention in mentions:
        names = {place.name for place in mention.candidates}
        stems = {name[:-1] for name in names}
        (name, *others) = names if len(names) == 1 else stems
        if not others and _SOUNDS.fullmatch(mention.text) and not name.startswith(mention.text[:2]):
            text = text.replace(mention.text, name)
    return text


def _full(text: str) -> Iterator[Mention]:
    for match in _FULL.finditer(text):
        run, level = match.groups()
        reading = hiragana(run)
        latest = 0 if run != reading else len(run) - _SHORTEST
        for at in range(latest + 1):
            if at and run[at - 1] not in _PARTICLES:
                continue
            places = tuple(p for p in places_read(reading[at:]) if p.name.endswith(level))
            if places:
                start = match.start() + at
                yield Mention(start, match.end(), text[start : match.end()], places)
                break


def _alone(text: str) -> Iterator[Mention]:
    for match in _ALONE.finditer(text):
        run = match[1]
        for length in range(len(run), _SHORTEST - 1, -1):
            end = match.start() + length
            places = tuple(p for p in places_read(run[:length]) if _has_own_name(p.name))
            if places and _AFTER.match(text, end) and _is_name(text, match.start(), end):
                yield Mention(match.start(), end, run[:length], places)
                break


def _has_own_name(name: str) -> bool:
    """Whether a town's name is not also an everyday word: あさひ is the morning sun."""
    return name[:-1] not in JAPANESE_WORDS


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the dictionary has a name there, or does not know what to make of hiragana.

    Three letters that it takes apart are rather a word with its particle: 「こう、か」.
    """
    classes = word_classes(text, start, end)
    if len(classes) < 2:
        return classes == ("固有名詞",)
    return end - start > _SHORTEST or _NOUNS.issuperset(classes)
