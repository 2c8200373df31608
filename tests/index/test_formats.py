"""The life of an index whose files are no plain text, read in the real child process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answer.respond import Answerer
from errors import JireiError
from index.build import Built, build
from index.life import verify, why_stale
from ingest.isolation import IsolatedReader
from ingest.reading import Outcome, failed
from settings import Settings
from tests.index.counting_encoder import Counting
from tests.ingest.animals import archive
from tests.ingest.zoo_office import word, workbook

SAITAMA = "さいたま市は、入力事務をRPAで自動化している。"
MACHIDA = "町田市は、生成AIを市民向けの案内に使う方針である。"
TSU = "津市は、避難所の受付をマイナンバーカードでしている。"


def letter(*lines: str) -> bytes:
    def fill(document: Any) -> None:
        for line in lines:
            document.add_paragraph(line)

    return word(fill)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A letter, a table, and an archive with a text and a workbook."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "letter.docx").write_bytes(letter(SAITAMA))
    (folder / "table.csv").write_bytes(f"市,内容\n町田市,{MACHIDA}\n".encode("cp932"))
    book = workbook({"表": [["市", "人数"], ["京都市", 70]]})
    (folder / "all.zip").write_bytes(archive({"tsu.txt": TSU.encode(), "book.xlsx": book}))
    return folder


@pytest.fixture
def rebuild(corpus: Path, settings: Settings) -> Callable[[], Built]:
    """Builds what is stale, and sees that the index is whole and settled then."""

    def run() -> Built:
        encoder = Counting()
        assert why_stale(settings, encoder) is not None
        built = build([corpus], encoder, settings)
        assert built.changed
        assert why_stale(settings, encoder) is None
        assert set(map(tuple, verify(settings).values())) == {()}
        assert not build([corpus], encoder, settings).changed
        return built

    return run


def documents(built: Built) -> list[str]:
    return list(built.generation.documents)


def test_files_of_every_kind_are_added_changed_renamed_and_deleted(corpus, rebuild, settings):
    everything = [
        *("docs/all.zip/book.xlsx", "docs/all.zip/tsu.txt", "docs/letter.docx", "docs/table.csv")
    ]
    assert sorted(documents(rebuild())) == everything
    (corpus / "letter.docx").rename(corpus / "brief.docx")
    assert "docs/letter.docx" not in documents(rebuild())
    (corpus / "all.zip").write_bytes(archive({"tsu.txt": (TSU + "夜も受ける。").encode()}))
    built = rebuild()
    assert documents(built) == ["docs/all.zip/tsu.txt", "docs/brief.docx", "docs/table.csv"]
    assert "夜も受ける。" in [unit.text for unit in built.generation.units]
    (corpus / "table.csv").unlink()
    built = rebuild()
    assert documents(built) == ["docs/all.zip/tsu.txt", "docs/brief.docx"]
    assert not any("町田市" in chunk.text for chunk in built.generation.chunks)
    assert not any("町田" in term for term in built.generation.unit_level.lexical.terms)
    hits = Answerer.open(settings).search("さいたま市の入力事務は？", 5)
    assert [(hit.chunk.document, hit.chunk.text) for hit in hits[:1]] == [
        ("docs/brief.docx", f"{SAITAMA}\n")
    ]


def test_only_the_file_that_changed_is_parsed(corpus, rebuild, monkeypatch):
    parsed: list[str] = []
    read = IsolatedReader.read

    def noted(self: IsolatedReader, path: Path, document_id: str):
        parsed.append(document_id)
        return read(self, path, document_id)

    monkeypatch.setattr(IsolatedReader, "read", noted)
    rebuild()
    assert sorted(parsed) == ["docs/all.zip", "docs/letter.docx", "docs/table.csv"]
    parsed.clear()
    (corpus / "letter.docx").write_bytes(letter(SAITAMA, TSU))
    rebuild()
    assert parsed == ["docs/letter.docx"]


def test_file_that_failed_for_its_time_is_tried_again(corpus, settings, monkeypatch):
    def late(self: IsolatedReader, path: Path, document_id: str) -> list[Outcome]:
        return [failed(JireiError("parse_timeout", file=document_id, seconds=1), document_id)]

    encoder = Counting()
    (corpus / "a.md").write_text(MACHIDA, "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(IsolatedReader, "read", late)
        assert documents(build([corpus], encoder, settings)) == ["docs/a.md"]
        assert why_stale(settings, encoder) is None
        assert not build([corpus], encoder, settings).changed
    again = build([corpus], encoder, settings)
    assert again.changed
    assert len(documents(again)) == 5
