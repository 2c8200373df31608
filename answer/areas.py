"""Parts of the country and classes of municipality that a question sets as a condition."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ingest.documents import Place
from ingest.places import Mention, all_places

Level = Literal["prefecture", "city", "ward", "town", "designated"]

DESIGNATED = frozenset(
    """011002 041009 111007 121002 141003 141305 141500 151009 221007 221309
    231002 261009 271004 271403 281000 331007 341002 401005 401307 431001""".split()
)
"""The codes of the 20 designated cities (政令指定都市)."""

_TOHOKU_NORTH, _TOHOKU_SOUTH = "青森県 岩手県 秋田県", "宮城県 山形県 福島県"
_KANTO_NORTH, _KANTO_SOUTH = "茨城県 栃木県 群馬県", "埼玉県 千葉県 東京都 神奈川県"
_SHIKOKU = "徳島県 香川県 愛媛県 高知県"
_CHUGOKU = "鳥取県 島根県 岡山県 広島県 山口県"
_KYUSHU_NORTH = "福岡県 佐賀県 長崎県 熊本県 大分県"
_KYUSHU_SOUTH = "宮崎県 鹿児島県"
_KINKI = "滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県"
REGIONS: dict[str, tuple[str, str]] = {
    "東北": (f"{_TOHOKU_NORTH} {_TOHOKU_SOUTH}", "Tohoku"),
    "北東北": (_TOHOKU_NORTH, "northern Tohoku"),
    "南東北": (_TOHOKU_SOUTH, "southern Tohoku"),
    "関東": (f"{_KANTO_NORTH} {_KANTO_SOUTH}", "Kanto"),
    "北関東": (_KANTO_NORTH, "northern Kanto"),
    "南関東": (_KANTO_SOUTH, "southern Kanto"),
    "首都圏": (f"{_KANTO_NORTH} {_KANTO_SOUTH} 山梨県", "greater Tokyo"),
    "甲信越": ("山梨県 長野県 新潟県", "Koshinetsu"),
    "北陸": ("富山県 石川県 福井県", "Hokuriku"),
    "東海": ("岐阜県 静岡県 愛知県 三重県", "Tokai"),
    "中部": (
        "新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県", "Chubu",
    ),
    "近畿": (f"{_KINKI} 三重県", "Kinki"),
    "関西": (_KINKI, "Kansai"),
    "中国地方": (_CHUGOKU, "the Chugoku region"),
    "中四国": (f"{_CHUGOKU} {_SHIKOKU}", "Chugoku and Shikoku"),
    "山陰": ("鳥取県 島根県", "San'in"),
    "山陽": ("岡山県 広島県 山口県", "San'yo"),
    "四国": (_SHIKOKU, "Shikoku"),
    "九州": (f"{_KYUSHU_NORTH} {_KYUSHU_SOUTH}", "Kyushu"),
    "北部九州": (_KYUSHU_NORTH, "northern Kyushu"),
    "南九州": ("熊本県 宮崎県 鹿児島県", "southern Kyushu"),
    "九州・沖縄": (f"{_KYUSHU_NORTH} {_KYUSHU_SOUTH} 沖縄県", "Kyushu and Okinawa"),
    "九州沖縄": (f"{_KYUSHU_NORTH} {_KYUSHU_SOUTH} 沖縄県", "Kyushu and Okinawa"),
    "都内": ("東京都", "within Tokyo"),
    "道内": ("北海道", "within Hokkaido"),
}  # fmt: skip
"""Regions: their prefectures, and their names in English."""

# 中国 alone is the country, and a name glued to other kanji is a company's or a school's.
_REGION_JA = re.compile(
    r"(?<![一-鿿々ァ-ヺー])(?:中国・?四国|(?P<name>"
    + "|".join(sorted(map(re.escape, set(REGIONS) - {"中国地方"}), key=len, reverse=True))
    + r")|(?P<chugoku>中国)(?=地方|地域|[5五]県|エリア))"
    r"(?P<tail>地方|地域|圏|エリア|各[県地市]|管?内|全[域体]|[0-9一二三四五六七八九]都?府?県)?"
    r"(?P<not>以外)?(?=自治体|市町村|市区町村|の|$|[^一-鿿々ァ-ヺーA-Za-z])"
)
_ENGLISH_NAMES = {
    "kyushu": "九州", "kansai": "関西", "kinki": "近畿", "tohoku": "東北", "chubu": "中部",
    "shikoku": "四国", "kanto": "関東", "hokuriku": "北陸", "koshinetsu": "甲信越",
    "san'in": "山陰", "sanin": "山陰", "san'yo": "山陽", "sanyo": "山陽",
}  # fmt: skip
_REGION_EN = re.compile(
    r"(?<![\w-])(?P<not>(?:outside(?: of)?|other than|except(?: for)?|excluding) )?(?:the )?(?:"
    rf"(?P<name>{'|'.join(_ENGLISH_NAMES)})(?: (?:region|area|district))?"
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
            name = _ENGLISH_NAMES[found.lower()]
        elif found := match["chugoku"]:
            name = {"chugoku": "中国地方", "tokai": "東海"}[found.lower()]
        else:
            name = "首都圏"
        areas.append(_region(name, match))
    return areas


def area_named(name: str) -> frozenset[str] | None:
    """The prefectures of a region by its name, 九州 or Kyushu; None if there is no such region."""
    known = {english.lower(): label for label, (_, english) in REGIONS.items()} | _ENGLISH_NAMES
    label = known.get(name.lower(), name.removesuffix("地方"))
    return frozenset(REGIONS[label][0].split()) if label in REGIONS else None


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
