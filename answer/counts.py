"""Questions that ask how many municipalities do a thing (何団体が, 市はいくつ), in Japanese."""

import re

from answer.who import WHO_JA

_TIMES = r"何(?:個|件|団体|か所|カ所|ヶ所|箇所)"
_THERE = (
    r"(?:ほど|くらい|ぐらい)?(?:に?(?:あ(?:る|り(?:ます)?)|い(?:る|ます)|の[っる](?:て(?:い)?(?:る|ます))?))?"
    r"(?:の|です|でしょう)?(?:か(?:ね|な)?)?(?=[?。、\s(]|$|教え|知り)"
)
_CASES = "事例|例|ケース|取り?組み?"
_WHICH = re.compile(
    r"何(?=(?:団体|自治体|市区?町村|区市町村|市|町村|都道府県)(?!民|内))"
    rf"|(?:いくつ|幾つ|{_TIMES}|ど(?:れ|の)(?:くらい|ぐらい|だけ|ほど))の"
    rf"(?=(?:{WHO_JA})(?![民内灯税得産間長道役議場]))"
)
_WHERE = re.compile(
    rf"(?P<who>(?<!避難)(?<!保育)(?<!事務)(?<!役)(?:{WHO_JA})|{_CASES})(?:は|って|が)?"
    rf"(?:全部で|全国で|合計で)?(?:いくつ|幾つ|{_TIMES}){_THERE}"
)
_NUMBER = re.compile("(?:自治体|団体|市町村)の?数")


def is_count(text: str) -> bool:
    """Whether a question in NFKC form asks how many there are."""
    return any(pattern.search(text) for pattern in (_WHICH, _WHERE, _NUMBER))


def as_list(text: str) -> str:
    """The question that asks which these are: a sentence answers it as well, and says so more."""
    return _WHICH.sub("どの", _WHERE.sub(_where, text))


def _where(found: re.Match[str]) -> str:
    told = found.string[found.end() : found.end() + 1] in ("教", "知")
    return f"{found['who']}はどこ{'か' if told else 'ですか'}"
