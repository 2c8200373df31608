"""Classes of municipality, as a condition that a question sets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from answer.spans import Spanned, blanked, overlaps, spans_of
from ingest.documents import Place
from ingest.places import Mention

Level = Literal["prefecture", "city", "ward", "town", "designated", "municipal"]

DESIGNATED = frozenset(
    """011002 041009 111007 121002 141003 141305 141500 151009 221007 221309
    231002 261009 271004 271403 281000 331007 341002 401005 401307 431001""".split()
)
"""The codes of the 20 designated cities (政令指定都市)."""

# After what is said of them, and not the town of who asks.
_ASKED = "(?<=[たるいなうくすつぬぶむぐの])(?<!うちの)(?<!自分の)(?<!こちらの)"
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        "designated",
        re.compile(
            r"(?:政令(?:指定)?(?:都市|市)|指定都市)(?!(?:で(?:は|も)?|じゃ)な[いく])"
            r"|(?<!not )(?<!non-)\b(?:government-|ordinance-)?designated cit(?:y|ies)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "ward",
        re.compile(
            r"特別区|(?:23|二十三)区|(?<=どの)区"
            r"|\b(?:the )?(?:tokyo(?:['’]s)? )?(?:special |23 )wards?\b"
            r"|\btokyo(?:['’]s)? wards?\b|(?<=\bwhich )wards?\b",
            re.IGNORECASE,
        ),
    ),
    (
        "prefecture",
        re.compile(
            r"(?<![市・、かとや0-9一二三四五六七八九])(?:都道|道)?府?県(?:庁|レベル)?(?:のうち|の中で"
            r"|で(?![はき])(?=.*(?:ところ|[たるい]の(?:は|って)|団体|自治体|事例|例)))"
            r"|県庁(?=は|が|って|で|の(?!所)|を|[、?。\s]|$)"
            r"|(?:^|(?<=[\s?。]))(?:都道府)?県(?:レベル)?(?=だと|では|なら)"
            r"|(?<=[たるい])(?:都道府)?県"
            r"(?=[?。\s]*$|[\s、]*(?:の?一覧|リスト))"
            r"|(?<!\bto the )\bprefectural (?:governments?|offices?)\b"
            r"|^the prefectures? (?=where|that|which|whose)"
            r"|(?<=\bhow many )prefectures\b"
            r"|(?:(?<=どの)|(?<=どこの)|(?<=何))(?:都道府)?県|都道府県(?=は)"
            r"|(?<![や・、かと])(?:都道府)?県(?=は(?:どこ(?:(?:です|でしょう)か)?)?[?。\s]*$)"
            r"|都道府県(?:だけ|のみ|に限)|(?<=\bwhich )prefectures?\b|\bprefectures? only\b"
            r"|\bonly (?:the )?prefectures?\b|^(?:all |any )?prefectures\b",
            re.IGNORECASE,
        ),
    ),
    (
        "town",
        re.compile(
            r"(?<![市区])町村(?:レベル)?(?!会|合|税)|(?<![や・、])町[や・か]村"
            # 村は, with nothing said of it, is a village that is known.
            rf"|{_ASKED}村(?=[でのはをが?\s]|$)|^村(?=[での])"
            r"|(?<!cities, )(?<!cities and )(?<!cities or )(?<!cities )"
            r"(?:\btowns (?:and|or) villages|\bvillages (?:and|or) towns)\b"
            r"|(?<!and )(?<!or )(?<!, )\bvillages\b(?!,| and| or)"
            r"|\b(?:which|any|what) village\b(?! or)",
            re.IGNORECASE,
        ),
    ),
    (
        "city",
        re.compile(r"市(?:だけ|のみ|に限)|\b(?:cities only|only cities)\b", re.IGNORECASE),
    ),
)  # fmt: skip

# Towns of any size that are asked for, and who else may be meant beside them.
_MUNICIPAL = re.compile(
    rf"(?:{_ASKED}(?:(?:市区?町村|区市町村|市)(?:レベル)?)|^市区?町村(?:レベル)?|^市(?=[では]))"
    r"(?=は|が|って|も|で|だと|なら|の?(?:一覧|リスト|例|事例)|[?。、\s]|$"
    r"|を(?:全て|すべて|全部|いくつか)?(?:教え|挙げ|あげ|探し|知り|見せ|紹介|出し|リスト))"
    r"|(?:^|\b(?:which|what|any|all|(?<!for )(?<!with )other|how many|list|name|find|show) )"
    r"(?:the |me )?(?:[\w-]+ )?(?P<en>cities|towns)\b|\b(?:which|what) (?P<one>city|town)"
    r" (?:has|have|had|is|was|did|does|do|can|that|which|in|with|saved?|use[sd]?|[a-z]+ed)\b",
    re.IGNORECASE,
)
_WIDER = re.compile(
    r"自治体|団体|(?:都道)?府?県(?![内境民下])|ところ|とこ(?!ろ)|所(?=は|を|が|って|で|[、?。]|$)|役所|役場"
    r"|prefectur|municipalit|government|authorit|\b(?:places?|offices?|who|anyone|anybody)\b",
    re.IGNORECASE,
)

# Every mention of a class, of which an exclusion (町村以外) needs no more.
_CLASSES: dict[Level, str] = {
    "designated": r"政令(?:指定)?(?:都市|市)|(?<!令)指定都市"
    r"|\b(?:government-|ordinance-)?designated cit(?:y|ies)\b",
    "ward": r"(?:東京都?)?(?:特別区|(?:23|二十三)区)|(?<![一-鿿々0-9])区"
    r"|\b(?:tokyo(?:['’]s)? )?(?:(?:special|23) )?wards\b(?: (?:of|in) tokyo\b)?",
    "prefecture": r"都道府県|(?<![一-鿿々])府?県|\bprefectures\b",
    "town": r"(?<![市区])町村|町[や・と]村|\btowns and villages\b|\b(?:towns|villages)\b",
    "city": r"(?<![一-鿿々])市(?![区町村民])|(?<!designated )\bcities\b",
}
LEVEL_NAMES: dict[str, tuple[str, str]] = {
    "designated": ("政令指定都市", "designated cities"),
    "ward": ("東京23区", "Tokyo's wards"),
    "prefecture": ("都道府県", "prefectures"),
    "town": ("町村", "towns and villages"),
    "city": ("市", "cities"),
    "municipal": ("市区町村", "municipalities"),
}
"""Each class by its name in Japanese and in English."""

_ENDINGS: dict[Level, str] = {
    "prefecture": "県",
    "city": "市",
    "ward": "区",
    "town": "町村",
    "municipal": "市区町村",
}


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
    return last in _ENDINGS[level]


def find_level(text: str, mentions: Sequence[Mention] = ()) -> LevelFound | None:
    """The class of municipality that a question in NFKC form asks for, None if any will do.

    "Which cities" and どの市 are said of any municipality; see `find_municipal`. A class that is
    part of a name (埼玉県は) is no condition.
    """
    named = spans_of(mentions)
    for level, pattern in _LEVELS:
        for match in pattern.finditer(text):
            if level == "ward" or not overlaps(match.span(), named):
                return LevelFound(level, match.start(), match.end())
    return None


def find_municipal(text: str, named: Sequence[Spanned] = ()) -> LevelFound | None:
    """Where a question asks for towns (どの市, "which cities") and nothing wider (ところ), or None.

    Of 1,725 questions of `training/data` that do, five are answered by a prefecture.
    """
    spans = spans_of(named)
    found = _MUNICIPAL.search(text)
    if not found or _WIDER.search(blanked(text, spans)):
        return None
    start, end = found.span(next((group for group in ("en", "one") if found[group]), 0))
    return LevelFound("municipal", start, end)


def find_classes(text: str) -> list[LevelFound]:
    """Every class of municipality that a text in NFKC form mentions, whether or not it asks for it.

    The lone 町 or 村 counts only in a pair; none overlaps another.
    """
    found: list[LevelFound] = []
    for level, pattern in _CLASSES.items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if not overlaps(match.span(), spans_of(found)):
                found.append(LevelFound(level, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)
