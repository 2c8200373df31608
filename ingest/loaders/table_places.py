"""Whose case each row of a table tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.announced import place_announced
from ingest.documents import Place
from ingest.places import find_places

Row = Sequence[str]
"""The texts of its cells, without outer blanks."""
_WHO = re.compile(
    "自治体|[市区町村]{2,}|^[市区町村県]{1,2}名?$|^都市|都道府県|府県|団体|municipal|prefecture|city|town",
    re.I,
)
"""What a column of places is named."""
_MAY_BE_WHO = re.compile("名$|名称|対象|事例|主体|who|name|^$", re.I)
_ELSEWHERE = re.compile(
    "所在|本社|住所|居住|住まい|参考|連携|提携|協定|姉妹|友好|交流|派遣|応援|委託|視察|訪問|出[身生]|照会|会場|開催"
    "|場所|勤務|通勤|拠点|転[入出]|納[入品]|[先元]$|(?<!市)町名|町丁|大字|地区|丁目|コード|code|vendor|partner",
    re.I,
)
"""What a column is named whose places are not those of the case."""
_AS_ABOVE = re.compile('〃|同上|々|″|"|same', re.I)
"""A cell that repeats the one above it."""
_NO_CASE = re.compile(
    r"[※*＊]|[（(]?[注備出](?:[0-9）)：:]|考|典|記)|(?:合|小|総|県|全国)?計$|平均|資料"
)
"""How a row begins that is a note or a sum."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of places: which one it is, its name, and the place of each row."""

    at: int
    name: str
    found: tuple[Place | None, ...]

    @property
    def is_of_cities(self) -> bool:
        return any(place and place.city for place in self.found)


def places_of_rows(rows: Sequence[Row], names: Sequence[str]) -> list[Place | None] | None:
    """Whose case each row tells, nobody's where it is not understood; None if no column says.

    A column of places is named so, or half of its cells or more name one place each, several in
    all. A municipality goes before the prefecture in a column beside it; a blank or 〃 is as
    above; sums and notes are nobody's, and so is a table whose columns are places.
    """
    if are_keys(rows):
        values = "、".join(row[1] for row in rows)
        told = [place_announced(row[1], values) for row in rows if _is_who_key(row[0])]
        cities = [place for place in told if place and place.city]
        return [(cities or told)[0]] * len(rows)
    columns = _columns(rows, names)
    if not columns:
        return [None] * len(rows) if _are_places(names) else None
    main = min(columns, key=lambda c: (not c.is_of_cities, not _WHO.search(c.name)))
    twins = [c for c in columns if c.is_of_cities and c.name and c.name == main.name]
    if _are_places(names) or len(twins) > 1:  # or two tables side by side
        return [None] * len(rows)
    wider = [column for column in columns if not column.is_of_cities and column is not main]
    return _cases(rows, main, wider)


def _cases(rows: Sequence[Row], main: _Column, wider: Sequence[_Column]) -> list[Place | None]:
    cases: list[Place | None] = []
    before: Place | None = None
    for number, row in enumerate(rows):
        cell = row[main.at] if main.at < len(row) else ""
        prefecture = next((c.found[number] for c in wider if c.found[number]), None)
        place = main.found[number]
        if is_apart(row) or _band(row):
            place = before = None
        elif cell and not _AS_ABOVE.fullmatch(cell):
            before = place
        elif not cell and prefecture:
            # Of the same one as the city above, it may be that city's where a merge was undone.
            apart = before is None or before.prefecture != prefecture.prefecture
            place = prefecture if apart else None
        elif cell or not _of_nobody(row):
            place = before
        cases.append(place)
    return cases


def _columns(rows: Sequence[Row], names: Sequence[str]) -> list[_Column]:
    told_by = list(_besides(rows))
    columns = []
    for at in range(max(map(len, rows), default=0)):
        name = names[at] if at < len(names) else ""
        if _ELSEWHERE.search(name):
            continue
        is_who = bool(_WHO.search(name))
        if not is_who and not _MAY_BE_WHO.search(name):
            continue
        cells = [row[at] if at < len(row) and beside else "" for row, beside in told_by]
        found = [_place(c, beside, is_who) for c, (_, beside) in zip(cells, told_by, strict=True)]
        filled = sum(map(bool, cells))
        told = {place for place in found if place}
        # 栄町 and 境町 of a list of halls are quarters of the town that made it.
        quarters = len({p.prefecture for p in told}) > 1 and all(p.name[-1] == "町" for p in told)
        several = len(told) > 1 and 2 * sum(map(bool, found)) >= filled and not quarters
        if told and (is_who or several):
            columns.append(_Column(at, name, tuple(found)))
    return columns


def _are_places(names: Sequence[str]) -> bool:
    return len({name for name in names if place_announced(name)}) > 1


def _besides(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Each row with what tells which of several places it means; "" for a sum or a note."""
    band = ""
    for row in rows:
        band = _band(row) or band
        yield row, "" if is_apart(row) else "、".join((band, *row))


def _place(cell: str, beside: str, is_who: bool) -> Place | None:
    """The place that a cell names; without its 市 where the column is one of places."""
    if not cell:
        return None
    place = place_announced(cell, beside)
    if place or not is_who:
        return place
    whole = [m for m in find_places(cell, stems=True) if m.text == cell]
    within = [p for m in whole for p in m.candidates if p.city]
    named = [p for p in within if p.prefecture in beside] or within
    return named[0] if len(named) == 1 else None


def is_apart(row: Row) -> bool:
    """Whether a row is a sum or a note."""
    first = next((cell for cell in row if cell), "")
    return bool(_NO_CASE.match(first)) or any(_NO_CASE.fullmatch(cell) for cell in row[:3])


def _of_nobody(row: Row) -> bool:
    """Whether a row without a place cannot be that of the place above: only numbers, or 全国."""
    told = "".join(row)
    return not re.search(r"[^\W\d]", told) or bool(re.search("全国|国[はが]", told))


def _band(row: Row) -> str:
    """The prefecture of a row that has nothing else, 【埼玉県】, over the rows below; else ""."""
    told = {cell for cell in row if cell}
    place = place_announced(next(iter(told)).strip("【】《》<>")) if len(told) == 1 else None
    return place.prefecture if place and place.city is None else ""


def are_keys(rows: Sequence[Row]) -> bool:
    """Whether a table has a key and a value in each row, and a key is that of the place."""
    if any(len(row) != 2 for row in rows):
        return False
    keys = [key for key, value in rows if _is_who_key(key) and place_announced(value)]
    return bool(keys) and len(set(keys)) == len(keys)


def _is_who_key(key: str) -> bool:
    return bool(_WHO.search(key)) and not _ELSEWHERE.search(key) and len(key) < 12
