"""Whose the rows of a table in Markdown are."""

from pathlib import Path

import pytest

from tests.ingest.loaders.test_markdown import MIE, SAITAMA, load


def test_rows_of_a_table_are_the_cases_of_the_places_they_name(tmp_path: Path):
    text = (
        "# 町田市の調査\n\n| 自治体 | 費用 |\n|---|:--:|\n| **さいたま市** | 300万円 |\n"
        "| 三重県 | a\\|b |\n\n文 | 文。\n文。\n"
    )
    document = load(tmp_path, text)
    cases = [(text[c.start : c.end], c.place) for c in document.cases]
    assert cases == [("| **さいたま市** | 300万円 |\n", SAITAMA), ("| 三重県 | a\\|b |\n", MIE)]


def test_a_table_may_be_written_without_outer_bars(tmp_path: Path):
    text = "# 題\n\n連携先 | 自治体\n--- | ---\nさいたま市 | 三重県\n"
    assert [case.place for case in load(tmp_path, text).cases] == [MIE]


@pytest.mark.parametrize("table", ["| 市 | 費用 |\n| 津市 | 1 |\n", "|---|\n", "| 津市 |\n|---|\n"])
def test_lines_with_bars_that_are_no_table_of_places_tell_no_case(tmp_path: Path, table):
    assert load(tmp_path, f"# 題\n\n{table}").cases == ()


def test_a_bar_that_is_escaped_parts_no_cells(tmp_path: Path):
    text = "# 題\n\n| 費用 | 自治体 |\n|---|---|\n| a\\|b | 三重県 |\n"
    assert [case.place for case in load(tmp_path, text).cases] == [MIE]


def test_a_table_is_no_case_in_a_file_with_a_municipality_nor_in_code(tmp_path: Path):
    table = "| 自治体 | 費用 |\n|---|---|\n| 三重県 | 1 |\n"
    assert load(tmp_path, f"---\nmunicipality: さいたま市\n---\n{table}").cases == ()
    assert load(tmp_path, f"# 題\n\n```\n{table}```\n").cases == ()
