"""What the reranker learns from, on data small enough to see through."""

import gzip
import json
from pathlib import Path

import pytest

from errors import JireiError
from index.stub_encoder import StubEncoder
from settings import Settings
from training.__main__ import DATA, JUDGED, OF_DOCUMENTS, collections_of, options
from training.data import (
    INVENTED,
    Collection,
    Example,
    fewer,
    load_collection,
    load_squad,
    passage,
    third_of,
)
from upkeep.judged_units import OF_ONE_DOCUMENT, question_files, read_lines
from upkeep.unseen import UNSEEN

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


def test_question_of_a_document_is_judged_over_this_alone(tmp_path: Path) -> None:
    documents = ("a", "b", "a", "a")
    units = [{**UNITS[0], "uid": uid, "document": d} for uid, d in enumerate(documents)]
    asked: list[dict[str, object]] = [
        {"id": "a", "document": "a", "question": "紙は？", "positives": [2], "borderline": [3]},
        {"id": "b", "document": "b", "question": "紙は？", "positives": [], "borderline": []},
        {"id": "c", "question": "紙は？", "positives": [], "borderline": []},
    ]
    write_lines(tmp_path / "units.jsonl", units)
    write_lines(tmp_path / "documents.jsonl", asked)
    assert load_collection(tmp_path, StubEncoder(), None).examples == ()
    collection = load_collection(tmp_path / "documents.jsonl", StubEncoder(), None)
    assert collection.name == f"{tmp_path.name}/documents"
    of_a, of_b, of_all = collection.examples
    assert (of_a.right, of_a.hard, of_a.other) == ((2,), (0,), ())
    assert (of_b.right, of_b.hard) == ((), (1,))
    assert sorted(of_all.hard) == [0, 1, 2, 3]


def test_one_file_of_a_folder_is_asked_over_its_passages(folder: Path) -> None:
    write_lines(folder / "more.jsonl", [{**QUESTIONS[1], "id": "c", "question": "窓口？"}])
    assert len(load_collection(folder, StubEncoder(), None).examples) == 3
    alone = load_collection(folder / "more.jsonl", StubEncoder(), None)
    assert [(e.question, e.right) for e in alone.examples] == [("窓口？", (1,))]
    assert len(alone.passages) == 3


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


def test_invented_documents_of_that_third_stay_under_other_names(tmp_path: Path) -> None:
    folder = tmp_path / "fict_x"
    folder.mkdir()
    write_lines(folder / "units.jsonl", UNITS[:2])
    write_lines(folder / "questions.jsonl", QUESTIONS)
    gone = third_of("大津市")
    collection = load_collection(folder, StubEncoder(), gone)
    first, _ = collection.passages
    assert first.endswith("市（滋賀県）紙をやめた。")
    assert "大津" not in first
    assert "紙をやめた市は？" in {example.question for example in collection.examples}


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


def test_squad_passages_are_neighbouring_sentences_up_to_so_many_letters(tmp_path: Path) -> None:
    data = json.dumps(squad("一は赤。二は青。三は黄。四は緑。五は白。", "黄"))
    (tmp_path / "a.json").write_text(data, encoding="utf-8")
    (collection,) = load_squad(tmp_path / "a.json", 1, seed=1, letters=9)
    assert collection.passages == (
        "題（）一は赤。二は青。",
        "題（）三は黄。四は緑。",
        "題（）五は白。",
    )
    (example,) = collection.examples
    assert (example.right, sorted(example.hard)) == ((1,), [0, 2])


def test_squad_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(JireiError, match=r"a\.json"):
        list(load_squad(tmp_path / "a.json", 1, seed=1))


def test_every_folder_of_invented_documents_is_trained_on_or_kept_for_measuring() -> None:
    folders = {path.name for path in DATA.glob(f"{INVENTED}*")}
    assert folders == {*JUDGED[1:], *(path.name for path in UNSEEN)}
    assert not set(JUDGED) & {path.name for path in UNSEEN}
    kept = {path for folder in UNSEEN for path in folder.glob("*.jsonl")}
    for name in OF_ONE_DOCUMENT:
        files = set(DATA.glob(f"*/{name}"))
        assert files - kept <= {DATA / of for of in OF_DOCUMENTS}
        assert files & kept
    assert kept.isdisjoint(DATA / of for of in OF_DOCUMENTS)


def test_questions_of_a_whole_folder_name_no_document() -> None:
    for folder in DATA.glob(f"{INVENTED}*"):
        for path in question_files(folder):
            assert not [line["id"] for _, line in read_lines(path) if "document" in line], path


def test_folder_named_twice_is_drawn_from_twice_and_held_out_once(settings: Settings) -> None:
    folders = [DATA / "toy", DATA / "fict_c", DATA / "toy"]
    judged, held = collections_of(folders, options([]), settings)
    assert [collection.name for collection in judged] == ["toy", "fict_c", "toy"]
    assert judged[0] is judged[2]
    assert len({collection.name for collection in held}) == len(held)
    assert {e.question for c in held for e in c.examples}.isdisjoint(
        e.question for c in judged for e in c.examples
    )
