"""Cuts sections into chunks, and chunks into units, without losing a character."""

import re

from langchain_text_splitters import RecursiveCharacterTextSplitter, TextSplitter

from ingest.cases import sections_of
from ingest.documents import Chunk, Document, Section
from ingest.headings import BULLET

CHUNK_CHARACTERS = 400
UNIT_CHARACTERS = 300

# A sentence ends with 。！？ and the brackets that close after it, not inside 「…」 or （…）;
# with . ! ? before a blank in Latin text; and with its line.
_SENTENCE = re.compile(
    r"(?:「[^「」\n]*」|『[^『』\n]*』|（[^（）\n]*）|\([^()\n]*\)"
    r"|[^。！？!?.\n]|(?<=[0-9])\.|[!?.](?![ 　\n]|$))*"
    r"(?:[。！？!?.]+[」』）)】]*[ 　]*\n*|\n+|$)"
)


class SentenceSplitter(TextSplitter):
    """Merges whole sentences and bullets into chunks of at most the characters asked for."""

    def __init__(self, chunk_characters: int = CHUNK_CHARACTERS) -> None:
        super().__init__(chunk_size=chunk_characters, chunk_overlap=0, strip_whitespace=False)

    def split_text(self, text: str) -> list[str]:
        """The chunks of `text`, in order; joined, they are `text`."""
        return self._merge_splits(split_sentences(text), "")


_long_units = RecursiveCharacterTextSplitter(
    separators=["、", "，", ", ", " ", ""],
    chunk_size=UNIT_CHARACTERS,
    chunk_overlap=0,
    keep_separator="end",
    strip_whitespace=False,
)


def split_sentences(text: str) -> list[str]:
    """Sentences and lines of `text`, blanks and line ends kept; joined, they are `text`.

    One longer than UNIT_CHARACTERS is cut at its commas, or anywhere if it has none.
    """
    pieces = [match.group() for match in _SENTENCE.finditer(text) if match.group()]
    cut: list[str] = []
    for piece in pieces:
        cut.extend(_long_units.split_text(piece) if len(piece) > UNIT_CHARACTERS else [piece])
    return cut


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """The chunks of a document in order; their spans join to `[body_start, end of text)`."""
    splitter = SentenceSplitter()
    chunks: list[Chunk] = []
    for section in sections_of(document):
        start = section.start
        for piece in _pieces(splitter, document, section):
            chunks.append(_chunk(document, section, start, start + len(piece)))
            start += len(piece)
    return tuple(chunks)


def _pieces(splitter: SentenceSplitter, document: Document, section: Section) -> list[str]:
    heading = document.text[section.start : section.content_start]
    pieces = splitter.split_text(document.text[section.content_start : section.end])
    if not pieces:
        return [heading] if heading else []
    return [heading + pieces[0], *pieces[1:]]


def _chunk(document: Document, section: Section, start: int, end: int) -> Chunk:
    content = max(start, section.content_start)
    return Chunk(
        document=document.id,
        heading=section.heading,
        place=section.place,
        page=document.page_at(start),
        start=start,
        end=end,
        text=document.text[start:end],
        spans=_spans(document.text, content, end),
    )


def _spans(text: str, start: int, end: int) -> tuple[int, ...]:
    spans: list[int] = []
    for piece in split_sentences(text[start:end]):
        begins_line = start == 0 or text[start - 1] == "\n"
        mark = BULLET.match(piece) if begins_line else None
        skipped = mark.end() if mark else len(piece) - len(piece.lstrip())
        said = piece[skipped:].strip()
        if any(character.isalnum() for character in said):
            at = start + piece.index(said, skipped)
            spans += (at, at + len(said))
        start += len(piece)
    return tuple(spans)
