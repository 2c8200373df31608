"""The years that a question or a sentence names: 令和5年度, 2020年以降, since 2020."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answer.background import without_background
from answer.figures import fold, number
from answer.periods_en import english_period
from answer.years import PANDEMIC, SEVERAL, Period, fiscal
from messages import Lang

_NUMERAL = "[0-9一二三四五六七八九十]{1,3}"
_OR = r"か|または|又は|もしくは|若しくは|あるいは"
_TOKEN = re.compile(
    r"(?<![0-9A-Za-z.,])(?:西暦)?(?P<west>(?:19|20)\d\d)"
    rf"(?:年度?(?!代)|(?=\s?(?:[〜~–-]|から|{_OR})\s?(?:19|20)?\d\d年)|(?=[-/.]\d{{1,2}}(?!\d)(?!年)))"
    rf"|(?P<era>令和|平成|昭和)(?P<n>元|{_NUMERAL})(?:年度?)?"
    r"|(?<![0-9A-Za-z])(?P<short>[RH])(?P<m>元|\d{1,2})(?:年度?|(?![0-9A-Za-z.-])|(?=-\d{1,2}年))"
    r"|(?<![0-9A-Za-z])FY\s?(?P<fiscal>(?:19|20)\d\d)(?!\d)"
)
_ERA_BEGINS = {"令和": 2019, "平成": 1989, "昭和": 1926, "R": 2019, "H": 1989}
# A year before one of these is part of a name: 2040年構想, 2025年問題, 令和5年度版.
_NAME_AFTER = re.compile(
    r"(?:の)?(?:構想|[^\s、。のにを]{0,6}(?:計画|戦略|ビジョン|プラン)|問題|ショック|の?崖|大綱|宣言|版)"
)
_DETAIL = r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:分|頃|ごろ|ころ|末|初め|の?[春夏秋冬]|前半|後半)?"
_JOINT = re.compile(rf"(?P<detail>{_DETAIL})(?:\s?[〜~–-]\s?|から|と|や|及び|および|、|・|{_OR})")
# The end of 2018〜20年 or 令和2〜4年度, less what its beginning says; no length (20年間).
_SHORT_END = re.compile(
    rf"(?:年度?)?(?:\s?[〜~–-]\s?|と|や|、|・|{_OR}|(?P<since>から))"
    rf"(?P<n>{_NUMERAL})年(?:度|(?![間目前後半か以ぶ]|連続)(?(since)(?=まで|の間|にかけて)))"
)
_RANGE_END = re.compile(r"の間|まで(?:の間)?(?:に)?|にかけて")
_RELATION = re.compile(
    rf"(?P<detail>{_DETAIL})(?:(?P<since>以降|以後|以来|から|に入って|[〜~])"
    r"|(?P<after>よりも?後|の後|よりあと)|(?P<before>よりも?前|より以前|になる前|の前)"
    r"|(?P<until>以前|までに?))?"
)
_RELATIVE = re.compile(
    r"(?P<word>(?:一昨年|昨年|今年|再来年|(?:(?<![一-鿿々])|(?<=[都道府県市区町村]))(?:去年|本年|来年)"
    r"|(?<![一-鿿々])前年(?=度))度?(?![間金齢])|おととし)"
    rf"|(?:ここ|最近|過去|直近|この)の?(?P<last>{_NUMERAL}|数)(?:か|カ|ヶ)?年(?:間|以内)?"
    rf"|(?<![0-9数])(?P<ago>{_NUMERAL})年(?P<over>以上)?前(?![倒後半])"
    r"|(?<!\d)(?P<decade>(?:19|20)\d0)年代"
    r"|(?P<reiwa>令和)(?:以降|に入って|になって|の時代)(?:から)?"
    r"|コロナ(?P<covid>禍前|禍の?後|禍|下|前|後)|(?P<post>アフター|ポスト)コロナ"
)
_EARLY = re.compile("(?<!度)[1-3]月")
# A year told twice: 令和3年度(2021年度)以降.
_GLOSS = re.compile(
    r"(?:\(度\))?\((?:西暦|令和|平成|昭和|[RH])?(?:元|\d{1,4})(?:年度?)?(?:\d{1,2}月)?\)|\(度\)"
)
# For what the asker has in mind: 来年度の予算要求の参考に、…, 令和8年度に導入したいので、…
_ASKERS = re.compile(
    r"[^、。?!]*(?:参考に|ため(?:に)?|に向けて?|を控え(?:て)?|検討して(?:いる|いま|おり)[^、。?!]{0,6}|検討中(?:です|で)?"
    r"|したい(?:ので|の?です(?:が|けど)?[^、。?!]{0,20}|と[^、。?!]{1,10})|(?:する|の)予定(?:です|なので|で)|の視察[^、。?!]*|の研修[^、。?!]{0,4}で)[、。!]+."
)
# A year before one of these is what another one is compared with.
_COMPARED = re.compile(
    r"の?(?:同期|同月|実績)?(?:比(?!べ)|並み|[にと]比[べ較]|を?[上下]回|よりも(?!前|後|あと)"
    r"|より[^。、?]{0,12}(?:[増減多高低伸短良]|少な|改善|向上|[上下]が))"
)
_COMPARED_PRIOR = re.compile(r"より|から")
_YEARS_BACK = {"一": 2, "お": 2, "昨": 1, "去": 1, "前": 1, "今": 0, "本": 0, "再": -2, "来": -1}


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    start: int
    end: int


def years_of(text: str, fiscal_too: bool = False) -> frozenset[int]:
    """The years that a Japanese sentence names, in Western numbers; plain numbers are none.

    With `fiscal_too`, also the fiscal year in which a named month from January to March lies.
    """
    folded = fold(text)
    named = _years(folded)
    years = frozenset(token.year for token in named)
    early = {token.year - 1 for token in named if _EARLY.match(folded, token.end)}
    return years | early if fiscal_too else years


def find_period(text: str, lang: Lang, today: date) -> Period | None:
    """The first period that a question in NFKC form names, None if it names none.

    "after 2020" and 2020年より後 begin with 2021, "before 2020" and 2020年より前 end with 2019;
    2020年以降, 以前, "since" and "by" include the year. 最近3年 reaches from the year three before
    today's to today's. A fiscal year begins in April. A year that belongs to a name (2040年構想)
    is none.
    """
    text = without_background(text)
    if lang == "en":
        return english_period(text, today)
    return _absolute(text) or _relative(text, today) or english_period(text, today)


def _years(text: str) -> list[_Year]:
    found: list[_Year] = []
    for match in _TOKEN.finditer(text):
        if _NAME_AFTER.match(text, match.end()):
            continue
        year = int(match["west"] or match["fiscal"] or 0)
        base = year - year % 100
        if not year:
            count = match["n"] or match["m"]
            base = _ERA_BEGINS[match["era"] or match["short"]] - 1
            year = base + (1 if count == "元" else int(number(count)))
        if 1900 <= year <= 2100 and not (found and match.start() < found[-1].end):
            gloss = _GLOSS.match(text, match.end())
            found.append(_Year(year, match.start(), gloss.end() if gloss else match.end()))
            found += _short_end(text, found[-1], base)
    return found


def _short_end(text: str, begun: _Year, base: int) -> list[_Year]:
    """The year that ends a range and is counted, as its first one is, from `base`."""
    match = _SHORT_END.match(text, begun.end)
    year = base + int(number(match["n"])) if match else 0
    return [_Year(year, match.start("n"), match.end())] if match and year > begun.year else []


def _absolute(text: str) -> Period | None:
    years = [year for year in _years(text) if not _is_aside(text, year.end)]
    for i in range(len(years)):
        joined = _joined(text, years[i:])
        if len(joined) > 1:
            detail = _RELATION.match(text, joined[-1].end)
            end = joined[-1].end + len(detail["detail"] if detail else "")
            closed = _RANGE_END.match(text, end)
            bounds = sorted(token.year for token in joined)
            end = closed.end() if closed else end
            return _period(text, joined[0].start, end, bounds[0], bounds[-1])
    return _one_year(text, years[0]) if years else None


def _joined(text: str, years: Sequence[_Year]) -> list[_Year]:
    """The first of the years, and those that are joined to it one by one."""
    joined = [years[0]]
    for following in years[1:]:
        joint = _JOINT.match(text, joined[-1].end)
        if joint is None or joint.end() != following.start:
            break
        joined.append(following)
    return joined


def _is_aside(text: str, end: int) -> bool:
    """Whether a year that ends there is only compared with, or is what the asker plans for."""
    return bool(_COMPARED.match(text, end) or _ASKERS.match(text, end))


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
    for match in _RELATIVE.finditer(text):
        prior = (match["word"] or "").startswith("前")
        if _is_aside(text, match.end()) or (prior and _COMPARED_PRIOR.match(text, match.end())):
            continue
        if (year := _counted_back(match, today)) and not match["over"]:
            return _one_year(text, _Year(year, match.start(), match.end()))
        bounds = (None, year) if year else _relative_bounds(match, today)
        return _period(text, match.start(), match.end(), *bounds)
    return None


def _counted_back(match: re.Match[str], today: date) -> int | None:
    """The one year that 昨年度 or 3年前 means."""
    if word := match["word"]:
        return (fiscal(today) if word.endswith("度") else today.year) - _YEARS_BACK[word[0]]
    return today.year - int(number(match["ago"])) if match["ago"] else None


def _relative_bounds(match: re.Match[str], today: date) -> tuple[int | None, int | None]:
    if last := match["last"]:
        return today.year - (SEVERAL if last == "数" else int(number(last))), today.year
    if decade := match["decade"]:
        return int(decade), int(decade) + 9
    if match["reiwa"]:
        return _ERA_BEGINS["令和"], None
    covid = match["covid"] or "後"
    if covid.endswith("前"):
        return None, PANDEMIC[0] - 1
    return (PANDEMIC[1], None) if covid.endswith("後") else PANDEMIC


def _period(text: str, start: int, end: int, first: int | None, last: int | None) -> Period:
    return Period(first, last, text[start:end], start, end)
