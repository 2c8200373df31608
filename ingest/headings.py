"""Takes a text apart into sections, by Markdown headings or by those of plain web text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+([^ \t\n].*)\n?")
NUMBERED_HEADING = re.compile(
    r"(?:第?[0-9０-９]{1,2}[章節.．、)）:：](?![0-9０-９])|[①-⑳])[ 　\t]*(\S.*)"
)
BULLET = re.compile(
    r"[ 　\t]*(?:[•・●○◯▪■□◆◇▶※][ 　\t]*|[0-9０-９]{1,2}[．）](?![0-9０-９])[ 　\t]*"
    r"|(?:[*+\-–—>]|[0-9０-９]{1,2}[.)])[ 　\t]+)"
)
_CLOSE_MARK = re.compile(
    r"(?:第?[0-9０-９]{1,2}(?:[章節.．、)）:：]|(?=[ 　\t]))(?![0-9０-９])|[①-⑳■◆◇□●○◎▼▽★☆]"
    r"|【[^】]{1,8}】)[ 　\t]*(?=\S)"
)
"""What a heading begins with that stands close to its text."""
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


def plain_headings(
    text: str, start: int, opens_case: Callable[[str], bool] = lambda _: False
) -> list[Heading]:
    """The headings of text without marks: short lines that stand alone and are no sentence.

    The first line is the title (level 1), unless it has a number; numbered ones
    (`1. 埼玉県さいたま市の事例`) lie (level 3) below the last one without a number (level 2).
    Lines that stand close to their text are headings (level 3) where they begin with the same
    mark as one that opens a case. Three or more with nothing between them are a list.
    """
    lines = list(_lines(text, start))
    kinds = _kinds_of_cases(lines, opens_case)
    found: list[Heading] = []
    for i, (at, line) in enumerate(lines):
        title = line.strip()
        if not title:
            continue
        numbered = NUMBERED_HEADING.fullmatch(title)
        if not _alone(lines, i):
            mark = _mark(title)
            if not mark or _kind(mark) not in kinds:
                continue
            level, title = 3, title[len(mark) :].strip()
        elif not found and not text[start:at].strip() and not numbered:
            level = 1
        elif not _looks_like_heading(title, bool(numbered)):
            continue
        else:
            level, title = (3, numbered[1]) if numbered else (2, title)
        found.append(Heading(at, at + len(line), level, title))
    return _without_lists(found, text)


def _alone(lines: Sequence[tuple[int, str]], i: int) -> bool:
    return (i == 0 or not lines[i - 1][1].strip()) and (
        i + 1 < len(lines) and not lines[i + 1][1].strip()
    )


def _looks_like_heading(title: str, numbered: bool) -> bool:
    if len(title) > LONGEST_HEADING or "。" in title or title[-1] in NO_HEADING_ENDS:
        return False
    if DATE.fullmatch(title) or title[0] in "※(（":
        return False
    return numbered or not BULLET.match(title)


def _mark(title: str) -> str:
    """What a line begins with that may be a heading close to its text; "" for any other."""
    long = len(title) > LONGEST_HEADING or "。" in title or title[-1] in NO_HEADING_ENDS
    match = None if long else _CLOSE_MARK.match(title)
    return match[0] if match else ""


def _kind(mark: str) -> str:
    return re.sub("[0-9０-９①-⑳]+", "1", mark).strip()[:1]


def _kinds_of_cases(
    lines: Sequence[tuple[int, str]], opens_case: Callable[[str], bool]
) -> frozenset[str]:
    """The kinds of mark that open a case, and never stand on one line after another."""
    kinds = [_kind(_mark(line.strip())) for _, line in lines if line.strip()]
    titles = [line.strip() for _, line in lines if line.strip()]
    opening = {
        kind for kind, title in zip(kinds, titles, strict=True) if kind and opens_case(title)
    }
    return frozenset(opening - {kind for kind, after in pairwise(kinds) if kind == after})


def _without_lists(found: list[Heading], text: str) -> list[Heading]:
    """All but lines of lists and lines that end the text, which head nothing."""
    kept: list[Heading] = []
    run: list[Heading] = []
    for i, heading in enumerate(found):
        run.append(heading)
        after = found[i + 1] if i + 1 < len(found) else None
        blank = not text[heading.end : after.start if after else len(text)].strip()
        if blank and after and after.level == heading.level:
            continue
        if heading.level > 1 and blank and not after:
            run = []
        elif len(run) > 2:
            # After a table of contents, its last line is told again.
            run = run[-1:] if heading.title in {h.title for h in run[:-1]} else []
        kept += run
        run = []
    return kept


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
