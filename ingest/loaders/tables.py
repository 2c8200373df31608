"""Writes tables as lines, each row with the names of its columns."""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from ingest.announced import place_announced
from ingest.loaders.builder import TextBuilder
from ingest.loaders.table_places import are_keys, is_apart, places_of_rows

MOST_HEADERS = 3
HEADER_WITHIN = 10
"""The row of column names is looked for in so many rows from the top."""

_NUMBER = re.compile(r"[¥￥$]?[-+−△▲]?[0-9０-９][0-9０-９,，.．/:年月日時分%％ -]*[円人件千万億]*")
_SENTENCE_ENDS = ("。", "！", "？")
_TIME = re.compile(
    r"(?:19|20)[0-9]{2}(?:年度?|[/年][0-9]{1,2}月?)?|[0-9０-９]{4}年度?|[0-9０-９]{1,2}月"
)
"""A column may be named by a year or a month."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell; `own` is False for one filled in from the cell it is merged with."""

    text: str
    own: bool = True


Rows = Sequence[Sequence[Cell]]


def put_table(builder: TextBuilder, rows: Rows, *, headed: bool = True) -> None:
    """Puts the rows of a table. What stands above its column names is put as it is.

    `headed` is False where its columns are known to have no names.
    """
    builder.tables += 1
    texts = [[" ".join(cell.text.split()) for cell in row] for row in rows]
    keyed = are_keys(texts)
    first, last = _header(rows, texts) if headed and not keyed else (0, -1)
    for row in rows[: last + 1]:
        _put_plain(builder, row)
    names = _names(rows[first : last + 1])
    data = rows[last + 1 :]
    places = places_of_rows(texts[last + 1 :], names)
    for row, place in zip(data, places or [None] * len(data), strict=True):
        with nullcontext() if places is None else builder.case(place):
            if keyed:
                _put_cells(builder, [("", row[0]), ("", row[1])], "：")
            elif names and not _stands_alone(row):
                _put_named(builder, row, names)
            else:
                _put_plain(builder, row)
    builder.add("\n")


def _stands_alone(row: Sequence[Cell]) -> bool:
    """Whether a row says one thing over all columns, or is a note: of no column."""
    told = {cell.text.strip() for cell in row if cell.text.strip()}
    filled = _filled(row)
    return len(told) == 1 and (filled > 1 or is_apart([*told]))


def _header(rows: Rows, texts: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The first and last row of column names; (0, -1) for a table without."""
    width = max((_filled(row) for row in rows), default=0)
    for at in range(min(len(rows), HEADER_WITHIN)):
        if at + 1 == len(rows) or width < 2:
            break
        told = [text for text in texts[at] if text]
        # One title over all columns is no row of names.
        if len(set(told)) < 2 or len(told) < (width + 1) // 2:
            continue
        if _numbered(told) and not _by_time(told, texts[at + 1]):
            break
        pairs = zip(texts[at], texts[at + 1], strict=False)
        if any(place_announced(above) and place_announced(below) for above, below in pairs):
            break
        last = at
        while last + 2 < len(rows) and last - at < MOST_HEADERS - 1:
            below = [text for text in texts[last + 1] if text]
            words = len(below) > 1 and (
                not _numbered(below) or _by_time(["", *below], texts[last + 2])
            )
            if not (words and _goes_on_below(rows[last], rows[last + 1])):
                break
            last += 1
        return at, last
    return 0, -1


def _numbered(texts: Sequence[str]) -> bool:
    return any(_NUMBER.fullmatch(text) for text in texts)


def _by_time(texts: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the numbers of a row are years or months that name their columns."""
    numbers = [text for text in texts if _NUMBER.fullmatch(text)]
    values = [text for text in below if _NUMBER.fullmatch(text)]
    return (
        len(set(numbers)) > 1
        and len(numbers) < len(texts)
        and all(_TIME.fullmatch(text) for text in numbers)
        and not any(_TIME.fullmatch(value) for value in values)
    )


def _goes_on_below(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether names of columns have names of their parts below them: merged, or left blank."""
    if any(not cell.own for cell in row):
        return True
    if len(row) != len(below) or below[0].text.strip() or not row[0].text.strip():
        return False
    return all(a.text.strip() or b.text.strip() for a, b in zip(row, below, strict=True)) and any(
        not a.text.strip() and b.text.strip() for a, b in zip(row, below, strict=True)
    )


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(cell.text.strip()) for cell in row)


def _names(rows: Rows) -> list[str]:
    """For each column its name; of two rows of names both, when they differ."""
    if not rows:
        return []
    if len(rows) > 1:
        rows = [list(_spread(rows[0], rows[1])), *rows[1:]]
    names = []
    for column in range(max(len(row) for row in rows)):
        told = [" ".join(row[column].text.split()) for row in rows if column < len(row)]
        names.append("・".join(dict.fromkeys(name for name in told if name)))
    return names


def _spread(row: Sequence[Cell], below: Sequence[Cell]) -> Iterator[Cell]:
    """A row of names, each of them also over the blank columns beside it with a part below."""
    last = Cell("")
    for at, cell in enumerate(row):
        part = at < len(below) and below[at].text.strip()
        last = cell if cell.text.strip() or not part else replace(last, own=False)
        yield last


def _put_plain(builder: TextBuilder, row: Sequence[Cell]) -> None:
    _put_cells(builder, [("", cell) for cell in row if cell.own and cell.text.strip()])


def _put_named(builder: TextBuilder, row: Sequence[Cell], names: list[str]) -> None:
    if not any(cell.own and cell.text.strip() for cell in row):
        return
    pairs = [
        (f"{names[at]}：" if at < len(names) and names[at] else "", cell)
        for at, cell in enumerate(row)
        if cell.text.strip()
    ]
    _put_cells(builder, pairs)


def _put_cells(builder: TextBuilder, pairs: Sequence[tuple[str, Cell]], comma: str = "、") -> None:
    between = ""
    for name, cell in pairs:
        builder.add(between + name)
        text = " ".join(cell.text.split())
        between = "" if text.endswith(_SENTENCE_ENDS) else comma
        if cell.own:
            builder.put(text)
        else:
            builder.add(text)
    if pairs:
        builder.add("\n")
