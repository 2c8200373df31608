"""The period that an English question names: since 2020, in FY2023, in the last three years."""

import re
from collections.abc import Callable
from datetime import date

from answer.years import PANDEMIC, SEVERAL, Period, fiscal

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
_NUMBERS_EN |= {"couple of": 2, "few": 3, "several": SEVERAL}
_N_EN = rf"(\d{{1,2}}|{'|'.join(_NUMBERS_EN)})"


_Bounds = tuple[int | None, int | None]
_MONTH_NAMED = re.compile(_MONTH.removesuffix("?") + r"(?=[12]|reiwa|heisei)", re.IGNORECASE)
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
            rf"(?:(?:in|during|for|either) )?{_Y}(?:(?:,? (?:and|or)|,) (?:in )?{_Y})+",
            lambda a, b: (a, b),
        ),
        (rf"(?:in |during )?{_Y}\s?[–-]\s?\d\d(?![\d-])", lambda a, b: (a, b)),
        (
            rf"(?:since|from|starting in|(?:no|not) (?:earlier than|before)|not until)"
            rf" (?:in )?{_PREFIX}{_Y}(?: on(?:wards?)?\b)?",
            lambda a, _: (a, None),
        ),
        (rf"(?:no later than|not (?:later than|after)) {_PREFIX}{_Y}", lambda a, _: (None, a)),
        (rf"(?:in )?{_Y},? (?:(?:or|and) (?:later|after)|onwards?)", lambda a, _: (a, None)),
        (rf"(?:in )?{_Y},? (?:or|and) (?:earlier|before|prior)", lambda a, _: (None, a)),
        (rf"(?:after|later than) (?:in )?{_Y}", lambda a, _: (a + 1, None)),
        (rf"(?:before|prior to|earlier than) (?:in )?{_Y}", lambda a, _: (None, a - 1)),
        (rf"(?:by|until|till|up to|through|as (?:of|at)) {_PREFIX}{_Y}", lambda a, _: (None, a)),
        (rf"(?:(?:in|during|for|of|throughout|around) ){_PREFIX}{_Y}", lambda a, _: (a, a)),
        (r"(?:the )?(?:fiscal year|fiscal|FY) ?((?:19|20)\d\d)\b", lambda a, _: (a, a)),
        (r"(reiwa|heisei) (\d{1,2})\b", lambda a, _: (a, a)),
    )
)  # fmt: skip
_SIDES = "since|from|by|until|before|after"
_RELATIVE_EN = re.compile(
    rf"\b(?:(?:in|over|during|within|for) )?(?:the )?(?:last|past) {_N_EN} (years|decades)\b"
    r"|\b(?:(?:in|over|during|within|for) )?(?:the (?:last|past)|past) (year|decade)\b"
    rf"|\b(?:(?:in|{_SIDES}) )?{_PREFIX}(last|this|next) (?:fiscal )?year\b"
    rf"|\b(?:(?:{_SIDES}) )?(?:(?:more than|over|at least) )?{_N_EN} years ago\b"
    r"|\b(?:(?:in|during|since) )?the ((?:19|20)\d0)s\b"
    r"|\b(in|during|since|before|after) the (?:(?:covid|covid-19|coronavirus) )?pandemic\b",
    re.IGNORECASE,
)


def english_period(text: str, today: date) -> Period | None:
    """The period that an English question in NFKC form names, None if it names none."""
    for pattern, bounds in _ENGLISH:
        match = pattern.search(text)
        if match is None or _NO_YEAR_EN.match(text, match.end()) or _compared(text, match):
            continue
        if _of_asker(text, match):
            continue
        years = sorted(_years_en(match.group()))
        first, last = bounds(years[0], years[-1])
        if _MONTH_NAMED.search(match.group()):
            # Of a month that is named, the rest of its year remains.
            first, last = (
                b if b is None else min(max(b, years[0]), years[-1]) for b in (first, last)
            )
        return Period(first, last, match.group(), match.start(), match.end())
    match = _RELATIVE_EN.search(text)
    if match is None or _compared(text, match) or _of_asker(text, match):
        return None
    first, last = _relative_en(match, today)
    return Period(first, last, match.group(), match.start(), match.end())


_COMPARED_EN = re.compile(r"\b(?:than|compared (?:to|with)) (?:in )?(?:the )?$", re.IGNORECASE)


def _compared(text: str, match: re.Match[str]) -> bool:
    """Whether the years found are what others are compared with."""
    return bool(_COMPARED_EN.search(text[: match.start()]))


_PLANS_EN = re.compile(
    r"\b(?:we|i|our|my|we['’](?:re|d|ll)|i['’](?:m|d|ll))\b.*?"
    r"\b(?:plan|prepar|budget|consider|intend|want|hope|going|look|introduc|visit)",
    re.IGNORECASE,
)
_ASKS_EN = re.compile(
    r"\b(?:which|what|who|where|how|any|list|show|find|examples|cases|cities|towns|municipalities)\b",
    re.IGNORECASE,
)


def _of_asker(text: str, match: re.Match[str]) -> bool:
    """Whether the years found are those of the asker's own plans: "for our FY2027 budget, which …".

    They stand in a clause on these that asks nothing.
    """
    around = [m.end() for m in re.finditer(r"[.;?!,:]\s|\s[–—-]\s|$", text)]
    start = max((end for end in around if end <= match.start()), default=0)
    clause = text[start : min(end for end in around if end >= match.end())]
    return bool(_PLANS_EN.search(clause)) and not _ASKS_EN.search(clause)


_YEAR_EN = re.compile(
    r"((?:19|20)\d\d)(?:\s?[–-]\s?(\d\d)(?!\d))?|(reiwa|heisei) (\d{1,2})", re.IGNORECASE
)


def _years_en(text: str) -> list[int]:
    years = []
    for match in _YEAR_EN.finditer(text):
        west, short, era, count = match.groups()
        year = int(west) if west else int(count) + (2018 if era.lower() == "reiwa" else 1988)
        years.append(year)
        if short:
            years.append(year - year % 100 + int(short))
    return years


def _relative_en(match: re.Match[str], today: date) -> tuple[int | None, int | None]:
    groups = (g.lower() if g else None for g in match.groups())
    past, unit, one, which, ago, decade, pandemic = groups
    if unit or one:
        length = 10 if (unit or one or "").startswith("decade") else 1
        return today.year - length * _count(past or "one"), today.year
    if which:
        year = fiscal(today) if "fiscal" in match.group().lower() else today.year
        year += {"last": -1, "this": 0, "next": 1}[which]
        # From last year's applications: what is from then, not since.
        owns = match.string[match.end() :].startswith(("'", "’"))
        return (year, year) if owns else _sided(match.group(), year)
    if ago:
        return _sided(match.group(), today.year - _count(ago))
    if decade:
        return int(decade), int(decade) + 9
    return {
        "since": (PANDEMIC[0], None),
        "before": (None, PANDEMIC[0] - 1),
        "after": (PANDEMIC[1], None),
    }.get(pandemic or "", PANDEMIC)


def _sided(words: str, year: int) -> _Bounds:
    """The bounds of "since last year", "more than three years ago" and the like."""
    side = words.split()[0].lower()
    if side in ("since", "from"):
        return year, None
    if side == "after":
        return year + 1, None
    if side == "before":
        return None, year - 1
    early = side in ("by", "until") or re.match(r"more than|over|at least", words, re.IGNORECASE)
    return (None, year) if early else (year, year)


def _count(word: str) -> int:
    return _NUMBERS_EN.get(word) or int(word)
