"""Which questions are compared with those that measure."""

import json
from pathlib import Path

from training.leaks import questions_of


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
