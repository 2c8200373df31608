"""What is too old goes by itself, and what is erased is gone for good."""

import sqlite3
from datetime import date, datetime, timedelta

import pytest

from answer.respond import Answerer
from errors import JireiError
from store.conversations import KeptTurn, keep_turn, kept_turns
from store.database import Database, Days, stamp
from store.feedback import Opinion, keep_opinion, opinions
from store.question_log import Asking, log_question, logged
from tests.store.made import NARROW, NOON, QUESTION, set_back, stop_clock, turn


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
    stop_clock(monkeypatch, NOON + timedelta(days=2))
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
    today = NOON.date()
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
    day = NOON.date() - timedelta(days=3)
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
