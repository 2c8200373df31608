"""Questions judged sentence by sentence."""

import json
from pathlib import Path

import pytest

from errors import JireiError
from upkeep.judged_units import OF_ONE_DOCUMENT, load_judged

UNITS = [
    {"uid": 1, "municipality": "大津市"},
    {"uid": 2, "municipality": "大津市"},
    {"uid": 3, "municipality": "津市"},
    {"uid": 4, "municipality": None},
]
LINE = {"id": "q", "type": "list", "lang": "ja", "question": "どこ？", "positives": [1]}


def folder(tmp_path: Path, *lines: object, units: object = UNITS) -> Path:
    for name, rows in (("units.jsonl", units), ("a.jsonl", lines)):
        assert isinstance(rows, (list, tuple))
        (tmp_path / name).write_text("\n\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("positives", "borderline", "gold", "acceptable"),
    [
        ([3, 1, 2], [], ("津市", "大津市"), ()),
        ([1], [2, 3], ("大津市",), ("津市",)),
        ([1, 4], [4], ("大津市",), ()),
    ],
)
def test_sentences_become_municipalities(
    tmp_path: Path, positives: list[int], borderline: list[int],
    gold: tuple[str, ...], acceptable: tuple[str, ...],
) -> None:  # fmt: skip
    line = LINE | {"positives": positives, "borderline": borderline}
    (question,) = load_judged(folder(tmp_path, line))
    assert (question.gold, question.acceptable) == (gold, acceptable)


@pytest.mark.parametrize("apart", OF_ONE_DOCUMENT)
def test_questions_about_single_documents_are_no_questions_of_the_folder(
    apart: str, tmp_path: Path
) -> None:
    line = {"id": "a", "type": "list", "lang": "ja", "question": "紙は？"}
    here = folder(tmp_path, {**line, "positives": [1], "borderline": []})
    (here / apart).write_text(
        json.dumps({**line, "id": "b", "positives": [], "borderline": []}), encoding="utf-8"
    )
    assert [q.id for q in load_judged(here)] == ["a"]
    assert [q.id for q in load_judged(here / apart)] == ["b"]


def test_other_wordings_are_no_questions_of_their_own(tmp_path: Path) -> None:
    asked = folder(tmp_path, LINE | {"borderline": []})
    (asked / "wordings.jsonl").write_text('{"id": "q", "wordings": ["どの市？"]}', encoding="utf-8")
    assert [question.question for question in load_judged(asked)] == ["どこ？"]


@pytest.mark.parametrize(
    ("told", "positives", "type"),
    [("list", [1], "list"), ("theme", [1], "list"), ("count", [1], "list"), ("how", [1], "fact"),
     ("list", [], "none")],
)  # fmt: skip
def test_types(tmp_path: Path, told: str, positives: list[int], type: str) -> None:
    line = LINE | {"type": told, "positives": positives, "borderline": []}
    (question,) = load_judged(folder(tmp_path, line))
    assert question.type == type


@pytest.mark.parametrize("line", [LINE, LINE | {"positives": [9], "borderline": []}, [], 7])
def test_broken_line_is_named(tmp_path: Path, line: object) -> None:
    good = LINE | {"borderline": []}
    with pytest.raises(JireiError) as raised:
        load_judged(folder(tmp_path, good, line))
    assert raised.value.key == "eval_question"
    assert raised.value.values["line"] == 3


def test_missing_units_are_named(tmp_path: Path) -> None:
    with pytest.raises(JireiError) as raised:
        load_judged(tmp_path)
    assert raised.value.key == "path_missing"
