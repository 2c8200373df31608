"""Recognises prefectures and municipalities by name, in Japanese and in romaji."""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ingest.bodies import goes_on_as_body, goes_on_as_english_body
from ingest.documents import Place

TABLE = Path(__file__).parent / "data" / "places.csv"

KIND_EN = {"市": "City", "区": "Ward", "町": "Town", "村": "Village"}
LEVEL_EN = {
    "city": "市", "shi": "市", "ward": "区", "ku": "区",
    "town": "町", "cho": "町", "machi": "町", "village": "村", "mura": "村", "son": "村",
    "prefecture": "県", "pref": "県", "ken": "県", "fu": "県", "to": "県", "metropolis": "県",
}  # fmt: skip

# Romaji names that are everyday words: these count only with their "City" or "Town".
ENGLISH_WORDS = frozenset(
    "date mine nose tone sue same sai use one mono kin to oe ie oi in so ton ono ide ine ise aso"
    " home male take hope mode code site rate tore sake are made kami naka minami chuo kita".split()
)
# Names without their 市 or 町 that are everyday words in Japanese.
JAPANESE_WORDS = frozenset(
    "中央 大和 平和 共和 日本 中国 北 南 西 東 港 緑 旭 泉 栄 光 岬 境 森 関 堺 津 蕨 柏 燕 朝日"
    " 協和 安全 安心 豊か 和 美里 明日 昭和 大正 清水 新 高 小 大 平 本 三 五 八 玉 白 金 石"
    " 松 鹿 滝 原 野 坂 島 上 下 山 川 中 町 村 市 府 都 県 高石 中土 小山 丸森 大野 大川 最上"
    " 三種 四日 国見 日進 みどり さくら 小川 松川 池田 森町 若者 小国 広川".split()
)


