"""Chunks on disk: places in a document, read back as what stands there."""

import json

import pytest

from index.chunk_lines import dump_chunks, parse_chunks, parse_old_chunks
from ingest.documents import Chunk, Document, Metadata, Unit

TEXT = "# 津市\n\n窓口を改めた。受付も改めた。\n"
DOCUMENTS = {"a.md": Document("a.md", TEXT, 0, Metadata("津市"), True)}
CHUNK = Chunk("a.md", ("津市",), None, 3, 0, len(TEXT), TEXT, (6, 13, 13, 20))
FIELDS = {
    "document": "a.md",
    "heading": ["津市"],
    "place": None,
    "page": 3,
    "start": 0,
    "end": len(TEXT),
}


def line(**fields: object) -> bytes:
    return json.dumps(FIELDS | fields).encode() + b"\n"


def test_chunk_is_written_without_text_and_read_back_with_it():
    data = dump_chunks([CHUNK, CHUNK])
    assert [json.loads(each) for each in data.splitlines()] == [
        FIELDS | {"spans": [6, 13, 13, 20]}
    ] * 2
    assert parse_chunks(data, DOCUMENTS) == (CHUNK, CHUNK)


def test_units_are_cut_from_the_text_of_the_chunk():
    units = (Unit(6, 13, "窓口を改めた。"), Unit(13, 20, "受付も改めた。"))
    assert (CHUNK.n_units, CHUNK.units) == (2, units)
    # A chunk that does not begin where its document does.
    later = Chunk("a.md", (), None, None, 13, 20, TEXT[13:20], (13, 20))
    assert (later.n_units, later.units) == (1, units[1:])
    bare = Chunk("a.md", (), None, None, 0, 6, TEXT[:6], ())
    assert (bare.n_units, bare.units) == (0, ())


@pytest.mark.parametrize(
    "units",
    [
        [[6, 13], [13, 20]],
        [
            {"start": 6, "end": 13, "text": "窓口を改めた。"},
            {"start": 13, "end": 20, "text": "受付も改めた。"},
        ],
    ],
    ids=["format 3", "formats 1 and 2"],
)
def test_lines_of_earlier_formats_give_the_same_chunk(units):
    assert parse_old_chunks(line(units=units, text=TEXT), DOCUMENTS) == (CHUNK,)


@pytest.mark.parametrize(
    "damaged",
    [
        b"{}\n",
        b"x\n",
        line(),
        line(spans=[6, 13, 13]),
        line(spans=[6, "x"]),
        line(spans=[], document="b.md"),
    ],
)
def test_line_that_is_no_chunk_of_these_documents_is_refused(damaged):
    with pytest.raises((ValueError, KeyError)):
        parse_chunks(damaged, DOCUMENTS)
