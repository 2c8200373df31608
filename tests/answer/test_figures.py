"""Figures of a sentence, read by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.figures import figures_of, number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年間1,234時間を減らした", [(1234, "時間")]),
        ("約1億2,000万円", [(120_000_000, "円")]),
        ("3千5百万円", [(35_000_000, "円")]),
        ("２万５千人", [(25_000, "人")]),
        ("二十三名", [(23, "人")]),
        ("電子決裁率は99.1%", [(99.1, "%")]),
        ("9割の職員", [(90, "%")]),
        ("半分に減った", [(50, "%")]),
        ("4分の1に減った", [(25, "%")]),
        ("1時間30分", [(1, "時間"), (30, "分")]),
        ("5〜10件", [(5, "件"), (10, "件")]),
        ("2018年9月3日から5日間", [(5, "日")]),
        ("令和5年に3年間で", [(3, "年")]),
        ("2か月で8業務", [(2, "か月"), (8, "業務")]),
        ("5分野の3課題", []),
        ("数十人と十数人", []),
        ("十分に統一日本", []),
        ("税務一課と第三回", []),
        ("PPR-9087台、Office365人", []),
        ("1,000 working hours", [(1000, "時間")]),
        ("1 million yen and ten staff", [(1_000_000, "円"), (10, "人")]),
        ("half an hour in the first half", [(0.5, "時間")]),
    ],
)
def test_figures(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(round(f.value, 6), f.unit) for f in figures_of(text)] == expected


def test_offsets_are_those_of_the_text_even_if_full_width() -> None:
    (figure,) = figures_of("職員は１，２３４人")
    assert (figure.value, figure.start, figure.end) == (1234, 3, 9)


@given(st.integers(0, 10**15))
def test_a_number_with_separators_is_read_as_itself(value: int) -> None:
    assert number(f"{value:,}") == value


@given(st.text(alphabet="0123456789,.一二十百千万億分の円人時間年月日〜半 a", max_size=60))
def test_figures_of_any_text_lie_within_it_in_order(text: str) -> None:
    found = figures_of(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert [f.start for f in found] == sorted(f.start for f in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("職員数300人以下", [(300, "人")]),
        ("登録者数1万2000人", [(12000, "人")]),
        ("約数十人", []),
        ("年間数十件", []),
        ("数10人", []),
        ("half-day training", []),
    ],
)
def test_a_number_after_what_is_counted(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in figures_of(text)] == expected
