"""Answers from the small corpus, with the stub encoder."""

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from answer.contract import Answer
from answer.decision import MAYBE
from answer.judge import FEATURES
from answer.narrow import Narrow
from answer.respond import Answerer
from errors import JireiError
from index.build import build
from index.encoder import make_encoder
from index.stub_encoder import StubEncoder
from index.vectors import Vectors
from settings import Settings
from tests.conftest import STUB_WEIGHTS

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
        ("XBRLを使っている市は？", "「XBRL」はどの文書にも出てきません"),
        ("宇宙旅行の天気予報は？", "お尋ねの内容を述べた文はありません"),
        ("Does Kyoto City use RPA?", "4 documents searched, none is about Kyoto City."),
        ("京都市と大津市のRPAは？", "4文書を調べましたが、京都市、大津市の文書はありません。"),
        ("Do Kyoto City and Otsu City use RPA?", "none is about Kyoto City, Otsu City."),
    ],
    ids=["place", "negation", "term", "topic", "english", "two", "two-en"],
)
def test_refusals_say_why_and_how_many_were_searched(
    answerer: Answerer, question: str, said: str
) -> None:
    answer = answerer.ask(question)
    assert (answer.refused, answer.kind, answer.cases) == (True, "none", ())
    assert said in answer.answer
    assert answer.searched_documents == 4


def test_what_is_written_otherwise_is_not_said_to_be_nowhere(answerer: Answerer) -> None:
    assert "どの文書にも" in answerer.ask("XBRLの案内を市民向けに使う市は？").answer
    assert "どの文書にも" not in answerer.ask("S-N-Sの相談窓口を設けた県は？").answer


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
    assert answer.query_used == "RPAによる自動化をした市は? では町田市は？"
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
        "comparison", "searched_documents", "counts", "answerable",
        "understood", "corrected", "query_used",
        "expanded", "index", "took_ms",
    ]  # fmt: skip
    case = result["cases"][0]
    assert list(case) == [
        "municipality", "prefecture", "code", "title", "verdict", "score", "reason", "missing",
        "quotes", "effect", "state", "period", "published", "age", "differ", "sources",
    ]  # fmt: skip
    assert list(case["quotes"][0]) == [
        "text", "document", "heading", "page", "start", "end", "marks",
    ]  # fmt: skip
    assert result["comparison"] is None
    assert result["counts"] == {"match": 1, "unsure": 0, "no": 3}
    assert (result["id"], result["schema"]) == ("q1", 1)
    assert {"understand", "search", "judge", "answer", "total"} == set(result["took_ms"])
    assert all(0 <= c["score"] <= 1 for c in result["cases"])


def test_narrowing_question_uses_the_one_before_and_says_so(answerer: Answerer) -> None:
    answer = answerer.ask("そのうち自動化しているのは？", ["RPAを使う市は？"])
    assert answer.query_used == "RPAを使う市は？ → RPAを使う市は? そのうち自動化しているのは？"
    _, earlier, _ = answerer.rate("RPAを使う市は？")
    places = zip(answerer.table.places, earlier.probability, strict=True)
    maybe = {place.name for place, probability in places if place and probability >= MAYBE}
    assert set(names(answer)) <= maybe < {"さいたま市", "町田市", "三重県"}


def test_answer_is_in_the_language_of_its_question_whatever_came_before(
    answerer: Answerer,
) -> None:
    answer = answerer.ask("And Machida?", ["RPAによる自動化をした市は？"])
    assert (answer.lang, names(answer)) == ("en", ["町田市"])
    assert answer.answer.endswith("4 documents searched: 1 match, 0 unsure, 3 no.")
    assert "では" not in answerer.ask("では町田市は？", ["Which cities use RPA?"]).answer
    assert answerer.ask("では京都市は？", ["Which cities use RPA?"]).answer.startswith("4文書")


def test_places_chosen_by_hand_undo_a_refusal_for_the_questions_place(
    answerer: Answerer,
) -> None:
    assert answerer.ask("京都市のRPAは？").refused
    answer = answerer.ask("京都市のRPAは？", narrow=Narrow(anywhere=True))
    assert names(answer)[0] == "町田市"
    assert "京都市" not in answer.answer
    nowhere = answerer.ask("京都市のRPAは？", narrow=Narrow(prefectures=frozenset({"三重県"})))
    assert nowhere.answer == "4文書を調べましたが、お尋ねの内容を述べた文はありません。"


