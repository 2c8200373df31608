"""The command that asks our own questions of other places."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evaluation.questions import half_of
from ingest.places import places_named
from tests.evaluation.samples import answer, case, question
from upkeep.moved import answered_in_error, figures, main


def test_means_of_each_type_and_language() -> None:
    answered = [
        # Two of three found, and one wrong: precision 1/2 and 1, recall 1/2 and 1.
        (question("list", ("町田市", "大津市")), answer(case("町田市"), case("佐賀市"))),
        (question("list", ("町田市",)), answer(case("町田市"))),
        (question("list", ("町田市",), lang="en"), answer(case("町田市"), refused=True)),
        (question("none", ()), answer(case("町田市"), refused=True)),
        (question("none", ()), answer(case("町田市", "unsure"))),
        (question("none", (), question="空飛ぶ車は？"), answer(case("町田市"))),
    ]
    assert figures(answered) == [
        "list.en  n=1  precision=0.000  recall=0.000  F1=0.000  exact=0.000  false_refusal=1.000",
        "list.ja  n=2  precision=0.750  recall=0.750  F1=0.750  exact=0.500  false_refusal=0.000",
        "none.ja  n=3  refused=0.333  refused_or_unsure=0.667",
    ]
    assert answered_in_error(answered) == ["空飛ぶ車は？"]


class Answering:
    """Answers each question with what the table says."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.table = SimpleNamespace(places=places_named("町田市") + places_named("大津市"))

    def ask(self, text: str) -> Any:
        return self.answers[text]


REFUSED = answer(case("町田市"), refused=True)
QUESTIONS = (
    ("q1", "fact", "町田市の費用は?", "町田市"),
    ("q2", "fact", "大津市の人手は?", "大津市"),
    ("q3", "list", "紙を減らした市は？", "大津市"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    line = '{{"id": "{}", "type": "{}", "lang": "ja", "question": "{}", "gold": ["{}"]}}\n'
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(line.format(*row) for row in QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The judges that were asked for."""
    seen: list[str] = []
    within = ("近畿", "滋賀県", "関東", "東京都")
    answers = {
        "大津市の費用は?": answer(case("大津市")),
        "町田市の人手は?": REFUSED,
        **{f"{area}で紙を減らした市は？": answer(case("大津市")) for area in within},
    }

    def indexed(settings: SimpleNamespace) -> tuple[SimpleNamespace, Answering]:
        seen.append(settings.judge)
        return settings, Answering(answers)

    monkeypatch.setattr("upkeep.moved.indexed", indexed)
    return seen


def test_command_asks_facts_of_other_towns(
    file: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["elsewhere", str(file), "--split", "all", "--show"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == ["none.ja  n=2  refused=0.500  refused_or_unsure=0.500", "大津市の費用は?"]
    assert judged == ["reranker"]


def test_command_asks_lists_of_areas(
    file: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two areas hold 大津市, which answers; of the other two, one is asked."""
    assert main(["within", str(file), "--split", "all", "--judge", "signals"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "list.ja  n=2  precision=1.000  recall=1.000  F1=1.000  exact=1.000  false_refusal=0.000",
        "none.ja  n=1  refused=0.000  refused_or_unsure=0.000",
    ]
    assert judged == ["signals"]


def test_what_is_fitted_on_is_not_asked_unless_it_is_chosen(
    file: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert {half_of(row[0]) for row in QUESTIONS} == {"tune"}
    assert main(["elsewhere", str(file)]) == 2
    assert "questions.jsonl" in capsys.readouterr().err
    assert main(["elsewhere", str(file), "--split", "tune"]) == 0
    assert judged == ["reranker"]


def test_missing_file_is_one_line(
    tmp_path: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["within", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
    assert judged == []
