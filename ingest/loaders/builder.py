"""Puts a document's text together from the pieces of a file, and keeps count of each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from errors import JireiError
from ingest.announced import place_of_title
from ingest.documents import Case, Document, Facts, Metadata, Place, Reading
from ingest.limits import Limits
from ingest.scrutiny import flags_of, garbling_of, nonblank

GARBLED = 0.2
"""A file of which more than this share is garbled has failed."""
_ODD_BLANK = re.compile("(?![\n\t 　])[\\s\\x00-\\x1f\\x7f]")


@dataclass
class TextBuilder:
    """Text of a file in reading order. `pages` and `tables` count what was met so far."""

    document_id: str
    limits: Limits
    tables: int = 0
    pages_without_text: int = 0
    flags: set[str] = field(default_factory=set)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _added: int = 0
    _left_out: Counter[str] = field(default_factory=Counter)
    _page_starts: list[int] = field(default_factory=list)
    _cases: list[Case] = field(default_factory=list)
    _apart: list[Case] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Text that stands in the file. Raises JireiError when there is too much of it."""
        # A control character would make the text binary; line ends and tabs stay.
        self._append(_clean(text))

    def add(self, text: str) -> None:
        """Text of ours: marks of headings, names of columns, line ends."""
        text = _clean(text)
        self._added += nonblank(text)
        self._append(text)

    def line(self, text: str, mark: str = "") -> None:
        """A line or paragraph of the file, a mark of ours before it; none for a blank one."""
        if text.strip():
            self.add(mark)
            self.put(text.strip())
            self.add("\n")

    def heading(self, text: str, level: int) -> None:
        """A heading of the file, as Markdown writes it: on one line."""
        if text.strip():
            self.add("\n" + "#" * max(1, min(level, 6)) + " ")
            self.put(" ".join(text.split()))
            self.add("\n\n")

    @contextmanager
    def case(self, place: Place | None) -> Iterator[None]:
        """What is put meanwhile tells the case of `place`, or nobody's."""
        start = self._length
        yield
        if self._length > start:
            self._cases.append(Case(start, self._length, place))

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is put meanwhile is no part of a heading's case: of the title's at most."""
        start = self._length
        yield
        if self._length > start:
            self._apart.append(Case(start, self._length, None))

    def leave_out(self, reason: str, text: str) -> None:
        """Text of the file that is not to be found, and why."""
        count = nonblank(text)
        if count:
            self._left_out[reason] += count

    def counted(self) -> int:
        """Characters of the file that were put or left out so far."""
        put = nonblank("".join(self._parts)) - self._added
        return put + sum(self._left_out.values())

    def take(self, part: "TextBuilder") -> None:
        """All that was put and left out in a builder of its own, which has no pages."""
        before = self._length
        for text in part._parts:
            self._append(text)
        for kept, more in ((self._cases, part._cases), (self._apart, part._apart)):
            kept += [Case(before + c.start, before + c.end, c.place) for c in more]
        self._added += part._added
        self._left_out += part._left_out
        self.tables += part.tables
        self.flags |= part.flags

    def page(self) -> None:
        """A new page begins here."""
        self._page_starts.append(self._length)
        if len(self._page_starts) > self.limits.pages:
            raise JireiError("too_many_pages", file=self.document_id, limit=self.limits.pages)

    def reading(
        self,
        characters: int,
        *,
        title: str,
        markdown: bool = True,
        published: str | None = None,
        encoding: str | None = None,
        confidence: float | None = None,
    ) -> Reading:
        """The document. `characters` were counted in the file itself, on another way than put.

        Raises JireiError if there is no text, or if most of it is garbled.
        """
        text = "".join(self._parts)
        if not text.strip():
            key = "no_text_scanned" if self.pages_without_text else "file_empty"
            raise JireiError(key, file=self.document_id)
        garbling = garbling_of(text)
        if garbling > GARBLED:
            raise JireiError("file_garbled", file=self.document_id, share=round(100 * garbling))
        title = " ".join(title.split())[:200] or _first_line(text.splitlines())
        place = place_of_title(title, text)
        metadata = Metadata(title, place, published, by_title=place is not None)
        starts = tuple(self._page_starts)
        facts = Facts(
            characters=characters,
            added=self._added,
            left_out=dict(self._left_out),
            encoding=encoding,
            confidence=confidence,
            pages=len(starts),
            pages_without_text=self.pages_without_text,
            tables=self.tables,
            garbling=garbling,
            flags=tuple(sorted({*self.flags, *flags_of(text)})),
        )
        cases = self._cases_under(place)
        document = Document(self.document_id, text, 0, metadata, markdown, starts, cases)
        return Reading(document, facts)

    def _cases_under(self, place: Place | None) -> tuple[Case, ...]:
        """The file's own cases in turn, what stands apart being of the title's place."""
        apart = [replace(case, place=place) for case in self._apart]
        return tuple(sorted([*self._cases, *apart], key=lambda case: case.start))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > self.limits.characters:
            limit = self.limits.characters
            raise JireiError("too_many_characters", file=self.document_id, limit=limit)


def _clean(text: str) -> str:
    """Without control characters and with Unix line ends."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ODD_BLANK.sub(" ", text)


def _first_line(lines: Iterable[str]) -> str:
    return next((line.strip("#| ").strip() for line in lines if line.strip("#| ")), "")[:200]
