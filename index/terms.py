"""Splits Japanese and Latin text into the terms that the lexical arm counts."""

import re
import threading
import unicodedata
from functools import cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

SPLITTER = "sudachi-core/words+pairs/3"
"""Name of the rules below; an index made by rules that are not in READ_AS_WELL is not opened."""

READ_AS_WELL = ("sudachi-core/words+pairs/2",)
"""Earlier rules whose indexes are searched all the same until they are built anew: /2 did not count
the parts of joined names."""

# Latin words, numbers and codes stay whole: AI-OCR, WinActor, PPR-9087, 2,028, 99.1%.
# A stroke joins figures only: 24/365 is one, RPA/AI-OCR are two.
_LATIN = re.compile(r"[a-z0-9](?:[a-z0-9]|[-_.,+&'](?=[a-z0-9])|(?<=[0-9])/(?=[0-9]))*[%+]?")
_LETTERS = re.compile("[a-z]{2,}")
_CONTENT = {"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞", "代名詞", "連体詞"}
_EMPTY_WORDS = frozenset(
    "為る 有る 居る 成る 出来る 為さる 行く 来る 貰う 下さる 其の 此の".split()
    + "事 こと 物 もの 所 様 よう 等 的".split()
)
_RUN = re.compile(r"[^\W_a-z0-9]{2,}")
_HIRAGANA_PAIR = re.compile("[ぁ-んー]{2}")
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


def word_classes(text: str, start: int, end: int) -> tuple[str, ...]:
    """The classes (普通名詞, 固有名詞 …) of the dictionary's words that overlap [start, end)."""
    return tuple(
        morpheme.part_of_speech()[1]
        for morpheme in _tokenizer().tokenize(text)
        if morpheme.begin() < end and start < morpheme.end()
    )


def is_word(text: str) -> bool:
    """Whether the dictionary has a text as one word, spelt as it is: no シュミレーション."""
    morphemes = _tokenizer().tokenize(text)
    if len(morphemes) != 1:
        return False
    return not morphemes[0].is_oov() and morphemes[0].normalized_form() == text


def split_pairs(text: str) -> list[str]:
    """The character pairs of every run of Japanese letters, marked by "2:".

    They find what the dictionary cuts differently in query and passage. Pairs of two hiragana
    say too little and are left out.
    """
    return [
        f"2:{run[i : i + 2]}"
        for run in _RUN.findall(normalize(text))
        for i in range(len(run) - 1)
        if not _HIRAGANA_PAIR.fullmatch(run, i, i + 2)
    ]


def latin_parts(text: str) -> list[str]:
    """The parts of names that are joined of letters: AI-OCR → ai, ocr; PPR-9087 has none.

    An index counts them, so that who asks for OCR finds what has AI-OCR. Of a question they are
    not taken: it means the whole name.
    """
    parts: list[str] = []
    for match in _LATIN.finditer(normalize(text)):
        found = re.split("[-_.+&']", match.group())
        if len(found) > 1 and all(map(_LETTERS.fullmatch, found)):
            parts.extend(found)
    return parts


def split_terms(text: str) -> list[str]:
    """Words, parts of joined names, then pairs: what an index counts of a passage."""
    return split_words(text) + latin_parts(text) + split_pairs(text)


def query_terms(text: str) -> list[str]:
    """What is looked up of a query: its words twice, since they mean more than its pairs."""
    words = split_words(text)
    return words + words + split_pairs(text)
