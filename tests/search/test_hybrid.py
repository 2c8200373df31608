from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.respond import Answerer
from errors import JireiError
from index.generation import Generation, Level
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY, Thesaurus
from index.vectors import VectorIndex
from ingest.documents import Chunk
from search.hybrid import (
    ArmScores,
    Hit,
    Searcher,
    SearchSettings,
    best_of_groups,
    fuse,
)

BOTH = SearchSettings()
DENSE = SearchSettings(lexical=False)
LEXICAL = SearchSettings(dense=False)

QUESTIONS = [
    ("RPAで入力事務を自動化した市", "docs/cases/saitama.md"),
    ("生成AIを市民向けの案内に使う方針", "docs/cases/machida.md"),
    ("若年層に向けたSNSの相談窓口", "docs/cases/mie.md"),
    ("自治体DXとは行政サービスの変革", "docs/articles/what.md"),
]


class Axis(StubEncoder):
    """Every question is the first axis of a plane."""

    dim = 2

    def encode_queries(self, texts):
        return np.array([[1, 0]] * len(texts), np.float32)


def level(vectors: list[list[float]], terms: list[str]) -> Level:
    return Level(
        VectorIndex.from_vectors(np.array(vectors, np.float32)),
        LexicalIndex.from_terms([[term] for term in terms]),
    )


@pytest.fixture
def three() -> Generation:
    """Three chunks with one, no and two units."""
    chunks = tuple(
        Chunk(f"{row}.md", (), None, None, 0, 1, "x", (0, 1) * n) for row, n in enumerate((1, 0, 2))
    )
    chunk_level = level([[1, 0], [0, 1], [0.5, 0.75]], ["rpa", "ocr", "ocr"])
    unit_level = level([[0.5, 0.75], [1, 0], [0, 1]], ["rpa", "ocr", "rpa"])
    manifest = Manifest("g", 1, "", "", "stub@1", "cut", 2, {}, (), {})
    background = VectorIndex.from_vectors(np.array([[0.75, 0.5], [0, 1]], np.float32))
    return Generation(manifest, {}, chunks, chunk_level, unit_level, background)


def find(generation: Generation, settings: SearchSettings, k: int = 9) -> list[Hit]:
    return Searcher(generation, Axis(), settings, EMPTY).search("RPA", k)


def search_small(
    answerer: Answerer, query: str, arms: SearchSettings = BOTH, k: int = 3
) -> list[Hit]:
    return Searcher(answerer.generation, StubEncoder(), arms, EMPTY).search(query, k)


def test_dense_arm_by_hand(three):
    # Chunk scores 1, 0, .5; best units .5, none, 1; means .75, 0, .75: two alike, one apart,
    # z = 1/sqrt(2), -sqrt(2), 1/sqrt(2).
    hits = find(three, DENSE)
    assert [hit.row for hit in hits] == [0, 2, 1]
    assert [hit.dense for hit in hits] == pytest.approx([0.75, 0.75, 0.0], abs=1e-6)
    assert [hit.fused for hit in hits] == pytest.approx([0.707107, 0.707107, -1.414214], abs=1e-5)
    assert [hit.dense_rank for hit in hits] == [1, 2, 3]
    assert [(hit.lexical, hit.lexical_rank) for hit in hits] == [(0.0, None)] * 3


def test_lexical_arm_by_hand_leaves_rows_without_a_term_out(three):
    # Rows of one term weigh their idf: chunks ln(8/3) = .980829 for one of three rows, units
    # ln(1.6) = .470004 for two of three. Means: (.980829 + .470004) / 2 = .725416; 0 (no unit,
    # the chunk's own); (0 + .470004) / 2 = .235002. Mean .320139, deviation .302208.
    hits = find(three, LEXICAL)
    assert [hit.row for hit in hits] == [0, 2]
    assert [hit.lexical for hit in hits] == pytest.approx([2 * 0.725416, 2 * 0.235002], abs=1e-5)
    assert [hit.fused for hit in hits] == pytest.approx([1.341055, -0.281721], abs=1e-4)
    assert [hit.lexical_rank for hit in hits] == [1, 2]
    assert [(hit.dense, hit.dense_rank) for hit in hits] == [(0.0, None)] * 2


