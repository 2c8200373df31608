"""Going back to an earlier generation, and staying there until somebody builds."""

from pathlib import Path

import pytest

from answer.respond import Answerer
from errors import JireiError
from index import publish
from index.build import build
from index.life import (
    is_held,
    roll_back,
    why_stale,
)
from index.manifest import CURRENT, Pointer, current_name, read_pointer
from tests.conftest import CASES
from tests.index.counting_encoder import Counting
from tests.index.editing import ADDED, MIE, append, damage


def test_rollback_goes_one_back_and_answers_from_there(three, settings, encoder):
    assert roll_back(settings, encoder).name == three[1]
    assert read_pointer(settings.index_folder) == Pointer(three[1], held=True)
    answer = Answerer.open(settings).ask("町田市のRPAは？")
    assert answer.index == three[1]
    assert [case.name for case in answer.cases] == ["町田市"]
    assert roll_back(settings, encoder).name == three[0]
    with pytest.raises(JireiError, match=three[0]) as caught:
        roll_back(settings, encoder)
    assert caught.value.key == "rollback_none"
    assert encoder.asked == []


def test_rolled_back_index_is_not_stale_until_somebody_builds(three, corpus, settings, encoder):
    roll_back(settings, encoder)
    assert why_stale(settings, encoder) is None
    append(corpus, MIE, "相談を夜も受ける。")
    assert why_stale(settings, encoder) is None
    assert is_held(settings)
    built = build([corpus], encoder, settings)
    assert built.changed
    assert not is_held(settings)
    assert "docs/cases/machida.md" not in built.generation.documents


def test_build_of_the_very_files_of_a_rollback_ends_it(three, corpus, settings, encoder):
    roll_back(settings, encoder, three[0])
    (corpus / MIE).write_text(CASES[MIE], "utf-8")
    (corpus / "cases" / "machida.md").write_text(CASES["cases/machida.md"], "utf-8")
    again = build([corpus], encoder, settings)
    assert (again.changed, again.generation.name) == (False, three[0])
    assert not is_held(settings)
    append(corpus, MIE, ADDED)
    assert why_stale(settings, encoder) == "stale_files"


def test_hold_that_a_full_disk_keeps_is_told(three, corpus, settings, encoder, monkeypatch):
    roll_back(settings, encoder, three[0])
    (corpus / MIE).write_text(CASES[MIE], "utf-8")
    (corpus / "cases" / "machida.md").write_text(CASES["cases/machida.md"], "utf-8")

    def fill(path: Path, *parts: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "write_synced", fill)
    with pytest.raises(JireiError, match="No space left"):
        build([corpus], encoder, settings)
    assert is_held(settings)


def test_rolling_forward_to_the_newest_ends_the_hold(three, settings, encoder):
    roll_back(settings, encoder, three[0])
    assert roll_back(settings, encoder, three[2]).name == three[2]
    assert read_pointer(settings.index_folder) == Pointer(three[2], held=False)


def test_damaged_generation_is_not_rolled_back_to(three, settings, encoder):
    damage(settings, three[1], "chunks.jsonl")
    with pytest.raises(JireiError, match=f"{three[1]}/chunks.jsonl"):
        roll_back(settings, encoder)
    assert read_pointer(settings.index_folder) == Pointer(three[2])
    assert roll_back(settings, encoder, three[0]).name == three[0]


def test_generation_of_another_encoder_is_not_rolled_back_to(three, settings):
    with pytest.raises(JireiError, match=r"stub@1.*other@1"):
        roll_back(settings, Counting("other@1"))
    assert current_name(settings.index_folder) == three[2]


def test_rollback_mends_an_index_whose_pointer_is_damaged(three, settings, encoder):
    (settings.index_folder / CURRENT).write_bytes(b"\xff\xfe")
    with pytest.raises(JireiError, match=CURRENT):
        roll_back(settings, encoder)
    assert roll_back(settings, encoder, three[2]).name == three[2]
    assert Answerer.open(settings).generation.name == three[2]


def test_rollback_on_a_full_disk_changes_nothing(three, settings, encoder, monkeypatch):
    def fill(path: Path, *parts: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "write_synced", fill)
    with pytest.raises(JireiError, match=r"No space left.*前の索引はそのまま"):
        roll_back(settings, encoder)
    assert read_pointer(settings.index_folder) == Pointer(three[2])


@pytest.mark.parametrize("second", ["hel", "held\nheld", "HELD", ""])
def test_pointer_with_an_unknown_second_line_is_damaged(three, settings, encoder, second):
    (settings.index_folder / CURRENT).write_text(f"{three[0]}\n{second}\n", "utf-8")
    with pytest.raises(JireiError, match=CURRENT) as caught:
        current_name(settings.index_folder)
    assert caught.value.key == "index_damaged"


def test_damaged_rollback_is_stale(three, settings, encoder):
    roll_back(settings, encoder)
    damage(settings, three[1], "chunks.jsonl")
    assert why_stale(settings, encoder) == "stale_damaged"
