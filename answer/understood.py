"""One line that shows a person what was understood of the question."""

import re
from collections.abc import Sequence

from answer.areas import Area
from answer.bounds import Bounds
from answer.contract import Meant, Theme
from answer.levels import LEVEL_NAMES
from answer.quantities import Quantity
from answer.question import Question
from answer.regions import REGIONS
from answer.states import STATES
from answer.years import Period
from ingest.places import Mention, place_by_code, places_named
from messages import Lang, tell

_SHOWN = 2


def understood_line(question: Question, lang: Lang, themes: Sequence[str] = ()) -> str:
    """Kind, themes, areas, places, level, period, threshold, stages: 一覧｜RPA｜九州（福岡県…）.

    A population that tells no number (小さな) comes last, as a condition that was not checked.
    """
    parts = [tell(f"kind_{question.kind}", lang)]
    if themes:
        parts.append(_joined(list(themes), lang))
    parts += _places(question, lang)
    if question.level:
        parts.append(tell(f"level_{question.level}", lang))
    if question.period:
        parts.append(_period(question.period, lang))
    if question.quantity:
        parts.append(_quantity(question.quantity, lang))
    parts += [_population(bounds, lang) for bounds in question.bounds]
    if question.stages:
        states = [tell(f"state_{state}", lang) for state in STATES if state in question.stages]
        parts.append(tell("states_left_out", lang, states=_joined(states, lang)))
    if question.population and not question.bounds:
        parts.append(tell("population_unchecked", lang))
    return ("｜" if lang == "ja" else " · ").join(parts)


def meant_of(question: Question, lang: Lang, themes: Sequence[Theme]) -> Meant:
    """The parts of the line that can be corrected."""
    period = _period(question.period, lang) if question.period else None
    return Meant(_places(question, lang), tuple(themes), period)


def _places(question: Question, lang: Lang) -> tuple[str, ...]:
    """The areas, then the places that do not only tell where one of them lies."""
    inner = {name for area in question.areas if area.municipal for name in area.prefectures}
    places = [
        _place(mention, lang)
        for mention in question.places
        if any(p.city or p.prefecture not in inner for p in mention.candidates)
    ]
    areas = dict.fromkeys(area_name(area, lang) for area in question.areas)
    return (*areas, *dict.fromkeys(places))


def area_name(area: Area, lang: Lang) -> str:
    """An area's name; in Japanese with the first of its prefectures."""
    label = area_label(area, lang)
    if area.form == "within" and area.without:
        others = [place for code in sorted(area.without) if (place := place_by_code(code))]
        names = [place.name_en if lang == "en" else place.name for place in others]
        return tell("area_except", lang, area=label, names=_joined(names, lang))
    if lang == "en" or area.form != "region" or len(area.prefectures) < _SHOWN:
        return label
    ordered = REGIONS[label][0].split()
    more = "…" if len(ordered) > _SHOWN else ""
    return f"{label}（{'・'.join(ordered[:_SHOWN])}{more}）"


def area_label(area: Area, lang: Lang) -> str:
    """What an area is called by what is named: 九州, 埼玉県内, 町田市以外."""
    named = _joined([_called(name, lang) for name in area.named], lang)
    if area.form == "region":
        return named
    return tell("area_within" if area.form == "within" else "area_outside", lang, area=named)


def _called(name: str, lang: Lang) -> str:
    """The name of a region, a class or a place in a language."""
    if name in LEVEL_NAMES:
        return LEVEL_NAMES[name][lang == "en"]
    if lang == "ja":
        return name
    return REGIONS[name][1] if name in REGIONS else places_named(name)[0].name_en


def _joined(names: list[str], lang: Lang) -> str:
    return ("・" if lang == "ja" else ", ").join(names)


def _place(mention: Mention, lang: Lang) -> str:
    """The one place that is meant, else what was written."""
    if len(mention.candidates) > 1:
        return re.sub("['’]s$", "", mention.text)
    (place,) = mention.candidates
    return place.name_en if lang == "en" else place.name


def _period(period: Period, lang: Lang) -> str:
    first, last = period.first, period.last
    if first is None:
        return tell("period_until", lang, year=last)
    if last is None:
        return tell("period_since", lang, year=first)
    if first == last:
        return tell("period_year", lang, year=first)
    return tell("period_years", lang, first=first, last=last)


def _quantity(quantity: Quantity, lang: Lang) -> str:
    return _range(quantity.low, quantity.high, tell(f"unit_{quantity.unit}", lang), lang)


def _population(bounds: Bounds, lang: Lang) -> str:
    told = _range(bounds.low, bounds.high, tell("unit_人", lang), lang)
    return tell("population_told", lang, range=told)


def _range(low: float | None, high: float | None, unit: str, lang: Lang) -> str:
    if lang == "en" and {low, high} <= {1, None}:
        unit = unit.removesuffix("s")
    if low is not None and high is not None:
        if low == high:
            return f"{_number(low)}{unit}"
        return tell("quantity_range", lang, low=_number(low), high=_number(high), unit=unit)
    if low is not None:
        return tell("quantity_low", lang, n=_number(low), unit=unit)
    return tell("quantity_high", lang, n=_number(high or 0), unit=unit)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"