def test_both_arms_by_hand(three):
    # .7 * .707107 + .3 * 1.341055 = .897291; .7 * .707107 - .3 * .281721 = .410459;
    # -.7 * 1.414214 - .3 * 1.059334 = -1.307750.
    hits = find(three, BOTH)
    assert [hit.row for hit in hits] == [0, 2, 1]
    assert [hit.fused for hit in hits] == pytest.approx([0.897291, 0.410459, -1.307750], abs=1e-4)
    assert [hit.dense_rank for hit in hits] == [1, 2, 3]
    assert [hit.lexical_rank for hit in hits] == [1, 2, None]
    assert [hit.chunk for hit in hits] == [three.chunks[row] for row in (0, 2, 1)]


@pytest.mark.parametrize(("weight", "row"), [(0.0, 2 * 0.235002), (1.0, 0.75)])
def test_weight_at_its_end_leaves_one_arm_to_decide(three, weight, row):
    hits = find(three, SearchSettings(dense_weight=weight))
    arm = DENSE if weight else LEXICAL
    alone = {hit.row: hit.fused for hit in find(three, arm)}
    assert {hit.row: hit.fused for hit in hits if hit.row in alone} == pytest.approx(alone)
    assert (hits[1].dense if weight else hits[1].lexical) == pytest.approx(row, abs=1e-5)


def test_scores_are_those_of_every_row(three):
    scores = Searcher(three, Axis(), BOTH, EMPTY).score("RPA")
    assert scores.chunks.dense == pytest.approx([1, 0, 0.5], abs=1e-6)
    assert scores.units.dense == pytest.approx([0.5, 1, 0], abs=1e-6)
    assert scores.chunks.lexical == pytest.approx([2 * 0.980829, 0, 0], abs=1e-5)
    assert scores.units.lexical == pytest.approx([2 * 0.470004, 0, 2 * 0.470004], abs=1e-5)


class Adapted(Axis):
    """What is asked of single sentences is the second axis."""

    def encode_questions(self, texts):
        return np.array([[0, 1]] * len(texts), dtype=np.float32)


class Apart(Axis):
    """ "RPA" is the first axis, anything else the second."""

    def encode_queries(self, texts):
        return np.array([[1, 0] if text == "RPA" else [0, 1] for text in texts], np.float32)


def test_question_and_its_words_are_scored_by_their_own_vectors(three):
    asked, named = Searcher(three, Apart(), BOTH, EMPTY).score_units("RPA", "OCR")
    assert asked.units.dense == pytest.approx([0.5, 1, 0], abs=1e-6)
    assert named.units.dense == pytest.approx([0.75, 0, 1], abs=1e-6)


def test_units_are_met_by_questions_and_measured_by_the_background(three):
    asked, named = Searcher(three, Adapted(), BOTH, EMPTY).score_units("RPA", "OCR")
    for scores in (asked, named):
        assert scores.units.dense == pytest.approx([0.75, 0, 1], abs=1e-6)
        assert scores.background.dense == pytest.approx([0.5, 1], abs=1e-6)
    assert asked.units.lexical == pytest.approx([2 * 0.470004, 0, 2 * 0.470004], abs=1e-5)
    assert asked.background.lexical == pytest.approx([0, 0])
    assert named.units.lexical is None
    # A search for passages knows nothing of the adapter.
    assert Searcher(three, Adapted(), BOTH, EMPTY).score("RPA").units.dense == pytest.approx(
        [0.5, 1, 0]
    )


def test_units_have_no_scores_of_an_arm_that_is_off(three):
    asked, named = Searcher(three, Axis(), LEXICAL, EMPTY).score_units("RPA", "OCR")
    assert (asked.units.dense, asked.background.dense, named.units.dense) == (None, None, None)
    asked, _ = Searcher(three, Axis(), DENSE, EMPTY).score_units("RPA", "OCR")
    assert (asked.units.lexical, asked.background.lexical) == (None, None)


def test_arm_that_is_off_has_no_scores(three):
    assert Searcher(three, Axis(), DENSE, EMPTY).score("RPA").chunks.lexical is None
    assert Searcher(three, Axis(), LEXICAL, EMPTY).score("RPA").units.dense is None


def test_concept_that_only_questions_name_counts_as_a_term(three):
    thesaurus = Thesaurus({"ロボ": ("robot", True)}, {}, "x")
    terms = [["c:robot"], ["ocr"], ["ocr"]]
    chunks = Level(three.chunk_level.vectors, LexicalIndex.from_terms(terms))
    generation = replace(three, chunk_level=chunks)
    hits = Searcher(generation, Axis(), LEXICAL, thesaurus).search("ロボ", 3)
    assert [hit.row for hit in hits] == [0]


