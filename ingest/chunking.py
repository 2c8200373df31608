"""Cuts sections into chunks, and chunks into units, without losing a character."""

from dataclasses import replace

from langchain_text_splitters import TextSplitter

from ingest.cases import sections_of
from ingest.documents import Chunk, Document, Section
from ingest.headings import BULLET
from ingest.sentences import split_sentences, without_wraps

CHUNK_CHARACTERS = 400


class SentenceSplitter(TextSplitter):
    """Merges whole sentences and bullets into chunks of at most the characters asked for."""

    def __init__(self, chunk_characters: int = CHUNK_CHARACTERS) -> None:
        super().__init__(chunk_size=chunk_characters, chunk_overlap=0, strip_whitespace=False)

    def split_text(self, text: str) -> list[str]:
        """The chunks of `text`, in order; joined, they are `text`."""
        return self._merge_splits(split_sentences(text), "")


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """The chunks of a document in order; their spans join to `[body_start, end of text)`."""
    splitter = SentenceSplitter()
    front, body = document.text[: document.body_start], document.text[document.body_start :]
    text = front + without_wraps(body)
    chunks: list[Chunk] = []
    for section in sections_of(replace(document, text=text)):
        start = section.start
        for piece in _pieces(splitter, text, section):
            chunks.append(_chunk(document, text, section, start, start + len(piece)))
            start += len(piece)
    return tuple(chunks)


def _pieces(splitter: SentenceSplitter, text: str, section: Section) -> list[str]:
    heading = text[section.start : section.content_start]
    pieces = splitter.split_text(text[section.content_start : section.end])
    if not pieces:
        return [heading] if heading else []
    return [heading + pieces[0], *pieces[1:]]


def _chunk(document: Document, text: str, section: Section, start: int, end: int) -> Chunk:
    content = max(start, section.content_start)
    return Chunk(
        document=document.id,
        heading=section.heading,
        place=section.place,
        page=document.page_at(start),
        start=start,
        end=end,
        text=document.text[start:end],
        spans=_spans(text, content, end),
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
