"""Passages for judged questions, worked out by hand."""

import json
import math
from pathlib import Path

import pytest

from settings import Settings
from tests.evaluation.samples import UNITS
from upkeep.passages import Asked, asked_of, figures, measured
from upkeep.unseen import unseen_answerer

QUESTIONS = [
    {"id": "a", "lang": "ja", "question": "窓口を一つにした市は？", "positives": [3]},
    {"id": "b", "lang": "ja", "question": "大津市は何をした？", "positives": [1, 2]},
    {"id": "c", "lang": "ja", "question": "空を飛ぶ市は？", "positives": []},
    {"id": "d", "lang": "en", "question": "窓口", "positives": [3]},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    for name, lines in (("units", UNITS), ("lists", QUESTIONS)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (made / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return made


def test_right_are_the_chunks_with_a_sentence_that_answers(
    folder: Path, settings: Settings
) -> None:
    generation = unseen_answerer(settings, folder).generation
    rows = {
        line: str(row)
        for row, chunk in enumerate(generation.chunks)
        for line in chunk.text.splitlines()
    }
    asked = asked_of(folder, generation)
    assert [one.query for one in asked] == ["made/a", "made/b", "made/d"]
    assert asked[0].right == {rows["窓口を一つにした。"]}
    assert asked[1].right == {rows["大津市は紙をやめた。"], rows["費用は5万円である。"]}


def test_figures_worked_out_by_hand() -> None:
    asked = [Asked("a", "ja", "?", frozenset({"1", "2"})), Asked("b", "ja", "?", frozenset({"3"}))]
    asked.append(Asked("c", "ja", "?", frozenset({"4"})))
    ndcg, first = figures(asked, {"a": ("1", "9", "2"), "b": (), "c": ("9", "4")})
    # Of a: 1 and 1 / log2(4), of at best 1 and 1 / log2(3); of c: 1 / log2(3).
    assert ndcg == pytest.approx((1.5 / (1 + 1 / math.log2(3)) + 1 / math.log2(3)) / 3)
    assert first == pytest.approx(1 / 3)


def test_a_line_for_each_arm_and_language(folder: Path, settings: Settings) -> None:
    words = settings.model_copy(update={"dense": False})
    # Of b, which asks in words of the other town's sentence too, what answers stands first and
    # third: (1 + 1 / 2) / (1 + 1 / log2(3)) = .920, with 1 of a on average .960.
    assert measured([folder], words, {"fused": None}) == [
        "fused.ja  n=2  nDCG@10=0.960  first right=1.000",
        "fused.en  n=1  nDCG@10=1.000  first right=1.000",
    ]
