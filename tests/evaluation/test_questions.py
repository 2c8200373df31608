"""Judged questions, their halves, and our own ones."""

from collections import Counter
from pathlib import Path

import pytest

from errors import JireiError
from evaluation.datasets import load_dataset
from evaluation.questions import half_of, load_questions
from settings import ROOT
from upkeep.own import QRELS, QUESTIONS

LINE = '{"id": "q1", "type": "list", "lang": "ja", "question": "どこ？", "gold": ["大津市"]}'


def written(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_line_with_only_what_is_needed_is_read(tmp_path: Path) -> None:
    (question,) = load_questions(written(tmp_path, LINE, ""))
    assert (question.id, question.gold, question.history) == ("q1", ("大津市",), ())
    assert question.asks_for_a_list


@pytest.mark.parametrize(("id", "half"), [("q001", "test"), ("q002", "tune"), ("q003", "test")])
def test_last_bit_of_the_digest_tells_the_half(id: str, half: str) -> None:
    # By `printf q001 | sha256sum`, the digests end in 8, 5 and 2.
    assert half_of(id) == half


def test_halves_make_up_the_whole() -> None:
    everything = load_questions(QUESTIONS)
    tune, test = load_questions(QUESTIONS, "tune"), load_questions(QUESTIONS, "test")
    assert sorted(q.id for q in (*tune, *test)) == sorted(q.id for q in everything)
    assert len(everything) >= 150
    assert min(len(tune), len(test)) > 0.4 * len(everything)


def test_own_questions_cover_all_types_in_both_languages() -> None:
    kinds = Counter(f"{q.type}.{q.lang}" for q in load_questions(QUESTIONS))
    types = ("list", "fact", "none", "compare", "followup")
    assert all(kinds[f"{kind}.{lang}"] >= 5 for kind in types for lang in ("ja", "en"))


def test_own_evidence_stands_in_the_corpus_and_holds_what_answers_must_contain() -> None:
    for question in load_questions(QUESTIONS):
        quotes = [evidence.quote for evidence in question.evidence]
        for evidence in question.evidence:
            text = (ROOT / evidence.document).read_text(encoding="utf-8")
            assert evidence.quote in text, question.id
        for string in question.answer_contains:
            assert any(string in quote for quote in quotes), (question.id, string)


def test_own_qrels_are_those_of_the_evidence() -> None:
    dataset = load_dataset(QRELS)
    questions = {question.id: question for question in load_questions(QUESTIONS)}
    assert len(dataset.queries) >= 60
    for query, relevant in dataset.qrels.items():
        assert dataset.queries[query] == questions[query].question
        assert set(relevant) == {evidence.document for evidence in questions[query].evidence}
    quotes = {(e.query, e.document, e.quote) for e in dataset.evidence}
    wanted = {(q, e.document, e.quote) for q in dataset.qrels for e in questions[q].evidence}
    assert quotes == wanted


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        LINE.replace('"list"', '"song"'),
        LINE.replace('["大津市"]', "[]"),
        LINE.replace('"list"', '"none"'),
        LINE,
    ],
)
def test_wrong_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(JireiError, match="2 行目は評価の質問として読めません"):
        load_questions(written(tmp_path, LINE, line))


def test_empty_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(JireiError, match="採点できる質問がありません"):
        load_questions(written(tmp_path, ""))
    with pytest.raises(JireiError, match="がありません"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(JireiError, match="開けません"):
        load_questions(tmp_path)
