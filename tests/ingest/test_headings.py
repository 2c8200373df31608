import pytest

from ingest.headings import Heading, heading_paths, markdown_headings, plain_headings


def shape(headings: list[Heading]) -> list[tuple[int, str]]:
    return [(heading.level, heading.title) for heading in headings]


# Markdown.


def test_markdown_headings_have_their_level_title_and_span():
    text = "前文\n# 題\n本文\n### 小見出し ###\n"
    #       0 1 2  3-6  7-9   10-
    assert markdown_headings(text, 0) == [
        Heading(3, 7, 1, "題"),
        Heading(10, len(text), 3, "小見出し"),
    ]


def test_markdown_headings_start_after_the_front_matter():
    text = "# 前\n# 後\n"
    assert markdown_headings(text, 4) == [Heading(4, 8, 1, "後")]
    assert markdown_headings(text, len(text)) == []


@pytest.mark.parametrize("line", ["#題", "####### 七つ", "#", "# ", "  本文 # 題", "\\# 題"])
def test_markdown_line_that_is_no_heading(line):
    assert markdown_headings(line + "\n", 0) == []


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("## 題 ##", "題"),
        ("# C#", "C#"),
        ("# # #", "#"),
        ("#\t題  ", "題"),
        ("# 題 # 二", "題 # 二"),
    ],
)
def test_markdown_heading_may_be_closed_after_a_blank(line, title):
    assert [h.title for h in markdown_headings(line + "\n", 0)] == [title]


def test_markdown_heading_with_many_blanks_takes_no_time():
    line = "# 見出し" + " " * 100_000 + "終"
    assert [len(h.title) for h in markdown_headings(line, 0)] == [100_004]


def test_markdown_heading_without_line_end_at_the_end_of_the_text():
    assert markdown_headings("## 終わり", 0) == [Heading(0, 6, 2, "終わり")]


@pytest.mark.parametrize("fence", ["```", "~~~", "   ```python"])
def test_markdown_headings_inside_a_code_fence_are_left_out(fence):
    text = f"# 一\n{fence}\n# 注釈\n{fence.split('p')[0]}\n# 二\n"
    assert shape(markdown_headings(text, 0)) == [(1, "一"), (1, "二")]


# Plain text.


def opens_case(title: str) -> bool:
    return "町田市" in title or "府中市" in title


def test_three_lines_with_nothing_between_are_a_list():
    text = "題名\n\n函館市\n\n小樽市\n\n旭川市\n\n三市は始めた。\n\nまとめ\n\n文。\n"
    assert shape(plain_headings(text, 0)) == [(1, "題名"), (2, "まとめ")]


def test_a_chapter_and_its_section_are_no_list():
    text = "題名\n\n章\n\n節\n\n文。\n"
    assert shape(plain_headings(text, 0)) == [(1, "題名"), (2, "章"), (2, "節")]


def test_after_a_table_of_contents_its_first_heading_is_one():
    text = "題名\n\n1. 町田市\n\n2. 府中市\n\n1. 町田市\n\n文。\n\n2. 府中市\n\n文。\n"
    found = plain_headings(text, 0)
    assert shape(found) == [(1, "題名"), (3, "町田市"), (3, "府中市")]
    assert found[1].start == text.rindex("1. 町田市")


def test_a_line_that_ends_the_text_heads_nothing():
    assert shape(plain_headings("題名\n\n文。\n\n電話での申し込み\n\n\n", 0)) == [(1, "題名")]


def test_plain_headings_title_then_unnumbered_then_numbered():
    text = "題名\n\n自治体の事例\n\n1. 町田市の事例\n\n町田市は始めた。\n\nまとめ\n\n終わり。\n"
    assert shape(plain_headings(text, 0)) == [
        (1, "題名"),
        (2, "自治体の事例"),
        (3, "町田市の事例"),
        (2, "まとめ"),
    ]


def test_plain_heading_spans_are_their_lines():
    text = "題名\n\n見出し\n\n本文。\n"
    #       0-2  3  4-7
    assert plain_headings(text, 0) == [Heading(0, 3, 1, "題名"), Heading(4, 8, 2, "見出し")]


def test_a_chapter_lies_above_its_numbered_headings_and_what_comes_again_below_the_cases():
    text = (
        "題名\n\n第2章　町田市の事例\n\n1. 背景\n\n文。\n\n府中市の事例\n\n導入の背景\n\n文。\n\n"
        "町田市の事例\n\n導入の背景\n\n文。\n"
    )
    assert shape(plain_headings(text, 0, opens_case)) == [
        (1, "題名"), (2, "町田市の事例"), (3, "背景"), (2, "府中市の事例"), (4, "導入の背景"),
        (2, "町田市の事例"), (4, "導入の背景"),
    ]  # fmt: skip


