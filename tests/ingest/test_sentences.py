"""Lines that end no sentence, and sentences that end in no line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import in_one_line, split_sentences, without_wraps

WIDE = "あ" * 20
"""Forty columns: the narrowest margin that counts."""


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("句点なし", ["句点なし"]),
        ("一つ。二つ。", ["一つ。", "二つ。"]),
        ("一つ。\n\n二つ。\n", ["一つ。\n\n", "二つ。\n"]),
        ("一行\n二行\n", ["一行\n", "二行\n"]),
        ("\n\n一行", ["\n\n", "一行"]),
        ("本当！？はい。", ["本当！？", "はい。"]),
        ("彼は「はい。いいえ。」と言う。次。", ["彼は「はい。いいえ。」と言う。", "次。"]),
        ("「はい。」次。", ["「はい。」次。"]),
        ("『甲。乙』と（注。）の後。次。", ["『甲。乙』と（注。）の後。", "次。"]),
        ("「甲『乙。』丙。」丁。戊。", ["「甲『乙。』丙。」丁。", "戊。"]),
        ("閉じた。」次。", ["閉じた。」", "次。"]),
        ("「閉じない。次。", ["「閉じない。", "次。"]),
        ("3.14倍になる。v1.2を使う。", ["3.14倍になる。", "v1.2を使う。"]),
        ("It works. Really? Yes! End.", ["It works. ", "Really? ", "Yes! ", "End."]),
        ("example.jp を見る。", ["example.jp を見る。"]),
        ("• 甲。乙\n• 丙\n", ["• 甲。", "乙\n", "• 丙\n"]),
        ("一つ。　二つ。", ["一つ。　", "二つ。"]),
        ("半分になった．職員は使う．", ["半分になった．", "職員は使う．"]),
        ("１．５倍である．Ｎｏ．１の市", ["１．５倍である．", "Ｎｏ．１の市"]),
        ("ﾊｼﾞﾒﾀ｡ｵﾜｯﾀ｡", ["ﾊｼﾞﾒﾀ｡", "ｵﾜｯﾀ｡"]),
        ("It began in 2022. It ended.", ["It began in 2022. ", "It ended."]),
        ("It is 3.5 yen. 40 cases.", ["It is 3.5 yen. ", "40 cases."]),
        ("1. Saitama City", ["1. Saitama City"]),
        ("A. 町田市である。", ["A. 町田市である。"]),
        ("Ver. 2.0を使う。p. 12の表。", ["Ver. 2.0を使う。", "p. 12の表。"]),
        ("｢早い｡楽だ｡｣という声｡次", ["｢早い｡楽だ｡｣という声｡", "次"]),
        ("Mr. Sato said the No. 1 reason. No. It was cost.",
         ["Mr. Sato said the No. 1 reason. ", "No. ", "It was cost."]),
        ("About 5, e.g. tea, i.e. green. Yes.", ["About 5, e.g. tea, i.e. green. ", "Yes."]),
        ("Tea, etc. and so on. Tea, etc. The city.",
         ["Tea, etc. and so on. ", "Tea, etc. ", "The city."]),
        ("Since Apr. 2022 it runs. In Apr. Staff left.",
         ["Since Apr. 2022 it runs. ", "In Apr. ", "Staff left."]),
    ],
)  # fmt: skip
def test_where_sentences_end(text, pieces):
    assert split_sentences(text) == pieces


def test_a_long_sentence_is_cut_at_its_commas():
    part = "あ" * 149 + "、"
    assert split_sentences(part * 3 + "終。") == [part * 2, part + "終。"]


def test_a_long_sentence_without_commas_is_cut_anywhere():
    assert split_sentences("あ" * 700) == ["あ" * 300, "あ" * 300, "あ" * 100]


def test_a_sentence_of_300_characters_stays_whole():
    assert split_sentences("あ" * 298 + "、。") == ["あ" * 298 + "、。"]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (f"{WIDE}\n{WIDE}\n終わり。\n", f"{WIDE}\v{WIDE}\v終わり。\n"),
        (f"{WIDE}\n終わり。\n", f"{WIDE}\n終わり。\n"),
        *(
            (f"{WIDE}\n{WIDE}\n終\n\n{long}\n", f"{WIDE}\v{WIDE}\v終\n\n{long}\n")
            for long in (f"> {WIDE}{WIDE}", f"https://example.jp/{'a' * 60}", "-" * 90)
        ),
        (f"{WIDE}\n{WIDE}\n一\n二\n三\n終\n", f"{WIDE}\n{WIDE}\n一\n二\n三\n終\n"),
        (f"{WIDE}\n{WIDE[:-2]}\n終わり。\n", f"{WIDE}\v{WIDE[:-2]}\v終わり。\n"),
        (f"{WIDE}\n{WIDE}\n短い\n終わり。\n", f"{WIDE}\v{WIDE}\v短い\n終わり。\n"),
        (f"{WIDE}\n{WIDE[:-3]}\n終わり。\n", f"{WIDE}\n{WIDE[:-3]}\n終わり。\n"),
        (f"{WIDE}。\n{WIDE}。\n終わり。\n", f"{WIDE}。\n{WIDE}。\n終わり。\n"),
        (f"{WIDE}\n\n{WIDE}\n", f"{WIDE}\n\n{WIDE}\n"),
        (f"{WIDE}\n・{WIDE[1:]}\n", f"{WIDE}\n・{WIDE[1:]}\n"),
        (f"{WIDE}\n　{WIDE[1:]}\n", f"{WIDE}\n　{WIDE[1:]}\n"),
        (f"# {WIDE}\n{WIDE}\n", f"# {WIDE}\n{WIDE}\n"),
        (f"{WIDE[1:]}\n{WIDE[1:]}\n", f"{WIDE[1:]}\n{WIDE[1:]}\n"),
        ("あ" * 51 + "\n" + "あ" * 51 + "\n", "あ" * 51 + "\n" + "あ" * 51 + "\n"),
        ("手数料を\n下げた。\n", "手数料を\v下げた。\n"),
        ("手数料、\n下げた。\n", "手数料、\v下げた。\n"),
        ("手数料は\n下げた。\n", "手数料は\n下げた。\n"),
        ("手数料を\n\n下げた。\n", "手数料を\n\n下げた。\n"),
        (f"{'a' * 40}\n{'b' * 44} c\n{'d' * 43}\n", f"{'a' * 40}\v{'b' * 44} c\v{'d' * 43}\n"),
    ],
)
def test_line_ends_that_a_margin_made(text, joined):
    assert without_wraps(text) == joined


@given(st.text(alphabet="あい。、を\n 　#-1.ab", max_size=120))
def test_only_line_ends_change(text):
    joined = without_wraps(text)
    assert joined.replace("\v", "\n") == text


def test_a_wrapped_sentence_is_told_in_one_line():
    assert in_one_line("減りまし\nた。") == "減りました。"
    assert in_one_line("減り\n　まし\n た。") == "減りました。"
    assert in_one_line("since\n2022") == "since 2022"
    assert in_one_line("AI\nを使う") == "AI を使う"
