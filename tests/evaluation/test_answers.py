"""Scores of answers, each worked out by hand."""

import math
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.contract import Answer, Case
from evaluation.answers import ask_all, files_of, scores_of
from evaluation.questions import EvidenceQuote
from evaluation.runs import report_of
from evaluation.tables import COLUMNS
from ingest.uploads import Uploads
from settings import Settings
from tests.evaluation.samples import DOCUMENT, TEXT, answer, case, question, quote

NAMES = ["大津市", "町田市", "三重県", "つくば市", "別府市"]


def test_list_counts_matches_only_and_acceptable_ones_neither_way() -> None:
    asked = question(gold=("大津市", "町田市", "三重県"), acceptable=("つくば市",))
    given_ = answer(
        case("大津市"), case("つくば市"), case("別府市"), case("町田市", verdict="unsure")
    )
    # Predicted 大津市 and 別府市: one of two is right, one of three is found.
    assert scores_of(asked, given_) == pytest.approx(
        {
            "precision": 1 / 2,
            "recall": 1 / 3,
            "F1": 2 / 5,
            "exact": 0.0,
            "false_refusal": 0.0,
        }
    )


def test_list_of_just_the_gold_and_an_acceptable_one_is_exact() -> None:
    asked = question(gold=("大津市",), acceptable=("町田市",))
    scores = scores_of(asked, answer(case("町田市"), case("大津市")))
    assert (scores["exact"], scores["F1"]) == (1.0, 1.0)


def test_refused_list_scores_0_and_is_a_false_refusal() -> None:
    scores = scores_of(question(), answer(case("大津市"), refused=True))
    assert scores == {
        "precision": 0.0,
        "recall": 0.0,
        "F1": 0.0,
        "exact": 0.0,
        "false_refusal": 1.0,
    }


@given(st.sets(st.sampled_from(NAMES), min_size=1), st.sets(st.sampled_from(NAMES)))
@settings(max_examples=100, deadline=None)
def test_f1_is_the_harmonic_mean_and_exact_means_1(gold: set[str], said: set[str]) -> None:
    scores = scores_of(question(gold=tuple(gold)), answer(*(case(name) for name in sorted(said))))
    p, r = scores["precision"], scores["recall"]
    assert scores["F1"] == pytest.approx(2 * p * r / (p + r) if p + r else 0.0)
    assert (scores["exact"] == 1.0) == (scores["F1"] == 1.0) == (gold == said)


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([case("大津市")], (1, 1, 1)),
        ([case("大津市", verdict="unsure")], (1, 1, 1)),
        ([case("大津市", quotes=(quote("紙をやめた。"),))], (0, 1, 0)),
        ([case("町田市"), case("大津市")], (0, 0, 1)),
        ([case("つくば市"), case("大津市")], (1, 1, 1)),
        ([case("町田市")], (0, 0, 0)),
        ([], (0, 0, 0)),
    ],
)
def test_fact_hit_wants_the_right_case_first_and_the_string_in_its_quotes(
    cases: list[Case], expected: tuple[int, int, int]
) -> None:
    asked = question("fact", answer_contains=("5万円",), acceptable=("つくば市",))
    scores = scores_of(asked, answer(*cases))
    assert (scores["hit"], scores["first"], scores["strings"]) == expected


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([case("大津市", quotes=(quote(), quote("紙をやめた。")))], 1),
        ([case("大津市", quotes=(quote("紙をやめた。"), quote()))], 0),
        ([case("町田市"), case("大津市")], 0),
        ([case("つくば市"), case("大津市")], 1),
        ([], 0),
    ],
)
def test_headline_wants_a_sentence_of_the_evidence_before_all_other_quotes(
    cases: list[Case], expected: int
) -> None:
    stated = (EvidenceQuote(DOCUMENT, "費用は5万円。"), EvidenceQuote(DOCUMENT, "無料。"))
    asked = question("fact", acceptable=("つくば市",), evidence=stated)
    assert scores_of(asked, answer(*cases))["headline"] == expected
    # Evidence that is not quoted says nothing of it.
    pointed = question("fact", acceptable=("つくば市",), evidence=(EvidenceQuote(),))
    assert "headline" not in scores_of(pointed, answer(*cases))


def test_string_that_two_quotes_only_hold_together_is_not_there() -> None:
    halves = (quote("紙をやめた。"), quote("費用は5万円。"))
    asked = question("fact", answer_contains=("やめた。費用",))
    assert scores_of(asked, answer(case("大津市", quotes=halves)))["strings"] == 0.0


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ([case("町田市"), case("大津市")], (1, 1, 1)),
        ([case("大津市")], (0, 0, 1)),
        ([case("大津市"), case("町田市"), case("別府市")], (1, 1, 1)),
        ([case(n, quotes=(quote("紙をやめた。"),)) for n in ("大津市", "町田市")], (0, 1, 0)),
    ],
)
def test_compare_wants_all_cases_and_all_strings(
    cases: list[Case], expected: tuple[int, int, int]
) -> None:
    asked = question("compare", ("大津市", "町田市"), answer_contains=("5万円",))
    scores = scores_of(asked, answer(*cases))
    assert (scores["hit"], scores["all"], scores["strings"]) == expected


