"""Splits Japanese and Latin text into the terms that the lexical arm counts."""

import re
import threading
import unicodedata
from functools import cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

SPLITTER = "sudachi-core/words+bigrams/1"
"""Name of the rules below; an index made by other rules is not opened."""

# Latin words, numbers and codes stay whole: AI-OCR, WinActor, PPR-9087, 2,028, 99.1%.
_LATIN = re.compile(r"[a-z0-9](?:[a-z0-9]|[-_.,/+&'](?=[a-z0-9]))*[%+]?")
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "代名詞", "連体詞"}
_EMPTY_WORDS = frozenset(
    "為る 有る 居る 成る 出来る 為さる 行く 来る 貰う 下さる 其の 此の 事 物 所 様 等 的".split()
)
_KANJI_KATAKANA = re.compile(r"[一-鿿々ァ-ヺー]{2,}")
_SUDACHI_CHARACTERS = 10_000

_local = threading.local()


@cache
def _dictionary() -> Dictionary:
    return Dictionary()


def _tokenizer() -> Tokenizer:
    """A tokenizer of this thread's own: they are not to be shared."""
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer(SplitMode.C)
    tokenizer: Tokenizer = _local.tokenizer
    return tokenizer


def fold_width(text: str) -> str:
    """NFKC: full-width, half-width and circled forms become one."""
    return unicodedata.normalize("NFKC", text)


def normalize(text: str) -> str:
    """NFKC and lower case."""
    return fold_width(text).lower()


def split_words(text: str) -> list[str]:
    """The content words in order: Latin words and codes whole, Japanese ones in normal form.

    A compound gives itself and its parts (さいたま市 → さいたま市, さいたま, 市).
    """
    normal = normalize(text)
    words: list[str] = []
    at = 0
    for match in _LATIN.finditer(normal):
        words.extend(_japanese_words(normal[at : match.start()]))
        words.append(match.group())
        at = match.end()
    words.extend(_japanese_words(normal[at:]))
    return words


def _japanese_words(text: str) -> list[str]:
    words: list[str] = []
    for at in range(0, len(text), _SUDACHI_CHARACTERS):
        piece = text[at : at + _SUDACHI_CHARACTERS]
        if piece.strip():
            for morpheme in _tokenizer().tokenize(piece):
                words.extend(_forms(morpheme))
    return words


def _forms(morpheme: Morpheme) -> list[str]:
    if morpheme.part_of_speech()[0] not in _CONTENT:
        return []
    form = morpheme.normalized_form().lower()
    if form in _EMPTY_WORDS:
        return []
    parts = morpheme.split(SplitMode.A)
    if len(parts) < 2:
        return [form]
    return [form, *(part.normalized_form().lower() for part in parts)]


def split_terms(text: str) -> list[str]:
    """Words and, marked by "2:", the character pairs of kanji and katakana runs.

    The pairs find what the dictionary cuts differently in query and passage. Index and query
    both go through here.
    """
    pairs = [
        f"2:{run[i : i + 2]}"
        for run in _KANJI_KATAKANA.findall(normalize(text))
        for i in range(len(run) - 1)
    ]
    return split_words(text) + pairs
