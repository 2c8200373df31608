"""Parts of the country that a question sets as a condition, or leaves out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from answer.exclusions import exclusions
from answer.levels import Level, LevelFound, find_classes, fits_level
from answer.likened import likened
from answer.regions import ENGLISH_NAMES, REGIONS
from answer.spans import Span, Spanned, overlaps, span_of, spans_of
from answer.who import TOWNS_EN
from ingest.documents import Place
from ingest.places import Mention, all_places

# 中国 alone is the country, and a name glued to other letters is a company's or a school's.
_REGION_JA = re.compile(
    r"(?<![一-鿿々ァ-ヺーA-Za-z])(?<!NTT )(?<!JR )(?:中国・?四国|(?P<name>"
    + "|".join(sorted(map(re.escape, set(REGIONS) - {"中国地方"}), key=len, reverse=True))
    + r")|(?P<chugoku>中国)(?=地方|地域|[5五]県|エリア))"
    r"(?P<tail>地方|地域|圏|エリア|限定|各[県地市]|管?内|全[域体]|[0-9一二三四五六七八九]都?府?県)?"
    r"(?=自治体|市町村|市区町村|以外|除[くいき外]|の|$|[^一-鿿々ァ-ヺーA-Za-z])"
)
# Chugoku and Tokai alone are also a bank's or a town's name: only "in Chugoku" is the region.
_IN = r"(?:(?<=\bin )|(?<=\bacross )|(?<=\bwithin )|(?<=\bthroughout )|(?<=\boutside ))"
_REGION_EN = re.compile(
    r"(?<![\w-])(?:the )?(?:"
    rf"(?P<name>{'|'.join(sorted(map(re.escape, ENGLISH_NAMES), key=len, reverse=True))})"
    r"(?: (?:region|area|district))?"
    rf"|{_IN}(?P<alone>chugoku|tokai)(?! (?:city|town|village|mura|shi|bank|university))"
    r"|(?P<chugoku>chugoku|tokai) (?:region|area|district|prefectures)"
    r"|(?P<tokyo>greater tokyo|tokyo metropolitan|capital|tokyo)(?: (?:region|area))"
    r"|(?P<greater>greater tokyo))\b(?!-)(?! (?-i:[A-Z][a-z]|U\b|JR\b|NTT\b))",
    re.IGNORECASE,
)
_SAME_PREFECTURE = re.compile(
    r"(?:市|町|村|区)?(?:と|の|も)?(?:同じ|同一の?|同)(?:都道府)?[県都府道]内?の?"
)
_SAME_PREFECTURE_EN = re.compile(r"(?:in )?the same prefecture (?:as|that) ", re.IGNORECASE)
_INSIDE = re.compile(r"の?[都道府県]?(?:内|下(?=の))|の(?=市区?町村|町村|各市)")
_INSIDE_EN = re.compile(
    r"(?:^|\b(?:which|what|any|many|all|every|list|name|there|other|some|of)(?: the)?(?: \w+)? )"
    rf"{TOWNS_EN} (?:in|of|within|across|inside) (?:the )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the country, named at [start, end) of the NFKC form of a question.

    It is the region that is `named`, what lies within the prefectures that are, or the country
    except what is: a region or place by its Japanese name, or a `Level`. With `municipal`,
    prefectures themselves are not meant (県内); `without` holds codes of places that are not.
    """

    named: tuple[str, ...]
    form: Literal["region", "within", "except"]
    prefectures: frozenset[str]
    start: int
    end: int
    municipal: bool = False
    without: frozenset[str] = frozenset()

    @property
    def excludes(self) -> bool:
        """Whether it is what an exclusion leaves: another area that is named does not widen it."""
        return self.form == "except"

    def admits(self, place: Place) -> bool:
        """Whether the place lies in it and is meant."""
        if place.code in self.without or (self.municipal and place.city is None):
            return False
        return place.prefecture in self.prefectures


def find_regions(text: str) -> list[Area]:
    """The regions that a question in NFKC form names, in order, be it to leave them out."""
    areas = []
    for match in _REGION_JA.finditer(text):
        name = match["name"] or ("中国地方" if match["chugoku"] else "中四国")
        areas.append(_region(name, match))
    for match in _REGION_EN.finditer(text):
        if found := match["name"]:
            name = ENGLISH_NAMES[found.lower()]
        elif found := match["chugoku"] or match["alone"]:
            name = {"chugoku": "中国地方", "tokai": "東海"}[found.lower()]
        else:
            name = "首都圏"
        areas.append(_region(name, match))
    return areas


