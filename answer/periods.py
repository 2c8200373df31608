"""The years that a question or a sentence names: 令和5年度, 2020年以降, since 2020."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from answer.figures import fold, number

_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿々]")
_NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
_TOKEN = re.compile(
    r"(?<![0-9A-Za-z.,])(?:西暦)?(?P<west>(?:19|20)\d\d)"
    r"(?:年度?(?!代)|(?=\s?(?:[〜~–-]|から)\s?(?:19|20)\d\d年)|(?=[-/.]\d{1,2}(?!\d)(?!年)))"
    rf"|(?P<era>令和|平成|昭和)(?P<n>元|{_NUMERAL})(?:年度?)?"
    r"|(?<![0-9A-Za-z])(?P<short>[RH])(?P<m>元|\d{1,2})(?:年度?|(?![0-9A-Za-z.-]))"
    r"|(?<![0-9A-Za-z])FY\s?(?P<fiscal>(?:19|20)\d\d)(?!\d)"
)
_ERA_BEGINS = {"令和": 2019, "平成": 1989, "昭和": 1926, "R": 2019, "H": 1989}
# A year before one of these is part of a name: 2040年構想, 2025年問題, 令和5年度版.
_NAME_AFTER = re.compile(
    r"(?:の)?(?:構想|[^\s、。のにを]{0,6}(?:計画|戦略|ビジョン|プラン)|問題|ショック|の?崖|大綱|宣言|版)"
)
_DETAIL = r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:分|頃|ごろ|ころ|末|初め|の?[春夏秋冬]|前半|後半)?"
_JOINT = re.compile(rf"(?P<detail>{_DETAIL})(?:\s?[〜~–-]\s?|から|と|や|及び|および|、|・)")
_RANGE_END = re.compile(r"の間|まで(?:の間)?(?:に)?|にかけて")
_RELATION = re.compile(
    rf"(?P<detail>{_DETAIL})(?:(?P<since>以降|以後|以来|から|に入って|[〜~])"
    r"|(?P<after>よりも?後|の後|よりあと)|(?P<before>よりも?前|より以前|になる前|の前)"
    r"|(?P<until>以前|までに?))?"
)
_RELATIVE = re.compile(
    r"(?P<word>一昨年度?|おととし|昨年度?|去年度?|前年度(?!比)|今年度?|本年度?|再来年度?|来年度?)"
    rf"|(?:ここ|最近|過去|直近|この)の?(?P<last>{_NUMERAL}|数)(?:か|カ|ヶ)?年(?:間|以内)?"
    rf"|(?<![0-9数])(?P<ago>{_NUMERAL})年前(?P<on>から|以降)?"
    r"|(?<!\d)(?P<decade>(?:19|20)\d0)年代"
    r"|(?P<reiwa>令和)(?:以降|に入って|になって|の時代)(?:から)?"
    r"|コロナ(?P<covid>禍前|禍の?後|禍|下|前|後)|(?P<post>アフター|ポスト)コロナ"
)
_YEARS_BACK = {"一": 2, "お": 2, "昨": 1, "去": 1, "前": 1, "今": 0, "本": 0, "再": -2, "来": -1}
_SEVERAL = 5
PANDEMIC = (2020, 2023)

_MONTH = (
    r"(?:(?:early|mid|late|spring|summer|autumn|fall|winter|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)[ -](?:of )?(?:\d{1,2},? )?)?"
)
_Y = (
    rf"(?:(?:the )?(?:fiscal year|fiscal|FY|calendar year|year) ?)?{_MONTH}"
    r"(?:((?:19|20)\d\d)(?!\d|[,.]\d)|(reiwa|heisei) (\d{1,2}))\b"
)
# Not a year: 2000 hours; and a year of a name: the 2040 Vision.
_NO_YEAR_EN = re.compile(
    r"(?:s|-\w| ?%| (?:hours?|people|staff|yen|cases|users|vision|plan|strategy|initiative|agenda"
    r"|concept|problem|employees|households|residents|sheets|pages|times|items|tasks)\b)",
    re.IGNORECASE,
)
_NUMBERS_EN = {
    w: i for i, w in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_NUMBERS_EN |= {"couple of": 2, "few": 3, "several": _SEVERAL}
_N_EN = rf"(\d{{1,2}}|{'|'.join(_NUMBERS_EN)})"


@dataclass(frozen=True, slots=True)
class Period:
    """The years first..last in Western numbers, inclusive; a bound that is None is open.

    Calendar and fiscal years are not told apart. `text` stands at [start, end) of the NFKC form
    of the question.
    """

    first: int | None
    last: int | None
    text: str
    start: int
    end: int

    def holds(self, year: int) -> bool:
        """Whether a year is within the bounds."""
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    start: int
    end: int


def years_of(text: str) -> frozenset[int]:
    """The years that a Japanese sentence names, in Western numbers; plain numbers are none."""
    return frozenset(token.year for token in _years(fold(text)))


def find_period(text: str, today: date) -> Period | None:
    """The first period that a question in NFKC form names, None if it names none.

    "after 2020" and 2020年より後 begin with 2021, "before 2020" and 2020年より前 end with 2019;
    2020年以降, 以前, "since" and "by" include the year. 最近3年 reaches from the year three before
    today's to today's. A fiscal year begins in April. A year that belongs to a name (2040年構想)
    is none.
    """
    if not _JAPANESE.search(text):
        return _english(text, today)
    return _absolute(text) or _relative(text, today)


def _years(text: str) -> list[_Year]:
    found = []
    for match in _TOKEN.finditer(text):
        if _NAME_AFTER.match(text, match.end()):
            continue
        year = int(match["west"] or match["fiscal"] or 0)
        if not year:
            count = match["n"] or match["m"]
            ordinal = 1 if count == "元" else int(number(count))
            year = _ERA_BEGINS[match["era"] or match["short"]] + ordinal - 1
        if 1900 <= year <= 2100:
            found.append(_Year(year, match.start(), match.end()))
    return found


def _absolute(text: str) -> Period | None:
    years = _years(text)
    for token, following in zip_longest(years, years[1:]):
        joint = _JOINT.match(text, token.end)
        if following and joint and joint.end() == following.start:
            detail = _RELATION.match(text, following.end)
            end = following.end + len(detail["detail"] if detail else "")
            closed = _RANGE_END.match(text, end)
            first, last = sorted((token.year, following.year))
            return _period(text, token.start, closed.end() if closed else end, first, last)
    return _one_year(text, years[0]) if years else None


def _one_year(text: str, token: _Year) -> Period:
    year, match = token.year, _RELATION.match(text, token.end)
    assert match  # noqa: S101 - every part of it is optional
    bounds: tuple[int | None, int | None] = (year, year)
    # Of a month that is named, the rest of its year remains.
    step = 0 if match["detail"] else 1
    if match["since"]:
        bounds = (year, None)
    elif match["after"]:
        bounds = (year + step, None)
    elif match["before"]:
        bounds = (None, year - step)
    elif match["until"]:
        bounds = (None, year)
    return _period(text, token.start, match.end(), *bounds)


def _relative(text: str, today: date) -> Period | None:
    match = _RELATIVE.search(text)
    if match is None:
        return None
    first, last = _relative_bounds(match, today)
    return _period(text, match.start(), match.end(), first, last)


def _relative_bounds(match: re.Match[str], today: date) -> tuple[int | None, int | None]:
    if word := match["word"]:
        year = (fiscal(today) if word.endswith("度") else today.year) - _YEARS_BACK[word[0]]
        return year, year
    if last := match["last"]:
        return today.year - (_SEVERAL if last == "数" else int(number(last))), today.year
    if ago := match["ago"]:
        year = today.year - int(number(ago))
        return year, None if match["on"] else year
    if decade := match["decade"]:
        return int(decade), int(decade) + 9
    if match["reiwa"]:
        return _ERA_BEGINS["令和"], None
    covid = match["covid"] or "後"
    if covid.endswith("前"):
        return None, PANDEMIC[0] - 1
    return (PANDEMIC[1], None) if covid.endswith("後") else PANDEMIC


def fiscal(day: date) -> int:
    """The fiscal year of a day: it begins in April."""
    return day.year - (day.month < 4)


def _period(text: str, start: int, end: int, first: int | None, last: int | None) -> Period:
    return Period(first, last, text[start:end], start, end)


_Bounds = tuple[int | None, int | None]
_PREFIX = r"(?:the )?(?:end of |start of |beginning of )?"
_ENGLISH: tuple[tuple[re.Pattern[str], Callable[[int, int], _Bounds]], ...] = tuple(
    (re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE), bounds)
    for pattern, bounds in (
        (
            rf"(?:between|from) {_Y}(?: and | to | until | through |\s?[–-]\s?){_Y}",
            lambda a, b: (a, b),
        ),
        (rf"(?:in |during )?{_Y}\s?(?:[–-]|to)\s?{_Y}", lambda a, b: (a, b)),
        (
            rf"(?:since|from|starting in|as of) {_PREFIX}{_Y}(?: on(?:wards?)?)?",
            lambda a, _: (a, None),
        ),
        (rf"(?:in )?{_Y},? (?:(?:or|and) (?:later|after)|onwards?)", lambda a, _: (a, None)),
        (rf"(?:after|later than) {_Y}", lambda a, _: (a + 1, None)),
        (rf"(?:before|prior to|earlier than) {_Y}", lambda a, _: (None, a - 1)),
        (rf"(?:by|until|till|up to|through|no later than) {_PREFIX}{_Y}", lambda a, _: (None, a)),
        (rf"(?:(?:in|during|for|of|throughout|around) ){_PREFIX}{_Y}", lambda a, _: (a, a)),
        (r"(?:the )?(?:fiscal year|fiscal|FY) ?((?:19|20)\d\d)\b", lambda a, _: (a, a)),
        (r"(reiwa|heisei) (\d{1,2})\b", lambda a, _: (a, a)),
    )
)  # fmt: skip
_RELATIVE_EN = re.compile(
    rf"\b(?:(?:in|over|during|within|for) )?(?:the )?(?:last|past) {_N_EN} years\b"
    r"|\b(?:in )?(last|this|next) (?:fiscal )?year\b"
    rf"|\b{_N_EN} years ago\b|\b(?:(?:in|during|since) )?the ((?:19|20)\d0)s\b"
    r"|\b(in|during|since|before|after) the (?:(?:covid|covid-19|coronavirus) )?pandemic\b",
    re.IGNORECASE,
)


def _english(text: str, today: date) -> Period | None:
    for pattern, bounds in _ENGLISH:
        match = pattern.search(text)
        if match is None or _NO_YEAR_EN.match(text, match.end()):
            continue
        years = _years_en(match.group())
        first, last = bounds(years[0], years[-1])
        return _period(text, match.start(), match.end(), first, last)
    match = _RELATIVE_EN.search(text)
    if match is None:
        return None
    return _period(text, match.start(), match.end(), *_relative_en(match, today))


_YEAR_EN = re.compile(r"((?:19|20)\d\d)|(reiwa|heisei) (\d{1,2})", re.IGNORECASE)


def _years_en(text: str) -> list[int]:
    return [
        int(m[1]) if m[1] else int(m[3]) + (2018 if m[2].lower() == "reiwa" else 1988)
        for m in _YEAR_EN.finditer(text)
    ]


def _relative_en(match: re.Match[str], today: date) -> tuple[int | None, int | None]:
    past, which, ago, decade, pandemic = (g.lower() if g else None for g in match.groups())
    if past:
        return today.year - _count(past), today.year
    if which:
        year = fiscal(today) if "fiscal" in match.group().lower() else today.year
        year += {"last": -1, "this": 0, "next": 1}[which]
        return year, year
    if ago:
        return (today.year - _count(ago),) * 2
    if decade:
        return int(decade), int(decade) + 9
    return {
        "since": (PANDEMIC[0], None),
        "before": (None, PANDEMIC[0] - 1),
        "after": (PANDEMIC[1], None),
    }.get(pandemic or "", PANDEMIC)


def _count(word: str) -> int:
    return _NUMBERS_EN.get(word) or int(word)
