"""How the matcher learns, worked out by hand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from errors import JireiError
from index.stub_encoder import StubEncoder
from tests.training.matching import RIGHT_ANGLE, WHOLE, Toy, answered_by, asked, texts
from training.__main__ import JUDGED as JUDGED_FOLDERS
from training.match_data import Known, MatchPlan, whole_batch
from training.matcher import first_right, fit, held_batches, judged_of, main, matches, options


def test_matches_of_all_pairs_worked_out_by_hand() -> None:
    with torch.no_grad():
        found = matches(Toy(), WHOLE)
    # Of the first question: (3 * 0 + 1) / 4, (3 * 1 + .8) / 4, (-3 + 0) / 4.
    expected = [0.25, 0.95, -0.75, -1.0, 0.0, 0.0]
    assert found.flatten().tolist() == pytest.approx(expected, abs=1e-6)


def test_texts_of_many_lengths_keep_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    with torch.no_grad():
        whole = matches(Toy(), WHOLE)
        monkeypatch.setattr("training.matcher.PART", 1)
        assert torch.allclose(matches(Toy(), WHOLE), whole, atol=1e-6)


def test_judged_questions_are_kept_and_held_out_in_their_folders(tmp_path: Path) -> None:
    unit = {"uid": 1, "document": "d", "municipality": "大津市", "prefecture": "滋賀県",
            "heading": "h", "text": "紙をやめた。"}  # fmt: skip
    lines = [
        {"id": str(i), "question": f"紙{i}？", "positives": [1], "borderline": []}
        for i in range(60)
    ]
    for name, positives in (("told", [1]), ("untold", [])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "units.jsonl").write_text(json.dumps(unit) + "\n")
        text = "".join(json.dumps(line | {"positives": positives}) + "\n" for line in lines)
        (tmp_path / name / "lists.jsonl").write_text(text)

    class Listening(Toy):
        def shared_states(self, texts: Sequence[str], longest: int) -> list[Tensor]:
            return [torch.zeros(1, 1) for _ in texts]

    kept, held = judged_of([tmp_path / "told"], Listening(), StubEncoder())
    out = {e.question for e in held[0].examples}
    assert len(out) > 0
    assert {e.question for e in kept[0].examples} == {line["question"] for line in lines} - out
    with pytest.raises(JireiError) as error:
        judged_of([tmp_path / "told", tmp_path / "untold"], Listening(), StubEncoder())
    assert error.value.key == "eval_no_query"


def test_it_learns_from_judged_questions_whatever_the_articles_say() -> None:
    learner, swapped = Toy(), replace(RIGHT_ANGLE, examples=answered_by(2, 1))
    judged = replace(RIGHT_ANGLE, examples=(asked([1], [2], [0]), asked([2], [1], [0])))
    fit(MatchPlan(steps=200, rate=0.05, judged_share=1.0), learner, [swapped], [judged])
    assert first_right(learner, [WHOLE]) == 1.0


def test_what_could_be_argued_does_not_compete(capsys: pytest.CaptureFixture[str]) -> None:
    east = [[1.0, 0.0]]
    passages = texts(east, east, [[0.0, 1.0]])
    questions = (texts(east), texts(east))
    judged = Known(passages, questions, (asked([0], [2]), asked([1], [2])))
    plan = MatchPlan(steps=200, rate=0.05, judged_share=1.0)
    fit(plan, Toy(), [RIGHT_ANGLE], [judged])
    # Of each question the right passage of the other is the double of its own: if that competed,
    # the loss would be log 2 at least.
    assert float(capsys.readouterr().out.splitlines()[-1].split()[2]) < 0.1
    whole = whole_batch(judged)
    assert whole.right.tolist() == [[True, False, False], [False, True, False]]
    assert whole.wrong.tolist() == [[False, False, True]] * 2


def test_the_best_passage_is_looked_for_among_those_that_are_judged() -> None:
    # The second passage is nearest, and could be argued either way.
    passages = texts([[0.8, 0.6]], [[1.0, 0.0]], [[0.0, 1.0]])
    judged = Known(passages, (texts([[1.0, 0.0]]),), (asked([0], [2]),))
    assert first_right(Toy(), [whole_batch(judged)]) == 1.0
    with pytest.raises(ValueError, match="no question"):
        first_right(Toy(), [])


def test_it_learns_what_answers_a_question() -> None:
    learner = Toy()
    assert first_right(learner, held_batches([RIGHT_ANGLE], MatchPlan(steps=1))) == 0.5
    fit(MatchPlan(steps=200, rate=0.05), learner, [RIGHT_ANGLE])
    assert first_right(learner, [WHOLE]) == 1.0


def test_judged_folders_need_a_share_and_a_share_takes_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        options(["--squad", "s.json", "--judged", "folder"])
    assert "--judged-share" in capsys.readouterr().err
    given = ["--squad", "s.json", "--judged-share", "0.5"]
    assert {path.name for path in options(given).judged} == set(JUDGED_FOLDERS)
    twice = options([*given, "--judged", "a", "--judged", "b"])
    assert twice.judged == [Path("a"), Path("b")]


def test_one_line_for_a_file_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--squad", "nowhere.json", "--steps", "1"]) == 2
    assert "nowhere.json" in capsys.readouterr().err
