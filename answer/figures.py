"""Reads the figures of a sentence: 1億2,000万円, 約99.1%, 9割, 1,000 hours, a third."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from answer.spans import Span

# Characters after which a unit's character belongs to another word: 5分野, 3課題, 2日程.
_JAPANESE_UNITS: tuple[tuple[str, str, str, float], ...] = (
    ("時間", "", "時間", 1), ("分", "野類割散担科の岐", "分", 1), ("秒", "", "秒", 1),
    ("週間", "", "週", 1), ("日", "本常程時付", "日", 1),
    ("か月", "", "か月", 1), ("カ月", "", "か月", 1), ("ヶ月", "", "か月", 1),
    ("ヵ月", "", "か月", 1),
    ("年", "度月代生次目齢少比", "年", 1), ("円", "滑卓", "円", 1),
    ("%", "", "%", 1), ("パーセント", "", "%", 1), ("割", "引合り当", "%", 10),
    ("ポイント", "", "ポイント", 1), ("人", "口工材事気", "人", 1), ("名", "称簿義刺古", "人", 1),
    ("件", "名", "件", 1), ("枚", "", "枚", 1), ("台", "帳数", "台", 1), ("業務", "", "業務", 1),
    ("団体", "", "団体", 1), ("自治体", "", "自治体", 1),
    ("市町村", "", "自治体", 1), ("市区町村", "", "自治体", 1),
    ("倍", "", "倍", 1), ("回", "線答収復", "回", 1), ("世帯", "", "世帯", 1),
    ("店舗", "", "店", 1), ("店", "", "店", 1), ("校", "", "校", 1), ("社", "会員", "社", 1),
    ("か所", "", "か所", 1), ("カ所", "", "か所", 1), ("ヶ所", "", "か所", 1),
    ("箇所", "", "か所", 1),
    ("課", "題税", "課", 1), ("種類", "", "種類", 1), ("手続", "", "手続", 1),
    ("システム", "", "システム", 1), ("ページ", "", "ページ", 1),
)  # fmt: skip
_ENGLISH_UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "時間": "hour hours hr hrs", "分": "minute minutes min mins", "秒": "second seconds",
        "日": "day days", "週": "week weeks", "か月": "month months", "年": "year years",
        "円": "yen jpy", "%": "percent", "人": "people persons person staff employees employee"
        " workers officials residents users members",
        "件": "cases case items applications requests", "枚": "sheets sheet",
        "ページ": "pages page", "台": "devices device computers pcs tablets machines units",
        "業務": "tasks task processes operations jobs",
        "団体": "organisations organizations groups",
        "自治体": "municipalities cities towns governments", "世帯": "households household",
        "店": "shops stores", "校": "schools", "社": "companies firms", "か所": "sites locations",
        "課": "departments divisions sections", "種類": "types kinds", "手続": "procedures",
        "システム": "systems", "倍": "fold", "回": "times",
    }.items()
    for word in words.split()
}  # fmt: skip
MEASURES = frozenset("時間 分 秒 日 週 か月 年 円 % ポイント 倍".split())
"""The units in which no things are counted."""

# No figure is made of these.
_COUNTERS = (
    "個 本 冊 戸 軒 棟 頭 匹 機 基 便 路線 席 文字 字 語 票 点 階 歳 度 通 通り 駅 園 局 隊 つ"
    " か国 カ国 ヶ国 メートル キロ グラム トン リットル ミリ センチ ヘクタール 平方"
).split()
COUNTER = "|".join(
    sorted(
        {*_COUNTERS, *(word for word, _, unit, _ in _JAPANESE_UNITS if unit not in MEASURES)},
        key=lambda word: (-len(word), word),
    )
)
"""A pattern of what Japanese counts things with, 便 in 何便 and 3便; not of MEASURES."""

# Before another character a counter is part of a word: 3本部, 2個人.
_AFTER_COUNTER = r"(?:(?![一-鿿々])|(?=[以超程余強弱分前後未増減合]))"
BARE = r"(?=から|まで|[にへをがはと、。])"
"""A pattern of nothing before what may follow a number that stands alone: 120から700に増えた."""

_UNIT_JA = re.compile(
    r"\s?(?:余り?)?(?:"
    + "|".join(
        f"(?P<u{i}>{re.escape(word)}){f'(?![{barred}])' if barred else ''}"
        for i, (word, barred, _, _) in sorted(
            enumerate(_JAPANESE_UNITS), key=lambda item: -len(item[1][0])
        )
    )
    + ")"
)
# One word may stand between: "1,000 working hours".
_UNIT_EN = re.compile(r"[\s-]?(per cent)\b|\+?[\s-]?([a-z]+)\b(?:[\s-]([a-z]+)\b)?", re.IGNORECASE)

_SCALES = {"十": 10, "百": 100, "千": 1000}
_BIG_SCALES = {"万": 10**4, "億": 10**8, "兆": 10**12}
_ENGLISH_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ENGLISH_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"twenty": 20, "thirty": 30, "fifty": 50, "a": 1, "an": 1}
# Of what one says "a week" for 1.
_SPANS = ("時間", "分", "日", "週", "か月", "年")
_KANJI_DIGITS = "〇一二三四五六七八九"

_PART = re.compile(
    rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|[{_KANJI_DIGITS}十百千万億兆]"
)
_RUN = re.compile(rf"(?:{_PART.pattern})+")
_WORD_NUMBER = re.compile(
    rf"\b({'|'.join(_ENGLISH_NUMBERS)})\b(?:\s({'|'.join(_ENGLISH_SCALES)})\b)?", re.IGNORECASE
)
_SCALE_AFTER = re.compile(rf"\s?({'|'.join(_ENGLISH_SCALES)})\b", re.IGNORECASE)
_DENOMINATOR = re.compile(rf"分の(\d+|[{_KANJI_DIGITS}])")
_RANGE = re.compile(r"(?:\s?[〜~–-]\s?| (?:and|to) )(?=\d)")
_SHARED = re.compile(r"(\d[\d,.]*)([百千万億兆]*)")
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "bn": 10**9}
_YEN_SCALE = re.compile(r" ?(k|m|bn)\b", re.IGNORECASE)
_YEN_BEFORE = re.compile(r"(?:¥|(?-i:JPY|yen)) ?$", re.IGNORECASE)
_HALF = re.compile(
    r"半分|半数|半減|(?<!first )(?<!second )(?<!latter )\bhal(?:f|ve|ved|ving)\b(?!\s+an?\b|-)",
    re.IGNORECASE,
)
# What may stand before a number written in kanji without its being part of a word (統一, 第三).
_BEFORE_KANJI = "約計間回満延月ね"
_UNCLEAR = "数何"
# After a noun 数 does not begin a number: 職員数300人, but 約数十人 and 数10人.
_COUNT_OF = re.compile(rf"[一-鿿々ァ-ヺー](?<![{_BEFORE_KANJI}])数$")
_NOT_ALONE = ("第", "/", ":", ".", "-")
# Longer runs of digits are codes or noise.
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in `text[start:end]`: `value` in `unit`.

    Units are in normal form: 時間, 円, % (割 and fractions too), 人 (名 too), 件, か月 …
    """

    value: float
    unit: str
    start: int
    end: int


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence that have a unit, in order; dates and years are none.

    Full-width digits, 万 and 億, kanji numerals, 3分の1 and 半分 (in %) are read, and English
    numbers with English units. Offsets are those of `text`.
    """
    folded = fold(text)
    found = [*_digits(folded), *_english_words(folded)]
    found += [Figure(50.0, "%", m.start(), m.end()) for m in _HALF.finditer(folded)]
    return tuple(sorted(found, key=lambda figure: figure.start))


def counted(text: str, counters: str) -> Iterator[Span]:
    """The spans of numbers with one of these counters, a pattern, which ends its word."""
    folded = fold(text)
    after = re.compile(rf"\s?余?(?:{counters}){_AFTER_COUNTER}")
    for match in _RUN.finditer(folded):
        end = after.match(folded, match.end())
        before = folded[: match.start()]
        if end and not before.endswith(_NOT_ALONE) and not _is_name(folded, *match.span()):
            yield match.start(), end.end()


def fold(text: str) -> str:
    """Full-width and half-width forms made one, character by character: offsets stay."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    forms = ((c, unicodedata.normalize("NFKC", c)) for c in text)
    return "".join(form if len(form) == 1 else c for c, form in forms)