def test_places_that_no_longer_count_say_nothing_of_their_entries(answerer: Answerer) -> None:
    def placed(narrow: Narrow) -> dict[str, float]:
        answer = answerer.ask("町田市のRPAは？", narrow=narrow)
        cases = (*answer.cases, *answer.nearest)
        return {c.name: s.value for c in cases for s in c.signals if s.name == "placed"}

    assert placed(Narrow())["町田市"] == 1
    assert set(placed(Narrow(anywhere=True)).values()) == {0}


def test_comparison_shows_no_place_outside_the_prefectures_chosen(answerer: Answerer) -> None:
    narrow = Narrow(prefectures=frozenset({"東京都"}))
    answer = answerer.ask("さいたま市と町田市のRPAを比べて", narrow=narrow)
    assert names(answer) == ["町田市"]
    assert answer.comparison
    assert [place.name for place in answer.comparison.places] == ["町田市"]


def test_comparison_has_a_cell_for_each_place(answerer: Answerer) -> None:
    answer = answerer.ask("さいたま市と町田市のRPAとテレワークを比べて")
    told = answer.to_json()["comparison"]
    assert answer.kind == "compare"
    assert told["places"] == ["さいたま市", "町田市"]
    cells = {
        row["theme"]: [[quote["text"] for quote in cell] for cell in row["cells"]]
        for row in told["rows"]
    }
    assert cells["RPA"] == [
        ["さいたま市は、入力事務をRPAで自動化している。"],
        ["RPAによる手作業の自動化"],
    ]
    assert cells["テレワーク"] == [["テレワークの実施者は70%以上を目標とする。"], []]


def test_figure_asked_for_is_marked(answerer: Answerer) -> None:
    (case, *_) = answerer.ask("テレワークの目標は何割？").to_json()["cases"]
    (quote, *_) = case["quotes"]
    assert [quote["text"][start:end] for start, end in quote["marks"]] == ["70%"]


def test_mistyped_word_is_mended_and_told(answerer: Answerer) -> None:
    answer = answerer.ask("テレワークーの目標は？")
    assert answer.to_json()["corrected"] == [["テレワークー", "テレワーク"]]
    assert names(answer) == ["さいたま市"]


def test_signals_are_told_only_when_asked_for(answerer: Answerer) -> None:
    answer = answerer.ask("RPAを使う市は？")
    assert "signals" not in answer.to_json()["cases"][0]
    signals = answer.to_json(explain=True)["cases"][0]["signals"]
    assert [signal["name"] for signal in signals] == list(FEATURES)
    log_odds = STUB_WEIGHTS.intercept + sum(signal["adds"] for signal in signals)
    assert answer.cases[0].score == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=1e-3)


def test_document_of_headings_only_breaks_nothing(corpus: Path, settings: Settings) -> None:
    (corpus / "z.md").write_text("# 題だけ\n", encoding="utf-8")
    encoder = make_encoder(settings)
    build([corpus], encoder, settings)
    answer = Answerer.open(settings, encoder).ask("RPAを入力事務に使っている市は？")
    assert (names(answer), answer.searched_documents) == (["さいたま市"], 5)


@given_settings(
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


class Noting(StubEncoder):
    """Notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode_queries(texts)


@pytest.mark.parametrize(
    ("question", "read"),
    [("Which cities use RPA?", "自動操作の事例"), ("What is RPA?", "What is RPA?")],
)
def test_sentences_are_searched_for_the_question_as_it_is_read(
    corpus: Path, settings: Settings, question: str, read: str
) -> None:
    rows = "concept,term,lang,kind\nrpa,自動操作,ja,preferred\nrpa,RPA,en,preferred\n"
    settings.thesaurus.write_text(rows, "utf-8")
    encoder = Noting()
    build([corpus], encoder, settings)
    encoder.asked.clear()
    Answerer.open_with(settings, encoder, None).ask(question)
    assert encoder.asked[0] == read
