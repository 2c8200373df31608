"""What is kept: conversations, the log of questions, opinions."""

from pathlib import Path

import pytest

from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from evaluation.questions import load_questions
from store.conversations import KeptTurn, keep_turn, kept_turns, new_id
from store.database import Database
from store.feedback import Opinion, evaluation_rows, keep_opinion, opinions
from store.question_log import Asking, json_lines, log_question, logged
from tests.store.made import NARROW, QUESTION, turn


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
    file.write_bytes(json_lines(rows))
    with pytest.raises(JireiError, match="1 行目"):  # it waits for its gold
        load_questions(file)
    rows[0]["gold"] = ["さいたま市"]
    file.write_bytes(json_lines(rows))
    assert [question.type for question in load_questions(file)] == ["followup", "none"]
