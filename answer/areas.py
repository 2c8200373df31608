"""Parts of the country and classes of municipality that a question sets as a condition."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from answer.regions import ENGLISH_NAMES, REGIONS
from ingest.documents import Place
from ingest.places import Mention, all_places

Level = Literal["prefecture", "city", "ward", "town", "designated"]

DESIGNATED = frozenset(
    """011002 041009 111007 121002 141003 141305 141500 151009 221007 221309
    231002 261009 271004 271403 281000 331007 341002 401005 401307 431001""".split()
)
"""The codes of the 20 designated cities (政令指定都市)."""

# 中国 alone is the country, and a name glued to other letters is a company's or a school's.
_REGION_JA = re.compile(
    r"(?<![一-鿿々ァ-ヺーA-Za-z])(?<!NTT )(?<!JR )(?:中国・?四国|(?P<name>"
    + "|".join(sorted(map(re.escape, set(REGIONS) - {"中国地方"}), key=len, reverse=True))
    + r")|(?P<chugoku>中国)(?=地方|地域|[5五]県|エリア))"
    r"(?P<tail>地方|地域|圏|エリア|各[県地市]|管?内|全[域体]|[0-9一二三四五六七八九]都?府?県)?"
    r"(?P<not>以外)?(?=自治体|市町村|市区町村|の|$|[^一-鿿々ァ-ヺーA-Za-z])"
)
# Chugoku and Tokai alone are also a bank's or a town's name: only "in Chugoku" is the region.
_IN = r"(?:(?<=\bin )|(?<=\bacross )|(?<=\bwithin )|(?<=\bthroughout )|(?<=\boutside ))"
_REGION_EN = re.compile(
    r"(?<![\w-])(?P<not>(?:outside(?: of)?|other than|except(?: for)?|excluding) )?(?:the )?(?:"
    rf"(?P<name>{'|'.join(sorted(map(re.escape, ENGLISH_NAMES), key=len, reverse=True))})"
    r"(?: (?:region|area|district))?"
    rf"|{_IN}(?P<alone>chugoku|tokai)(?! (?:city|town|village|mura|shi|bank|university))"
    r"|(?P<chugoku>chugoku|tokai) (?:region|area|district|prefectures)"
    r"|(?P<tokyo>greater tokyo|tokyo metropolitan|capital|tokyo)(?: (?:region|area))"
    r"|(?P<greater>greater tokyo))\b(?!-)(?! (?-i:[A-Z])[a-z])",
    re.IGNORECASE,
)
_SAME_PREFECTURE = re.compile(
    r"(?:市|町|村|区)?(?:と|の|も)?(?:同じ|同一の?|同)(?:都道府)?[県都府道]内?の?"
)
_SAME_PREFECTURE_EN = re.compile(r"(?:in )?the same prefecture (?:as|that) ", re.IGNORECASE)
_INSIDE = re.compile(r"の?[都道府県]?(?:内|下(?=の))|の(?=市区?町村|町村|各市)")
_INSIDE_EN = re.compile(
    r"(?:^|\b(?:which|what|any|many|all|every|list|name|there|other|some|of)(?: the)?(?: \w+)? )"
    r"(?:municipalities|cities|towns|villages|local governments)"
    r" (?:in|of|within|across|inside) (?:the )?$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"(?:以外|を除|の(?:ほか|他)(?:に|で|の|は|、))[くいにでのは、]*")
_EXCEPT_EN = re.compile(
    r"\b(?:other than|besides|except(?: for)?|apart from|excluding|outside(?: of)?) $",
    re.IGNORECASE,
)

_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        "designated",
        re.compile(
            r"政令(?:指定)?(?:都市|市)|指定都市"
            r"|\b(?:government-|ordinance-)?designated cit(?:y|ies)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "ward",
        re.compile(
            r"特別区|(?:23|二十三)区|どの区"
            r"|\b(?:the )?(?:tokyo(?:['’]s)? )?(?:special |23 )wards?\b"
            r"|\btokyo(?:['’]s)? wards?\b|\bwhich (?:tokyo )?wards?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "prefecture",
        re.compile(
            r"(?:どの|どこの|何)(?:都道府)?県|(?<![や・、かと])(?:都道府)?県は[?\s]*$|都道府県は"
            r"|都道府県(?:だけ|のみ|に限)|\bwhich prefectures?\b|\bprefectures? only\b"
            r"|\bonly (?:the )?prefectures?\b|^(?:all |any )?prefectures\b",
            re.IGNORECASE,
        ),
    ),
    (
        "town",
        re.compile(
            r"(?<![市区])町村(?!会|合|税)|(?<![や・、])町[や・か]村"
            r"|(?<![一-鿿々や・、か])村(?=[でのはをが?\s]|$)"
            r"|(?<!cities, )(?<!cities and )(?<!cities or )(?<!cities )"
            r"\btowns (?:and|or) villages\b"
            r"|(?<!and )(?<!or )(?<!, )\bvillages\b(?!,| and| or)",
            re.IGNORECASE,
        ),
    ),
    (
        "city",
        re.compile(r"市(?:だけ|のみ|に限)|\b(?:cities only|only cities)\b", re.IGNORECASE),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the country, named at [start, end) of the NFKC form of a question.

    `label` is its Japanese name. With `municipal`, prefectures themselves are not meant (県内);
    `without` holds codes of places that are not (町田市以外).
    """

    label: str
    prefectures: frozenset[str]
    start: int
    end: int
    municipal: bool = False
    without: frozenset[str] = frozenset()

    def admits(self, place: Place) -> bool:
        """Whether the place lies in it and is meant."""
        if place.code in self.without or (self.municipal and place.city is None):
            return False
        return place.prefecture in self.prefectures


