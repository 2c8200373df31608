"""What a second reading makes of a ranking, worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from errors import JireiError
from index.matcher import ShippedMatcher
from index.reranker import SentenceReranker, ShippedReranker
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY
from ingest.documents import Metadata
from search.hybrid import Hit, Searcher, SearchSettings
from search.reading import (
    MATCHED,
    MATCHING_WEIGHT,
    READ,
    Readers,
    make_readers,
    match_again,
    passage_of,
    read_again,
    search_and_read,
)
from settings import Settings
from tests.answer.made import MACHIDA, MIE, SAITAMA, Part, generation

MADE = generation(
    Part("a.md", SAITAMA, ("一。", "二。")),
    Part("b.md", MACHIDA, ("三。",)),
    Part("c.md", MIE, ("四。",)),
    Part("d.md", None, ("五。",)),
    metadata={"d.md": Metadata("解説")},
)
SEARCHER = Searcher(MADE, StubEncoder(), SearchSettings(dense=False), EMPTY)
ONE, TWO = "さいたま市（埼玉県）一。", "さいたま市（埼玉県）二。"
THREE, FOUR, FIVE = "町田市（東京都）三。", "三重県（三重県）四。", "解説（）五。"


class Reader:
    """Scores a passage by a table, and remembers what it was given."""

    def __init__(self, scores: dict[str, float]) -> None:
        self.scores = scores
        self.read: list[tuple[str, str]] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.read += pairs
        return np.array([self.scores[text] for _, text in pairs], dtype=np.float32)


def hits(*fused: float) -> list[Hit]:
    """A hit of each chunk in turn, with these scores."""
    return [Hit(row, MADE.chunks[row], f, 0.0, 0.0, None, None) for row, f in enumerate(fused)]


def test_passage_says_whose_it_is_or_what_its_document_is_called() -> None:
    assert [passage_of(MADE, row) for row in range(5)] == [ONE, TWO, THREE, FOUR, FIVE]


def test_a_wrapped_sentence_is_read_in_one_line() -> None:
    made = generation(Part("a.md", SAITAMA, ("手数料を\n下げた。",)))
    assert passage_of(made, 0) == "さいたま市（埼玉県）手数料を下げた。"


def test_chunks_are_read_as_a_whole_and_the_word_added() -> None:
    reader = Reader({f"{ONE}二。": -1.0, THREE: 2.0, FIVE: -2.0})
    found = read_again("問", hits(3.0, 2.5, 2.0, 1.0)[:2] + hits(3, 3, 3, 2.2)[3:], MADE, reader)
    assert reader.read == [("問", f"{ONE}二。"), ("問", THREE), ("問", FIVE)]
    # 2.5 + .4 * 2, 3 - .4, 2.2 - .8.
    assert [(hit.row, round(hit.fused, 6)) for hit in found] == [(1, 3.3), (0, 2.6), (3, 1.4)]


@pytest.mark.parametrize(
    ("spans", "read"), [((15, 17, 18, 20), "一。\n二。"), ((), "# 題\n\n一。\n二。")]
)
def test_a_chunk_is_read_without_the_heading_before_its_sentences(
    spans: tuple[int, ...], read: str
) -> None:
    chunk = replace(MADE.chunks[0], text="# 題\n\n一。\n二。\n", start=10, end=21, spans=spans)
    reader = Reader({f"さいたま市（埼玉県）{read}": 1.0})
    assert read_again("問", [replace(hits(3.0)[0], chunk=chunk)], MADE, reader)[0].fused == 3.4


def test_chunks_of_the_same_score_keep_their_order() -> None:
    reader = Reader({f"{ONE}二。": 1.0, THREE: 1.0, FOUR: 1.0})
    found = read_again("問", hits(2.0, 2.0, 2.0), MADE, reader)
    assert [hit.row for hit in found] == [0, 1, 2]


def test_what_is_not_read_stays_behind_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    assert READ > 1
    monkeypatch.setattr("search.reading.READ", 2)
    reader = Reader({f"{ONE}二。": -50.0, THREE: -50.0})
    found = read_again("問", hits(3.0, 2.5, 2.0, 1.0), MADE, reader)
    assert [hit.row for hit in found] == [0, 1, 2, 3]
    assert [hit.fused for hit in found[2:]] == [2.0, 1.0]


def test_nothing_to_read_asks_nobody() -> None:
    class Nobody:
        def score(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
            raise AssertionError("asked")

    assert read_again("問", [], MADE, Nobody()) == []


TEXTS = (
    "さいたま市 a.md 題 取り組み\n一。二。",
    "町田市 b.md 題 取り組み\n三。",
    "三重県 c.md 題 取り組み\n四。",
    "解説 取り組み\n五。",
)


def test_better_match_adds_to_the_score() -> None:
    matcher = Reader(dict(zip(TEXTS, (0.7, 0.75, 0.72, 0.9), strict=True)))
    found = match_again("問", hits(3.0, 2.5, 2.0), MADE, matcher)
    assert matcher.read == [("問", text) for text in TEXTS[:3]]
    expected = [2.5 + 0.05 * MATCHING_WEIGHT, 3.0, 2.0 + 0.02 * MATCHING_WEIGHT]
    assert [hit.row for hit in found] == [1, 0, 2]
    assert [hit.fused for hit in found] == pytest.approx(expected, abs=1e-5)


def test_what_is_not_matched_stays_behind_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MATCHED >= READ
    monkeypatch.setattr("search.reading.MATCHED", 2)
    matcher = Reader(dict.fromkeys(TEXTS[:2], 0.5))
    found = match_again("問", hits(3.0, 2.5, 2.0, 1.0), MADE, matcher)
    assert [(hit.row, hit.fused) for hit in found] == [(0, 3.0), (1, 2.5), (2, 2.0), (3, 1.0)]
    assert match_again("問", [], MADE, matcher) == []


def test_search_reads_more_than_it_returns() -> None:
    reader = Reader({THREE: -30.0, FOUR: 30.0})
    found = search_and_read(SEARCHER, "三と四", 1, Readers(reader))
    assert [hit.row for hit in found] == [2]
    assert sorted(text for _, text in reader.read) == sorted([THREE, FOUR])


def test_search_without_readers_reads_nothing() -> None:
    assert search_and_read(SEARCHER, "三と四", 2, None) == SEARCHER.search("三と四", 2)


@pytest.mark.parametrize("readers", [None, Readers(Reader({}))])
def test_less_than_one_is_refused_whoever_reads(readers: Readers | None) -> None:
    with pytest.raises(JireiError, match="件数 0 は使えません"):
        search_and_read(SEARCHER, "三と四", 0, readers)


def test_best_matches_are_those_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.reading.READ", 1)
    reader, matcher = Reader({FOUR: 1.0}), Reader({TEXTS[1]: 0.1, TEXTS[2]: 0.9})
    found = search_and_read(SEARCHER, "三と四", 2, Readers(reader, matcher))
    assert [hit.row for hit in found] == [2, 1]
    assert [text for _, text in reader.read] == [FOUR]


def test_matcher_comes_with_the_shipped_reranker_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.matcher.embedded_available", lambda: True)
    both = make_readers(Settings(judge="reranker"))
    assert both is not None
    assert isinstance(both.reranker, ShippedReranker)
    assert isinstance(both.matcher, ShippedMatcher)
    other = make_readers(Settings(judge="reranker", reranker="x/y"))
    assert other is not None
    assert isinstance(other.reranker, SentenceReranker)
    assert other.matcher is None
    assert make_readers(Settings(judge="signals")) is None
