"""Takes a text apart into sections, by Markdown headings or by those of plain web text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+([^ \t\n].*)\n?")
NUMBERED_HEADING = re.compile(
    r"(?:第?[0-9０-９]{1,2}[章節.．、)）:：](?![0-9０-９])|[①-⑳])[ 　\t]*(\S.*)"
)
BULLET = re.compile(
    r"[ 　\t]*(?:[•・●○◯▪■□◆◇▶※][ 　\t]*|[0-9０-９]{1,2}[．）](?![0-9０-９])[ 　\t]*"
    r"|(?:[*+\-–—>]|[0-9０-９]{1,2}[.)])[ 　\t]+)"
)
FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")

LONGEST_HEADING = 60
NO_HEADING_ENDS = "。、，,.：:；;！!」"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: `[start, end)` with its line end; level 1 is the outermost."""

    start: int
    end: int
    level: int
    title: str


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield start, text[start:end]
        start = end


def markdown_headings(text: str, start: int) -> list[Heading]:
    """The `#` headings of Markdown from `start` on, those inside code fences left out."""
    found: list[Heading] = []
    fence = ""
    for at, line in _lines(text, start):
        mark = FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        match = None if fence else MARKDOWN_HEADING.fullmatch(line)
        if match:
            found.append(Heading(at, at + len(line), len(match[1]), _without_closing(match[2])))
    return found


def _without_closing(title: str) -> str:
    """A title without the `#` that may close it after a blank: `題 ##` is 題, `C#` is C#."""
    title = title.rstrip(" \t")
    bare = title.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else title


def plain_headings(text: str, start: int) -> list[Heading]:
    """The headings of text without marks: short lines that stand alone and are no sentence.

    The first line is the title (level 1); numbered ones (`1. 埼玉県さいたま市の事例`) lie
    (level 3) below the last one without a number (level 2).
    """
    lines = list(_lines(text, start))
    found: list[Heading] = []
    for i, (at, line) in enumerate(lines):
        alone = (i == 0 or not lines[i - 1][1].strip()) and (
            i + 1 < len(lines) and not lines[i + 1][1].strip()
        )
        title = line.strip()
        if not alone or not title:
            continue
        numbered = NUMBERED_HEADING.fullmatch(title)
        if not found and not text[start:at].strip():
            level = 1
        elif not _looks_like_heading(title, bool(numbered)):
            continue
        else:
            level = 3 if numbered else 2
        found.append(Heading(at, at + len(line), level, numbered[1] if numbered else title))
    return found


def _looks_like_heading(title: str, numbered: bool) -> bool:
    if len(title) > LONGEST_HEADING or "。" in title or title[-1] in NO_HEADING_ENDS:
        return False
    if DATE.fullmatch(title) or title[0] in "※(（":
        return False
    return numbered or not BULLET.match(title)


def heading_paths(headings: list[Heading]) -> list[tuple[str, ...]]:
    """For each heading the titles that lead to it, its own last."""
    paths: list[tuple[str, ...]] = []
    open_ones: list[Heading] = []
    for heading in headings:
        while open_ones and open_ones[-1].level >= heading.level:
            open_ones.pop()
        open_ones.append(heading)
        paths.append(tuple(h.title for h in open_ones))
    return paths
