"""Uploads are one more folder of the index, whichever folders a build names."""

from pathlib import Path

import pytest

from answer.respond import Answerer
from index.build import build
from index.encoder import make_encoder
from index.life import roll_back, roots_of_index, why_stale
from ingest.uploads import Uploads
from settings import Settings

KYOTO = "京都市：入力の自動化\n\n京都市は、RPAで入力を自動化している。\n".encode("cp932")


@pytest.fixture
def store(settings: Settings) -> Uploads:
    return Uploads(settings.uploads_folder, settings.upload_caps)


def quotes(settings: Settings) -> set[tuple[str, str]]:
    answer = Answerer.open(settings).ask("京都市のRPAは？")
    return {(q.document, q.text) for case in answer.cases for q in case.quotes}


def test_upload_is_quoted_under_its_name_until_it_is_removed(
    corpus: Path, settings: Settings, store: Uploads
):
    encoder = make_encoder(settings)
    build([corpus], encoder, settings)
    store.put("../京都市 報告.txt", KYOTO)
    assert why_stale(settings, encoder) == "stale_files"
    build(roots_of_index(settings), encoder, settings)
    assert why_stale(settings, encoder) is None
    said = ("uploads/京都市 報告.txt", "京都市は、RPAで入力を自動化している。")
    assert said in quotes(settings)
    store.remove("京都市 報告.txt")
    assert why_stale(settings, encoder) == "stale_files"
    built = build(roots_of_index(settings), encoder, settings)
    assert said not in quotes(settings)
    assert not any("京都市" in chunk.text for chunk in built.generation.chunks)
    roll_back(settings, encoder)
    assert said in quotes(settings)


def test_build_of_other_folders_keeps_the_uploads(corpus: Path, settings: Settings, store: Uploads):
    store.put("京都市.txt", KYOTO)
    built = build([corpus / "cases"], make_encoder(settings), settings)
    assert "uploads/京都市.txt" in built.generation.documents
    # Where `var` is moved to, its uploads go along.
    assert built.generation.manifest.roots == (str((corpus / "cases").resolve()),)
