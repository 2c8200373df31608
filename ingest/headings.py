"""Takes a text apart into sections, by Markdown headings or by those of plain web text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
    r"(?:第?[0-9０-９]{1,2}(?:[章節.．、)）:：]|(?=[ 　\t]))"
    r"(?![0-9０-９]|[ 　\t]*[人名件台割つ年月])"
    r"|(?:事例|ケース|取組)[0-9０-９]{1,2}[ 　\t：:]|[(（][0-9０-９]{1,2}[)）]|[①-⑳■◆◇□●○◎▼▽★☆]"
    r"|【[^】]{1,8}】)[ 　\t]*(?=\S)"
)
"""What a heading begins with that stands close to its text."""
_AFTER_CASES = re.compile(
    r"(?:まとめ|考察|総括|所感|結び|(?:お|終)わりに|最後に|今後の|出典|参考文献|お?問い?合わ?せ|全国の).{0,20}"
)
"""A line that ends the cases told by such headings."""
_AROUND = r"【】《》＜＞\[\]■◆●○◎\s　"
_CASE_LINE = re.compile(
    r"[^。]{2,20}の(?:先進)?(?:事例|取組|取り組み|ケース)"
    rf"|[{_AROUND}]*[^\s　、：:]{{2,12}}[市区町村][{_AROUND}]*"
)
_UNITS = "円|時間|割|倍|[%％]|人|名|件|台|業務|団体|か所|課(?!題)"
_FIGURE = re.compile(
    "(?:[0-9０-９][0-9０-９,，.．]+|[0-9０-９一二三四五六七八九][十百千万億][〇一二三四五六七八九十百千]*)"
    f"[万億千]?[ 　]?(?:{_UNITS}|分|枚|世帯|万)"
    f"|(?<![0-9０-９])[2-9２-９][ 　]?(?:{_UNITS})"
)
"""A line with a figure states something, and has to be quotable."""
_STATES = re.compile(
    r".*(?:で運用|導入済み?|を(?:導入|採用|配置)|利用開始|半減|見送り|に到達|[てで]いる)"
)
"""A line that says what was done is no heading, though it has no full stop."""
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
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


def markdown_headings(
    text: str, start: int, opens_case: Callable[[str], bool] = lambda _: False
) -> list[Heading]:
    """The `#` headings of Markdown from `start` on, those inside code fences left out.

    And (level 6) lines that would head a case in text without marks, see `plain_headings`.
    """
    found: list[Heading] = []
    lines = list(lines_outside_fences(text, start))
    close = _CloseHeadings.of(lines, opens_case)
    for i, (at, line) in enumerate(lines):
        match = MARKDOWN_HEADING.fullmatch(line)
        if match:
            found.append(Heading(at, at + len(line), len(match[1]), _without_closing(match[2])))
        elif title := close.title(line.strip()) or _bold_title(lines, i, opens_case):
            found.append(Heading(at, at + len(line), 6, title))
    return found


def lines_outside_fences(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The lines of Markdown from `start` on with where they begin, code and its fences empty."""
    fence = ""
    for at, line in _lines(text, start):
        mark = FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        yield at, "" if fence or mark else line


def _bold_title(lines: Sequence[tuple[int, str]], i: int, opens_case: Callable[[str], bool]) -> str:
    """The title of a bold line that stands alone and opens a case; "" for any other."""
    bold = _BOLD.fullmatch(lines[i][1].strip())
    return bold[1] if bold and _alone(lines, i) and opens_case(bold[1]) else ""


def _without_closing(title: str) -> str:
    """A title without the `#` that may close it after a blank: `題 ##` is 題, `C#` is C#."""
    title = title.rstrip(" \t")
    bare = title.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else title


def plain_headings(
    text: str, start: int, opens_case: Callable[[str], bool] = lambda _: False
) -> list[Heading]:
    """The headings of text without marks: short lines that stand alone and are no sentence.

    The first line is the title (level 1), unless it has a number or is one case of several;
    numbered ones (`1. 埼玉県さいたま市の事例`) lie (level 3) below the last one without a number
    (level 2), and those that come again lie lowest (level 4). Lines that stand close to their
    text are headings (level 3) where they begin with the same mark as one that opens a case, or
    where several end as 「町田市の事例」 does. Three or more with nothing between them are a list.
    """
    lines = list(_lines(text, start))
    close = _CloseHeadings.of(lines, opens_case)
    has_chapters = any(re.match("第[0-9０-９]{1,2}章", line) for _, line in lines)
    found: list[Heading] = []
    for i, (at, line) in enumerate(lines):
        title = line.strip()
        if not title:
            continue
        numbered = NUMBERED_HEADING.fullmatch(title)
        if not _alone(lines, i):
            level, title = (2 if close.ends(title) else 3), close.title(title)
            if not title:
                continue
        elif not found and not text[start:at].strip() and not numbered and "。" not in title:
            level = 1
        elif not (
            (not _runs_on(title) and opens_case(title))
            or close.title(title)
            or looks_like_heading(title, bool(numbered))
        ):
            continue
        else:
            chapter = title[0] == "第" and (("章" if has_chapters else "節") in title[:5])
            level, title = (2 if chapter else 3, numbered[1]) if numbered else (2, title)
        found.append(Heading(at, at + len(line), level, title))
    return _levelled(_without_lists(found, text), opens_case)


