"""Answers from the small corpus, with the stub encoder."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.contract import Answer
from answer.respond import Answerer
from errors import JireiError

Ask = Callable[..., Answer]


def names(answer: Answer) -> list[str]:
    return [case.name for case in answer.cases]


def test_list_question_finds_who_says_so_and_nobody_else(answerer: Answerer) -> None:
    answer = answerer.ask("RPAを入力事務に使っている市は？")
    assert (answer.kind, answer.refused) == ("list", False)
    assert names(answer)[0] == "さいたま市"
    assert set(names(answer)) <= {"さいたま市", "町田市"}
    assert answer.cases[0].quotes[0].text == "さいたま市は、入力事務をRPAで自動化している。"
    assert "さいたま市" in answer.answer
    assert "4文書を調べました" in answer.answer


def test_fact_question_gets_its_sentence(answerer: Answerer) -> None:
    answer = answerer.ask("テレワークの目標は？")
    assert answer.kind == "fact"
    assert answer.cases[0].quotes[0].text == "テレワークの実施者は70%以上を目標とする。"
    assert "さいたま市" in answer.answer


def test_explanatory_document_answers_without_a_municipality(answerer: Answerer) -> None:
    answer = answerer.ask("自治体DXとは何か？")
    assert answer.cases[0].place is None
    assert answer.to_json()["cases"][0]["municipality"] == "自治体DXとは"
    assert answer.to_json()["cases"][0]["code"] is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("京都市のRPAは？", "4文書を調べましたが、京都市の文書はありません。"),
        ("RPAを使っていない市は？", "答えられません（4文書が対象）"),
        ("XBRLを使っている市は？", "「xbrl」はどの文書にも出てきません"),
        ("宇宙旅行の天気予報は？", "お尋ねの内容を述べた文はありません"),
        ("Does Kyoto City use RPA?", "Documents searched: 4; none is about Kyoto City."),
    ],
    ids=["place", "negation", "term", "topic", "english"],
)
def test_refusals_say_why_and_how_many_were_searched(
    answerer: Answerer, question: str, said: str
) -> None:
    answer = answerer.ask(question)
    assert (answer.refused, answer.kind, answer.cases) == (True, "none", ())
    assert said in answer.answer
    assert answer.searched_documents == 4


def test_every_quote_is_the_text_of_its_document_at_its_span(answerer: Answerer) -> None:
    for question in ("RPAを使う市は？", "若者の相談は？", "自治体DXとは？"):
        answer = answerer.ask(question)
        for quote in (q for case in answer.cases for q in case.quotes):
            text = answerer.generation.documents[quote.document].text
            assert text[quote.start : quote.end] == quote.text
            assert quote.document.startswith("docs/")


def test_follow_up_uses_the_question_before_and_says_so(answerer: Answerer) -> None:
    answer = answerer.ask("では町田市は？", ["RPAによる自動化をした市は？"])
    assert names(answer) == ["町田市"]
    assert answer.cases[0].quotes[0].text == "RPAによる手作業の自動化"
    assert answer.query_used == "RPAによる自動化をした市は？ では町田市は？"
    assert answer.question == "では町田市は？"


def test_same_question_gives_the_same_answer_whatever_came_before(answerer: Answerer) -> None:
    first = answerer.ask("RPAを使う市は？").to_json()
    answerer.ask("若年層に相談窓口を設けた県は？")
    second = answerer.ask("RPAを使う市は？").to_json()
    del first["took_ms"], second["took_ms"]
    assert first == second


def test_json_has_the_keys_of_the_contract(answerer: Answerer) -> None:
    result = json.loads(json.dumps(answerer.ask("RPAを使う市は？", id="q1").to_json()))
    assert list(result) == [
        "schema", "id", "question", "lang", "kind", "answer", "refused", "cases", "nearest",
        "searched_documents", "query_used", "expanded", "index", "took_ms",
    ]  # fmt: skip
    case = result["cases"][0]
    assert list(case) == [
        "municipality", "prefecture", "code", "title", "verdict", "score", "quotes", "published",
        "sources",
    ]  # fmt: skip
    assert list(case["quotes"][0]) == ["text", "document", "heading", "page", "start", "end"]
    assert (result["id"], result["schema"]) == ("q1", 1)
    assert {"understand", "search", "judge", "total"} == set(result["took_ms"])
    assert all(0 <= c["score"] <= 1 for c in result["cases"])


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(alphabet="RPA市県は？の入力 町田さいたま目標70%若者ab\u3000「」", max_size=40))
def test_any_question_gets_verbatim_quotes_or_one_clear_line(
    answerer: Answerer, question: str
) -> None:
    try:
        answer = answerer.ask(question)
    except JireiError as error:
        if error.key != "question_empty":
            raise
        return
    for case in (*answer.cases, *answer.nearest):
        for quote in case.quotes:
            text = answerer.generation.documents[quote.document].text
            assert text[quote.start : quote.end] == quote.text
