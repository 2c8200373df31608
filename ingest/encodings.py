"""Which encoding a Japanese text is in: told for sure, or refused; never a guess.

Every encoding that can read all of the bytes gives one reading. Each reading is scored by how
likely Japanese text is to look so, and the best one has to win clearly.
"""

import codecs
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from errors import JireiError

SAMPLE = 4000
"""Characters that are scored, from the first that is not ASCII on."""
PLENTY = 200
"""Bytes beyond the first of characters that make valid UTF-8 sure: about a hundred kana."""
SURE = 7.0
"""By how much (natural log) the best reading has to be likelier than the next."""
PLAUSIBLE = -9.6
"""Mean log-likelihood that the non-ASCII characters of an old encoding have to reach."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encoding, Python's codec, and the log-odds before a byte was seen.
_CANDIDATES = (
    ("utf-8", "utf-8", 12.0),
    ("cp932", "cp932", 2.0),
    ("euc-jp", "euc_jp", 0.0),
    ("iso-2022-jp", "iso2022_jp_ext", 0.0),
    ("utf-16-le", "utf-16-le", -4.0),
    ("utf-16-be", "utf-16-be", -6.0),
)
_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([IJ])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_VENDOR_ROWS = (*range(9, 16), *range(85, 95))

# For each class of characters: its share of Japanese text, how many there are, and how likely
# the next character is of the same class.
_CLASSES = {
    "hiragana": (0.38, 83, 0.55),
    "katakana": (0.10, 90, 0.75),
    "common": (0.30, 900, 0.45),
    "kanji": (0.03, 2200, 0.05),
    "rare": (0.002, 3500, 0.02),
    "vendor": (0.004, 450, 0.1),
    "mark": (0.06, 24, 0.1),
    "wide": (0.012, 62, 0.6),
    "digit": (0.04, 10, 0.6),
    "letter": (0.03, 52, 0.8),
    "blank": (0.03, 3, 0.2),
    "sign": (0.02, 32, 0.2),
    "half": (0.004, 58, 0.85),
    "halfmark": (0.0005, 5, 0.02),
    "symbol": (0.002, 300, 0.1),
    "latin": (0.004, 200, 0.0),
    "foreign": (0.0001, 40000, 0.0),
}
VENDOR = "jirei_vendor"
"""How to decode where a codec of JIS meets the rows of vendors: ①, ㈱, 髙."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text read from bytes: in which encoding, and how surely (0 to 1)."""

    text: str
    encoding: str
    confidence: float