@pytest.mark.parametrize("arms", [DENSE, LEXICAL, BOTH])
@pytest.mark.parametrize(("query", "document"), QUESTIONS)
def test_each_arm_alone_finds_the_chunk(answerer, arms, query, document):
    assert search_small(answerer, query, arms)[0].chunk.document == document


@pytest.mark.parametrize(("k", "n"), [(1, 1), (4, 4), (6, 6), (7, 6), (1000, 6)])
def test_k_beyond_the_corpus_gives_all_there_is(answerer, k, n):
    hits = search_small(answerer, "RPA", k=k)
    assert len(hits) == n
    assert len({hit.row for hit in hits}) == n


@pytest.mark.parametrize("k", [0, -1])
def test_k_below_one_is_refused(answerer, k):
    with pytest.raises(JireiError, match=rf"件数 {k} は使えません") as caught:
        search_small(answerer, "RPA", k=k)
    assert caught.value.key == "k_too_small"


@pytest.mark.parametrize("query", ["", "  ", "\n\u3000"])
def test_empty_query_is_refused(answerer, query):
    with pytest.raises(JireiError, match="質問が空です") as caught:
        search_small(answerer, query)
    assert caught.value.key == "question_empty"


def test_both_arms_off_is_refused():
    with pytest.raises(JireiError, match="JIREI_DENSE か JIREI_LEXICAL") as caught:
        SearchSettings(dense=False, lexical=False)
    assert caught.value.key == "no_arm"


def test_lexical_alone_gives_no_row_that_holds_no_term(answerer):
    assert search_small(answerer, "ドローン", LEXICAL) == []
    hits = search_small(answerer, "RPA", LEXICAL, k=9)
    assert {hit.chunk.document for hit in hits} == {
        "docs/cases/machida.md",
        "docs/cases/saitama.md",
    }
    assert all(hit.lexical > 0 for hit in hits)


@pytest.mark.parametrize("arms", [DENSE, LEXICAL, BOTH])
@pytest.mark.parametrize("query", ["RPA", "窓口の相談", "ドローン", "行政サービスの案内"])
def test_ranks_and_order_are_those_of_the_scores(answerer, arms, query):
    hits = search_small(answerer, query, arms, k=9)
    assert hits == sorted(hits, key=lambda hit: (-hit.fused, hit.row))
    dense = sorted((h for h in hits if h.dense_rank), key=lambda h: (-h.dense, h.row))
    assert [hit.dense_rank for hit in dense] == list(range(1, len(hits) * arms.dense + 1))
    lexical = sorted((h for h in hits if h.lexical > 0), key=lambda h: (-h.lexical, h.row))
    assert [hit.lexical_rank for hit in lexical] == list(range(1, len(lexical) + 1))
    assert all(hit.lexical_rank is None for hit in hits if hit.lexical == 0)


def test_fewer_asked_is_the_head_of_more(answerer):
    assert search_small(answerer, "RPA", k=2) == search_small(answerer, "RPA", k=9)[:2]


def test_one_arm_alone_is_not_shrunk_by_its_weight():
    arms = ArmScores(np.array([1, 2, 3], np.float32), None)
    fused = fuse(arms, SearchSettings(lexical=False, dense_weight=0.0))
    assert fused == pytest.approx([-1.224745, 0, 1.224745], abs=1e-6)


def test_best_of_groups_by_hand():
    scores = np.array([0.2, 0.9, -0.5, 0.1], np.float32)
    best = best_of_groups(scores, [0, 0, 2, 3], 5)
    assert best == pytest.approx([0.9, -np.inf, -0.5, 0.1, -np.inf])
    assert best_of_groups(scores[:0], [], 2).tolist() == [-np.inf, -np.inf]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-9, 9)), max_size=20))
def test_best_of_groups_equals_the_maximum_of_each(pairs):
    groups, values = [group for group, _ in pairs], [value for _, value in pairs]
    best = best_of_groups(np.array(values, np.float32), groups, 5)
    for group in range(5):
        members = [value for owner, value in pairs if owner == group]
        assert best[group] == max(members, default=-np.inf)
