"""The ledger of figures and sources, and the facts it is made from."""

from pathlib import Path

import pytest

from errors import JireiError
from tests.ingest.small_corpus import FACTS, LEDGER, edit, put, write_corpus
from upkeep.corpus_check import Finding, check_corpus, main
from upkeep.corpus_ledger import Row, read_facts, read_ledger


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    put(tmp_path / "facts" / "cases.yaml", FACTS)
    return tmp_path / "facts"


def test_facts_of_two_records_become_one_row(facts: Path):
    assert read_facts(facts) == {
        ("東京都", "府中市"): Row(
            ("2", "2021", "13000"), ("https://example.jp/a", "https://example.jp/b")
        ),
        ("", "電子申請とは"): Row(("3",), ("-",)),
    }


def test_a_ledger_derived_from_the_facts_is_the_one_at_hand(corpus: Path, facts: Path):
    assert check_corpus(corpus, read_facts(facts)) == (2, [])


def test_a_ledger_that_differs_from_the_facts_is_told(corpus: Path, facts: Path):
    edit(facts / "cases.yaml", "13,000", "12,000")
    found = check_corpus(corpus, read_facts(facts))[1]
    assert found == [
        Finding("cases/fuchu.md", "corpus_ledger_differs", {"what": "12000 13000"}),
    ]


def test_facts_without_document_and_a_document_without_facts_are_told(corpus: Path, facts: Path):
    edit(facts / "cases.yaml", "府中市", "調布市")
    found = check_corpus(corpus, read_facts(facts))[1]
    assert found == [
        Finding("cases/fuchu.md", "corpus_no_facts", {"name": "東京都府中市"}),
        Finding("figures.csv", "corpus_not_told", {"name": "東京都調布市"}),
    ]


def test_write_makes_the_ledger_from_the_facts(corpus: Path, facts: Path, capsys):
    (corpus / "figures.csv").unlink()
    assert main(["--corpus", str(corpus), "--facts", str(facts), "--write"]) == 0
    assert (corpus / "figures.csv").read_text(encoding="utf-8") == LEDGER
    assert capsys.readouterr().out == "2文書を調べました：指摘 0件\n"


def test_write_keeps_the_rows_of_documents_without_facts(corpus: Path, facts: Path):
    put(facts / "cases.yaml", FACTS[FACTS.index("- prefecture: null") :])
    edit(corpus / "figures.csv", "3,-", "4,-")
    assert main(["--corpus", str(corpus), "--facts", str(facts), "--write"]) == 0
    assert (corpus / "figures.csv").read_text(encoding="utf-8") == LEDGER


def test_write_drops_the_row_of_a_document_that_is_gone(corpus: Path, facts: Path):
    (corpus / "articles" / "what.md").unlink()
    assert main(["--corpus", str(corpus), "--facts", str(facts), "--write"]) == 0
    assert list(read_ledger(corpus / "figures.csv")) == ["cases/fuchu.md"]


@pytest.mark.parametrize(
    "text",
    [
        "document,figures\ncases/fuchu.md,2\n",
        "document,figures,sources\n,2,-\n",
        "document,figures,sources\ncases/fuchu.md,2\n",
        "document,figures,sources\ncases/fuchu.md,2,-,-\n",
    ],
)
def test_a_broken_ledger_is_refused_with_its_line(corpus: Path, text):
    put(corpus / "figures.csv", text)
    with pytest.raises(JireiError) as caught:
        check_corpus(corpus)
    assert (caught.value.key, caught.value.values["line"]) == ("corpus_ledger_line", 2)


@pytest.mark.parametrize("text", ["- title: 一つ\n", "- facts\n", "[", "- {title: 一, facts: 1}\n"])
def test_broken_facts_are_refused(tmp_path: Path, text):
    put(tmp_path / "bad.yaml", text)
    with pytest.raises(JireiError) as caught:
        read_facts(tmp_path)
    assert caught.value.key == "corpus_facts_broken"
