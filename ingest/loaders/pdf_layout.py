"""Lines of a PDF page from its characters: in columns, joined to paragraphs, running heads told."""

import re
import statistics
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

from ingest.headings import BULLET, NUMBERED_HEADING
from ingest.sentences import STOPS

EDGE = 0.1
"""The share of a page's height, at its top and bottom, where running heads may stand."""

_PAGE_NUMBER = re.compile(
    r"[-‐–—－ー・~〜(（\[ 　]*(?:p(?:age)?\.?\s*)?[0-9０-９]{1,4}"
    r"(?:\s*(?:/|／|of)\s*[0-9０-９]{1,4})?\s*(?:ページ|頁)?[-‐–—－ー・~〜)）\] 　]*",
    re.IGNORECASE,
)
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_KANJI = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff]+")
_HAIR = 1.0
"""How far apart, in points, the prints of one letter are at most."""

_READING_SIZE = 0.62
"""Furigana are at most so large, of the letters below them; half is usual."""
LINES_AT_MARGIN = 3
"""A sentence goes on over a page of which so many lines reach the right margin."""


@dataclass
class Box:
    """Something on a page: edges in points from its top left; `order` is its place in reading."""

    x0: float
    top: float
    x1: float
    bottom: float
    order: int = 0
    column: int = 0


@dataclass
class Line(Box):
    """A line of one column. `ends` is False where the paragraph goes on in the next line."""

    text: str = ""
    size: float = 0.0
    running: bool = False
    ends: bool = True


@dataclass
class Table(Box):
    """A table drawn with lines: the text of each cell by rows."""

    cells: list[list[str]] = field(default_factory=list)


@dataclass
class Page:
    """What stands on one page; `characters` counts it as the file has it."""

    height: float
    characters: int
    lines: list[Line]
    tables: list[Table]

    def blocks(self) -> list[Line | Table]:
        """Its lines, running ones left out, and tables in reading order."""
        lines = (line for line in self.lines if not line.running)
        return sorted([*lines, *self.tables], key=lambda block: block.order)


