"""What is encoded and indexed for each row of an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.terms import fold_width
from ingest.documents import Chunk, Document
from ingest.sentences import in_one_line


@dataclass(frozen=True, slots=True)
class RowTexts:
    """The texts of all rows: of each chunk, and of each unit without and with its case's name."""

    chunks: tuple[str, ...]
    units: tuple[str, ...]
    named_units: tuple[str, ...]

    def encoded(self) -> list[str]:
        """What the encoder gets: chunks, units, named units, in this order."""
        return [fold_width(text) for text in (*self.chunks, *self.units, *self.named_units)]


def row_texts(documents: Mapping[str, Document], chunks: Sequence[Chunk]) -> RowTexts:
    """The texts of the rows of `chunks`; `documents` by their ids."""
    return RowTexts(
        tuple(passage_text(chunk, documents[chunk.document]) for chunk in chunks),
        tuple(in_one_line(unit.text) for chunk in chunks for unit in chunk.units),
        tuple(
            f"{case_name(chunk, documents[chunk.document])}：{in_one_line(unit.text)}"
            for chunk in chunks
            for unit in chunk.units
        ),
    )


def background_sentences() -> list[str]:
    """Sentences on everyday municipal life that answer no question in particular."""
    path = Path(__file__).parent / "data" / "background.txt"
    return path.read_text(encoding="utf-8").split()


def case_name(chunk: Chunk, document: Document) -> str:
    """Whose case a chunk tells: the municipality, else the document's title."""
    return chunk.place.name if chunk.place else document.metadata.title


def passage_text(chunk: Chunk, document: Document) -> str:
    """What is encoded of a chunk: whose case, under which headings, and its text."""
    titles = [case_name(chunk, document), document.metadata.title, *chunk.heading]
    head = " ".join(dict.fromkeys(titles))
    return f"{head}\n{chunk.text.strip()}"
