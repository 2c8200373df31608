"""Why there is no answer, in words."""

from dataclasses import replace

import pytest

from answer.contract import Case
from answer.question import understand
from answer.wording import (
    absent_places,
    cases_apart,
    names_apart,
    notes_of,
    summary,
    why_refused,
    why_unsure,
)
from ingest.places import places_named
from tests.answer.made import MACHIDA, SAITAMA
from tests.export.made import answer

HERE = frozenset({SAITAMA, MACHIDA})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("町田市の窓口は？", "9文書を調べました。町田市の文書はありますが、"),
        # Of Kyoto there is none, so it is not said to have some.
        ("町田市と京都市の窓口は？", "9文書を調べました。町田市の文書はありますが、"),
        ("さいたま市と町田市の窓口は？", "さいたま市、町田市の文書はありますが、"),
        ("Does Machida City or Saitama City use it?", "some about Machida City, Saitama City,"),
        ("窓口は？", "9文書を調べましたが、お尋ねの内容を述べた文はありません。"),
    ],
)
def test_refusal_names_the_places_of_which_there_is_something(question: str, said: str) -> None:
    told = why_refused(understand(question), (), (), HERE, 9)
    assert told
    assert said in told


def test_doubted_answer_says_so_and_what_its_sentence_lacks() -> None:
    question, unsure = understand("町田市の窓口は？"), answer().cases[1]
    counts = {"match": 0, "unsure": 1, "no": 8}

    def told(case: Case) -> tuple[str, str]:
        return why_unsure(case, "en"), summary(question, (case,), counts, HERE)

    said = "この質問に答える文書があるかどうかは確かではありません。"
    assert told(unsure)[0] == "close, but not sure"
    assert said not in told(unsure)[1]
    doubt = "it is not sure that any document answers this question"
    doubted = replace(unsure, reason="doubted")
    assert told(doubted)[0] == doubt
    assert said in told(doubted)[1]
    lacking = replace(doubted, missing=("窓口",))
    assert told(lacking)[0] == f"{doubt} · its sentence does not mention: 窓口"


def test_notes_tell_each_way_in_which_a_question_was_read_otherwise() -> None:
    assert notes_of(answer(), "ja") == ["質問の読み取り：一覧｜RPA"]
    misread = replace(
        answer(question=" RPAの市と町は? "),
        query_used="RPAの市は？",
        corrected=(("RPAA", "RPA"), ("入カ", "入力")),
        expanded=("robots → RPA", "自動操作"),
    )
    assert notes_of(misread, "ja", "絞り込み：埼玉県") == [
        "質問の読み取り：一覧｜RPA",
        "絞り込み：埼玉県",
        "検索に使った質問：RPAの市は？",
        "「RPAA」を「RPA」と読みました",
        "「入カ」を「入力」と読みました",
        "用語の言い換え：robots → RPA, 自動操作",
    ]
    assert notes_of(misread, "en")[-1] == "Terms also looked for: robots → RPA, 自動操作"


def test_prefecture_is_known_by_its_towns() -> None:
    assert absent_places(understand("埼玉県の窓口は？"), HERE) == []
    assert absent_places(understand("京都府と町田市の窓口は？"), HERE) == ["京都府"]


def test_towns_called_alike_are_told_apart_by_their_prefecture() -> None:
    tokyo, hiroshima = sorted(places_named("府中市"), key=lambda place: place.code)
    assert names_apart((tokyo, MACHIDA, hiroshima), "ja") == [
        "府中市（東京都）",
        "町田市",
        "府中市（広島県）",
    ]
    assert names_apart((tokyo, hiroshima), "en") == [
        "Fuchu City (Tokyo)",
        "Fuchu City (Hiroshima Prefecture)",
    ]
    case = answer().cases[0]
    alike = [replace(case, place=tokyo), replace(case, place=hiroshima), case]
    assert cases_apart(alike, "ja") == ["府中市（東京都）", "府中市（広島県）", "さいたま市"]