def test_a_title_that_opens_one_of_several_cases_is_the_first_of_them():
    text = "町田市の事例\n\n文。\n\n府中市の事例\n\n文。\n\nまとめ\n\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [
        (2, "町田市の事例"), (2, "府中市の事例"), (2, "まとめ")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1. 埼玉県さいたま市の事例", "埼玉県さいたま市の事例"),
        ("２．町田市の事例", "町田市の事例"),
        ("3）三重県", "三重県"),
        ("第4節 推進体制", "推進体制"),
        ("12、課題", "課題"),
        ("⑤ 費用", "費用"),
    ],
)
def test_plain_numbered_heading_is_told_without_its_number(line, title):
    text = f"題名\n\n第1章 序\n\n序文。\n\n{line}\n\n本文。\n"
    assert shape(plain_headings(text, 0)) == [(1, "題名"), (2, "序"), (3, title)]


@pytest.mark.parametrize(
    "line",
    [
        "町田市は始めた。",
        "終わりに、",
        "次のとおり：",
        "やってみよう！",
        "と述べた」",
        "2025年3月4日",
        "2025/3/4",
        "※ 注",
        "（参考）",
        "• 箇条書き",
        "・箇条書き",
        "- 箇条書き",
        "あ" * 61,
    ],
)
def test_plain_line_that_stands_alone_but_is_no_heading(line):
    assert shape(plain_headings(f"題名\n\n{line}\n\n本文。\n", 0)) == [(1, "題名")]


def test_plain_heading_of_60_characters_still_counts():
    line = "あ" * 60
    assert shape(plain_headings(f"題名\n\n{line}\n\n本文。\n", 0)) == [(1, "題名"), (2, line)]


@pytest.mark.parametrize(
    "text",
    [
        "題名\n\n見出し\n本文。\n",
        "題名\n\n本文。\n見出し\n\n本文。\n",
        "題名\n\n見出し",
        "題名\n\n見出し\n",
    ],
)
def test_plain_line_with_text_next_to_it_or_at_the_end_is_no_heading(text):
    assert shape(plain_headings(text, 0)) == [(1, "題名")]


def test_plain_text_that_runs_on_from_its_first_line_has_no_headings():
    assert plain_headings("一行目。\n二行目。\n", 0) == []
    assert plain_headings("", 0) == []


def test_plain_first_line_is_the_title_even_below_blanks():
    assert plain_headings("\n\n題名、副題\n\n本文。\n", 0) == [Heading(2, 8, 1, "題名、副題")]


def test_plain_first_line_that_is_a_sentence_is_text():
    assert plain_headings("題名である。\n\n本文。\n", 0) == []


@pytest.mark.parametrize(
    "line",
    [
        "導入費用は300万円",
        "年間3,000時間の業務を削減",
        "利用者の94%が満足と回答",
        "三百件を処理",
        "職員8名が担う",
        "AIを20業務に使う",
        "RPAを導入済み",
        "待ち時間が半減",
        "A社製の製品を採用",
        "電話で受けている",
    ],
)
def test_a_line_with_a_figure_is_text_unless_it_opens_a_case(line):
    assert shape(plain_headings(f"題名\n\n{line}\n\n文。\n", 0)) == [(1, "題名")]
    titled = f"題名\n\n町田市：{line}\n\n文。\n"
    assert shape(plain_headings(titled, 0, opens_case)) == [(1, "題名"), (2, f"町田市：{line}")]
    close = f"文。\n【事例1】町田市\n文。\n【費用】{line}\n文。\n【事例2】府中市\n文。\n"
    assert shape(plain_headings(close, 0, opens_case)) == [(3, "町田市"), (3, "府中市")]


@pytest.mark.parametrize("line", ["一人暮らし高齢者の見守り", "1人1台端末の活用", "十分な説明"])
def test_a_number_that_counts_nothing_is_no_figure(line):
    assert shape(plain_headings(f"題名\n\n{line}\n\n文。\n", 0)) == [(1, "題名"), (2, line)]


def test_headings_that_open_a_case_may_begin_with_a_mark_or_brackets():
    text = "題名\n\n■町田市の事例\n\n文。\n\n(2) 府中市\n\n文。\n\n■項目\n\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [
        (1, "題名"), (2, "■町田市の事例"), (2, "(2) 府中市"), (2, "■項目")
    ]  # fmt: skip


def test_a_heading_that_opens_a_case_may_end_in_a_colon():
    text = "題名\n\n町田市の事例：\n\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [(1, "題名"), (2, "町田市の事例：")]


def test_a_sentence_that_names_a_town_is_no_heading():
    text = "題名\n\n町田市（東京都）では、始めた。\n\n町田市の取組は、早い\n\n町田市、\n\n文。\n"
    assert shape(plain_headings(text, 0, opens_case)) == [(1, "題名"), (2, "町田市の取組は、早い")]


# Paths.


def test_heading_paths_lead_from_the_outermost_and_skip_levels():
    levels = [(1, "甲"), (3, "乙"), (2, "丙"), (3, "丁"), (3, "丁"), (1, "戊")]
    headings = [Heading(i, i + 1, level, title) for i, (level, title) in enumerate(levels)]
    assert heading_paths(headings) == [
        ("甲",),
        ("甲", "乙"),
        ("甲", "丙"),
        ("甲", "丙", "丁"),
        ("甲", "丙", "丁"),
        ("戊",),
    ]


def test_heading_paths_of_nothing_are_nothing():
    assert heading_paths([]) == []