def _levelled(found: list[Heading], opens_case: Callable[[str], bool]) -> list[Heading]:
    """With titles that come again below the cases, and a title that is but the first of these."""
    times = Counter(heading.title for heading in found)
    levels = [
        4 if times[heading.title] > 1 and not opens_case(heading.title) else heading.level
        for heading in found
    ]
    others = [h.level for h in found[1:] if opens_case(h.title)]
    if others and levels[0] == 1 and opens_case(found[0].title):
        levels[0] = min(others)
    return [replace(heading, level=level) for heading, level in zip(found, levels, strict=True)]


def _alone(lines: Sequence[tuple[int, str]], i: int) -> bool:
    return (i == 0 or not lines[i - 1][1].strip()) and (
        i + 1 < len(lines) and not lines[i + 1][1].strip()
    )


def looks_like_heading(title: str, numbered: bool) -> bool:
    """Whether a line that stands alone may be a heading: short, no sentence, date or figure."""
    if not title or _is_sentence(title):
        return False
    if DATE.fullmatch(title) or title[0] in "※(（" or _states(title):
        return False
    return numbered or not BULLET.match(title)


def _is_sentence(line: str) -> bool:
    return _runs_on(line) or line[-1] in NO_HEADING_ENDS


def _runs_on(line: str) -> bool:
    return len(line) > LONGEST_HEADING or "。" in line or line[-1] in "、，"


def _states(title: str) -> bool:
    return bool(_FIGURE.search(title) or _STATES.fullmatch(title))


def _mark(title: str) -> str:
    """What a line begins with that may be a heading close to its text; "" for any other."""
    match = None if _is_sentence(title) else _CLOSE_MARK.match(title)
    return match[0] if match else ""


def _kind(mark: str) -> str:
    """The mark itself, whatever its number: 【事例2】 is of the kind of 【事例1】."""
    return re.sub("[①-⑳]", "①", re.sub("[0-9０-９]+", "1", mark)).strip()


@dataclass(frozen=True, slots=True)
class _CloseHeadings:
    """What heads cases close to its text: kinds of mark, or lines such as 「町田市の事例」."""

    kinds: frozenset[str]
    named: frozenset[str]
    opens_case: Callable[[str], bool]

    @classmethod
    def of(
        cls, lines: Sequence[tuple[int, str]], opens_case: Callable[[str], bool]
    ) -> "_CloseHeadings":
        titles = [line.strip() for _, line in lines if line.strip()]
        kinds = [_kind(_mark(title)) for title in titles]
        cases = [bool(kind) and opens_case(t) for kind, t in zip(kinds, titles, strict=True)]
        opening = {kind for kind, opens in zip(kinds, cases, strict=True) if opens}
        # Lines of a list follow one another.
        listed = {kind for kind, after in pairwise(kinds) if kind == after}
        of_cases = [bool(_CASE_LINE.fullmatch(t)) and opens_case(t) for t in titles]
        runs = {i for i, pair in enumerate(pairwise(of_cases)) if all(pair)}
        alone = [i for i, is_case in enumerate(of_cases) if is_case and not {i, i - 1} & runs]
        named = {titles[i] for i in alone}
        return cls(
            frozenset(opening - listed), frozenset(named if len(named) > 1 else ()), opens_case
        )

    def ends(self, line: str) -> bool:
        """Whether a line ends the cases, as まとめ does."""
        return bool(self.kinds and _AFTER_CASES.fullmatch(line) and not line.endswith("。"))

    def title(self, line: str) -> str:
        """The title of a line that is such a heading; "" for any other."""
        mark = _mark(line) if line else ""
        if self.ends(line):
            return line
        if not mark or _kind(mark) not in self.kinds:
            return re.sub(rf"^[{_AROUND}]+|[{_AROUND}]+$", "", line) if line in self.named else ""
        if mark[0] == "【" and self.opens_case(mark):  # 【町田市】 is no label, but whose it is
            return "" if _states(line) else line
        return "" if _states(line) and not self.opens_case(line) else line[len(mark) :].strip()


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