@dataclass(frozen=True, slots=True)
class LevelFound:
    """A class of municipality that is a condition, and where the question says so."""

    level: Level
    start: int
    end: int


def fits_level(place: Place, level: Level | None) -> bool:
    """Whether a place is of this class; None fits all. A ward is one of Tokyo's 23."""
    if level is None:
        return True
    if level == "designated":
        return place.code in DESIGNATED
    last = place.name[-1] if place.city else "県"
    return last in {"prefecture": "県", "city": "市", "ward": "区", "town": "町村"}[level]


def find_level(text: str, mentions: Sequence[Mention] = ()) -> LevelFound | None:
    """The class of municipality that a question in NFKC form asks for, None if any will do.

    "Which cities" and どの市 are no condition: both are said of any municipality. A class that
    is part of a name (埼玉県は) is none either.
    """
    for level, pattern in _LEVELS:
        for match in pattern.finditer(text):
            named = any(m.start < match.end() and match.start() < m.end for m in mentions)
            if level == "ward" or not named:
                return LevelFound(level, match.start(), match.end())
    return None


def find_regions(text: str) -> list[Area]:
    """The regions that a question in NFKC form names, in order."""
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
    prefectures = frozenset(REGIONS[name][0].split())
    if match["not"]:
        name, prefectures = f"{name}以外", _all_prefectures() - prefectures
    return Area(name, prefectures, match.start(), match.end(), name in ("都内", "道内"))


@cache
def _all_prefectures() -> frozenset[str]:
    return frozenset(place.prefecture for place in all_places())


def areas_and_places(
    text: str, mentions: Iterable[Mention]
) -> tuple[tuple[Area, ...], tuple[Mention, ...]]:
    """The areas of a question in NFKC form, and the mentions that name places of their own.

    A mention that only serves to name an area (横須賀市と同じ県, 町田市以外) is left out of
    these.
    """
    areas = find_regions(text)
    places = []
    for mention in mentions:
        if any(area.start < mention.end and mention.start < area.end for area in areas):
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


def _around(text: str, mention: Mention) -> Area | None:
    """The area that a question describes by naming a place: 埼玉県内, 横須賀市と同じ県."""
    before = text[max(0, mention.start - 40) : mention.start]
    cities = [place for place in mention.candidates if place.city]
    same, same_en = _SAME_PREFECTURE.match(text, mention.end), _last(_SAME_PREFECTURE_EN, before)
    if cities and (same or same_en):
        start = mention.start - (len(same_en.group()) if same_en else 0)
        end = same.end() if same else mention.end
        return _inside(cities, start, end, frozenset(place.code for place in cities))
    other, other_en = _EXCEPT.match(text, mention.end), _last(_EXCEPT_EN, before)
    if other or other_en:
        start = mention.start - (len(other_en.group()) if other_en else 0)
        return _all_but(mention, start, other.end() if other else mention.end)
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
    label = "・".join(f"{name}内" for name in sorted(prefectures))
    return Area(label, prefectures, start, end, municipal=True, without=without)


def _all_but(mention: Mention, start: int, end: int) -> Area:
    whole = {place.prefecture for place in mention.candidates if place.city is None}
    codes = frozenset(place.code for place in mention.candidates)
    label = f"{mention.candidates[0].name}以外"
    return Area(label, _all_prefectures() - whole, start, end, without=codes)
