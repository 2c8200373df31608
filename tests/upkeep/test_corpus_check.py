"""Findings of the corpus check, and its command."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages import CATALOGUE
from settings import ROOT
from tests.ingest.small_corpus import edit, write_corpus
from upkeep.corpus_check import check_corpus, main
from upkeep.corpus_ledger import figures_of


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def faults(corpus: Path) -> list[tuple[str, str, dict[str, object]]]:
    """(document, key, values) of each finding; every finding is one line in both languages."""
    found = check_corpus(corpus)[1]
    assert all(finding.line(lang).count("\n") == 0 for finding in found for lang in ("ja", "en"))
    return [(f.document, f.key, dict(f.values)) for f in found]


# Figures.


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2021年4月", ("4", "2021")),
        ("１万５，８２３人", ("15823",)),
        ("1万3,000件と13,000件", ("13000",)),
        ("3千円、2億9千万円、435万6千円", ("3000", "4356000", "290000000")),
        ("1.7億円、0.9億枚", ("90000000", "170000000")),
        ("10万〜30万人", ("100000", "300000")),
        ("99.1%から100%", ("99.1", "100")),
        ("第2.0版と2版", ("2",)),
        ("2027年と0270", ("270", "2027")),
        ("Society5.0のG7", ("5", "7")),
        ("1件、1件、10件", ("1", "10")),
        ("一つもない", ()),
    ],
)
def test_figures_are_the_different_values_from_the_smallest_on(text, figures):
    assert figures_of(text) == figures


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_is_the_same_figure_with_and_without_commas(number):
    assert figures_of(f"約{number}人") == figures_of(f"約{number:,}人") == (str(number),)


@given(st.integers(1, 9999), st.integers(0, 9999))
def test_a_number_written_with_man_is_its_value(ten_thousands, rest):
    assert figures_of(f"{ten_thousands}万{rest:,}円") == (str(ten_thousands * 10000 + rest),)


# A corpus without fault, and one with each.


def test_a_corpus_that_tells_what_its_ledger_holds_has_no_fault(corpus: Path):
    assert check_corpus(corpus) == (2, [])


def test_a_number_added_to_the_text_is_told(corpus: Path):
    edit(corpus / "cases" / "fuchu.md", "電子化した。", "2022年に電子化した。")
    assert faults(corpus) == [("cases/fuchu.md", "corpus_figure_added", {"figure": "2022"})]


def test_a_number_lost_from_the_text_is_told(corpus: Path):
    edit(corpus / "cases" / "fuchu.md", "年1万3,000件で", "減り")
    assert faults(corpus) == [("cases/fuchu.md", "corpus_figure_lost", {"figure": "13000"})]


def test_a_number_changed_is_told_both_ways(corpus: Path):
    edit(corpus / "cases" / "fuchu.md", "1万3,000件", "3万1,000件")
    assert faults(corpus) == [
        ("cases/fuchu.md", "corpus_figure_added", {"figure": "31000"}),
        ("cases/fuchu.md", "corpus_figure_lost", {"figure": "13000"}),
    ]


def test_the_figures_of_an_article_are_held_too(corpus: Path):
    edit(corpus / "articles" / "what.md", "3つ", "三つ")
    assert faults(corpus) == [("articles/what.md", "corpus_figure_lost", {"figure": "3"})]


def test_a_source_lost_is_told(corpus: Path):
    lost = "  - url: https://example.jp/b\n    kind: press\n"
    edit(corpus / "cases" / "fuchu.md", lost, "")
    source = {"source": "https://example.jp/b"}
    assert faults(corpus) == [("cases/fuchu.md", "corpus_source_lost", source)]


def test_a_source_added_is_told(corpus: Path):
    edit(corpus / "cases" / "fuchu.md", "jp/b\n    kind: press", "jp/c\n    kind: press")
    assert [key for _, key, _ in faults(corpus)] == ["corpus_source_added", "corpus_source_lost"]


def test_a_source_with_a_title_and_no_url_is_one_dash_of_the_ledger(corpus: Path):
    edit(corpus / "figures.csv", "3,-", "3,")
    assert faults(corpus) == [("articles/what.md", "corpus_source_added", {"source": "-"})]


@pytest.mark.parametrize("code", ["132071", "342084"])  # 昭島市, and 府中市 of 広島県
def test_the_code_of_another_municipality_is_told(corpus: Path, code):
    edit(corpus / "cases" / "fuchu.md", "132063", code)
    assert [(name, key) for name, key, _ in faults(corpus)] == [
        ("cases/fuchu.md", "municipality_unknown")
    ]


def test_a_municipality_with_two_documents_is_told(corpus: Path):
    shutil.copy(corpus / "cases" / "fuchu.md", corpus / "cases" / "second.md")
    values = {"name": "東京都府中市", "other": "cases/fuchu.md"}
    assert faults(corpus) == [
        ("cases/second.md", "corpus_twice", values),
        ("cases/second.md", "corpus_not_in_ledger", {}),
    ]


def test_a_document_that_is_gone_is_told(corpus: Path):
    (corpus / "articles" / "what.md").unlink()
    assert faults(corpus) == [("articles/what.md", "corpus_no_document", {})]


@pytest.mark.parametrize(
    ("old", "new", "heading"),
    [
        ("## 効果", "## 成果", "成果"),
        ("## 効果", "## 概要", "概要"),
        ("## 概要", "## 課題", "課題"),
        ("## 効果", "# 効果", "効果"),
        ("## 概要", "### 概要", "概要"),
    ],
)
def test_a_heading_unknown_twice_or_too_early_is_told(corpus: Path, old, new, heading):
    edit(corpus / "cases" / "fuchu.md", f"\n{old}\n", f"\n{new}\n")
    name, key, values = faults(corpus)[0]
    assert (name, key, values["heading"]) == ("cases/fuchu.md", "corpus_heading", heading)


def test_headings_out_of_order_are_told(corpus: Path):
    edit(corpus / "cases" / "fuchu.md", "## 効果", "## 課題\n課題がある。\n\n## 効果")
    assert [values["heading"] for _, _, values in faults(corpus)] == ["効果"]


def test_a_first_heading_that_is_not_the_title_is_told(corpus: Path):
    edit(corpus / "cases" / "fuchu.md", "# 府中市：紙", "# 府中市の紙")
    title = {"title": "府中市：紙の申請を2割減らす"}
    assert faults(corpus) == [("cases/fuchu.md", "corpus_title", title)]


@pytest.mark.parametrize(
    ("old", "new", "key", "field"),
    [
        ("name_en: Fuchu City\n", "", "corpus_field_missing", "name_en"),
        ("themes: [ペーパーレス]", "themes: []", "corpus_field", "themes"),
        ("themes: [ペーパーレス]", "themes: [2021]", "corpus_field", "themes"),
        ('period: "2021-"', 'period: "令和3年"', "corpus_field", "period"),
        ('period: "2021-"', "period: 2021", "corpus_field", "period"),
        ('code: "132063"', "code: 132063", "corpus_field", "code"),
        ("state: 本格導入", "state: 導入", "corpus_field", "state"),
        ("state: 本格導入", "stat: 本格導入", "corpus_field_unknown", "stat"),
        ("kind: official", "kind: city", "corpus_field", "sources"),
        ("state: 本格導入", "published: 三月", "corpus_field", "published"),
    ],
)
def test_a_field_missing_wrong_or_misspelt_is_told(corpus: Path, old, new, key, field):
    edit(corpus / "cases" / "fuchu.md", old, new)
    assert [(k, values["field"]) for _, k, values in faults(corpus)] == [(key, field)]


def test_a_source_needs_a_title_if_it_has_no_url(corpus: Path):
    edit(corpus / "articles" / "what.md", "title: ある記事（2025年）\n    url", "url")
    assert [key for _, key, _ in faults(corpus)] == ["corpus_field"]


def test_a_document_that_cannot_be_read_is_one_finding(corpus: Path):
    edit(corpus / "cases" / "fuchu.md", "themes: [", "themes: {")
    assert [(name, key) for name, key, _ in faults(corpus)] == [
        ("cases/fuchu.md", "front_matter_broken")
    ]


# The command.


def test_the_command_tells_one_line_a_finding_and_exits_with_1(corpus: Path, capsys):
    edit(corpus / "cases" / "fuchu.md", "1万3,000件", "多数")
    assert main(["--corpus", str(corpus)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "cases/fuchu.md：台帳の数字 13000 が本文にありません。",
        "2文書を調べました：指摘 1件",
    ]


def test_the_command_exits_with_2_where_there_is_no_corpus(tmp_path: Path, capsys):
    assert main(["--corpus", str(tmp_path / "none")]) == 2
    assert main(["--corpus", str(tmp_path), "--facts", str(tmp_path / "none")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_write_needs_facts(corpus: Path):
    with pytest.raises(SystemExit) as caught:
        main(["--corpus", str(corpus), "--write"])
    assert caught.value.code == 2


def test_every_message_of_the_check_names_its_document():
    named = [
        text
        for key, pair in CATALOGUE.items()
        if key.startswith("corpus_")
        for text in pair.values()
    ]
    assert all("{document" in text or "{file}" in text for text in named)


# The corpus that comes with Jirei.


def test_the_corpus_has_no_fault():
    documents, findings = check_corpus(ROOT / "corpus")
    assert [finding.line("en") for finding in findings] == []
    assert documents >= 83
