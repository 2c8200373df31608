"""`jirei log` and `jirei feedback`."""

import csv
import io
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from answer.respond import Answerer
from cli.main import main
from settings import Settings
from store.conversations import KeptTurn, keep_turn
from store.database import Database
from store.feedback import Opinion, keep_opinion
from store.question_log import COLUMNS, Asking, log_question, logged
from tests.store.made import NOON, stop_clock

QUESTION = "=RPAを入力事務に使っている市は？"
TODAY = NOON.date()
TOMORROW = str(TODAY + timedelta(days=1))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, answerer: Answerer, settings: Settings) -> Database:
    """One turn, its row of the log, and a thumb down, all of noon."""
    stop_clock(monkeypatch)
    database = Database(settings.store_file, settings.keep_days)
    answer, asking = answerer.ask(QUESTION), Asking(QUESTION, conversation="c")
    turn = KeptTurn("t1", QUESTION, (QUESTION,), asking.narrow, answer)
    keep_turn(database, "c", turn)
    log_question(database, asking, answer, 21.0)
    keep_opinion(database, "t1", asking, answer, Opinion(False, "missing", "深谷市がない"))
    return database


def run(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], *arguments: str
) -> tuple[int, bytes, str]:
    monkeypatch.setattr(sys, "argv", ["jirei", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsysbinary.readouterr()
    return int(ended.value.code or 0), out, err.decode()


@pytest.fixture
def jirei(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]):
    return lambda *arguments: run(monkeypatch, capsysbinary, *arguments)


@pytest.mark.usefixtures("kept")
def test_log_is_exported_as_json_lines_of_a_period(jirei) -> None:
    code, out, _ = jirei("log", "export", "--from", str(TODAY), "--to", str(TODAY))
    assert code == 0
    (row,) = map(json.loads, out.decode().splitlines())
    assert (row["question"], row["milliseconds"]) == (QUESTION, 21.0)
    assert row["candidates"][0]["municipality"] == "さいたま市"
    assert jirei("log", "export", "--from", TOMORROW)[1] == b""


@pytest.mark.usefixtures("kept")
def test_log_is_exported_as_csv_without_a_formula(jirei, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    assert jirei("log", "export", "--format", "csv", "--out", str(file)) == (0, b"", "")
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert tuple(head) == COLUMNS
    assert row[COLUMNS.index("question")] == "'" + QUESTION
    assert json.loads(row[COLUMNS.index("counts")])["match"] >= 1


def test_period_is_erased_and_nothing_else(jirei, kept: Database) -> None:
    code, out, _ = jirei("log", "erase", "--from", TOMORROW)
    assert (code, out.decode()) == (
        0,
        "消しました：質問の記録 0件、会話 0件、評価 0件\n",
    )
    code, out, _ = jirei("log", "erase", "--to", str(TODAY))
    assert out.decode() == "消しました：質問の記録 1件、会話 1件、評価 1件\n"
    assert list(logged(kept)) == []


def test_erasing_needs_a_period(jirei, kept: Database) -> None:
    code, _, err = jirei("log", "erase")
    assert (code, err) == (
        2,
        "消す期間がありません。--from か --to に日付を指定してください。\n",
    )
    assert len(list(logged(kept))) == 1


@pytest.mark.usefixtures("kept")
def test_period_that_ends_before_it_begins_is_told(jirei) -> None:
    code, out, err = jirei("log", "export", "--from", "2026-04-02", "--to", "2026-04-01")
    assert (code, out) == (2, b"")
    assert "2026-04-01" in err


@pytest.mark.usefixtures("kept")
def test_wrong_answers_are_exported_for_the_evaluation(jirei) -> None:
    (row,) = map(json.loads, jirei("feedback", "export")[1].decode().splitlines())
    assert (row["id"], row["type"], row["gold"]) == ("user-t1", "list", [])
    assert row["question"] == QUESTION
    (row,) = map(json.loads, jirei("feedback", "export", "--all")[1].decode().splitlines())
    assert (row["good"], row["reason"], row["comment"]) == (False, "missing", "深谷市がない")


def test_nothing_kept_yet_is_nothing(jirei) -> None:
    assert jirei("log", "export") == (0, b"", "")
    assert jirei("feedback", "export") == (0, b"", "")


def test_file_that_cannot_be_written_is_told(jirei, tmp_path: Path) -> None:
    code, _, err = jirei("log", "export", "--out", str(tmp_path / "no" / "log.jsonl"))
    assert code == 2
    assert len(err.splitlines()) == 1


def test_damaged_store_is_told_in_one_line(jirei, settings: Settings) -> None:
    settings.store_file.parent.mkdir(parents=True, exist_ok=True)
    settings.store_file.write_bytes(b"damaged" * 999)
    code, _, err = jirei("log", "export")
    assert code == 2
    assert len(err.splitlines()) == 1
    assert "jirei.sqlite3" in err
