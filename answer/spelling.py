"""Mends a mistyped word of a question, if only one known word can be meant."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from spellchecker import SpellChecker

from answer.frame import FRAME
from answer.mentions import find_mentions
from answer.spans import overlaps, spans_of
from index.lexical import LexicalIndex
from index.terms import is_word, normalize
from index.thesaurus import Thesaurus

_WORD = re.compile(
    r"(?<![A-Za-zＡ-Ｚａ-ｚ0-9'’])[A-Za-zＡ-Ｚａ-ｚ]+(?![A-Za-zＡ-Ｚａ-ｚ0-9'’])|[ァ-ヴー]+"
)
_KATAKANA = re.compile("[ァ-ヴー]+")
_LATIN_FROM, _KATAKANA_FROM = 5, 4
_SHORT_LATIN = (3, 4)
_CUTOFF = 0.85
# Forms of one word: a difference in these is grammar, no slip.
_ENDINGS = re.compile(r"(?:ings?|ed|ers?|ies|es|(?<!s)s|d|ly)$")


@dataclass(frozen=True, slots=True)
class Correction:
    """`written` stood at [start, end) of the text given; `meant` was put there."""

    start: int
    end: int
    written: str
    meant: str


def correct(text: str, known: Collection[str]) -> tuple[str, tuple[Correction, ...]]:
    """The text with mistyped words put right, and what was changed.

    `known` holds words in normal form (lower case, NFKC); with a frozenset that stays the same,
    its preparation is done once. Only a Latin word of 5 letters or more or a katakana word of 4
    or more is touched, if it is neither known, nor made of known words, nor a form of one, nor
    in a dictionary, nor part of a place's name; and only if exactly one known word begins alike,
    is as long give or take a letter and resembles it. Of a Latin word of 3 or 4 letters, such as
    GTP, only two neighbours that changed places are put back.
    """
    words = known if isinstance(known, frozenset) else frozenset(known)
    named = spans_of(find_mentions(text))
    buckets, corrections = _buckets(words), []
    for match in _WORD.finditer(text):
        if overlaps(match.span(), named):
            continue
        meant = _meant(normalize(match.group()), words, buckets)
        if meant:
            corrections.append(Correction(match.start(), match.end(), match.group(), meant))
    for change in reversed(corrections):
        text = f"{text[: change.start]}{change.meant}{text[change.end :]}"
    return text, tuple(corrections)


def vocabulary(thesaurus: Thesaurus, lexical: LexicalIndex) -> frozenset[str]:
    """The Latin and katakana words that questions may use: of the terms, the index, the frame."""
    texts: Iterable[str] = (*thesaurus.by_term, *(t for t in lexical.terms if t[1:2] != ":"))
    words = (normalize(word) for text in texts for word in _WORD.findall(text))
    return frozenset(word for word in words if len(word) > 1) | FRAME


_Buckets = dict[tuple[str, int], tuple[str, ...]]


@lru_cache(maxsize=4)
def _buckets(known: frozenset[str]) -> _Buckets:
    """The known words by first letter and length."""
    grouped: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in known:
        if len(word) >= _KATAKANA_FROM - 1:
            grouped[word[0], len(word)].append(word)
    return {key: tuple(words) for key, words in grouped.items()}


def _meant(word: str, known: frozenset[str], buckets: _Buckets) -> str | None:
    katakana = bool(_KATAKANA.fullmatch(word))
    if not katakana and len(word) in _SHORT_LATIN:
        return _put_back(word, known)
    if len(word) < (_KATAKANA_FROM if katakana else _LATIN_FROM) or word in known:
        return None
    if katakana and _made_of(word, known):
        return None
    # One slip leaves the beginning or the end as it is; this spares most comparisons.
    near = [
        other
        for length in (len(word) - 1, len(word), len(word) + 1)
        for other in buckets.get((word[0], length), ())
        if other[:2] == word[:2] or other[-2:] == word[-2:]
    ]
    if not katakana and any(_same_word(word, other) for other in near):
        return None
    if not near or (is_word(word) if katakana else _is_english(word)):
        return None
    matches = get_close_matches(word, near, n=2, cutoff=_CUTOFF)
    return matches[0] if len(matches) == 1 else None


def _put_back(word: str, known: frozenset[str]) -> str | None:
    """The one known word that differs in two neighbours having changed places, or None."""
    if word in known or _is_english(word):
        return None
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    found = swapped & known
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en")


def _is_english(word: str) -> bool:
    """Whether the dictionary has a word, or its American spelling."""
    american = word.replace("our", "or").replace("ll", "l")
    american = re.sub(r"re$", "er", re.sub(r"is(e[ds]?|ing|ation)$", r"iz\1", american))
    known = _dictionary()
    return word in known or american in known


def _same_word(word: str, other: str) -> bool:
    """Whether two words differ in their endings only: form, forms; counted, counter."""
    return not _forms(word).isdisjoint(_forms(other))


def _forms(word: str) -> set[str]:
    """A word, and it without its ending if it has one."""
    stem = _ENDINGS.sub("", word)
    return {word} if stem == word else {word, stem, f"{stem}e"}


def _made_of(word: str, known: frozenset[str]) -> bool:
    """Whether a word is a row of known words of two letters or more: クラウドサービス."""
    reached = {0}
    for end in range(2, len(word) + 1):
        if any(start in reached and word[start:end] in known for start in range(end - 1)):
            reached.add(end)
    return len(word) in reached