_HIRAGANA = re.compile("[ぁ-ん]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name found in a text: `text == source[start:end]`, and whom it may mean.

    More than one candidate means that the name alone does not tell.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    places: tuple[Place, ...]
    by_code: dict[str, Place]
    by_name: dict[str, tuple[Place, ...]]
    by_stem: dict[str, tuple[Place, ...]]
    by_romaji: dict[str, tuple[Place, ...]]
    by_kana: dict[str, tuple[Place, ...]]
    longest: int


def fold_romaji(word: str) -> str:
    """One spelling for the many of romaji: Ōsaka, Oosaka, Ohsaka → osaka; Gumma → gunma."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    letters = re.sub(r"[^a-z]", "", plain.lower())
    letters = re.sub(r"oh(?=[^aeiou]|$)", "o", letters)
    letters = re.sub(r"ou|oo", "o", letters).replace("uu", "u")
    return re.sub(r"[nm](?=[mbp])", "n", letters)


_LEVELS_READ = {
    "市": "シ", "区": "ク", "町": "マチ チョウ", "村": "ムラ ソン",
    "県": "ケン", "府": "フ", "都": "ト",
}  # fmt: skip
_TO_HIRAGANA = {kana: kana - 0x60 for kana in range(ord("ァ"), ord("ヷ"))}


def hiragana(text: str) -> str:
    """A text with its katakana in hiragana: オタル市 → おたる市."""
    return text.translate(_TO_HIRAGANA)


def _stem_read(name: str, kana: str) -> str:
    """How a name is read without its 市 or 町, in hiragana: 小樽市, オタルシ → おたる."""
    levels = _LEVELS_READ.get(name[-1], "").split()
    level = next((level for level in levels if kana.endswith(level)), "")
    return hiragana(kana.removesuffix(level))


def _name_en(name: str, romaji: str) -> str:
    if name in ("北海道", "東京都"):
        return romaji.capitalize()
    return f"{romaji.capitalize()} {KIND_EN.get(name[-1], 'Prefecture')}"


@cache
def _gazetteer() -> _Gazetteer:
    places: list[Place] = []
    names: dict[str, list[Place]] = defaultdict(list)
    stems: dict[str, list[Place]] = defaultdict(list)
    romaji: dict[str, list[Place]] = defaultdict(list)
    read: dict[str, list[Place]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["city"] or row["prefecture"]
            place = Place(
                row["code"], row["prefecture"], row["city"] or None, _name_en(name, row["romaji"])
            )
            places.append(place)
            names[name].append(place)
            if row["city"]:
                names[row["prefecture"] + name].append(place)
            elif name in OFFICES:
                names[OFFICES[name]].append(place)
            stem = name if name == "北海道" else name[:-1]
            if stem not in JAPANESE_WORDS and len(stem) > (2 if _HIRAGANA.fullmatch(stem) else 1):
                stems[stem].append(place)
            romaji[fold_romaji(row["romaji"])].append(place)
            read[_stem_read(name, row["kana"])].append(place)
    return _Gazetteer(
        places=tuple(places),
        by_code={place.code: place for place in places},
        by_name={fold_name(name): tuple(found) for name, found in names.items()},
        by_stem={fold_name(stem): tuple(found) for stem, found in stems.items()},
        by_romaji={word: tuple(found) for word, found in romaji.items()},
        by_kana={word: tuple(found) for word, found in read.items()},
        longest=max(map(len, names)),
    )


OFFICES = {"東京都": "都庁", "北海道": "道庁"}
"""What only one prefecture calls its office, and all speak of as that prefecture."""
_OLD_FORMS = str.maketrans("ヶ竜釜鯵条", "ケ龍竈鰺條")


def fold_name(name: str) -> str:
    """One spelling for names written with ヶ or ケ, 竜 or 龍: 鎌ヶ谷市 is 鎌ケ谷市."""
    return name.translate(_OLD_FORMS)


def place_by_code(code: str) -> Place | None:
    """The place with this six-digit code, None if there is none."""
    return _gazetteer().by_code.get(code)


def places_read(kana: str) -> tuple[Place, ...]:
    """All places whose name without 市, 町, 村 … is read so, in hiragana."""
    return _gazetteer().by_kana.get(kana, ())


def places_named(name: str, prefecture: str | None = None) -> tuple[Place, ...]:
    """All places with this official name (府中市: two), within the prefecture if given."""
    found = _gazetteer().by_name.get(fold_name(name), ())
    return tuple(p for p in found if prefecture is None or p.prefecture == prefecture)


def find_places(text: str, *, stems: bool = False) -> list[Mention]:
    """The place names in a Japanese text, leftmost and longest first, none overlapping.

    With `stems`, names without 市, 町, 県 … count too (つくば, 大阪), as questions use them.
    """
    table = _gazetteer()
    mentions: list[Mention] = []
    at = 0
    while at < len(text):
        for length in range(min(table.longest, len(text) - at), 1, -1):
            piece = text[at : at + length]
            key = fold_name(piece)
            found = table.by_name.get(key)
            if found and _part_of_word(text, at, at + length):
                found = None
            if found and stems and goes_on_as_body(text, at + length, is_full=True):
                at += length - 1
                break
            if found is None and stems:
                found = table.by_stem.get(key)
                glued = _inside_word(text, at, at + length, found or ())
                if glued or goes_on_as_body(text, at + length, is_full=False):
                    found = None
            if found:
                mentions.append(Mention(at, at + length, piece, found))
                at += length - 1
                break
        at += 1
    return mentions


# What may stand right before a full name.
_BEFORE_NAME = "県都府道郡市区町村内外旧元現同各例他"
OTHER_WORDS = {"市": "場況街", "区": "域間分画別切"}
"""What makes another word of the last character of a full name: 市場, 区域."""


# What leaves a name out and is no part of it: 東京以外.
_EXCEPT = ("以外", "除く", "除い")


# くらいの町 and 高齢者がおおい町 name no place.
_ENDS_ADJECTIVE = re.compile(r"(?<=[ぁ-ん])(?<![のとやはもにで])いの町|(?<=が)おおい")


def _part_of_word(text: str, start: int, end: int) -> bool:
    """Whether a full name is only part of other words: 光市 of 観光市場, 港区 of 空港区域."""
    before = text[start - 1] if start else ""
    glued = bool(re.fullmatch("[一-鿿々]", before)) and before not in _BEFORE_NAME
    after = text[end : end + 1]
    other = bool(after) and after in OTHER_WORDS.get(text[end - 1], "")
    return glued or other or bool(_ENDS_ADJECTIVE.match(text, start))


def _inside_word(text: str, start: int, end: int, found: tuple[Place, ...]) -> bool:
    """Whether a name without suffix is only part of a longer kanji or katakana word."""

    def same_script(a: str, b: str) -> bool:
        return any(re.fullmatch(f"[{s}]{{2}}", a + b) for s in ("一-鿿々", "ァ-ヺー"))

    before = start > 0 and same_script(text[start - 1], text[start])
    left_out = text.startswith(_EXCEPT, end)
    after = end < len(text) and same_script(text[end - 1], text[end]) and not left_out
    suffixes = {place.name[-1] for place in found} | {"内"}
    inside = before or (after and text[end] not in suffixes)
    return inside or bool(_ENDS_ADJECTIVE.match(text, start))


_WORD = re.compile(r"[A-Za-zÀ-ž'’\-]+")


def find_romaji_places(text: str) -> list[Mention]:
    """The place names in an English text: Saitama, Saitama City, Osaka Prefecture, Machida-shi.

    A name alone may mean the prefecture and the city; a following level narrows it. Everyday
    English words (Date, Mine) count only with their level.
    """
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    mentions: list[Mention] = []
    for i, (start, end, word) in enumerate(words):
        stem, _, suffix = word.partition("-")
        level = LEVEL_EN.get(suffix.lower()) if suffix else None
        if level is None:
            stem = word
            if i + 1 < len(words) and text[end : words[i + 1][0]] == " ":
                following = re.sub("['’]s$", "", words[i + 1][2].lower())
                level = LEVEL_EN.get(following) if following != "to" else None
                end = words[i + 1][0] + len(following) if level else end
        found = _candidates(stem, level)
        if level is None and goes_on_as_english_body(text, start, end, fold_romaji(stem)):
            continue
        if found:
            mentions.append(Mention(start, end, text[start:end], found))
    return mentions


def _candidates(stem: str, level: str | None) -> tuple[Place, ...]:
    word = fold_romaji(stem.removesuffix("'s").removesuffix("’s"))
    found = _gazetteer().by_romaji.get(word, ())
    if level is None:
        # USA is an abbreviation, Usa a city.
        long_enough = len(word) > 3 or (stem[:1].isupper() and not stem.isupper())
        return found if long_enough and word not in ENGLISH_WORDS else ()
    if level == "県":
        return tuple(p for p in found if p.city is None)
    return tuple(p for p in found if p.city and p.city.endswith(level))


def resolved(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions resolved by one another: another one's prefecture tells which 府中市 is meant."""
    listed = list(mentions)
    named = [{p.prefecture for p in m.candidates if p.city is None} for m in listed]
    times = Counter(prefecture for prefectures in named for prefecture in prefectures)
    found = []
    for mention, own in zip(listed, named, strict=True):
        elsewhere = [p for p in mention.candidates if times[p.prefecture] > (p.prefecture in own)]
        kept = tuple(p for p in elsewhere if p.city)
        ambiguous = len(mention.candidates) > 1
        found.append(replace(mention, candidates=kept) if ambiguous and kept else mention)
    return found


def all_places() -> Iterator[Place]:
    """Every place of the table, in order of code."""
    yield from _gazetteer().places
