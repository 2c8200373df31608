"""What kind of thing a fact question asks for, and where a sentence says it."""

import re
from dataclasses import dataclass

from answer.figures import BARE, COUNTER, MEASURES, counted, figures_of, fold
from answer.question import Question
from answer.spans import Span, disjoint, span_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: figures in one of `units`, a number of things, a date, or the name of an
    organisation.

    ANY in `units` stands for whatever unit; `counters` is a pattern of what the things are counted
    with, None if none are asked for.
    """

    units: frozenset[str] = frozenset()
    counters: str | None = None
    date: bool = False
    name: bool = False

    @property
    def anything(self) -> bool:
        """Whether the question asks for something that can be pointed at."""
        return bool(self.units or self.counters) or self.date or self.name

    def each(self) -> "tuple[Wanted, ...]":
        """One for each kind of thing that is asked for; figures and numbers of things are one."""
        kinds = (
            Wanted(units=self.units, counters=self.counters),
            Wanted(date=self.date),
            Wanted(name=self.name),
        )
        return tuple(kind for kind in kinds if kind.anything)


ANY = "*"
THINGS = f"{COUNTER}|{BARE}"
"""Counters of any things, or none: how many."""

_UNITS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (pattern, frozenset(units.split()))
    for pattern, units in (
        (r"何時間|所要時間|時間(?:は|が)|\bhow (?:many (?:hours|minutes|seconds|days)|long|fast|quick\w*|much time)\b",
         "時間 分 日 秒"),
        (r"どれ?(?:くらい|ほど)?(?:早|速|短)|どのくらい(?:早|速|短)|何分|何日|何秒", "時間 分 日 秒"),
        (r"何週|何[かカヶヵケ]月|何年間|\bhow many (?:weeks|months|years)\b", "日 週 か月 年"),
        (r"いくら|何円|費用|予算|金額|経費|値段|\bcosts?\b|\bbudget|\bprice\b|\bhow much (?:money|did)", "円 ドル"),
        (r"何人|何名|\bhow many (?:people|staff|employees|residents|users|members)\b", "人 名"),
        (r"何(?:割|%|パーセント)|割合|率(?:は|が)|\bwhat (?:share|percent\w*|proportion|portion|fraction|rate)\b|\brate\b|\bhow accurate"
         r"|精度は", "% 割"),
        (r"何件|\bhow many (?:cases|procedures|applications|requests)\b", "件"),
        (r"何枚|\bhow many (?:sheets|pages)\b|\bpaper\b", "枚"),
        (r"何台|\bhow many (?:machines|devices|tablets|vehicles|buses)\b", "台"),
        (r"何(?:種類|業務|手続|課|部署|か所|カ所|箇所)|\bhow many (?:tasks|kinds|types|offices)\b",
         "業務 種類 手続 手続き 件 課 部署 か所 カ所 箇所"),
    )
)  # fmt: skip
_ANY_FIGURE = re.compile(
    r"どれ(?:くらい|ぐらい|ほど|だけ)|どの(?:くらい|ぐらい|程度)|何倍|\bhow (?:much|far|often|big|large|high)\b",
    re.IGNORECASE,
)
_NUMBER_ASKED = re.compile(r"いくつ|何個(?!か)|\bhow many\b|数は?[?。]*$", re.IGNORECASE)
_COUNTER_ASKED = re.compile(rf"何(?!個)({COUNTER})(?!か)")
_DATE_ASKED = re.compile(
    r"いつ|何年|何月|時期|\bwhen\b|\b(?:what|which) (?:year|month|date)\b|\bsince when\b", re.I
)
_NAME_ASKED = re.compile(
    r"(?:どこ|どの|何という)(?:の)?(?:会社|企業|業者|大学|事業者|ベンダー)|誰(?:と|が)|どこと"
    r"|\b(?:which|what) (?:company|firm|vendor|university|partner)|\bwith whom\b|\bwho\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d年度?|(?:令和|平成|昭和)(?:元|\d{1,2})年度?)(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|\d{1,2}月(?:\d{1,2}日)?"
)
_NAME = re.compile(
    r"株式会社[^\s、。「」（）をがはとにでの]{2,20}"
    r"|[^\s、。「」（）をがはとにでの]{2,20}(?:株式会社|大学|研究所|財団|協会)"
    r"|NTT[^\s、。「」（）をがはとにでの]{0,12}"
)


def wanted(question: Question) -> Wanted:
    """What a fact question asks for; nothing in particular for most others."""
    text = question.normal
    units: frozenset[str] = frozenset()
    for pattern, found in _UNITS:
        if re.search(pattern, text, re.IGNORECASE):
            units |= found
    counters = None
    if not units and (counter := _COUNTER_ASKED.search(text)):
        counters = counter[1]
    elif not units and _NUMBER_ASKED.search(text):
        counters = THINGS
    elif not units and _ANY_FIGURE.search(text):
        units = frozenset({ANY})
    return Wanted(units, counters, bool(_DATE_ASKED.search(text)), bool(_NAME_ASKED.search(text)))


def marks(text: str, asked: Wanted) -> tuple[Span, ...]:
    """The spans of a sentence that hold what is asked for, in order, none overlapping."""
    spans: list[Span] = []
    if asked.units:
        any_unit = ANY in asked.units
        spans += [
            span_of(figure)
            for figure in figures_of(text)
            if figure.unit in asked.units or (any_unit and figure.unit not in ("年", "月", "年度"))
        ]
    if asked.counters:
        spans += counted(text, asked.counters)
    if asked.counters == THINGS:
        spans += [span_of(f) for f in figures_of(text) if f.unit not in MEASURES]
    if asked.date:
        spans += [match.span() for match in _DATE.finditer(fold(text))]
    if asked.name:
        spans += [match.span() for match in _NAME.finditer(text)]
    return disjoint(spans)
