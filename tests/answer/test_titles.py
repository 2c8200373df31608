"""Titles of rows, worked out by hand."""

import pytest

from answer.titles import as_written, joined_title, title_of_term, title_of_theme
from index.thesaurus import Thesaurus

KNOWN = Thesaurus(
    {
        "rpa": ("rpa", False),
        "robotic process automation": ("rpa", False),
        "ロボットに入力させ": ("rpa", True),
        "生成ai": ("genai", False),
        "防災": ("disaster", False),
    },
    {
        ("rpa", "ja"): "RPA",
        ("rpa", "en"): "robotic process automation",
        ("genai", "ja"): "生成AI",
        ("genai", "en"): "generative AI",
        ("disaster", "en"): "disaster prevention",
    },
    "x",
)


@pytest.mark.parametrize(
    ("word", "text", "written"),
    [
        ("ai", "町田市のAIの使い方", "AI"),
        ("ai", "Aichi and Gifu on AI", "AI"),
        ("ai", "生成AI", "AI"),
        ("leds", "LEDs", "LEDs"),
        ("使う", "使った町", "使う"),
    ],
)
def test_word_as_it_is_written(word: str, text: str, written: str) -> None:
    assert as_written(word, text) == written


@pytest.mark.parametrize(
    ("label", "concept", "text", "title"),
    [
        ("ai", None, "AIの使い方", "AI"),
        ("rpa", "rpa", "rpaを比べて", "RPA"),
        ("ロボットに入力させ", "rpa", "ロボットに入力させる市", "RPA"),
        ("生成ai", "genai", "生成AIの事例", "生成AI"),
        ("チャットボット", "chatbot", "チャットボットを比べて", "チャットボット"),
    ],
)
def test_title_of_what_is_asked(label: str, concept: str | None, text: str, title: str) -> None:
    assert title_of_term(label, concept, text, KNOWN, "ja") == title


def test_title_of_a_paraphrase_is_in_the_language_of_the_answer() -> None:
    title = title_of_term("ロボットに入力させ", "rpa", "", KNOWN, "en")
    assert title == "robotic process automation"
    assert title_of_term("rpa", "rpa", "compare rpa", KNOWN, "en") == "RPA"


@pytest.mark.parametrize(
    ("theme", "title"),
    [
        ("生成AI", "generative AI"),
        ("RPA", "RPA"),
        # Only a part of it has a name.
        ("防災DX", "防災DX"),
        ("未知", "未知"),
    ],
)
def test_title_of_a_theme(theme: str, title: str) -> None:
    assert title_of_theme(theme, KNOWN, "en") == title
    assert title_of_theme(theme, KNOWN, "ja") == theme


def test_title_of_several() -> None:
    assert joined_title(("甲", "乙"), "ja") == "甲・乙"
    assert joined_title(("a", "b"), "en") == "a / b"
    assert joined_title(("甲",), "ja") == "甲"