def number(run: str) -> float:
    """The value of a number without sign: 1億2,000万 → 120000000, 二十三 → 23, 99.1 → 99.1."""
    total = section = 0.0
    digit: float | None = None
    for part in _PART.findall(run):
        if part in _SCALES:
            section += (1 if digit is None else digit) * _SCALES[part]
            digit = None
        elif part in _BIG_SCALES:
            total += (section + (digit or 0) or 1) * _BIG_SCALES[part]
            section, digit = 0.0, None
        elif part in _KANJI_DIGITS:
            digit = (digit or 0) * 10 + _KANJI_DIGITS.index(part)
        else:
            digit = float(part.replace(",", ""))
    return total + section + (digit or 0)


def _digits(text: str) -> Iterator[Figure]:
    at = 0
    while match := _RUN.search(text, at):
        start, end = match.span()
        at = end
        if end - start > _LONGEST or _is_name(text, start, end):
            continue
        value = number(match.group())
        fraction = _DENOMINATOR.match(text, end)
        if fraction and value:
            at = fraction.end()
            yield Figure(100 * number(fraction[1]) / value, "%", start, at)
            continue
        scale = _SCALE_AFTER.match(text, end)
        if scale:
            value, end = value * _ENGLISH_SCALES[scale[1].lower()], scale.end()
        found = _in_yen(text, start, end, value) or _with_unit(text, match, end, value)
        if found:
            at = max(at, found.end)
            yield found


