"""The threshold that a question sets: 1,000時間以上, 9割を超える, at least 30 staff."""

import re
from dataclasses import dataclass

from answer.figures import Figure, figures_of

_AFTER = re.compile(
    r"(?:分|ほど|くらい|ぐらい)?(?:[をもはにが]?\s?"
    r"(?P<low>以上|超え?[るた]?|越え[るた]?|こえ[るた]?|上回[るっ]た?)"
    r"|[をもはにが]?\s?(?P<high>以下|以内|未満|下回[るっ]た?|に?満たない|を?切[るっ]た?)"
    r"|よりも?(?P<more>多[いく]?|大き[いく]?|長[いく]?|高[いく]?)"
    r"|よりも?(?P<less>少な[いく]?|小さ[いく]?|短[いく]?|低[いく]?)|(?P<strong>強)|(?P<weak>弱)"
    r"|\s?(?P<low_en>(?:or|and) (?:more|over|above|longer)\b|\+)"
    r"|\s?(?P<high_en>or (?:less|fewer|under|below|shorter)\b))"
)
_LOW_GROUPS = ("low", "more", "strong", "low_en")
_LOW_BEFORE = re.compile(
    r"(?:過|少なくとも|最低(?:でも)?|\b(?:more than|over|above|exceed(?:s|ed|ing)?|at least"
    r"|no (?:less|fewer) than|not less than|upwards of|longer than|higher than))"
    r"\s*(?:a |an |the )?$",
    re.IGNORECASE,
)
_HIGH_BEFORE = re.compile(
    r"(?:多くとも|\b(?:under|below|less than|fewer than|at most|up to|no more than|not more than"
    r"|within|shorter than|lower than))\s*(?:a |an |the )?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:about |around |roughly |some |nearly )?$", re.IGNORECASE)
_TO = re.compile(r"\s?(?:〜|~|–|-|and|to)\s?")
_HALF = re.compile(r"半|half|halv", re.IGNORECASE)
# How many live in a town is no figure that a sentence on its work states.
_POPULATION = re.compile(r"人口|\bpopulations?\b|\binhabitants\b", re.IGNORECASE)
ABOUT_HALF = 5
"""How many points more or less are still called half: crimes that fell by 51 % fell by half."""
_LOOK_BACK = 24
_IN_OTHER_UNITS = {"秒": ("時間", 3600), "分": ("時間", 60), "日": ("週", 7)}
_RATE_SAVED = re.compile("(?:削減|短縮|減少|縮減)率[^。]{0,40}$")
_SAVED = re.compile(
    r"(?:ほど|程度|近く|以上)?(?:を|も|の|が)?(?:[^。、にま]{0,6})?(?:削減|短縮|減|縮|カット|少な)"
    r"|(?: of)?(?: [a-z]+){0,3} (?:less|fewer|reduc|cut|saved|shorter)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A threshold in `text`, which stands at [start, end) of the NFKC form of the question.

    A bound that is None is open. Bounds count as met, also those of 未満 and "over": what
    documents state is rounded. A half alone is about so much.
    """

    low: float | None
    high: float | None
    unit: str
    text: str
    start: int
    end: int

    def met_by(self, text: str) -> bool:
        """Whether one of the figures of a text is within the bounds, be it in minutes for hours.

        A share that is saved is what is left to a question for so much or less: "60 % less" meets
        半分以下.
        """
        low, unit = _in_common_unit(float("-inf") if self.low is None else self.low, self.unit)
        high, _ = _in_common_unit(float("inf") if self.high is None else self.high, self.unit)
        what_is_left = self.unit == "%" and self.low is None
        for figure in figures_of(text):
            saved = what_is_left and (
                _SAVED.match(text, figure.end) or _RATE_SAVED.search(text[: figure.start])
            )
            value = 100 - figure.value if saved else figure.value
            value, of_figure = _in_common_unit(value, figure.unit)
            if of_figure == unit and low <= value <= high:
                return True
        return False


def find_quantity(text: str) -> Quantity | None:
    """The first threshold of a question in NFKC form, None if it sets none."""
    figures = figures_of(text)
    for i, figure in enumerate(figures):
        around = max(0, figure.start - _LOOK_BACK), figure.end + 2
        if figure.unit == "年" and re.match(r" (?:old|of age)\b|-old", text[figure.end :]):
            continue
        if figure.unit == "人" and _POPULATION.search(text, *around):
            continue
        following = figures[i + 1] if i + 1 < len(figures) else None
        found = _range(text, figure, following) or _threshold(text, figure)
        if found:
            return found
    return None


def _range(text: str, first: Figure, second: Figure | None) -> Quantity | None:
    if second is None or first.unit != second.unit or first.value > second.value:
        return None
    joint = text[first.end : second.start]
    if not _TO.fullmatch(joint):
        return None
    between = _BETWEEN.search(text[max(0, first.start - _LOOK_BACK) : first.start])
    rises = _FROM.search(text[: first.start])
    if not between and (joint.strip() == "and" or (joint.strip() == "to" and rises)):
        return None
    start = first.start - len(between.group()) if between else first.start
    return _quantity(text, start, second.end, first.value, second.value, first.unit)


def _threshold(text: str, figure: Figure) -> Quantity | None:
    start, end, value = figure.start, figure.end, figure.value
    after = _AFTER.match(text, end)
    if after:
        if after.lastgroup in _LOW_GROUPS:
            return _quantity(text, start, after.end(), value, None, figure.unit)
        return _quantity(text, start, after.end(), None, value, figure.unit)
    if re.match(r"\S*\d\+", text[start:end]):
        return _quantity(text, start, end, value, None, figure.unit)
    before = text[max(0, start - _LOOK_BACK) : start]
    if least := _LOW_BEFORE.search(before):
        return _quantity(text, start - len(least.group()), end, value, None, figure.unit)
    if most := _HIGH_BEFORE.search(before):
        return _quantity(text, start - len(most.group()), end, None, value, figure.unit)
    if _HALF.match(text, start):
        return _quantity(text, start, end, value - ABOUT_HALF, value + ABOUT_HALF, figure.unit)
    return None


def _quantity(
    text: str, start: int, end: int, low: float | None, high: float | None, unit: str
) -> Quantity:
    return Quantity(low, high, unit, text[start:end], start, end)


def _in_common_unit(value: float, unit: str) -> tuple[float, str]:
    """The same in a unit that can be compared: minutes and seconds in hours, days in weeks."""
    common, parts = _IN_OTHER_UNITS.get(unit, (unit, 1))
    return value / parts, common
