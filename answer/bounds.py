"""What a question sets to how many live in a town: 5万人未満, 10〜30万人, "under 50k"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from answer.spans import Span


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many live in a town at least and at most, both included; None is open."""

    low: int | None
    high: int | None

    def hold(self, population: int) -> bool:
        """Whether so many are within."""
        return (self.low or 0) <= population and (self.high is None or population <= self.high)


_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "k": 1000,
    "thousand": 1000,
    "million": 1_000_000,
}
_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")}
_KANJI = re.compile(
    r"(?<![0-9数一二三四五六七八九十百千万])"
    r"[一二三四五六七八九十百千][〇一二三四五六七八九十百千万]*"
)
_WORDS_EN = (
    (r"\bhalf a million\b", "500 thousand"),
    (r"\ba hundred (?=thousand\b)", "100 "),
    (r"\ba (?=thousand\b|million\b)", "1 "),
)
_ONE = re.compile(
    r"[0-9][0-9,.]*\s?[十百千]?万?(?:[0-9][0-9,.]*千)?(?:\s?(?:k\b|thousand\b|million\b))?",
    re.IGNORECASE,
)
_PART = re.compile(r"([0-9][0-9,.]*)\s?([十百千万]*)(k\b|thousand\b|million\b)?", re.IGNORECASE)
_AT_MOST = re.compile(
    r"未満|以下|以内|まで|満たない|下回|切|割[るっ]|もいない|少ない"
    r"|under|below|less|fewer|at most|up to",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"以上|超え|越え|上回|余り|多い|over|above|more|at least", re.IGNORECASE)
ABOUT = 0.7, 1.4
"""About so many are from the first to the second share of it."""


def bounds_of(text: str, spans: Iterable[Span]) -> tuple[Bounds, ...]:
    """What spans of a question in NFKC form set; one that tells no number (小さな) sets nothing."""
    return tuple(found for start, end in spans if (found := _bounds(text[start:end])))


def _bounds(said: str) -> Bounds | None:
    numbers = _numbers(said)
    if not numbers:
        return None
    if len(numbers) > 1:
        return Bounds(numbers[0], numbers[1])
    (number,) = numbers
    if _AT_MOST.search(said):
        return Bounds(None, number)
    if _AT_LEAST.search(said):
        return Bounds(number, None)
    if "台" in said:
        return Bounds(number, number + 10 ** (len(str(number)) - 1) - 1)
    low, high = ABOUT
    return Bounds(round(number * low), round(number * high))


def _numbers(said: str) -> list[int]:
    """The numbers told, in order; the first of 10〜30万人 is counted in 万 as well."""
    plain = _KANJI.sub(lambda run: _in_digits(run.group()), said)
    for words, number in _WORDS_EN:
        plain = re.sub(words, number, plain, flags=re.IGNORECASE)
    found = [_PART.findall(match.group()) for match in _ONE.finditer(plain)]
    shared = found[-1][-1][1:] if len(found) == 2 else ("", "")
    if len(found) == 2 and _value(found[-1], shared) >= 10_000 and not any(shared):
        shared = ("万", "")
    return [_value(parts, shared) for parts in found]


def _in_digits(kanji: str) -> str:
    """A number in kanji (二千五百) as 2500."""
    total = section = digit = 0
    for letter in kanji:
        if letter in _DIGITS:
            digit = digit * 10 + _DIGITS[letter]
        elif letter == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _SCALES[letter], 0
    return str(total + section + digit)


def _value(parts: list[tuple[str, str, str]], shared: tuple[str, str]) -> int:
    total = 0.0
    for number, scale, word in parts:
        value = float(number.rstrip(".,").replace(",", ""))
        scales = [*scale, *([word.lower()] if word else [])]
        if not scales and value < 1000:
            scales = [*shared[0], *([shared[1].lower()] if shared[1] else [])]
        for one in scales:
            value *= _SCALES[one]
        total += value
    return round(total)
