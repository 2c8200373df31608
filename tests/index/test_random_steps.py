"""Whatever was added, changed, deleted, renamed and rolled back: the index is that of the files."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from answer.respond import Answerer
from index.build import build
from index.generation import Generation, to_files
from index.life import collect, is_held, list_generations, roll_back, why_stale
from index.manifest import current_name
from index.stub_encoder import StubEncoder
from ingest.limits import Limits
from ingest.reading import Outcome, read_file
from settings import Settings
from tests.ingest.animals import archive

STEPS = 200
RUNS = 5
COMPARE_EVERY = 10
KEEP = 4
NAMES = [
    f"{folder}{name}.{kind}"
    for folder in ("", "a/")
    for name in "xyz"
    for kind in ("md", "txt", "csv", "zip", "log")
]
PLACES = ("さいたま市", "町田市", "三重県", "京都市")
FACTS = (
    "RPAで入力を自動化している。",
    "窓口の案内に生成AIを使う。",
    "若者の相談をSNSで受ける。",
    "テレワークの実施者は70%を目標とする。",
    "- 書かない窓口を始めた",
)
QUESTIONS = ("RPAを使う市は？", "町田市の窓口は？", "テレワークの目標は？", "若者の相談")

texts = st.builds(
    lambda place, facts: f"# {place}：取り組み\n\n" + "\n".join(f"{place}は、{f}" for f in facts),
    st.sampled_from(PLACES),
    st.lists(st.sampled_from(FACTS), min_size=1, max_size=4),
)
Files = dict[str, bytes]


def data_of(name: str, text: str) -> bytes:
    """The bytes of a file of that name; an archive holds two files, one that cannot be read."""
    if name.endswith(".csv"):
        lines = text.replace(",", "、").splitlines()
        return "\n".join(["番号,内容", *(f"{n},{line}" for n, line in enumerate(lines))]).encode()
    if name.endswith(".zip"):
        return archive({"in/a.md": text.encode(), "b.csv": b""})
    return text.encode()


class InProcess:
    """Reads what the child process would: one started for each build is too slow for here."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def __enter__(self) -> "InProcess":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, path: Path, document_id: str) -> list[Outcome]:
        return read_file(path, document_id, self.limits)


def seen(files: Files) -> Files:
    """What of the files decides an index: of a format that is not read only the name."""
    return {name: b"" if name.endswith(".log") else data for name, data in files.items()}


@dataclass(frozen=True)
class Step:
    """What happens next. `at` chooses, modulo how many there are, a file or a generation."""

    what: str
    at: int
    name: str
    text: str
    build: bool


steps = st.builds(
    Step,
    st.sampled_from(["add", "change", "delete", "rename", "rollback", "gc"]),
    st.integers(0, 11),
    st.sampled_from(NAMES),
    texts,
    st.booleans(),
)


def same(one: Generation, other: Generation) -> None:
    """Everything that is written: documents, rows, records, vectors and postings."""
    assert one.manifest.files == other.manifest.files
    assert dict(to_files(one)) == dict(to_files(other))


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


class IndexLife:
    """`files` is what the folder holds, `told` what each generation was built from."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.folder = base / "docs"
        self.settings = self.own("var")
        self.encoder = StubEncoder()
        self.files: Files = {}
        self.told: dict[str, Files] = {}

    def own(self, var: str) -> Settings:
        thesaurus = self.base / "none.csv"
        return Settings(
            var=self.base / var, encoder="stub", keep_generations=KEEP, thesaurus=thesaurus
        )

    @property
    def live(self) -> str:
        return current_name(self.settings.index_folder) or ""

    @property
    def generations(self) -> list[str]:
        return [each.name for each in list_generations(self.settings)]

    def take(self, step: Step) -> None:
        """One step, and a build after it if the step says so."""
        others = sorted(set(self.files) - {"always.md"})
        if step.what == "add":
            self.write(step.name, step.text)
        elif step.what == "rollback":
            self.rollback(self.generations[step.at % len(self.generations)])
        elif step.what == "gc":
            collect(self.settings, 1 + step.at % KEEP)
            assert self.live in self.generations
        elif others:
            self.edit(step, others[step.at % len(others)])
        if step.build:
            self.build()

    def edit(self, step: Step, name: str) -> None:
        if step.what == "change":
            self.write(name, step.text)
            return
        data = self.files.pop(name)
        (self.folder / name).unlink()
        if step.what == "rename":
            self.put(Path(step.name).with_suffix(Path(name).suffix).as_posix(), data)

    def write(self, name: str, text: str) -> None:
        self.put(name, data_of(name, text))

    def put(self, name: str, data: bytes) -> None:
        put(self.folder / name, data)
        self.files[name] = data

    def build(self) -> None:
        stale = why_stale(self.settings, self.encoder) is not None
        held = bool(self.told) and is_held(self.settings)
        before = self.told.get(self.live)
        built = build([self.folder], self.encoder, self.settings)
        assert built.changed == (before is None or seen(before) != seen(self.files))
        assert stale == (built.changed and not held)
        assert built.generation.name == self.live == self.generations[-1] or not built.changed
        assert not is_held(self.settings)
        self.told[self.live] = dict(self.files)

    def rollback(self, chosen: str) -> None:
        assert roll_back(self.settings, self.encoder, chosen).name == self.live == chosen
        assert is_held(self.settings) == (chosen != self.generations[-1])

    def compare(self) -> None:
        """The live generation against a first build, elsewhere, of what it was built from."""
        aside = self.base / "fresh"
        for name, data in self.told[self.live].items():
            put(aside / "docs" / name, data)
        own = self.own("fresh/var")
        build([aside / "docs"], self.encoder, own)
        one, other = (Answerer.open(s, self.encoder) for s in (self.settings, own))
        same(one.generation, other.generation)
        for question in QUESTIONS:
            assert one.search(question, 20) == other.search(question, 20)
        shutil.rmtree(aside)


@given_settings(
    max_examples=RUNS,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(texts, st.lists(steps, min_size=STEPS, max_size=STEPS))
def test_index_equals_a_fresh_build_after_any_steps(first: str, taken: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as base, pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.folders.IsolatedReader", InProcess)
        life = IndexLife(Path(base))
        life.write("always.md", first)
        life.build()
        for number, step in enumerate(taken):
            life.take(step)
            if number % COMPARE_EVERY == 0:
                life.compare()
        life.compare()
        life.build()
        life.compare()