def decode(data: bytes, document_id: str) -> Decoded:
    """The text of a file's bytes, line ends as they are, without byte order mark.

    Raises JireiError if no encoding reads all of it (naming the byte where the best one stops),
    if two do about equally well, or if it is binary (control characters).
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_mark(data, encoding, document_id)
    readings = _readings(data)
    if not readings:
        raise JireiError("encoding_unknown", file=document_id, at=_stops_at(data))
    if _surely_utf8(readings, data):
        return Decoded(readings[0][1], "utf-8", 1.0)
    clean = [reading for reading in readings if not CONTROL.search(reading[1])]
    if not clean:
        control = CONTROL.search(readings[0][1])
        raise JireiError("file_binary", file=document_id, at=control.start() if control else 0)
    return _best(clean, document_id)


def _surely_utf8(readings: Sequence[tuple[str, str, float]], data: bytes) -> bool:
    """Whether it would be pointless to weigh: no other text is by chance so much valid UTF-8."""
    if len(readings) != 1 or readings[0][0] != "utf-8":
        return False
    text = readings[0][1]
    return len(data) - len(text) >= PLENTY and not (
        CONTROL.search(text) or _impossible(text, "utf-8")
    )


def _with_mark(data: bytes, encoding: str, document_id: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise JireiError("encoding_unknown", file=document_id, at=error.start) from error
    control = CONTROL.search(text)
    if control:
        raise JireiError("file_binary", file=document_id, at=control.start())
    return Decoded(text, encoding, 1.0)


def _readings(data: bytes) -> list[tuple[str, str, float]]:
    found = []
    for name, codec, prior in _CANDIDATES:
        if name == "iso-2022-jp" and not _ESCAPE.search(data):
            continue
        try:
            found.append((name, data.decode(codec, VENDOR), prior))
        except UnicodeDecodeError:
            continue
        if _surely_utf8(found, data):
            return found
    found = [reading for reading in found if not _impossible(reading[1], reading[0])]
    return [
        reading
        for reading in found
        if not reading[0].startswith("utf-16") or _score(reading[1])[1] >= PLAUSIBLE
    ]


def _impossible(text: str, name: str) -> re.Match[str] | None:
    """Where a text holds what its encoding would not be used for."""
    wide = name in ("utf-8", "utf-16-le", "utf-16-be")
    return re.search("[\ud800-\udfff\uffff]" if wide else "[\x80-\xa0\uf8f0-\uf8f3]", text)


def _stops_at(data: bytes) -> int:
    """The byte at which the encoding that gets furthest stops."""
    furthest = 0
    for codec in ("utf-8", "cp932", "euc_jp"):
        try:
            text = data.decode(codec, VENDOR)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
            continue
        wrong = _impossible(text, codec)
        if wrong:
            furthest = max(furthest, len(text[: wrong.start()].encode(codec)))
    return furthest


def _best(readings: Sequence[tuple[str, str, float]], document_id: str) -> Decoded:
    scored: dict[str, tuple[float, float, str]] = {}
    for name, text, prior in readings:
        total, mean = _score(text)
        if text not in scored or total + prior > scored[text][0]:
            scored[text] = (total + prior, mean, name)
    ranked = sorted(((*value, text) for text, value in scored.items()), reverse=True)
    best, mean, name, text = ranked[0]
    margin = best - ranked[1][0] if len(ranked) > 1 else math.inf
    # "B0D0F0" is あいう in UTF-16, and may as well be what it looks like.
    disguised = name.startswith("utf-16") and any(other[2] == "utf-8" for other in ranked)
    if margin < SURE or disguised:
        raise JireiError("encoding_uncertain", file=document_id, one=name, other=ranked[1][2])
    if name != "utf-8" and mean < PLAUSIBLE:
        raise JireiError("encoding_unlikely", file=document_id, one=name)
    return Decoded(text, name, round(1.0 / (1.0 + math.exp(-margin)), 4))


def _score(text: str) -> tuple[float, float]:
    """Log-likelihood of a sample of the text, and its mean over the non-ASCII characters."""
    first = next((i for i, character in enumerate(text) if character > "\x7f"), 0)
    start = max(0, first - 100)
    total = beyond = 0.0
    n_beyond = 0
    before = ""
    for character in text[start : start + SAMPLE]:
        kind = _kind(character)
        score = _step(before, kind)
        total += score
        if character > "\x7f":
            beyond += score
            n_beyond += 1
        before = kind
    return total, beyond / n_beyond if n_beyond else 0.0


@cache
def _step(before: str, kind: str) -> float:
    share, size, _ = _CLASSES[kind]
    stay = _CLASSES[before][2] if before else 0.0
    if before == "half" and kind == "halfmark":
        likely = 0.02
    else:
        likely = (1.0 - stay) * share + (stay if kind == before else 0.0)
    return math.log(likely / size)


@cache
def _common_kanji() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "common_kanji.txt"
    return frozenset("".join(path.read_text(encoding="utf-8").split()))


@cache
def _kind(character: str) -> str:
    """The class of a character; one that JIS does not have is foreign."""
    for kind, pattern in _PATTERNS:
        if pattern.match(character):
            return kind
    if character in _common_kanji():
        return "common"
    try:
        code = int.from_bytes(character.encode("cp932"), "big")
    except UnicodeEncodeError:
        return "foreign"
    if "\ue000" <= character <= "\uf8ff":
        return "foreign"
    if 0x8740 <= code < 0x889F or code >= 0xED40:
        return "vendor"
    if code < 0x889F:
        return "symbol"
    return "kanji" if code < 0x989F else "rare"


_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("hiragana", "[ぁ-ん]"),
        ("katakana", "[ァ-ヶー]"),
        ("mark", "[　、。，．・：；？！（）「」『』【】～〜－−…々]"),
        ("wide", "[０-９Ａ-Ｚａ-ｚ]"),
        ("digit", "[0-9]"),
        ("letter", "[A-Za-z]"),
        ("blank", r"[ \t\r\n]"),
        ("sign", "[!-~]"),
        ("halfmark", "[｡｢｣､･]"),
        ("half", "[ｦ-ﾟ]"),
        ("latin", "[À-ÖØ-öø-ɏ]"),
    )
)


def _vendor(error: UnicodeError) -> tuple[str, int]:
    """Reads the rows that vendors added to JIS (①, ㈱, 髙), which Python's codecs leave out."""
    if not isinstance(error, UnicodeDecodeError) or not error.encoding.startswith(
        ("euc", "iso2022")
    ):
        raise error
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2:
        row, cell = (byte & 0x7F for byte in pair)
        row, cell = row - 0x20, cell - 0x20
        if row in _VENDOR_ROWS and 1 <= cell <= 94:
            try:
                return _shift_jis(row, cell).decode("cp932"), error.start + 2
            except UnicodeDecodeError:
                pass
    raise error


def _shift_jis(row: int, cell: int) -> bytes:
    lead = (row - 1) // 2 + (0x81 if row <= 62 else 0xC1)
    trail = cell + 0x9E if row % 2 == 0 else cell + (0x3F if cell <= 63 else 0x40)
    return bytes((lead, trail))


codecs.register_error(VENDOR, _vendor)
