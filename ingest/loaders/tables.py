"""Writes tables as lines, each row with the names of its columns."""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from ingest.cases import place_announced
from ingest.documents import Place
from ingest.loaders.builder import TextBuilder

HEADER_WITHIN = 10
"""The row of column names is looked for in so many rows from the top."""

_NUMBER = re.compile(r"[¥￥$]?[-+−△▲]?[0-9０-９][0-9０-９,，.．/:年月日時分%％ -]*[円人件千万億]*")
_SENTENCE_ENDS = ("。", "！", "？")
_TIME = re.compile("[0-9０-９]{4}年度?|[0-9０-９]{1,2}月")
"""A column may be named by a year or a month."""
_WHO = re.compile("自治体|[市区町村]{2,}|都道府県|団体|市名|municipal|prefecture|city|town", re.I)
"""What a column of places is named."""


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
    first, last = _header(rows) if headed else (0, -1)
    for row in rows[: last + 1]:
        _put_plain(builder, row)
    names = _names(rows[first : last + 1])
    data = rows[last + 1 :]
    for row, place in zip(data, _places(data, names), strict=True):
        with builder.case(place) if place else nullcontext():
            if names:
                _put_named(builder, row, names)
            else:
                _put_plain(builder, row)
    builder.add("\n")


def _places(rows: Rows, names: list[str]) -> list[Place | None]:
    """Whose case each row tells, in a table with a column of places.

    That is one that names places in half of its rows or more: several, unless the column is
    named so. A municipality goes before the prefecture in the column beside it.
    """
    none: list[Place | None] = [None] * len(rows)
    columns = []
    for at in range(max(map(len, rows), default=0)):
        found = [_place(row, at) for row in rows]
        told = {place for place in found if place}
        several = len(told) > 1 or (at < len(names) and _WHO.search(names[at]))
        if told and several and 2 * (len(found) - found.count(None)) >= len(rows):
            columns.append(found)
    cities = [found for found in columns if any(place and place.city for place in found)]
    for found in [*cities[:1], *columns[:1]]:
        none = [known or place for known, place in zip(none, found, strict=True)]
    return none


def _place(row: Sequence[Cell], at: int) -> Place | None:
    if at >= len(row) or not row[at].text.strip():
        return None
    return place_announced(row[at].text.strip(), "、".join(cell.text for cell in row))


def _header(rows: Rows) -> tuple[int, int]:
    """The first and last row of column names; (0, -1) for a table without."""
    width = max((_filled(row) for row in rows), default=0)
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        if at + 1 == len(rows) or width < 2:
            break
        texts = [cell.text.strip() for cell in row if cell.text.strip()]
        # One title over all columns is no row of names.
        if len(set(texts)) < 2 or len(texts) < (width + 1) // 2:
            continue
        if any(_NUMBER.fullmatch(text) for text in texts) and not _by_time(texts, rows[at + 1]):
            break
        two = _goes_on_below(row, rows[at + 1]) and _all_words(rows[at + 1])
        return at, at + 1 if two and at + 2 < len(rows) else at
    return 0, -1


def _by_time(texts: Sequence[str], below: Sequence[Cell]) -> bool:
    """Whether the numbers of a row are years or months that name their columns."""
    numbers = [text for text in texts if _NUMBER.fullmatch(text)]
    values = [cell.text.strip() for cell in below if _NUMBER.fullmatch(cell.text.strip())]
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


def _all_words(row: Sequence[Cell]) -> bool:
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    return len(texts) > 1 and not any(_NUMBER.fullmatch(text) for text in texts)


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


def _put_cells(builder: TextBuilder, pairs: Sequence[tuple[str, Cell]]) -> None:
    between = ""
    for name, cell in pairs:
        builder.add(between + name)
        text = " ".join(cell.text.split())
        between = "" if text.endswith(_SENTENCE_ENDS) else "、"
        if cell.own:
            builder.put(text)
        else:
            builder.add(text)
    if pairs:
        builder.add("\n")