def _region(name: str, match: re.Match[str]) -> Area:
    prefectures, municipal = frozenset(REGIONS[name][0].split()), name in ("都内", "道内")
    return Area((name,), "region", prefectures, match.start(), match.end(), municipal)


@cache
def _all_prefectures() -> frozenset[str]:
    return frozenset(place.prefecture for place in all_places())


@cache
def _codes_of(level: Level) -> frozenset[str]:
    return frozenset(place.code for place in all_places() if fits_level(place, level))


def areas_and_places(
    text: str, mentions: Iterable[Mention]
) -> tuple[tuple[Area, ...], tuple[Mention, ...]]:
    """The areas of a question in NFKC form, and the mentions that name places of their own.

    A mention that only serves to name an area (横須賀市と同じ県, 町田市以外) is left out of
    these. A class of municipality that is left out (政令市以外) is an area too.
    """
    regions = find_regions(text)
    listed = [m for m in mentions if not _overlaps(m, regions)]
    areas = _excluded(text, regions, listed)
    areas += [region for region in regions if not _overlaps(region, areas)]
    places = []
    for mention in listed:
        if _overlaps(mention, areas):
            continue
        around = _around(text, mention)
        if around is None:
            places.append(mention)
            continue
        areas.append(around)
        if not around.without:
            whole = tuple(place for place in mention.candidates if place.city is None)
            places.append(replace(mention, candidates=whole))
    return tuple(sorted(areas, key=lambda area: area.start)), tuple(places)


def _overlaps(one: Spanned, others: Iterable[Spanned]) -> bool:
    return overlaps(span_of(one), spans_of(others))


def _holds(mention: Mention, level: LevelFound) -> bool:
    return mention.start <= level.start and level.end <= mention.end


def _excluded(text: str, regions: Sequence[Area], mentions: Sequence[Mention]) -> list[Area]:
    """The areas that remain of the country by what the question leaves out."""
    # The 市 of つくば市 is no class.
    classes = [c for c in find_classes(text) if not any(_holds(m, c) for m in mentions)]
    named: dict[Span, Area | Mention | LevelFound] = {span_of(c): c for c in classes}
    named |= {span_of(m): m for m in mentions if not _overlaps(m, classes)}
    named |= {span_of(r): r for r in regions if not _overlaps(r, classes)}
    towns = [span_of(m) for m in mentions if all(place.city for place in m.candidates)]
    found = exclusions(text, named, towns)
    for mention in mentions:
        whole = likened(text, span_of(mention))
        if whole and all(place.city for place in mention.candidates):
            found.setdefault(span_of(mention), whole)
    return [_rest(named[span], *whole) for span, whole in found.items()]


def _rest(left_out: Area | Mention | LevelFound, start: int, end: int) -> Area:
    """The country less a region, a place or a class of municipality."""
    country, codes = _all_prefectures(), frozenset[str]()
    if isinstance(left_out, Area):
        (name,), country = left_out.named, country - left_out.prefectures
    elif isinstance(left_out, LevelFound):
        name, codes = left_out.level, _codes_of(left_out.level)
    else:
        name, codes = left_out.candidates[0].name, frozenset(p.code for p in left_out.candidates)
        country -= {place.prefecture for place in left_out.candidates if place.city is None}
    return Area((name,), "except", country, start, end, without=codes)


def _around(text: str, mention: Mention) -> Area | None:
    """The area that a question describes by naming a place: 埼玉県内, 横須賀市と同じ県."""
    before = text[max(0, mention.start - 40) : mention.start]
    cities = [place for place in mention.candidates if place.city]
    same, same_en = _SAME_PREFECTURE.match(text, mention.end), _last(_SAME_PREFECTURE_EN, before)
    if cities and (same or same_en):
        start = mention.start - (len(same_en.group()) if same_en else 0)
        end = same.end() if same else mention.end
        return _inside(cities, start, end, frozenset(place.code for place in cities))
    prefectures = [place for place in mention.candidates if place.city is None]
    inside, inside_en = _INSIDE.match(text, mention.end), _INSIDE_EN.search(before)
    if prefectures and (inside or inside_en):
        end = inside.end() if inside else mention.end
        return _inside(prefectures, mention.start, end, frozenset())
    return None


def _last(pattern: re.Pattern[str], before: str) -> re.Match[str] | None:
    """The match that ends where `before` ends."""
    return next((m for m in pattern.finditer(before) if m.end() == len(before)), None)


def _inside(places: Sequence[Place], start: int, end: int, without: frozenset[str]) -> Area:
    prefectures = frozenset(place.prefecture for place in places)
    named = tuple(sorted(prefectures))
    return Area(named, "within", prefectures, start, end, municipal=True, without=without)
