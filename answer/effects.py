"""Effects that can be set side by side: how much a sentence says was saved, in one measure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from answer.contract import Quote
from answer.figures import Figure, figures_of, fold
from ingest.documents import Place

Measure = Literal["hours_a_year", "yen_a_year", "share_of_work"]
MEASURES: tuple[Measure, ...] = ("hours_a_year", "yen_a_year", "share_of_work")

_LESS = r"(?:削減|短縮|軽減|節減|縮減|節約|減)"
# What follows a figure up to the word that says it was saved. A figure that something was cut
# "to" or "from" is no saving, nor is one that is only aimed at.
_SAVED_AFTER = re.compile(
    rf"(?!に|から|まで|へ|以下|以内|未満)([^。]{{0,20}}?){_LESS}(?!.{{0,6}}目標)"
)
_SAVED_BEFORE = re.compile(
    rf"{_LESS}(?:した|された)?(?:効果|率|量|額|時間)?[はが]、?(?P<between>[^。]{{0,30}}?)"
    r"(?:年間?に?)?約?$"
)
_A_YEAR = re.compile(r"(?:年|年間|毎年|年換算で|1年で)(?:に|で)?約?$")
_EACH = re.compile(r"(?:1人|一人|1件|1回|1台)(?:1日)?(?:当たり|あたり)?[^、。]{0,6}$")
_WORK = re.compile("時間|作業|手間|業務|事務")
_ESTIMATED = re.compile("見込|試算|見通|推計|推定|想定|予測|期待|できた場合|した場合|できるとされ")
_LOOK_BACK = 48
# 削減効果は74業務で年9,000時間: in other units what is counted did the saving.
SAVED_UNITS = frozenset("時間 分 秒 日 円 % 枚".split())


@dataclass(frozen=True, slots=True)
class Effect:
    """What a sentence says was saved: hours or yen a year, or a share of the work in %.

    An `estimated` one is expected or worked out, not measured.
    """

    measure: Measure
    value: float
    estimated: bool
    place: Place
    quote: Quote


def comparable_effects(
    quotes: Iterable[tuple[Place, Quote]],
) -> dict[Measure, tuple[Effect, ...]]:
    """The effects of Japanese sentences by measure, the largest first.

    A measure is left out if fewer than two places state it: there is nothing to compare. Totals
    without a period, and savings for each person or case, are not comparable.
    """
    found: dict[tuple[str, int, Measure, float], Effect] = {}
    for place, quote in quotes:
        for effect in _effects(place, quote):
            key = (quote.document, quote.start, effect.measure, effect.value)
            found.setdefault(key, effect)
    groups = {measure: [e for e in found.values() if e.measure == measure] for measure in MEASURES}
    return {
        measure: tuple(sorted(group, key=lambda effect: -effect.value))
        for measure, group in groups.items()
        if len({effect.place for effect in group}) > 1
    }


def says_saved(text: str, units: Collection[str]) -> int:
    """How well a Japanese sentence says how much was saved, 0 to 4.

    4 and 3: a figure in one of `units`, measured or only expected; 2: a saving in another unit; 1:
    a figure in one of `units` of which nothing says that it was saved; 0: no such figure.
    """
    folded = fold(text)
    figures = figures_of(folded)
    saved = {f.unit for at, f in enumerate(figures) if _is_saved(folded, f, figures[at + 1 :])}
    if saved.intersection(units):
        return 3 if _ESTIMATED.search(folded) else 4
    if saved.intersection(SAVED_UNITS):
        return 2
    return int(any(figure.unit in units for figure in figures))


def _effects(place: Place, quote: Quote) -> Iterable[Effect]:
    text = fold(quote.text)
    figures = figures_of(text)
    for at, figure in enumerate(figures):
        measure = _measure(text, figure)
        if measure and _is_saved(text, figure, figures[at + 1 :]):
            yield Effect(measure, figure.value, bool(_ESTIMATED.search(text)), place, quote)


def _measure(text: str, figure: Figure) -> Measure | None:
    before = text[max(0, figure.start - _LOOK_BACK) : figure.start]
    if _EACH.search(before):
        return None
    if figure.unit == "%":
        near = before + text[figure.end : figure.end + 8]
        return "share_of_work" if figure.value <= 100 and _WORK.search(near) else None
    if not _A_YEAR.search(before):
        return None
    return {"時間": "hours_a_year", "円": "yen_a_year"}.get(figure.unit)  # type: ignore[return-value]


def _is_saved(text: str, figure: Figure, later: tuple[Figure, ...]) -> bool:
    after = _SAVED_AFTER.match(text, figure.end)
    if after:
        return not any(f.unit == figure.unit and f.end <= after.end() for f in later)
    before = text[max(0, figure.start - _LOOK_BACK) : figure.start]
    return bool(_SAVED_BEFORE.search(before))
