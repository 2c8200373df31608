"""Whatever was added, changed, deleted, renamed and rolled back: the index is that of the files."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from answer.respond import Answerer
from index.build import build
from index.generation import Generation, current_name
from index.life import collect, is_held, list_generations, roll_back, why_stale
from index.stub_encoder import StubEncoder
from settings import Settings

STEPS = 200
EXAMPLES = 5
KEEP = 4
NAMES = [
    f"{folder}{name}.{kind}" for folder in ("", "a/") for name in "xyz" for kind in ("md", "txt")
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
names = st.sampled_from(NAMES)

Files = dict[str, str]


def same(one: Generation, other: Generation) -> None:
    """Documents, rows, vectors and postings, bit for bit."""
    assert one.documents == other.documents
    assert one.chunks == other.chunks
    for a, b in ((one.chunk_level, other.chunk_level), (one.unit_level, other.unit_level)):
        assert a.vectors.to_bytes() == b.vectors.to_bytes()
        assert a.lexical.terms == b.lexical.terms
        for part in ("offsets", "rows", "weights"):
            assert np.array_equal(getattr(a.lexical, part), getattr(b.lexical, part))


class IndexLife(RuleBasedStateMachine):
    """`files` is what the folder holds, `told` what each generation was built from."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp())
        self.folder = self.base / "docs"
        self.folder.mkdir()
        self.settings = self.own("var")
        self.encoder = StubEncoder()
        self.files: Files = {}
        self.told: dict[str, Files] = {}
        self.fresh = 0

    def own(self, var: str) -> Settings:
        thesaurus = self.base / "none.csv"
        return Settings(
            var=self.base / var, encoder="stub", keep_generations=KEEP, thesaurus=thesaurus
        )

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        self.files[name] = text

    def live(self) -> str:
        return current_name(self.settings.index_folder) or ""

    @initialize(text=texts)
    def first_build(self, text: str) -> None:
        self.write("always.md", text)
        self.build()

    @rule(name=names, text=texts)
    def add_or_change(self, name: str, text: str) -> None:
        self.write(name, text)

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(set(self.files) - {"always.md"})))
        (self.folder / name).unlink()
        del self.files[name]

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data(), new=names)
    def rename(self, data: st.DataObject, new: str) -> None:
        name = data.draw(st.sampled_from(sorted(set(self.files) - {"always.md"})))
        (self.folder / new).parent.mkdir(exist_ok=True)
        (self.folder / name).replace(self.folder / new)
        self.files[new] = self.files.pop(name)

    @rule()
    def build(self) -> None:
        stale = why_stale(self.settings, self.encoder)
        held = bool(self.told) and is_held(self.settings)
        before = self.told.get(self.live())
        built = build([self.folder], self.encoder, self.settings)
        assert built.changed == (before != self.files)
        assert bool(stale) == (built.changed and not held)
        assert built.generation.name == self.live()
        assert not is_held(self.settings)
        self.told[self.live()] = dict(self.files)

    @precondition(lambda self: len(list_generations(self.settings)) > 1)
    @rule(data=st.data())
    def rollback(self, data: st.DataObject) -> None:
        there = [each.name for each in list_generations(self.settings)]
        chosen = data.draw(st.sampled_from(there))
        assert roll_back(self.settings, self.encoder, chosen).name == self.live() == chosen
        assert is_held(self.settings) == (chosen != there[-1])

    @rule(keep=st.integers(1, KEEP))
    def gc(self, keep: int) -> None:
        collect(self.settings, keep)
        there = [each.name for each in list_generations(self.settings)]
        assert self.live() in there
        assert len(there) <= keep + 1

    @rule()
    def compare(self) -> None:
        """The live generation against a first build, elsewhere, of what it was built from."""
        self.fresh += 1
        aside = self.base / f"fresh{self.fresh}"
        for name, text in self.told[self.live()].items():
            path = aside / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        own = self.own(f"fresh{self.fresh}/var")
        build([aside / "docs"], self.encoder, own)
        one, other = (Answerer.open(s, self.encoder) for s in (self.settings, own))
        same(one.generation, other.generation)
        for question in QUESTIONS:
            assert one.search(question, 20) == other.search(question, 20)
        shutil.rmtree(aside)

    def teardown(self) -> None:
        if self.told:
            self.compare()
        shutil.rmtree(self.base)


IndexLife.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
test_index_equals_a_fresh_build_after_any_steps = IndexLife.TestCase
