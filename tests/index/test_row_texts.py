"""What is encoded for each row, and read of it."""

from index.row_texts import row_texts
from ingest.chunking import chunk_document
from ingest.documents import Document, Metadata


def test_a_wrapped_sentence_is_encoded_in_one_line_and_quoted_as_it_stands():
    text = "題\n\n手数料を\n下げた。\n"
    document = Document("a.txt", text, 0, Metadata("題"), markdown=False)
    chunks = chunk_document(document)
    texts = row_texts({"a.txt": document}, chunks)
    assert texts.units == ("手数料を下げた。",)
    assert texts.named_units == ("題：手数料を下げた。",)
    assert [unit.text for chunk in chunks for unit in chunk.units] == ["手数料を\n下げた。"]
