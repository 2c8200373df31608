"""What is true of every answer, whatever is asked, in which order and narrowed to what."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.contract import Answer, Case, Quote
from answer.judge import SignalJudge, shipped_weights
from answer.narrow import Narrow
from answer.respond import Answerer
from answer.states import STATES
from errors import JireiError
from index.build import build
from index.encoder import make_encoder
from index.generation import open_generation
from index.thesaurus import load_thesaurus, splitter_name
from messages import tell
from search.hybrid import SearchSettings
from settings import Settings
from tests.answer.made import answerable_alike, cuts_alike

MORE = {
    "cases/saitama2.md": """---
title: 窓口とRPA
municipality: さいたま市
prefecture: 埼玉県
code: "111007"
period: 2022-
---
# さいたま市：窓口

## 取り組み
2022年度にRPAで40%の入力を自動化した。

## 効果
入力事務を1,200時間減らした。
""",
    "articles/two.md": """# 二つの事例

## 1. 京都府京都市の事例
京都市は、テレワークの実証を行った。

## 2. 三重県津市の事例
津市は、RPAと生成AIを使う方針である。費用は120万円である。
""",
    "empty.md": "# 題だけ\n",
}

JA = (
    "RPAを使う市は？ テレワークの目標は何割？ 生成AIを案内に使っている市町村は？"
    " 相談窓口を設けた県は？ 2022年以降にRPAで自動化した市は？ 1,000時間以上を減らした市は？"
    " さいたま市と町田市のRPAを比べて 自治体DXとは？ 費用はいくら？ 京都市と津市の違いは？"
    " 九州のRPAは？ 大津市のRPAは？ RPAを使っていない市は？ では町田市は？"
    " そのうち埼玉県の市は？ そのうち費用を述べているのは？"
).split()
EN = (
    "Which cities use RPA?",
    "Does Saitama City use RPA?",
    "Compare Saitama City and Machida City on RPA",
    "And Machida?",
    "Which of them saved hours?",
    "How many cities use RPA since 2020?",
    "What is the telework target?",
    "How many hours did Saitama City save with RPA?",
)
WORDS = (
    "RPA テレワーク 入力事務 自動化 生成AI 市民 案内 相談窓口 若年層 さいたま市 町田市 三重県"
    " 京都市 津市 埼玉県 目標 費用 40% 1,000時間以上 2022年度 は の を で と どこ いくら 使う"
    " 市は？ 県は？ 一覧 比べて そのうち"
    " Saitama Machida which cities use telework for and of them hours 「 」 70 ？"
).split()

questions = st.one_of(
    st.sampled_from((*JA, *EN)),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map("".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
)
histories = st.lists(questions, max_size=3)
narrows = st.builds(
    Narrow,
    prefectures=st.frozensets(
        st.sampled_from(("埼玉県", "東京都", "三重県", "大分県")), max_size=2
    ),
    themes=st.sampled_from((frozenset(), frozenset(), frozenset({"RPA"}))),
    states=st.frozensets(st.sampled_from(STATES), max_size=2),
    first_year=st.sampled_from((None, None, 2021)),
    anywhere=st.booleans(),
)
many = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

LENIENT = cuts_alike(0.02, 0.6, unsure=0.2, floor=0.001)
EVEN = answerable_alike((0.5, 0.0, 0.0, 0.0, 0.0, 0.0), 0.5)


@pytest.fixture(params=["shipped", "lenient"])
def wide(request: pytest.FixtureRequest, corpus: Path, settings: Settings) -> Answerer:
    """More documents: a town in two of them, two towns in one; lenient cuts leave much unsure."""
    for name, text in MORE.items():
        (corpus / name).write_text(text, encoding="utf-8")
    encoder = make_encoder(settings)
    build([corpus], encoder, settings)
    thesaurus = load_thesaurus(settings.thesaurus)
    made = open_generation(settings.index_folder, encoder.fingerprint, splitter_name(thesaurus))
    judging = shipped_weights()
    if request.param == "lenient":
        judging = replace(judging, intercept=-1.0, answerable=EVEN, cuts=LENIENT)
    return Answerer(made, encoder, thesaurus, SearchSettings(), SignalJudge(judging))


def ask(answerer: Answerer, question: str, history: list[str], narrow: Narrow) -> Answer | None:
    try:
        return answerer.ask(question, history, narrow=narrow)
    except JireiError as error:
        if error.key != "question_empty":
            raise
        return None


def quotes(answer: Answer) -> list[Quote]:
    """Every quote that an answer shows."""
    cases: tuple[Case, ...] = (*answer.cases, *answer.nearest)
    shown = [quote for case in cases for quote in case.quotes]
    shown += [case.effect for case in cases if case.effect]
    rows = answer.comparison.rows if answer.comparison else ()
    return shown + [quote for row in rows for cell in row.cells for quote in cell]


def recount(answerer: Answerer, answer: Answer) -> dict[str, int]:
    """Every document of the index, one after the other: what is quoted of it?"""
    counted = {"match": 0, "unsure": 0, "no": 0}
    for document in answerer.generation.documents:
        verdicts = {
            case.verdict
            for case in answer.cases
            if any(quote.document == document for quote in case.quotes)
        }
        counted["match" if "match" in verdicts else "unsure" if verdicts else "no"] += 1
    return counted


@pytest.mark.parametrize("question", [*JA, *EN])
def test_so_many_match_so_many_are_unsure_and_the_rest_is_not(
    wide: Answerer, question: str
) -> None:
    answer = wide.ask(question, ["RPAを使う市は？"])
    counted = recount(wide, answer)
    assert dict(answer.counts) == counted
    assert sum(counted.values()) == answer.searched_documents == 7
    if answer.refused:
        assert "7" in answer.answer
    else:
        told = tell("answer_counts", answer.lang, documents=7, **counted)
        assert answer.answer.splitlines()[-1] == told


def test_the_recount_sees_matches_and_unsure_ones(wide: Answerer) -> None:
    """Were there no unsure document and none that two towns share, it would prove little."""
    answers = [wide.ask(question) for question in (*JA, *EN)]
    assert any(answer.counts["match"] > 1 for answer in answers)
    assert any(answer.counts["unsure"] for answer in answers)


@many
@given(questions, histories, narrows)
def test_counts_are_true_of_any_question(
    wide: Answerer, question: str, history: list[str], narrow: Narrow
) -> None:
    answer = ask(wide, question, history, narrow)
    if answer:
        assert dict(answer.counts) == recount(wide, answer)


@many
@given(questions, histories, narrows)
def test_quotes_are_verbatim_and_marks_lie_within_them_apart(
    wide: Answerer, question: str, history: list[str], narrow: Narrow
) -> None:
    answer = ask(wide, question, history, narrow)
    for quote in quotes(answer) if answer else ():
        text = wide.generation.documents[quote.document].text
        assert text[quote.start : quote.end] == quote.text
        assert quote.passage[0] <= quote.start < quote.end <= quote.passage[1]
        at = 0
        for start, end in quote.marks:
            assert at <= start < end <= len(quote.text)
            at = end


@many
@given(questions, histories, narrows)
def test_figures_that_an_answer_quotes_stand_in_a_quote(
    wide: Answerer, question: str, history: list[str], narrow: Narrow
) -> None:
    answer = ask(wide, question, history, narrow)
    if answer is None or answer.refused:
        return
    texts = [quote.text for case in answer.cases for quote in case.quotes]
    for quoted in re.findall("「(.*?)」", answer.answer):
        for number in re.findall(r"[0-9][0-9,.]*", quoted):
            assert any(number in text for text in texts)


@many
@given(questions, histories, narrows)
def test_cases_come_surest_first_with_scores_from_0_to_1(
    wide: Answerer, question: str, history: list[str], narrow: Narrow
) -> None:
    answer = ask(wide, question, history, narrow)
    if answer is None:
        return
    assert answer.refused is not bool(answer.cases)
    verdicts = [case.verdict != "match" for case in answer.cases]
    assert verdicts == sorted(verdicts)
    # Matches of a list that name all that is asked go before others: only the unsure are in order.
    scores = [-case.score for case in answer.cases if case.verdict == "unsure"]
    assert scores == sorted(scores)
    assert all(0 <= case.score <= 1 for case in (*answer.cases, *answer.nearest))
    assert all((case.reason is None) == (case.verdict == "match") for case in answer.cases)


@many
@given(questions, histories, narrows)
def test_nothing_comes_from_outside_the_prefectures_chosen(
    wide: Answerer, question: str, history: list[str], narrow: Narrow
) -> None:
    answer = ask(wide, question, history, narrow)
    if answer is None or not narrow.prefectures:
        return
    for case in (*answer.cases, *answer.nearest):
        assert case.place
        assert case.place.prefecture in narrow.prefectures
    for place in answer.comparison.places if answer.comparison else ():
        assert place.prefecture in narrow.prefectures


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(questions, st.lists(st.tuples(questions, histories, narrows), min_size=1, max_size=3))
def test_same_question_gives_the_same_answer_whatever_was_asked_before(
    wide: Answerer, question: str, others: list[tuple[str, list[str], Narrow]]
) -> None:
    def told() -> dict[str, object] | None:
        answer = ask(wide, question, [], Narrow())
        return answer.to_json(True) | {"took_ms": {}} if answer else None

    first = told()
    for other in others:
        ask(wide, *other)
    assert told() == first
