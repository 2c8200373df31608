"""A build beside the page: one at a time, told how far it is, one more if files came late."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from errors import JireiError
from index import background as module
from index.background import BackgroundBuild, BuildState
from index.build import build
from index.generation import open_generation
from index.life import roll_back
from index.manifest import current_name
from index.publish import build_lock, generation_names
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY, splitter_name
from ingest.uploads import Uploads
from settings import Settings
from tests.index.counting_encoder import Counting

PATIENT = 60.0


class Gated(Counting):
    """Encodes passages only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.let = Event(), Event()

    def encode_passages(self, texts: Sequence[str], progress=None):
        self.reached.set()
        assert self.let.wait(PATIENT)
        return super().encode_passages(texts, progress)


@pytest.fixture
def store(settings: Settings) -> Uploads:
    return Uploads(settings.uploads_folder, settings.upload_caps)


def documents(settings: Settings) -> set[str]:
    opened = open_generation(settings.index_folder, StubEncoder.fingerprint, splitter_name(EMPTY))
    return set(opened.documents)


def test_build_takes_uploads_in_and_counts_itself(corpus: Path, settings: Settings, store: Uploads):
    build([corpus], StubEncoder(), settings)
    store.put("京都市.txt", "京都市は窓口を改めた。".encode("cp932"))
    builder = BackgroundBuild(settings, StubEncoder())
    assert builder.state() == BuildState()
    builder.request()
    assert builder.wait(PATIENT)
    assert builder.state() == BuildState("done", builds=1)
    assert "uploads/京都市.txt" in documents(settings)


def test_build_goes_on_from_what_is_open(corpus: Path, settings: Settings, store: Uploads):
    open_now = build([corpus], StubEncoder(), settings).generation
    # Read from the disk, it would have to be encoded anew.
    (settings.index_folder / open_now.name / "units.rows.npy").write_bytes(b"x")
    store.put("京都市.txt", "京都市は窓口を改めた。".encode())
    encoder = Counting()
    for path in settings.vectors_folder.iterdir():
        path.unlink()
    builder = BackgroundBuild(settings, encoder, lambda: open_now)
    builder.request()
    assert builder.wait(PATIENT)
    assert builder.state() == BuildState("done", builds=1)
    assert any("京都市" in text for text in encoder.asked)
    assert not any("町田市" in text for text in encoder.asked)


def test_files_that_come_while_it_builds_are_built_after_it(
    corpus: Path, settings: Settings, store: Uploads
):
    encoder = Gated()
    builder = BackgroundBuild(replace_corpus(settings, corpus), encoder)
    store.put("一.txt", "京都市は窓口を改めた。".encode())
    builder.request()
    assert encoder.reached.wait(PATIENT)
    assert builder.state().running
    store.put("二.txt", "三重県は相談窓口を設けた。".encode())
    for _ in range(3):
        builder.request()
    assert generation_names(settings.index_folder) == []
    encoder.let.set()
    assert builder.wait(PATIENT)
    assert builder.state().builds == 2  # three requests in the meantime are one more build
    assert {"uploads/一.txt", "uploads/二.txt"} < documents(settings)


def replace_corpus(settings: Settings, corpus: Path) -> Settings:
    return settings.model_copy(update={"corpus": corpus})


def test_build_that_another_process_holds_back_waits_and_says_so(corpus: Path, settings: Settings):
    builder = BackgroundBuild(replace_corpus(settings, corpus), StubEncoder())
    phases = Event()
    real = builder._on_wait

    def on_wait() -> None:
        real()
        phases.set()

    builder._on_wait = on_wait  # type: ignore[method-assign]
    with build_lock(settings.index_folder):
        builder.request()
        assert phases.wait(PATIENT)
        assert builder.state().phase == "waiting"
    assert builder.wait(PATIENT)
    assert builder.state().phase == "done"


def test_failure_is_told_and_the_live_generation_stays(
    corpus: Path, settings: Settings, store: Uploads
):
    live = build([corpus], StubEncoder(), settings).generation.name
    store.put("一.txt", b"text")
    (settings.uploads_folder / "uploads.json").write_bytes(b"{")
    builder = BackgroundBuild(settings, StubEncoder())
    builder.request()
    assert builder.wait(PATIENT)
    state = builder.state()
    assert (state.phase, state.builds) == ("failed", 1)
    assert state.error
    assert state.error.key == "uploads_damaged"
    assert current_name(settings.index_folder) == live


def test_folder_that_is_away_for_a_while_loses_no_document(
    corpus: Path, settings: Settings, store: Uploads, tmp_path: Path
):
    share = tmp_path / "share"
    share.mkdir()
    (share / "北見市.txt").write_text("北見市はRPAを導入した。", encoding="utf-8")
    live = build([corpus, share], StubEncoder(), settings).generation.name
    share.rename(tmp_path / "away")
    store.put("一.txt", "京都市はRPAを導入した。".encode())
    builder = BackgroundBuild(settings, StubEncoder())
    builder.request()
    assert builder.wait(PATIENT)
    error = builder.state().error
    assert error
    assert (error.key, error.values["path"]) == ("path_missing", share)
    assert current_name(settings.index_folder) == live
    (tmp_path / "away").rename(share)
    builder.request()
    assert builder.wait(PATIENT)
    assert builder.state().phase == "done"
    opened = open_generation(settings.index_folder, StubEncoder.fingerprint, splitter_name(EMPTY))
    assert {"share/北見市.txt", "uploads/一.txt"} <= opened.documents.keys()


def test_unforeseen_error_ends_the_build_with_a_line(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object, **__: object) -> None:
        raise BufferError("x")

    monkeypatch.setattr(module, "build", broken)
    builder = BackgroundBuild(replace_corpus(settings, corpus), StubEncoder())
    builder.request()
    assert builder.wait(PATIENT)
    error = builder.state().error
    assert isinstance(error, JireiError)
    assert (error.key, error.values) == ("build_failed", {"why": "BufferError"})


def test_progress_goes_through_its_phases_with_rate_and_time_left(corpus: Path, settings: Settings):
    now = [100.0]
    own = replace_corpus(settings, corpus)
    builder = BackgroundBuild(own, StubEncoder(), clock=lambda: now[0])
    builder._enter("reading", 4)
    now[0] += 2.0
    report = build([corpus], StubEncoder(), settings).reports[0]
    builder._on_file(report)
    state = builder.state()
    assert (state.phase, state.done, state.total, state.rate) == ("reading", 1, 4, 0.5)
    assert state.seconds_left == 6.0
    for _ in range(3):
        builder._on_file(report)
    assert builder.state() == BuildState("embedding")
    assert builder.state().seconds_left is None
    now[0] += 1.0
    builder._on_encoded(512, 2048)
    state = builder.state()
    assert (state.phase, state.rate, state.seconds_left) == ("embedding", 512.0, 3.0)
    builder._on_encoded(2048, 2048)
    assert builder.state().phase == "writing"


def test_build_ends_a_rollback(corpus: Path, settings: Settings, store: Uploads):
    first = build([corpus], StubEncoder(), settings).generation.name
    store.put("一.txt", "京都市は窓口を改めた。".encode())
    builder = BackgroundBuild(settings, StubEncoder())
    builder.request()
    assert builder.wait(PATIENT)
    newest = current_name(settings.index_folder)
    roll_back(settings, StubEncoder())
    assert current_name(settings.index_folder) == first
    builder.request()
    assert builder.wait(PATIENT)
    assert current_name(settings.index_folder) not in (first, newest)
    assert "uploads/一.txt" in documents(settings)
