"""Headings that stand close to their text."""

import pytest

from ingest.headings import Heading, markdown_headings, plain_headings
from tests.ingest.test_headings import opens_case, shape


def test_lines_close_to_their_text_are_headings_by_the_mark_of_one_that_opens_a_case():
    text = (
        "題名\n１　町田市の事例\n町田市は始めた。\n①転入②転出が対象である。\n２　まとめ\n終わり。\n"
    )
    assert plain_headings(text, 0) == []
    assert shape(plain_headings(text, 0, opens_case)) == [(3, "町田市の事例"), (3, "まとめ")]
    assert plain_headings(text, 0, opens_case)[0] == Heading(3, 12, 3, "町田市の事例")


def test_lines_of_another_mark_are_none_and_each_mark_has_its_own_case():
    lines = ["■町田市の事例", "■おわりに", "◆表", "【事例2】府中市", "【事例3】他"]
    text = "".join(f"{line}\n文。\n" for line in lines)
    assert shape(plain_headings(text, 0, opens_case)) == [
        (3, "町田市の事例"),
        (3, "おわりに"),
        (3, "府中市"),
        (3, "他"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "●町田市\n●府中市\nこれらの市は始めた。\n",
        "文。\n●町田市\n●府中市\n",
        "文。\n10月町田市\n文。\n",
        "文。\n■町田市は始めた。\n文。\n",
        "文。\n町田市の事例\n文。\n",
    ],
)
def test_lines_of_a_list_or_without_a_mark_open_no_case(text):
    assert plain_headings(text, 0, opens_case) == []


def test_lines_that_name_cases_are_headings_where_there_are_several():
    text = "文。\n町田市の取組\n文。\n府中市の取組\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [(3, "町田市の取組"), (3, "府中市の取組")]
    assert shape(markdown_headings(text, 0, opens_case)) == [
        (6, "町田市の取組"), (6, "府中市の取組")
    ]  # fmt: skip
    assert shape(plain_headings(text.replace("府中", "他"), 0, opens_case)) == []


def test_a_marked_line_that_states_something_is_text():
    text = "■町田市\n文。\n■導入は見送り\n文。\n■府中市：8割減\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [(3, "町田市"), (3, "府中市：8割減")]


def test_a_count_with_a_blank_is_no_number_of_a_heading():
    assert shape(plain_headings("1 町田市\n文。\n3 人で運用\n文。\n", 0, opens_case)) == [
        (3, "町田市")
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["まとめ", "お問い合わせ：総務課", "全国の状況", "（出典）白書"])
def test_what_ends_cases_close_to_their_text(line):
    text = f"■町田市\n文。\n{line}\n文。\n"
    ends = [] if line[0] == "（" else [(2, line)]
    assert shape(plain_headings(text, 0, opens_case)) == [(3, "町田市"), *ends]


def test_a_town_in_brackets_is_its_headings_title_and_no_mark_of_it():
    text = "【町田市】窓口の改革\n文。\n【府中市】年500時間を削減\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [(3, "【町田市】窓口の改革")]


def test_names_alone_over_their_texts_are_headings_where_there_are_several():
    text = "町田市\n文。\n【府中市】\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [(3, "町田市"), (3, "府中市")]
    assert plain_headings("町田市\n府中市\n文。\n", 0, opens_case) == []
    assert plain_headings("町田市\n文。\n他\n文。\n", 0, opens_case) == []


def test_in_markdown_a_bold_line_that_opens_a_case_is_a_heading_if_it_stands_alone():
    text = "**町田市**\n\n文。\n\n**費用**\n\n**府中市**\n文。\n"
    assert shape(markdown_headings(text, 0, opens_case)) == [(6, "町田市")]


def test_sections_are_as_high_as_chapters_where_there_are_none():
    text = "題名\n\n第1節 事例\n\n（１）町田市\n\n文。\n\n第2節 注意\n\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [
        (1, "題名"), (2, "事例"), (2, "（１）町田市"), (2, "注意")
    ]  # fmt: skip
