"""Damage that is done to files at random: bits, ranges, numbers, tags, in archives too."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

_DIGITS = re.compile(rb"\d+")
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483648",
    b"99999999999999999999",
    b"1e999",
    b"NaN",
    b"",
)
TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\x1b$B",
    b"]]>",
    b"<",
    b"&#x110000;",
    b"&lol9;",
    b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>&b;',
    b'<td colspan="99999999" rowspan="99999999">x</td>',
    b"<div>" * 2000,
    b"<table><tr><td>" * 300,
    b'"' * 301,
    b"(" * 5000,
    b"[" * 20000,
    b"=?iso-2022-jp?B?GyRC?=",
    b"\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n",
    b"---\n- &a [*a]\n---\n",
    "\u202e".encode(),
    "縺繧".encode() * 500,
)
_OPENING = re.compile(rb"<([A-Za-z][\w:.-]*)[^>]*>")
KINDS = (
    *("flip", "cut", "again", "noise", "number", "token", "splice", "stop"),
    *("number", "drop", "twice"),  # these leave most of a file readable, so they come more often
)


@dataclass(frozen=True, slots=True)
class Damage:
    """One change: of what kind, where (0 to 1), over how many bytes, with which material.

    `inside` is the share of an archive's files at which the one is that is changed; None changes
    the archive itself.
    """

    kind: str
    at: float
    length: int
    noise: bytes
    number: bytes
    token: bytes
    inside: float | None

    def apply(self, data: bytes, other: bytes) -> bytes:
        """The bytes after it; `other` is what a splice goes on with."""
        start = min(int(self.at * len(data)), max(0, len(data) - 1))
        end = start + self.length
        match self.kind:
            case "flip" if data:
                flipped = data[start] ^ (1 << self.length % 8)
                return data[:start] + bytes([flipped]) + data[start + 1 :]
            case "cut":
                return data[:start] + data[end:]
            case "again":
                return data[:end] + data[start:end] * (self.length % 40) + data[end:]
            case "noise":
                return data[:start] + self.noise + data[start:]
            case "number":
                return self._number(data)
            case "drop" | "twice":
                return self._element(data, start)
            case "token":
                return data[:start] + self.token + data[start:]
            case "splice":
                return data[:start] + other[int(self.at * len(other)) :]
            case _:
                return data[:start]

    def _element(self, data: bytes, start: int) -> bytes:
        """Without the next element of HTML or XML, or with it over and over."""
        found = _OPENING.search(data, start)
        if not found:
            return data
        closing = b"</" + found.group(1) + b">"
        closed = data.find(closing, found.end())
        end = found.end() if closed < 0 else closed + len(closing)
        times = self.length % 60 + 2 if self.kind == "twice" else 0
        return data[: found.start()] + data[found.start() : end] * times + data[end:]

    def _number(self, data: bytes) -> bytes:
        found = list(_DIGITS.finditer(data))
        if not found:
            return data
        one = found[min(int(self.at * len(found)), len(found) - 1)]
        return data[: one.start()] + self.number + data[one.end() :]


share = st.floats(0.0, 1.0, exclude_max=True)
damages: st.SearchStrategy[list[Damage]] = st.lists(
    st.builds(
        Damage,
        kind=st.sampled_from(KINDS),
        at=share,
        length=st.integers(0, 400),
        noise=st.binary(max_size=40),
        number=st.sampled_from(NUMBERS),
        token=st.sampled_from(TOKENS),
        inside=st.sampled_from((None, *(part / 16 for part in range(16)))),
    ),
    min_size=1,
    max_size=3,
)


def damaged(data: bytes, damages: Sequence[Damage], other: bytes) -> bytes:
    """The bytes after all damages; those inside an archive leave the archive whole."""
    for damage in damages:
        changed = None if damage.inside is None else _inside(data, damage, other)
        data = damage.apply(data, other) if changed is None else changed
    return data


def _inside(data: bytes, damage: Damage, other: bytes) -> bytes | None:
    """An archive with one of its files damaged; None if it is no archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # an earlier damage broke it, in whatever way
        return None
    if not files:
        return None
    chosen = min(int((damage.inside or 0.0) * len(files)), len(files) - 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for at, (name, held) in enumerate(files):
            made.writestr(name, damage.apply(held, other) if at == chosen else held)
    return out.getvalue()
