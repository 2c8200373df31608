"""Text made fit for files: nothing is lost but what harms, and nothing becomes markup."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from export.text import cell_text, is_formula, markdown, one_line, printable, web_address

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("*_`[]()<>!#|~$\\&:@^=+-.\n\t\r '\"/{}1ahtps市。＝"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("RPAで 自動化", "RPAで 自動化"),
        ("a\x00b\x1bc", "a�b�c"),
        ("行1\r\n行2\r行3\t終", "行1\n行2\n行3\t終"),
        ("市\u202eの\u2066表\ufeff", "市�の�表�"),
        ("\ud800x\uffff", "�x�"),
    ],
)
def test_control_characters_become_visible(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text", ["=1+1", "+81", "-1", "@x", "\tx", "\r=1", "  =1", "\n=1", "　＝1", "＋1", "－1", "＠x"]
)
def test_formula_gets_an_apostrophe(text: str) -> None:
    assert is_formula(text)
    assert cell_text(text).startswith("'")


@pytest.mark.parametrize("text", ["", "市は=を使う", "1-2", "「=」", "年1,000時間"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert cell_text(text) == text


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://example.jp/a?b=c#d", True),
        ("http://例え.jp/市", True),
        ("javascript:alert(1)", False),
        ("https://x.jp/> <script>", False),
        ("https://x.jp/\u202egpj", False),
        ("//x.jp", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, known: bool) -> None:
    assert web_address(url) == (url if known else None)


MARKED = (
    "*a* **b**", "_a_", "`a`", "~~a~~", "[a](http://x)", "![a](x)", "<b>a</b>", "<http://x>",
    "&amp;", "a\\*", "[^1]: a", "[a]: http://x", "$x$", "| a | b |",
)  # fmt: skip
BLOCKS = ("# a", "1. a", "1) a", "- a", "+ a", "> a", "a\n===", "```a", "~~~", "    a", "---")


@pytest.mark.parametrize("text", MARKED)
def test_known_markup_is_shown(text: str) -> None:
    check_inline(text)


@settings(deadline=None)
@given(HOSTILE)
def test_markdown_shows_the_text_and_nothing_else(text: str) -> None:
    check_inline(text)


def check_inline(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(f"x{markdown(text)}x")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == f"x{one_line(text)}x"


@pytest.mark.parametrize("text", BLOCKS)
def test_known_blocks_are_paragraphs(text: str) -> None:
    check_block(text)


@settings(deadline=None)
@given(HOSTILE)
def test_markdown_alone_on_a_line_is_one_paragraph(text: str) -> None:
    check_block(text)


def check_block(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown(text))
    types = [token.type for token in tokens]
    assert types in ([], ["paragraph_open", "inline", "paragraph_close"])


@settings(deadline=None)
@given(HOSTILE)
def test_no_address_is_left_for_a_reader_to_make_a_link_of(text: str) -> None:
    told = markdown(f"{text}https://x.example www.x.example a@x.example")
    assert not re.search(r"https?:|www\.|[^\\]@", told)
