"""From unit rows to quotes: sentences of the index, word for word."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.compare import Row
from answer.contract import Comparison, ComparisonRow, Quote
from answer.marks import Wanted, marks
from index.generation import Generation
from ingest.documents import Place


@dataclass(frozen=True)
class Quoter:
    """Quotes one index."""

    generation: Generation

    def quote(self, row: int, asked: Wanted) -> Quote:
        """The quote of a unit row, with what is asked for marked."""
        chunk = self.generation.chunks[self.generation.chunk_of_unit[row]]
        unit = self.generation.units[row]
        return Quote(
            text=unit.text,
            document=chunk.document,
            heading=chunk.heading,
            page=chunk.page,
            start=unit.start,
            end=unit.end,
            passage=(chunk.start, chunk.end),
            marks=marks(unit.text, asked) if asked.anything else (),
        )

    def comparison(self, places: Sequence[Place], rows: Sequence[Row], asked: Wanted) -> Comparison:
        """The table of a comparison, whose rows have a cell for each of the places."""
        return Comparison(
            tuple(places),
            tuple(
                ComparisonRow(
                    row.theme,
                    tuple(tuple(self.quote(unit, asked) for unit in cell) for cell in row.cells),
                )
                for row in rows
            ),
        )
