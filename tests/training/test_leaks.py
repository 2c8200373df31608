"""Which questions are compared with those that measure."""

import json
from pathlib import Path

import pytest

from index.stub_encoder import StubEncoder
from training.leaks import main, questions_of


def test_questions_are_compared_in_all_their_wordings_unless_they_say_too_little(
    tmp_path: Path,
) -> None:
    files: dict[str, list[dict[str, object]]] = {
        "questions.jsonl": [
            {"id": "a", "question": "紙をやめた自治体を全部教えて"},
            {"id": "b", "question": "費用は？"},
        ],
        "units.jsonl": [{"uid": 1, "text": "紙をやめた。"}],
        "wordings.jsonl": [{"id": "a", "wordings": ["書類をなくした役所はどこですか", "脱・紙"]}],
    }
    for name, lines in files.items():
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert questions_of(sorted(tmp_path.iterdir())) == [
        ("a", "紙をやめた自治体を全部教えて"),
        ("a", "書類をなくした役所はどこですか"),
    ]


@pytest.mark.parametrize("copied", ["QUESTIONS", "FACTS", "OFF_TOPIC", "NEAR_MISSES", "other"])
def test_copy_of_any_question_that_measures_is_told(
    copied: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def file(name: str, id: str, question: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"id": id, "question": question}) + "\n", encoding="utf-8")
        return path

    paths = {
        name: file(f"{name}.jsonl", name, f"{name}だけが尋ねる別のことは何ですか")
        for name in ("QUESTIONS", "FACTS", "OFF_TOPIC", "NEAR_MISSES", "other")
    }
    for name in ("QUESTIONS", "FACTS", "OFF_TOPIC", "NEAR_MISSES"):
        monkeypatch.setattr(f"training.leaks.{name}", paths[name])
    monkeypatch.setattr("training.leaks.DATA", tmp_path)
    monkeypatch.setattr("training.leaks.make_encoder", lambda _: StubEncoder())
    file("set/questions.jsonl", "apart", "紙をやめた自治体を全部教えて")
    assert main([str(paths["other"])]) == 0
    file("set/questions.jsonl", "copy", f"{copied}だけが尋ねる別のことは何ですか")
    assert main([str(paths["other"])]) == 1
    assert f"1.000  copy  {copied}\n" in capsys.readouterr().out
