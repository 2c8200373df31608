"""SQuAD-format files and BEIR-style folders."""

import json
from pathlib import Path

import pytest

from errors import JireiError
from evaluation.datasets import Evidence, Passage, load_dataset


def squad(path: Path, *paragraphs: object, title: str = "題") -> Path:
    data = {"data": [{"title": title, "paragraphs": list(paragraphs)}]}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def asked(id: str, question: str, **more: object) -> dict[str, object]:
    return {"id": id, "question": question, **more}


def test_jsquad_context_is_title_and_text_and_stands_once(tmp_path: Path) -> None:
    rain = {"context": "梅雨 [SEP] 長雨が続く。", "qas": [asked("q1", "何が続く？")]}
    again = {"context": "梅雨 [SEP] 長雨が続く。", "qas": [asked("q2", "長雨は？")]}
    snow = {"context": "雪 [SEP] 白い [SEP] 粒。", "qas": [asked("q3", "何色？")]}
    dataset = load_dataset(squad(tmp_path / "jsquad.json", rain, again, snow))
    assert dataset.name == "jsquad"
    assert dataset.documents == (
        Passage("p0", "梅雨", "長雨が続く。"),
        Passage("p1", "雪", "白い [SEP] 粒。"),
    )
    assert dataset.queries == {"q1": "何が続く？", "q2": "長雨は？", "q3": "何色？"}
    assert dataset.qrels == {"q1": {"p0": 1}, "q2": {"p0": 1}, "q3": {"p1": 1}}


def test_plain_squad_takes_the_title_beside_and_leaves_out_the_impossible(tmp_path: Path) -> None:
    paragraph = {
        "context": "It rained.",
        "qas": [asked("a", "What?"), asked("b", "Who?", is_impossible=True)],
    }
    dataset = load_dataset(squad(tmp_path / "s.json", paragraph, title="Rainy_season"))
    assert dataset.documents == (Passage("p0", "Rainy season", "It rained."),)
    assert list(dataset.qrels) == ["a"]


def beir(folder: Path, qrels: str = "qrels.tsv") -> Path:
    (folder / qrels).parent.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "T", "text": "one"}\n\n{"_id": "d2", "text": "two"}\n', "utf-8"
    )
    (folder / "queries.jsonl").write_text(
        '{"_id": "q1", "text": "1?"}\n{"_id": "q2", "text": "not judged"}\n', "utf-8"
    )
    table = 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td"2\t0\n'
    (folder / qrels).write_text(table, encoding="utf-8")
    return folder


@pytest.mark.parametrize("qrels", ["qrels.tsv", "qrels/test.tsv"])
def test_beir_folder_holds_judged_queries_only(tmp_path: Path, qrels: str) -> None:
    dataset = load_dataset(beir(tmp_path / "beir", qrels))
    assert dataset.documents == (Passage("d1", "T", "one"), Passage("d2", "", "two"))
    assert dataset.queries == {"q1": "1?"}
    assert dataset.qrels == {"q1": {"d1": 2, 'd"2': 0}}


def test_folder_without_corpus_speaks_of_the_live_index_and_its_sentences(tmp_path: Path) -> None:
    folder = beir(tmp_path / "own")
    (folder / "corpus.jsonl").unlink()
    (folder / "evidence.tsv").write_text(
        'query-id\tcorpus-id\tquote\nq1\td1\t"紙"をやめた。\n', encoding="utf-8"
    )
    dataset = load_dataset(folder)
    assert dataset.documents is None
    assert dataset.evidence == (Evidence("q1", "d1", '"紙"をやめた。'),)


def test_digest_changes_with_a_document_and_not_with_a_query(tmp_path: Path) -> None:
    one = load_dataset(beir(tmp_path / "one"))
    (tmp_path / "one" / "queries.jsonl").write_text('{"_id": "q1", "text": "other"}\n', "utf-8")
    assert load_dataset(tmp_path / "one").digest == one.digest
    with (tmp_path / "one" / "corpus.jsonl").open("a", encoding="utf-8") as corpus:
        corpus.write('{"_id": "d3", "text": "three"}\n')
    assert load_dataset(tmp_path / "one").digest != one.digest


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"data": 1}', '{"data": [{"paragraphs": [{}]}]}', "\udc80"]
)
def test_file_of_another_shape_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(JireiError, match="評価データとして読めません"):
        load_dataset(file)


def test_same_id_twice_is_told(tmp_path: Path) -> None:
    twice = {"context": "a", "qas": [asked("q", "1"), asked("q", "2")]}
    with pytest.raises(JireiError, match="評価データとして読めません"):
        load_dataset(squad(tmp_path / "x.json", twice))


def test_nothing_judged_and_nothing_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(JireiError, match="採点できる質問がありません"):
        load_dataset(squad(tmp_path / "x.json"))
    with pytest.raises(JireiError, match="がありません"):
        load_dataset(tmp_path / "none.json")
    with pytest.raises(JireiError, match="を開けません"):
        load_dataset(tmp_path)
