"""Questions that ask how many municipalities do a thing (何団体が, 市はいくつ), in Japanese."""

import re

from answer.who import WHO_JA

_TIMES = r"何(?:個|件|団体|か所|カ所|ヶ所|箇所)"
_THERE = (
    r"(?:ほど|くらい|ぐらい)?(?:に?(?:あ(?:る|り(?:ます)?)|い(?:る|ます)))?(?:の|です|でしょう)?"
    r"(?:か(?:ね|な)?)?"
)
_WHICH = re.compile(
    r"何(?=(?:団体|自治体|市区?町村|区市町村|市|町村|都道府県)(?!民|内))"
    rf"|(?:いくつ|幾つ|{_TIMES}|ど(?:れ|の)(?:くらい|ぐらい|だけ|ほど))の(?=(?:{WHO_JA})(?!民|内))"
)
_WHERE = re.compile(
    rf"(?P<who>{WHO_JA})(?:は|って|が)?(?:全部で|全国で|合計で)?"
    rf"(?:(?:いくつ|幾つ){_THERE}|{_TIMES}(?=あ[るり]|です|でしょう|ほど|くらい|ぐらい|[?。]|$){_THERE})"
)
_NUMBER = re.compile("(?:自治体|団体|市町村)の?数")


def is_count(text: str) -> bool:
    """Whether a question in NFKC form asks how many there are."""
    return any(pattern.search(text) for pattern in (_WHICH, _WHERE, _NUMBER))


def as_list(text: str) -> str:
    """The question that asks which these are: a sentence answers it as well, and says so more."""
    return _WHICH.sub("どの", _WHERE.sub(r"\g<who>はどこですか", text))