def _in_yen(text: str, start: int, end: int, value: float) -> Figure | None:
    """The figure of ¥10 million or JPY 3.8m."""
    yen = _YEN_BEFORE.search(text[:start])
    if yen and (short := _YEN_SCALE.match(text, end)):
        value, end = value * _SHORT_SCALES[short[1].lower()], short.end()
    return Figure(value, "円", yen.start(), end) if yen else None


def _with_unit(text: str, run: re.Match[str], end: int, value: float) -> Figure | None:
    """The figure of a number that ends there; that of 5 in 5〜10件 takes the unit of the second."""
    if unit := _unit(text, run.start(), end, value):
        return Figure(value * unit[1], unit[0], run.start(), unit[2])
    dash = _RANGE.match(text, end)
    second = _RUN.match(text, dash.end()) if dash else None
    if second is None:
        return None
    scale = _SCALE_AFTER.match(text, second.end())
    till = scale.end() if scale else second.end()
    unit = _unit(text, second.start(), till, number(second.group()))
    # 1〜3万円, "5-10 million yen": what multiplies the second multiplies both.
    shared = _SHARED.fullmatch(second.group())
    if shared and run.group().isdecimal() and value < number(shared[1]):
        value *= number(shared[2]) if shared[2] else 1
        value *= _ENGLISH_SCALES[scale[1].lower()] if scale else 1
    return Figure(value * unit[1], unit[0], run.start(), end) if unit else None


def _english_words(text: str) -> Iterator[Figure]:
    for match in _WORD_NUMBER.finditer(text):
        value: float = _ENGLISH_NUMBERS[match[1].lower()] * _ENGLISH_SCALES.get(
            (match[2] or "").lower(), 1
        )
        unit = _unit_en(text, match.end())
        article = match[1].lower() in ("a", "an") and not match[2]
        if unit is None or (article and unit[0] not in _SPANS):
            continue
        start = match.start()
        if article and text[:start].lower().endswith("half "):
            start, value = start - len("half "), value / 2
        yield Figure(float(value), unit[0], start, unit[2])


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a word (Office365, 統一) or not exact (数十, 十数)."""
    before = text[start - 1] if start else ""
    if before.isascii() and before.isalpha():
        return True
    if before == "-" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum():
        return True
    if _COUNT_OF.search(text[:start]):
        return False
    if (before and before in _UNCLEAR) or text[end : end + 1] == "数":
        return True
    if text[start].isdigit() and text[start].isascii():
        return False
    kanji = bool(before) and "一" <= before <= "鿿" and before not in _BEFORE_KANJI
    return kanji or text.startswith("十分", start)


def _unit(text: str, start: int, end: int, value: float) -> tuple[str, float, int] | None:
    """The unit after a number, its factor and where it ends."""
    match = _UNIT_JA.match(text, end)
    if match is None:
        return _unit_en(text, end)
    assert match.lastgroup  # noqa: S101 - every alternative is a group
    _, _, unit, factor = _JAPANESE_UNITS[int(match.lastgroup[1:])]
    if unit == "年" and _is_year(text, start, match.end(), value):
        return None
    if unit == "日" and text[:start].endswith("月"):
        return None
    return unit, factor, match.end()


def _is_year(text: str, start: int, end: int, value: float) -> bool:
    if text[max(0, start - 2) : start] in ("令和", "平成", "昭和", "大正", "明治"):
        return True
    return 1868 <= value <= 2100 and not text.startswith("間", end)


def _unit_en(text: str, end: int) -> tuple[str, float, int] | None:
    match = _UNIT_EN.match(text, end)
    if match is None:
        return None
    if match[1]:
        return "%", 1, match.end(1)
    for group in (2, 3):
        unit = _ENGLISH_UNITS.get((match[group] or "").lower())
        if unit:
            return unit, 1, match.end(group)
    return None