def without_doubles(characters: Sequence[Any]) -> list[Any]:
    """The characters of a page but those that some programs print again, a hair apart, as bold."""
    seen: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    once: list[Any] = []
    for c in characters:
        letter = (c["text"], c["fontname"], c["size"], c["upright"])
        # No int: coordinates of a damaged file may be no number.
        column, row = float(c["x0"] // _HAIR), float(c["top"] // _HAIR)
        near = product((letter,), (column - 1, column, column + 1), (row - 1, row, row + 1))
        if not any(_is_double(c, other) for square in near for other in seen.get(square, ())):
            once.append(c)
        seen[letter, column, row].append(c)
    return once


def _is_double(one: Any, other: Any) -> bool:
    apart = max(abs(one["x0"] - other["x0"]), abs(one["top"] - other["top"]))
    return bool(apart <= _HAIR)


def without_furigana(characters: Sequence[Any]) -> tuple[str, list[Any]]:
    """The small kana that stand right above kanji, and all other characters of a page."""
    kanji = sorted(
        (c for c in characters if _KANJI.fullmatch(c["text"])), key=lambda c: float(c["top"])
    )
    tops = [c["top"] for c in kanji]
    largest = max((c["size"] for c in kanji), default=0.0)
    said: list[str] = []
    rest: list[Any] = []
    for c in characters:
        small = c["size"] <= _READING_SIZE * largest and _KANA.fullmatch(c["text"])
        first = bisect_left(tops, c["bottom"] - 0.5 * largest)
        last = bisect_right(tops, c["bottom"] + 0.5 * largest)
        if small and any(_is_reading(c, below) for below in kanji[first:last]):
            said.append(c["text"])
        else:
            rest.append(c)
    return "".join(said), rest


def _is_reading(small: Any, below: Any) -> bool:
    """Readings may be wider than their kanji, by one of their letters on each side."""
    if small["size"] > _READING_SIZE * below["size"]:
        return False
    if abs(small["bottom"] - below["top"]) > 0.5 * below["size"]:
        return False
    middle, more = (small["x0"] + small["x1"]) / 2, small["size"]
    return bool(below["x0"] - more <= middle <= below["x1"] + more)


def segments_of(characters: Sequence[Any]) -> list[Line]:
    """Runs of characters on one height, cut where a gap is wider than two of them."""
    found = []
    for row in _rows(characters):
        row.sort(key=lambda c: c["x0"])
        start = 0
        for at in range(1, len(row) + 1):
            if at == len(row) or row[at]["x0"] - row[at - 1]["x1"] > 2 * row[at]["size"]:
                found.append(_segment(row[start:at]))
                start = at
    return found


def _rows(characters: Sequence[Any]) -> Iterator[list[Any]]:
    """Characters whose middles are about as high as the mean of those before them."""
    row: list[Any] = []
    heights = 0.0
    for character in sorted(characters, key=middle_height):
        height = middle_height(character)
        if row and height - heights / len(row) > 0.5 * max(1.0, character["size"]):
            yield row
            row, heights = [], 0.0
        row.append(character)
        heights += height
    if row:
        yield row


def middle_height(character: Any) -> float:
    """How far the middle of a character is below the top of the page, in points."""
    return float(character["top"] + character["bottom"]) / 2


def _segment(row: Sequence[Any]) -> Line:
    text = row[0]["text"]
    for before, after in pairwise(row):
        ascii_near = before["text"][-1:].isascii() or after["text"][:1].isascii()
        # Justified Japanese is spaced out a little; only Latin words have narrow blanks.
        wide = (0.15 if ascii_near else 0.7) * after["size"]
        text += (" " if after["x0"] - before["x1"] > wide else "") + after["text"]
    return Line(
        x0=row[0]["x0"],
        top=min(c["top"] for c in row),
        x1=max(c["x1"] for c in row),
        bottom=max(c["bottom"] for c in row),
        text=text,
        size=statistics.median(c["size"] for c in row),
    )


def arrange(boxes: Sequence[Box], width: float) -> None:
    """Numbers the boxes of a page in reading order: column by column between full-width ones."""
    gutter = _gutter([box for box in boxes if isinstance(box, Line)], width)
    ordered: list[Box] = []
    band: list[Box] = []
    for box in sorted(boxes, key=lambda b: (round(b.top), b.x0)):
        if gutter is None or box.x0 < gutter < box.x1:
            ordered += _columns(band)
            ordered.append(box)
            band = []
        else:
            box.column = 1 if box.x1 <= gutter else 2
            band.append(box)
    ordered += _columns(band)
    for number, box in enumerate(ordered):
        box.order = number


def _columns(band: Sequence[Box]) -> list[Box]:
    return sorted(band, key=lambda box: (box.column, round(box.top), box.x0))


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """Where two columns of running text meet; None if there are none."""
    left = [line for line in lines if line.x1 < 0.56 * width and line.x1 - line.x0 > 0.25 * width]
    right = [line for line in lines if line.x0 > 0.44 * width and line.x1 - line.x0 > 0.25 * width]
    if len(left) < 3 or len(right) < 3:
        return None
    edge, start = max(line.x1 for line in left), min(line.x0 for line in right)
    return (edge + start) / 2 if start > edge else None


def join_paragraphs(pages: Sequence[Page]) -> None:
    """Marks the lines whose sentence goes on in the next one, be it on the next page."""
    before: Line | None = None
    for page in pages:
        blocks = page.blocks()
        lines = [block for block in blocks if isinstance(block, Line)]
        rights: dict[int, float] = defaultdict(float)
        for line in lines:
            rights[line.column] = max(rights[line.column], line.x1)
        full = [line.x1 >= rights[line.column] - 1.6 * line.size for line in lines]
        for (line, after), is_full in zip(pairwise(lines), full, strict=False):
            near = line.column != after.column or after.top - line.bottom < 1.2 * line.size
            line.ends = not (is_full and near and _fits(line, after))
        if before and blocks and isinstance(blocks[0], Line):
            before.ends = not _fits(before, blocks[0])
        # Where few lines reach it, the last one's end is no margin.
        reaches = sum(full) >= LINES_AT_MARGIN and full[-1] and blocks[-1] is lines[-1]
        before = lines[-1] if reaches else None


def _fits(line: Line, after: Line) -> bool:
    """Whether a line may go on in another, as far as their letters tell."""
    begins = BULLET.match(after.text) or NUMBERED_HEADING.fullmatch(after.text)
    alike = abs(line.size - after.size) < 0.5
    return alike and not begins and line.text[-1:] not in STOPS


def joint(before: str, after: str) -> str:
    """What comes between two lines of a paragraph: a blank between Latin words."""
    return " " if before[-1:].isascii() and after[:1].isascii() else ""


def running_lines(pages: Sequence[Page]) -> list[Line]:
    """Page numbers, and what stands apart at the same height of half the pages or more."""
    found: list[Line] = []
    repeated: dict[tuple[str, int], list[tuple[Page, Line]]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            low, high = line.bottom <= EDGE * page.height, line.top >= (1 - EDGE) * page.height
            if not (low or high):
                continue
            if _PAGE_NUMBER.fullmatch(line.text):
                found.append(line)
            else:
                pattern = re.sub(r"[0-9０-９]+", "0", line.text)
                repeated[pattern, round(line.top / 6)].append((page, line))
    often = [each for each in repeated.values() if len(each) >= max(2, len(pages) / 2)]
    alike = {id(line): line for each in often for _, line in each}
    for page, line in (pair for each in often for pair in each):
        # A first line of text that comes again lies close to the lines below it.
        others = [other for other in page.lines if id(other) not in alike]
        if all(_gap(line, other) > 0.8 * line.size for other in others):
            found.append(line)
    return found


def _gap(one: Box, other: Box) -> float:
    """The height between two boxes, below 0 where they overlap; boxes side by side are apart."""
    gap = max(one.top, other.top) - min(one.bottom, other.bottom)
    return gap if gap > 0 else float("inf")
