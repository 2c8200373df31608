"""What ingestion hands over: documents, their sections, chunks and units.

Every position is a character offset into `Document.text`, which is the text of the file as
it was read (with Unix line ends, no byte order mark), front matter included. So
`document.text[span.start:span.end]` can be checked against the file itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A prefecture or municipality. `code` has six digits; `city` is None for a prefecture."""

    code: str
    prefecture: str
    city: str | None
    name_en: str

    @property
    def name(self) -> str:
        """The official name: さいたま市, or 三重県 for a prefecture."""
        return self.city or self.prefecture


SOURCE_KINDS = ("official", "press", "vendor", "blog")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's facts come from. `kind` is one of SOURCE_KINDS, or another word.

    `retrieved` is the day on which it was read there, as it was written.
    """

    title: str | None = None
    url: str | None = None
    kind: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What front matter says of a document. Dates and periods stay as they were written.

    `by_title` is True where the title alone names the place: a heading may open another's case.
    """

    title: str
    place: Place | None = None
    published: str | None = None
    period: str | None = None
    state: str | None = None
    themes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    by_title: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """`[start, end)` of a document tells the case of `place`, or nobody's, whatever the heading.

    It is a row of a table with a column of places, or what the file keeps apart, such as notes.
    """

    start: int
    end: int
    place: Place | None


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read.

    `id` is its path relative to the parent of the folder that was indexed, with "/".
    The body starts at `body_start`; what stands before it is front matter.
    `page_starts` holds the offset at which each page begins; empty when there are no pages.
    `cases` do not overlap, and stand in turn.
    """

    id: str
    text: str
    body_start: int
    metadata: Metadata
    markdown: bool
    page_starts: tuple[int, ...] = ()
    cases: tuple[Case, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page, from 1, that holds the character at `offset`."""
        passed = sum(start <= offset for start in self.page_starts)
        return passed or None


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a document below one heading: `[start, end)`, its heading line included.

    `content_start` is where the heading line ends; `place` is whose case it tells.
    """

    heading: tuple[str, ...]
    start: int
    content_start: int
    end: int
    place: Place | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or bullet: `text == document.text[start:end]`, without outer blanks."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of a section. The chunks of a document, joined, are its body.

    `spans` are where its units start and end in the document, in turn: an index has a hundred
    thousand units, and most of them are never asked for.
    """

    document: str
    heading: tuple[str, ...]
    place: Place | None
    page: int | None
    start: int
    end: int
    text: str
    spans: tuple[int, ...]

    @property
    def n_units(self) -> int:
        """How many units it has."""
        return len(self.spans) // 2

    @property
    def units(self) -> tuple[Unit, ...]:
        """Its units, cut from its text."""
        pairs = zip(self.spans[::2], self.spans[1::2], strict=True)
        text, at = self.text, self.start
        return tuple([Unit(start, end, text[start - at : end - at]) for start, end in pairs])


@dataclass(frozen=True, slots=True)
class Facts:
    """What a loader found in a file. Characters are counted without blanks.

    `left_out` counts what of the file is not in the document's text, by reason (a key of the
    message catalogue); `added` what is in the text and not in the file, such as the name of a
    column before each of its values. `confidence` and `garbling` go from 0 to 1; `flags` are
    keys of the catalogue too.
    """

    characters: int = 0
    added: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    encoding: str | None = None
    confidence: float | None = None
    pages: int = 0
    pages_without_text: int = 0
    tables: int = 0
    garbling: float = 0.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what its loader found in the file."""

    document: Document
    facts: Facts


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: `status` is read, skipped or failed.

    `reason` is a key of the message catalogue, `values` what it speaks of. Of a file that was
    read, `facts.characters == indexed + sum(facts.left_out.values())`. `duplicate_of` is the
    id of an earlier document with the same text.
    """

    path: str
    status: str
    reason: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    cases: int = 0
    chunks: int = 0
    indexed: int = 0
    facts: Facts | None = None
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was looked at, and the reports on it and on the files inside it.

    `key` stands for its name, its bytes and the rules of reading; the same key gives the same
    again, unless it was not the file's fault (see `ingest.snapshots.MAY_PASS`).
    """

    key: str
    reports: tuple[FileReport, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What came of a file when it was read before: the record, its documents and their chunks."""

    record: FileRecord
    documents: tuple[Document, ...]
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Ingested:
    """The documents of one or more folders, and a record for each file looked at.

    `known` holds the ids of the documents that were known and so not read again.
    """

    documents: Sequence[Document]
    chunks: Sequence[Chunk]
    files: Sequence[FileRecord]
    known: frozenset[str] = frozenset()

    @property
    def reports(self) -> list[FileReport]:
        """The reports of all files, in order."""
        return [report for file in self.files for report in file.reports]
