"""Writes tables as lines, each row with the names of its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.loaders.builder import TextBuilder

HEADER_WITHIN = 10
"""The row of column names is looked for in so many rows from the top."""

_NUMBER = re.compile(r"[¥￥$]?[-+−△▲]?[0-9０-９][0-9０-９,，.．/:年月日時分%％ -]*[円人件千万億]*")


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
    for row in rows[last + 1 :]:
        if names:
            _put_named(builder, row, names)
        else:
            _put_plain(builder, row)
    builder.add("\n")


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
        if any(_NUMBER.fullmatch(text) for text in texts):
            break
        two = any(not cell.own for cell in row) and _all_words(rows[at + 1])
        return at, at + 1 if two and at + 2 < len(rows) else at
    return 0, -1


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(cell.text.strip()) for cell in row)


def _all_words(row: Sequence[Cell]) -> bool:
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    return len(texts) > 1 and not any(_NUMBER.fullmatch(text) for text in texts)


def _names(rows: Rows) -> list[str]:
    """For each column its name; of two rows of names both, when they differ."""
    if not rows:
        return []
    names = []
    for column in range(max(len(row) for row in rows)):
        told = [" ".join(row[column].text.split()) for row in rows if column < len(row)]
        names.append("・".join(dict.fromkeys(name for name in told if name)))
    return names


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
    for number, (name, cell) in enumerate(pairs):
        builder.add(("、" if number else "") + name)
        text = " ".join(cell.text.split())
        if cell.own:
            builder.put(text)
        else:
            builder.add(text)
    if pairs:
        builder.add("\n")
