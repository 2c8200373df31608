"""Values of workbooks as a reader sees them: the number format says what a number means."""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import xlrd
from openpyxl.utils.datetime import from_excel

_CONTROL = re.compile(r"_x00[01][0-9A-Fa-f]_")
_ELAPSED = re.compile(r"\[(?:h+|m+)\]", re.IGNORECASE)
_DAY = re.compile(r"g{0,3}e{1,2}|a{3,4}", re.IGNORECASE)
"""A year of an era alone, or a day of the week: no dates to the libraries."""
_NO_TEXT = re.compile(r"_.|\*.|\[[^\]]*\]")
_SAID = r"""((?:"[^"]*"|\\.|\s)*)"""
_FORMAT = re.compile(rf"{_SAID}(General|[#0?,.]+)(%?){_SAID}", re.IGNORECASE)
_QUOTES = re.compile(r"""["\\]""")
_LAST_DAY = 2_958_465


@dataclass(frozen=True, slots=True)
class _Format:
    """What a number format puts around a number, and how it writes it.

    `scale` is what the number is divided by, `digits` how many it has at least.
    """

    before: str = ""
    after: str = ""
    scale: float = 1
    digits: int = 0
    day: bool = False


def shown(value: Any, style: str = "") -> str:
    """A value as a reader would write it: 12.0 → 12, 0.7 in % → 70%, a date without midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, style)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, datetime.timedelta):
        return _elapsed(value)
    # Excel writes a carriage return in a cell as _x000D_.
    return _CONTROL.sub(" ", str(value))


def shown_xls(cell: Any, book: Any) -> str:
    """A cell of Excel before 2007 as a reader would write it."""
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    style = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE:
        if _ELAPSED.search(style):
            return _elapsed(datetime.timedelta(days=cell.value))
        try:
            when = xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (xlrd.XLDateError, OverflowError):
            return shown(cell.value)
        return shown(when.time() if 0 < cell.value < 1 else when)
    return shown(cell.value, style)


def _number(value: float, style: str) -> str:
    form = _format(style)
    if form.day and 1 <= value <= _LAST_DAY:
        return shown(from_excel(value))
    if form.scale != 1:
        return f"{form.before}{value / form.scale:.10g}{form.after}"
    if isinstance(value, int):
        text = str(value)
    else:
        whole = value.is_integer() and abs(value) < 1e15
        text = str(int(value)) if whole else f"{value:.12g}"
    return form.before + (text.zfill(form.digits) if text.isdecimal() else text) + form.after


@lru_cache(maxsize=1000)
def _format(style: str) -> _Format:
    """What a number format says of positive numbers: "令和"0"年度", #,##0,"千円", 0.0%, 000000."""
    style = _NO_TEXT.sub("", style.split(";")[0])
    if _DAY.fullmatch(re.sub(_SAID, "", style)):
        return _Format(day=True)
    found = _FORMAT.fullmatch(style)
    if not found:
        return _Format(after="%", scale=0.01) if "%" in re.sub(_SAID, "", style) else _Format()
    before, number, share, after = found.groups()
    thousands = len(number) - len(number.rstrip(","))
    return _Format(
        _QUOTES.sub("", before).strip(),
        share + _QUOTES.sub("", after).strip(),
        1000.0**thousands / (100 if share else 1),
        len(number) if set(number) == {"0"} else 0,
    )


def _elapsed(time: datetime.timedelta) -> str:
    """Hours and minutes, however many: 26:30, and not a day and two hours."""
    minutes = round(time.total_seconds() / 60)
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02}"
