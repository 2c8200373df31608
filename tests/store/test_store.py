"""What is kept: written, read again, too old, erased, and never in the way of an answer."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from evaluation.questions import load_questions
from store import database as database_module
from store.conversations import KeptTurn, keep_turn, kept_turns, new_id
from store.database import MIGRATIONS, Database, Days, stamp
from store.erasing import TABLES
from store.feedback import Opinion, evaluation_rows, keep_opinion, opinions
from store.question_log import Asking, log_question, logged, to_json

QUESTION = "RPAを入力事務に使っている市は？"
NARROW = Narrow(frozenset({"埼玉県", "千葉県"}), states=frozenset({"running"}), anytime=True)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "kept" / "jirei.sqlite3", 365)


def turn(answerer: Answerer, question: str = QUESTION, id: str = "t1") -> KeptTurn:
    return KeptTurn(id, question, ("前の問い", question), NARROW, answerer.ask(question))


def set_back(database: Database, days: int) -> None:
    """Makes every row that many days older, past the trigger."""
    at = stamp(datetime.now(UTC) - timedelta(days=days))
    with sqlite3.connect(database.path) as connection:
        connection.execute("DROP TRIGGER question_log_append_only")
        for table in TABLES:
            connection.execute(f"UPDATE {table} SET at = ?", (at,))


def test_conversation_comes_back_as_it_was(database: Database, answerer: Answerer) -> None:
    first, second = turn(answerer), turn(answerer, "町田市は？", "t2")
    keep_turn(database, "c", first)
    keep_turn(database, "c", second)
    keep_turn(database, "other", turn(answerer, "別の人の問い", "t3"))
    assert kept_turns(database, "c") == (first, second)
    assert kept_turns(database, "nobody") == ()
    assert kept_turns(database, "x" * 10_000) == ()


def test_turn_that_is_corrected_keeps_its_place(database: Database, answerer: Answerer) -> None:
    keep_turn(database, "c", turn(answerer))
    keep_turn(database, "c", turn(answerer, "町田市は？", "t2"))
    corrected = KeptTurn("t1", QUESTION, ("生成AIを使う市は？",), Narrow(), None)
    keep_turn(database, "c", corrected)
    assert [kept.id for kept in kept_turns(database, "c")] == ["t1", "t2"]
    assert kept_turns(database, "c")[0] == corrected


def test_answer_of_another_release_is_asked_anew(database: Database, answerer: Answerer) -> None:
    keep_turn(database, "c", turn(answerer))
    with database.connection() as connection:
        connection.execute("""UPDATE turn SET answer = '{"kind": "song"}'""")
    assert kept_turns(database, "c")[0].answer is None


def test_question_of_another_release_stands_alone(database: Database, answerer: Answerer) -> None:
    keep_turn(database, "c", turn(answerer))
    with database.connection() as connection:
        connection.execute("""UPDATE turn SET context = '{"a": 1}', narrow = '{"states": "x"}'""")
    (kept,) = kept_turns(database, "c")
    assert (kept.context, kept.narrow) == ((QUESTION,), Narrow())


def test_ids_are_long_and_random() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 22 for one in made)


def test_log_holds_question_candidates_generation_and_answer(
    database: Database, answerer: Answerer
) -> None:
    answer = answerer.ask(QUESTION)
    asking = Asking(QUESTION, ("前の問い",), NARROW, "c")
    log_question(database, asking, answer, 12.34)
    (row,) = logged(database)
    assert row["question"] == row["query_used"] == QUESTION
    assert row["history"] == ["前の問い"]
    assert row["narrow"] == {
        "prefectures": ["千葉県", "埼玉県"],
        "states": ["running"],
        "anytime": True,
    }
    assert (row["kind"], row["lang"], row["milliseconds"]) == ("list", "ja", 12.3)
    assert row["answer"] == answer.answer
    assert sum(row["counts"].values()) == 4
    assert row["generation"] == answerer.generation.name
    first = row["candidates"][0]
    assert (first["municipality"], first["code"]) == ("さいたま市", "111007")
    assert first["score"] == round(answer.cases[0].score, 4)
    document, start, end = first["quotes"][0]
    text = answerer.generation.documents[document].text
    assert text[start:end] == "さいたま市は、入力事務をRPAで自動化している。"


def test_nearest_cases_of_a_refusal_are_logged_as_such(
    database: Database, answerer: Answerer
) -> None:
    answer = answerer.ask("京都市のRPAは？")
    log_question(database, Asking("京都市のRPAは？"), answer, 1.0)
    (row,) = logged(database)
    assert row["kind"] == "none"
    assert {found["verdict"] for found in row["candidates"]} <= {"nearest"}


def test_log_cannot_be_changed(database: Database, answerer: Answerer) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    with pytest.raises(JireiError, match="append-only"), database.connection() as connection:
        connection.execute("UPDATE question_log SET question = 'x'")
    assert [row["question"] for row in logged(database)] == [QUESTION]


def test_later_opinion_on_a_turn_takes_the_place_of_the_first(
    database: Database, answerer: Answerer
) -> None:
    answer = answerer.ask(QUESTION)
    keep_opinion(database, "t1", Asking(QUESTION), answer, Opinion(good=True))
    bad = Opinion(False, "case", "古い", ("町田市",))
    keep_opinion(database, "t1", Asking(QUESTION), answer, bad)
    (row,) = opinions(database)
    assert (row["good"], row["reason"], row["comment"], row["wrong"]) == (
        False,
        "case",
        "古い",
        ["町田市"],
    )
    assert [case["municipality"] for case in row["cases"]] == [c.name for c in answer.cases]


def test_wrong_answers_become_rows_that_wait_for_their_gold(
    database: Database, answerer: Answerer, tmp_path: Path
) -> None:
    answer = answerer.ask(QUESTION)
    keep_opinion(database, "good", Asking(QUESTION), answer, Opinion(good=True))
    wrong = Opinion(False, "missing", "深谷市がない")
    keep_opinion(database, "bad", Asking(QUESTION, ("前の問い",)), answer, wrong)
    keep_opinion(database, "none", Asking("天気は？"), answer, Opinion(False, "no_answer"))
    rows = list(evaluation_rows(database))
    assert [(row["id"], row["type"], row["gold"]) for row in rows] == [
        ("user-bad", "followup", []),
        ("user-none", "none", []),
    ]
    assert rows[0]["history"] == ["前の問い"]
    assert rows[0]["note"].startswith("reason: missing; comment: 深谷市がない; shown: さいたま市")
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(to_json(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(JireiError, match="1 行目"):  # it waits for its gold
        load_questions(file)
    rows[0]["gold"] = ["さいたま市"]
    file.write_text("".join(to_json(row) + "\n" for row in rows), encoding="utf-8")
    assert [question.type for question in load_questions(file)] == ["followup", "none"]


def test_too_old_rows_go_when_the_file_is_next_opened(
    database: Database, answerer: Answerer
) -> None:
    keep_turn(database, "c", turn(answerer))
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    keep_opinion(database, "t1", Asking(QUESTION), answerer.ask(QUESTION), Opinion(good=False))
    set_back(database, 31)
    assert len(list(logged(Database(database.path, 32)))) == 1
    again = Database(database.path, 30)
    assert list(logged(again)) == list(opinions(again)) == []
    assert kept_turns(again, "c") == ()


def test_process_that_runs_on_clears_what_is_too_old_on_the_next_day(
    database: Database, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_turn(database, "c", turn(answerer))
    set_back(database, 364)
    assert len(kept_turns(database, "c")) == 1

    class LaterDay(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "LaterDay":
            return super().now(tz) + timedelta(days=2)

    monkeypatch.setattr(database_module, "datetime", LaterDay)
    assert kept_turns(database, "c") == ()


def test_erased_text_stands_in_no_file_any_more(database: Database, answerer: Answerer) -> None:
    secret = "秘密の案件のRPAは？"
    answer = answerer.ask(secret)
    for _ in range(20):
        log_question(database, Asking(secret), answer, 1.0)
    keep_turn(database, "c", turn(answerer, secret))
    keep_opinion(database, "t1", Asking(secret), answer, Opinion(False, "other", secret))
    page = sqlite3.connect(database.path)  # which keeps SQLite from tidying up by itself
    assert page.execute("SELECT count(*) FROM question_log").fetchone() == (20,)
    today = datetime.now().astimezone().date()
    tomorrow = today + timedelta(days=1)
    assert database.erase(Days(first=tomorrow)) == {"turn": 0, "question_log": 0, "feedback": 0}
    assert len(list(logged(database))) == 20
    erased = database.erase(Days(today, today))
    assert erased == {"turn": 1, "question_log": 20, "feedback": 1}
    assert list(logged(database)) == []
    left = b"".join(file.read_bytes() for file in database.path.parent.iterdir())
    assert "秘密の案件".encode() not in left


def test_follow_up_of_a_later_day_goes_with_the_question_it_carries(
    database: Database, answerer: Answerer
) -> None:
    secret, later = "秘密の案件のRPAは？", "町田市は？"
    answer = answerer.ask(later)

    def keep(id: str, question: str, history: tuple[str, ...]) -> None:
        keep_turn(database, "c", KeptTurn(id, question, (*history, question), NARROW, answer))
        asking = Asking(question, history, conversation="c")
        log_question(database, asking, answer, 1.0)
        keep_opinion(database, id, asking, answer, Opinion(good=True))

    keep("t1", secret, ())
    set_back(database, 3)
    keep("t2", later, (secret,))
    keep("t3", "テレワークの目標は？", ())  # begins anew
    keep_turn(database, "other", KeptTurn("t4", secret, (secret,), NARROW, None))
    day = datetime.now().astimezone().date() - timedelta(days=3)
    assert database.erase(Days(last=day)) == {"turn": 2, "question_log": 2, "feedback": 2}
    assert [kept.id for kept in kept_turns(database, "c")] == ["t3"]
    assert [kept.id for kept in kept_turns(database, "other")] == ["t4"]


def test_turn_that_was_erased_is_not_put_back_by_a_page_that_is_still_open(
    database: Database, answerer: Answerer
) -> None:
    assert keep_turn(database, "c", turn(answerer))
    assert keep_turn(database, "c", turn(answerer), again=True)
    database.erase(Days())
    assert not keep_turn(database, "c", turn(answerer), again=True)
    assert kept_turns(database, "c") == ()


def test_period_holds_its_last_day_and_ends_with_it(database: Database) -> None:
    first, end = Days(date(2026, 4, 1), date(2026, 4, 30)).bounds()
    assert first == stamp(datetime(2026, 4, 1).astimezone())
    assert end == stamp(datetime(2026, 5, 1).astimezone())
    assert Days().bounds() == ("", "")


def test_period_of_days_that_no_clock_tells_leaves_nothing_out_and_nothing_in() -> None:
    first, end = Days(date.min, date.max).bounds()
    assert first < "1970-01-03"
    assert end == ""
    _, end = Days(None, date.min).bounds()
    assert "" < end < "1970-01-03"
    first, _ = Days(date.max).bounds()
    assert first > "9998"


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(JireiError, match="2026-04-02"):
        Days(date(2026, 4, 2), date(2026, 4, 1))


def test_many_threads_and_handles_write_at_once(tmp_path: Path, answerer: Answerer) -> None:
    answer = answerer.ask(QUESTION)
    path = tmp_path / "jirei.sqlite3"

    def write(number: int) -> None:
        shared = Database(path, 365)  # as another process would have its own
        for i in range(5):
            log_question(shared, Asking(f"{number}-{i}"), answer, 1.0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    found = [row["question"] for row in logged(Database(path, 365))]
    assert sorted(found) == sorted(f"{n}-{i}" for n in range(8) for i in range(5))


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"\1" * 99])
def test_damaged_file_is_one_clear_line(database: Database, damage: bytes) -> None:
    database.path.parent.mkdir()
    database.path.write_bytes(damage)
    with pytest.raises(JireiError, match="を使えません"):
        list(logged(database))
    assert database.path.read_bytes() == damage


def test_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(JireiError, match="を使えません"):
        list(logged(Database(tmp_path / "kept" / "jirei.sqlite3", 365)))


def test_file_that_cannot_be_written_is_one_clear_line(
    database: Database, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    connect = database._connect

    def read_only() -> sqlite3.Connection:
        connection = connect()
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr(database, "_connect", read_only)
    with pytest.raises(JireiError, match="readonly"):
        log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)


def test_file_that_another_one_holds_is_told_after_the_wait(
    database: Database, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    monkeypatch.setattr(database_module, "WAIT_SECONDS", 0.05)
    holder = sqlite3.connect(database.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JireiError, match="locked"):
        log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    holder.execute("ROLLBACK")
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    assert len(list(logged(database))) == 2


def test_file_of_a_later_release_is_left_alone(database: Database) -> None:
    list(logged(database))
    with sqlite3.connect(database.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JireiError, match="新しい版"):
        list(logged(Database(database.path, 365)))


def test_older_schema_is_brought_up_with_its_rows(
    database: Database, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    later = (*MIGRATIONS, "ALTER TABLE question_log ADD COLUMN judge TEXT NOT NULL DEFAULT '';")
    monkeypatch.setattr(database_module, "MIGRATIONS", later)
    (row,) = logged(Database(database.path, 365))
    assert (row["question"], row["judge"]) == (QUESTION, "")


def test_file_that_was_deleted_meanwhile_is_made_anew(
    database: Database, answerer: Answerer
) -> None:
    log_question(database, Asking(QUESTION), answerer.ask(QUESTION), 1.0)
    for file in list(database.path.parent.iterdir()):
        file.unlink()
    assert list(logged(database)) == []