def test_followup_is_a_list_without_a_string_and_a_fact_with_one() -> None:
    said = answer(case("大津市"))
    assert scores_of(question("followup"), said)["F1"] == 1.0
    fact = scores_of(question("followup", answer_contains=("5万円",)), said)
    assert fact["hit"] == 1.0
    assert "F1" not in fact


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (answer(refused=True), (1, 1)),
        (answer(case("大津市", verdict="unsure")), (0, 1)),
        (answer(case("大津市")), (0, 0)),
    ],
)
def test_none_is_refused_or_at_least_unsure(said: Answer, expected: tuple[int, int]) -> None:
    scores = scores_of(question("none", ()), said)
    assert (scores["refused"], scores["refused_or_unsure"]) == expected
    assert "false_refusal" not in scores


class Prepared:
    """Gives the answers it was made with, by the question."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = (), id: str | None = None) -> Answer:
        self.asked.append((question, tuple(history)))
        return self.answers[question]


def test_report_is_by_type_and_language_with_calibration_verbatim_and_latency() -> None:
    answers = Prepared(
        {
            "A": answer(case("大津市", score=0.95), ms=10),
            "B": answer(case("町田市", score=0.95), ms=20, answerable=0.3),
            "C": answer(
                case("三重県", quotes=(quote("ない文"),)), refused=True, ms=30, answerable=0.3
            ),
        }
    )
    questions = [
        question(id="a", question="A"),
        question(id="b", question="B", lang="en", history=("A",)),
        question("none", (), id="c", question="C"),
    ]
    scored = ask_all(questions, answers, {DOCUMENT: TEXT}.get)
    report = report_of(scored, {"dataset": "d", "index": "i"})
    assert answers.asked == [("A", ()), ("A", ()), ("B", ("A",)), ("C", ())]
    values = report.values
    assert (values["list.ja.F1"], values["list.en.F1"], values["list.all.F1"]) == (1.0, 0.0, 0.5)
    assert values["none.ja.refused"] == 1.0
    assert "none.en.refused" not in values
    assert values["all.all.false_refusal"] == 0.0
    # Two cases at .95, one right: |1.9 - 1| / 2; in Japanese one at .95, right.
    assert values["all.all.ECE"] == pytest.approx(0.45)
    assert values["all.ja.ECE"] == pytest.approx(0.05)
    # The mean of a half-normal of one case at .95, and of two.
    off = math.sqrt(2 / math.pi * 0.95 * 0.05)
    assert values["all.ja.ECE_by_chance"] == pytest.approx(off)
    assert values["all.all.ECE_by_chance"] == pytest.approx(off / math.sqrt(2))
    assert "ECE_by_chance" in COLUMNS["all"]
    assert values["all.all.verbatim"] == pytest.approx(2 / 3)
    # B is held as answerable as C, which is not; A more.
    assert values["all.all.AUC"] == pytest.approx(0.75)
    assert report.head["reliability"] == [(2, 0.95, 0.5)]
    assert (values["all.all.p50_ms"], values["all.all.p95_ms"]) == pytest.approx((20, 29))
    assert [hit["verdict"] for hit in report.records[2].shown["hits"]] == ["nearest"]


def test_quote_of_a_missing_file_or_of_another_place_is_not_verbatim(tmp_path: Path) -> None:
    root = tmp_path / "docs"
    root.mkdir()
    (root / "a.md").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    (root / "b.md").write_bytes(b"\xff")
    moved = quote("費用は5万円。")
    quotes = (
        quote(),
        quote(document="docs/none.md"),
        quote(document="docs/b.md"),
        type(moved)(moved.text, DOCUMENT, (), None, 0, len(moved.text), (0, 1)),
    )
    said = Prepared({"どこ？": answer(case("大津市", quotes=quotes))})
    (scored,) = ask_all([question()], said, files_of([str(root)]))
    assert scored.verbatim == (True, False, False, False)


def test_text_of_a_document_is_read_from_whatever_file_holds_it(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "件数.csv").write_bytes("課,件数\n総務課,12\n".encode("cp932"))
    with zipfile.ZipFile(docs / "束.zip", "w") as archive:
        archive.writestr("中/a.txt", "三重県は相談窓口を設けた。")
    (docs / "壊.pdf").write_bytes(b"%PDF-1.4 nothing")
    uploads = Uploads(tmp_path / "uploads", Settings().upload_caps)
    uploads.put("京都市.txt", "京都市は窓口を改めた。".encode("cp932"))
    text_of = files_of([str(docs), str(tmp_path / "uploads"), str(tmp_path / "gone")])
    assert text_of("docs/件数.csv") == "課、件数\n課：総務課、件数：12\n\n"
    assert text_of("docs/束.zip/中/a.txt") == "三重県は相談窓口を設けた。"
    assert text_of("uploads/京都市.txt") == "京都市は窓口を改めた。"
    for missing in ("docs/壊.pdf", "docs/無い.md", "docs/束.zip/中/b.txt", "", "/etc/passwd"):
        assert text_of(missing) is None
