"""Cuts text into sentences and lines, without losing a character."""

import re
import unicodedata
from itertools import pairwise

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.headings import BULLET, NUMBERED_HEADING

UNIT_CHARACTERS = 300

MARGINS = range(40, 101)
"""Widths at which text is wrapped, in columns of half a kanji."""
_SLACK = 4
"""So many columns short of the margin a Japanese line may be: no line begins with 、 or 」."""
WIDE = 60
"""A margin at which a single line ending in kana tells that a text was wrapped."""
_KANA = re.compile("[ぁ-ん]")
_NOT_TEXT = re.compile(r"[>＞]|[^\w]*$|.*://")
STOPS = "。｡．.！？!?：:；;」）)"
"""A sentence may end with these: a line that does need not go on in the next."""
_BEGINS = " 　\t#|【<>※・"
_GOES_ON = "、，をにの"
JAPANESE = "[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f]"
"""A letter or sign that stands in its line without blanks around it."""
_INNER_END = re.compile(rf"(?<={JAPANESE})\n[ 　\t]*(?={JAPANESE})")

# A sentence ends with 。！？ and the brackets that close after it, not inside 「…」 or （…）;
# with ． after Japanese; with . ! ? before a blank in Latin text, but for abbreviations; and with
# its line.
_ABBREVIATED = (
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|cf|e\.g|i\.e|approx|ca|Inc|Ltd|Co|Corp|A\.I|Fig|U\.S"
    r"|(?:No|[Vv]er|[Vv]ol|pp?)(?=\. ?[0-9])|etc(?=\.[ ,)]*[a-z0-9])"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\. ?[0-9]))\."
)
_SENTENCE = re.compile(
    r"(?:[ \t]*(?:[0-9]{1,2}|[A-Za-z])\.[ \t])?"  # the number of an item
    r"(?:「[^「」\n]*」|｢[^｢｣\n]*｣|『[^『』\n]*』|（[^（）\n]*）|\([^()\n]*\)"
    rf"|{_ABBREVIATED}|[^。｡．！？!?.\n]|(?<![ぁ-んァ-ヶー一-鿿」』）)])．"
    r"|(?<=[0-9])\.(?! +[A-Z])|[!?.](?![ 　\n]|$))*"
    r"(?:[。｡．！？!?.]+[」』）)】｣]*[ 　]*\n*|\n+|$)"
)

_long_units = RecursiveCharacterTextSplitter(
    separators=["、", "，", ", ", " ", ""],
    chunk_size=UNIT_CHARACTERS,
    chunk_overlap=0,
    keep_separator="end",
    strip_whitespace=False,
)


def split_sentences(text: str) -> list[str]:
    """Sentences and lines of `text`, blanks and line ends kept; joined, they are `text`.

    One longer than UNIT_CHARACTERS is cut at its commas, or anywhere if it has none.
    """
    pieces = [match.group() for match in _SENTENCE.finditer(text) if match.group()]
    cut: list[str] = []
    for piece in pieces:
        cut.extend(_long_units.split_text(piece) if len(piece) > UNIT_CHARACTERS else [piece])
    return cut


def without_wraps(text: str) -> str:
    """`text`, each line end inside a sentence made a vertical tab: of the same length.

    Such are those of a text wrapped at a width, whose lines stop short of the margin only where
    the next word would not fit; and those after a word with which no Japanese sentence ends.
    """
    lines = text.splitlines(keepends=True)
    open_ends = [_is_open(line, after) for line, after in pairwise([*lines, ""])]
    full = _full(lines, open_ends)
    return "".join(
        line[:-1] + "\v" if is_open and (is_full or line.rstrip()[-1] in _GOES_ON) else line
        for line, is_open, is_full in zip(lines, open_ends, full, strict=True)
    )


def in_one_line(text: str) -> str:
    """A unit without the line ends it may hold, nor a blank for one between Japanese letters."""
    return _INNER_END.sub("", text).replace("\n", " ")


def _width(text: str) -> int:
    """In columns: kanji, kana and full-width signs take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _is_open(line: str, after: str) -> bool:
    """Whether a sentence may go on from a line to the next, as far as their letters tell."""
    told = line.rstrip()
    if not told or told[0] == "#" or told[-1] in STOPS or not line.endswith("\n"):
        return False
    if not after.strip() or after[0] in _BEGINS:
        return False
    return not (BULLET.match(after) or NUMBERED_HEADING.match(after))


def _full(lines: list[str], open_ends: list[bool]) -> list[bool]:
    """Which open lines end at the margin: none unless most of them do."""
    # Addresses and quoted lines may reach over it.
    widths = [_width(line.rstrip()) for line in lines if not _NOT_TEXT.match(line)]
    margin = max(widths, default=0)
    full = [
        is_open and margin < _width(line.rstrip()) + _needed(after)
        for (line, after), is_open in zip(pairwise([*lines, ""]), open_ends, strict=True)
    ]
    ends = [line.rstrip()[-1:] for line, is_full in zip(lines, full, strict=True) if is_full]
    # One line alone, if it cannot be the end of anything.
    enough = len(ends) > 1 or (margin >= WIDE and all(_KANA.fullmatch(end) for end in ends))
    wrapped = margin in MARGINS and enough and 2 * len(ends) >= sum(open_ends)
    return full if wrapped else [False] * len(lines)


def _needed(after: str) -> int:
    """How many columns the next line's first word would have taken, with a blank before."""
    word = re.match(r"[!-~]*", after)
    return 1 + (len(word[0]) if word and word[0] else _SLACK)
