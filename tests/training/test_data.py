"""What the reranker learns from, on data small enough to see through."""

import gzip
import json
from pathlib import Path

import pytest

from errors import JireiError
from index.stub_encoder import StubEncoder
from training.data import (
    Collection,
    Example,
    fewer,
    load_collection,
    load_squad,
    passage,
    third_of,
)

UNITS: list[dict[str, object]] = [
    {"uid": 1, "municipality": "大津市", "prefecture": "滋賀県", "text": "紙をやめた。"},
    {"uid": 2, "municipality": "町田市", "prefecture": "東京都", "text": "窓口を開いた。"},
    {"uid": 3, "municipality": "津市", "prefecture": "三重県", "fact": "紙を使う。"},
]
QUESTIONS: list[dict[str, object]] = [
    {"id": "a", "question": "紙をやめた市は？", "positives": [1], "borderline": [3]},
    {"id": "b", "question": "窓口は？", "positives": [2], "borderline": []},
]
WORDINGS: list[dict[str, object]] = [{"id": "a", "wordings": ["紙なしの市", "脱・紙"]}]


def write_lines(path: Path, lines: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lines(tmp_path / "units.jsonl", UNITS)
    write_lines(tmp_path / "questions.jsonl", QUESTIONS)
    return tmp_path


def test_passage_says_whose_it_is() -> None:
    assert passage(UNITS[0]) == "大津市（滋賀県）紙をやめた。"
    assert passage({"municipality": None, "fact": "甲。"}) == "（）甲。"


def test_arguable_passages_are_neither_right_nor_wrong(folder: Path) -> None:
    collection = load_collection(folder, StubEncoder(), None)
    assert collection.passages[2] == "津市（三重県）紙を使う。"
    first, second = collection.examples
    assert (first.right, first.hard, first.other) == ((0,), (1,), ())
    assert second.right == (1,)
    assert sorted(second.hard) == [0, 2]


def test_other_wordings_stay_with_their_question(folder: Path) -> None:
    assert [e.wordings for e in load_collection(folder, StubEncoder(), None).examples] == [(), ()]
    write_lines(folder / "wordings.jsonl", WORDINGS)
    first, second = load_collection(folder, StubEncoder(), None).examples
    assert (first.question, first.wordings) == ("紙をやめた市は？", ("紙なしの市", "脱・紙"))
    assert (second.question, second.wordings) == ("窓口は？", ())


def test_a_third_that_is_left_out_leaves_its_passages_and_questions(folder: Path) -> None:
    gone = third_of("大津市")
    kept = [unit for unit in UNITS if third_of(str(unit["municipality"])) != gone]
    collection = load_collection(folder, StubEncoder(), gone)
    assert collection.passages == tuple(passage(unit) for unit in kept)
    # Its only answer is gone: it must not be learnt as unanswerable.
    assert "紙をやめた市は？" not in {example.question for example in collection.examples}


def test_invented_documents_of_that_third_stay_under_other_names(folder: Path) -> None:
    write_lines(folder / "wordings.jsonl", [{"id": "a", "wordings": ["大津市？"]}])
    invented = folder.rename(folder.parent / "fict_x")
    collection = load_collection(invented, StubEncoder(), third_of("大津市"))
    assert len(collection.passages) == len(UNITS)
    assert "大津市" not in "".join(collection.passages)
    (wording,) = collection.examples[0].wordings
    assert collection.passages[0] == f"{wording[:-1]}（滋賀県）紙をやめた。"


def test_share_of_the_questions_is_the_same_each_time_and_grows() -> None:
    examples = tuple(Example(f"問{i}", (), (), ()) for i in range(400))
    whole = Collection("c", (), examples)
    quarter, half = fewer(whole, 0.25), fewer(whole, 0.5)
    assert 70 < len(quarter.examples) < 130
    assert set(quarter.examples) < set(half.examples) < set(examples)
    assert fewer(whole, 1.0) == whole
    assert fewer(whole, 0.25) == quarter


def squad(context: str, answer: str) -> dict[str, object]:
    asked = {"question": "何？", "answers": [{"answer_start": context.index(answer)}]}
    return {"data": [{"title": "題", "paragraphs": [{"context": context, "qas": [asked]}]}]}


@pytest.mark.parametrize("name", ["a.json", "a.json.gz"])
def test_squad_answer_is_the_sentence_it_begins_in(tmp_path: Path, name: str) -> None:
    data = json.dumps(squad("一は赤。二は青。三は黄。", "青")).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    (collection,) = load_squad(tmp_path / name, 1, seed=1)
    assert collection.passages == ("題（）一は赤。", "題（）二は青。", "題（）三は黄。")
    (example,) = collection.examples
    assert (example.right, sorted(example.hard)) == ((1,), [0, 2])


def test_squad_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(JireiError, match=r"a\.json"):
        list(load_squad(tmp_path / "a.json", 1, seed=1))
