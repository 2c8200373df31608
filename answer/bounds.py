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

    def within(self, other: "Bounds") -> "Bounds":
        """What both set."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Bounds(max(lows, default=None), min(highs, default=None))


_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000}
_SCALES |= {"十万": 100_000, "百万": 1_000_000, "千万": 10_000_000}
_SCALES |= {"k": 1000, "thousand": 1000, "million": 1_000_000}
_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")}
_KANJI = re.compile(
    r"(?<![0-9一二三四五六七八九十百千万])"
    r"[一二三四五六七八九十百千][〇一二三四五六七八九十百千万]*"
)
_SEVERAL = re.compile("数[0-9十百千万]|[0-9十百千万]数")
_WORDS_EN = (
    (r"\bhalf a million\b", "500 thousand"),
    (r"\ba hundred (?=thousand\b)", "100 "),
    (r"\ba (?=thousand\b|million\b)", "1 "),
)
_DIGITS_TOLD = r"[0-9]{1,3}(?:[.,][0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]{1,2})?(?![.,]?[0-9])|[0-9]+"
_PART = re.compile(
    rf"({_DIGITS_TOLD})(?:\s?([十百千]?万|[百千]|k\b|thousand\b|million\b))?", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"未満|以下|以内|まで|満たない|下回|切|割[るっ]|もいない|少ない"
    r"|under|below|(?<!no )less|fewer|at most|up to|no more",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"以上|超え|越え|上回|余り|多い|over|above|(?<!no )more|at least|no less|exceed", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(r"[\s、,]*(?:かつ|で|and|but)?[\s、,]*")
ABOUT = 0.7, 1.4
"""About so many are from the first to the second share of it."""


def bounds_of(text: str, spans: Iterable[Span]) -> tuple[Bounds, ...]:
    """What spans of a question in NFKC form set; one that tells no number (小さな) sets nothing.

    A town has to be within one of them: 5万人未満の市と30万人以上の市. Two that stand side by side
    set one (10万人以上、20万人未満の市).
    """
    found: list[Bounds] = []
    last = None
    for start, end in spans:
        bounds = _bounds(text[start:end])
        if bounds and found and last is not None and _SIDE_BY_SIDE.fullmatch(text, last, start):
            found[-1] = found[-1].within(bounds)
        elif bounds:
            found.append(bounds)
        last = end
    return tuple(found)


def _bounds(said: str) -> Bounds | None:
    numbers = _numbers(said)
    if not numbers:
        return None
    if len(numbers) > 1:
        return Bounds(min(numbers), max(numbers))
    (number,) = numbers
    if _AT_MOST.search(said):
        return Bounds(None, number)
    if _AT_LEAST.search(said):
        return Bounds(number, None)
    if "台" in said:
        return Bounds(number, number + _last_place(number) - 1)
    low, high = ABOUT
    return Bounds(round(number * low), round(number * high))


def _last_place(number: int) -> int:
    """The power of ten of the last digit but zeros: 10,000 of 150,000, 100,000 of 100,000."""
    digits = str(number)
    return int(10 ** (len(digits) - len(digits.rstrip("0"))))


def _numbers(said: str) -> list[int]:
    """The numbers told, in order, none if they are vague (数万).

    The first of 10〜30万人 is counted in 万 as well.
    """
    plain = _KANJI.sub(lambda run: _in_digits(run.group()), said)
    if _SEVERAL.search(plain):
        return []
    for words, number in _WORDS_EN:
        plain = re.sub(words, number, plain, flags=re.IGNORECASE)
    parts = list(_PART.finditer(plain))
    found: list[int] = []
    for i, part in enumerate(parts):
        goes_on = i and parts[i - 1][2] and parts[i - 1].end() == part.start()
        found[-1:] = [found[-1] + _value(part)] if goes_on else [*found[-1:], _value(part)]
    bare = parts and not parts[0][2] and not plain.startswith("人", parts[0].end())
    if len(found) > 1 and bare:
        found[0] = _in_scale_of(found[0], found[1], parts[-1])
    return found


def _in_scale_of(number: int, following: int, last: re.Match[str]) -> int:
    """A number in the scale of the next one, if it is not the larger one then."""
    scale = _SCALES[(last[2] or "").lower()]
    if scale == 1 and number < 1000 <= following // 10:
        scale = 10_000
    return number * scale if number * scale <= following else number


def _value(part: re.Match[str]) -> int:
    told = re.sub(r"[.,](?=[0-9]{3})", "", part[1])
    return round(float(told) * _SCALES[(part[2] or "").lower()])


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
