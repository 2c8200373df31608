"""What files of questions may hold, whichever way they are judged."""

from pathlib import Path

import pytest

from errors import JireiError
from evaluation.questions import load_questions
from upkeep.judged_units import read_lines

LINE = '{"id": "q1", "type": "list", "lang": "ja", "question": "%s", "gold": ["大津市"]}\n'


def by_municipality(path: Path) -> list[str]:
    return [question.question for question in load_questions(path)]


def by_sentence(path: Path) -> list[str]:
    return [line["question"] for _, line in read_lines(path)]


both = pytest.mark.parametrize("read", [by_municipality, by_sentence])


@both
@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\u0085"])
def test_line_ends_only_at_its_end(read, tmp_path: Path, inside: str) -> None:
    file = tmp_path / "questions.jsonl"
    asked = f"どこ？{inside}全部"
    file.write_text(LINE % asked, encoding="utf-8")
    assert read(file) == [asked]


@both
def test_byte_order_mark_and_lines_of_windows_are_read(read, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes((LINE % "どこ？").replace("\n", "\r\n\r\n").encode("utf-8-sig"))
    assert read(file) == ["どこ？"]


@both
def test_file_that_is_not_utf8_is_told(read, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes((LINE % "どこ？").encode("cp932"))
    with pytest.raises(JireiError) as raised:
        read(file)
    assert raised.value.key == "file_not_utf8"
