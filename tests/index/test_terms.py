import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.terms import (
    is_word,
    latin_parts,
    normalize,
    query_terms,
    split_pairs,
    split_terms,
    split_words,
    word_classes,
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("RPAで入力した", "rpa"),
        ("AI-OCRを使う", "ai-ocr"),
        ("WinActorを導入", "winactor"),
        ("年間2,028時間", "2,028"),
        ("満足度99.1%だった", "99.1%"),
        ("PPR-9087の件", "ppr-9087"),
    ],
)
def test_latin_word_or_number_stays_whole(text, word):
    assert split_words(text).count(word) == 1


def test_stroke_joins_figures_and_parts_names():
    assert split_words("RPA/AI-OCR") == ["rpa", "ai-ocr"]
    assert split_words("24/365") == ["24/365"]


def test_full_width_half_width_and_case_become_one():
    assert split_terms("ＡＩ－ＯＣＲ") == split_terms("ai-ocr") == ["ai-ocr", "ai", "ocr"]
    assert split_terms("ﾃﾞｼﾞﾀﾙ") == split_terms("デジタル")
    assert split_terms("２，０２８") == ["2,028"]
    assert normalize("①ＲＰＡ㈱") == "1rpa(株)"


@pytest.mark.parametrize("word", ["福祉", "介護", "防災", "税務"])
def test_two_character_word_is_its_word_and_its_pair(word):
    assert split_terms(word) == [word, f"2:{word}"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("AI-OCRとRPA", ["ai", "ocr"]),
        ("e-Taxの件", []),  # one letter says nothing
        ("PPR-9087の件", []),
        ("RPA/AI-OCR", ["ai", "ocr"]),
        ("LGWAN", []),
    ],
)
def test_parts_of_joined_names_are_counted_of_passages_only(text, parts):
    assert latin_parts(text) == parts
    assert [t for t in split_terms(text) if t not in query_terms(text)] == parts


def test_compound_gives_itself_and_its_parts():
    assert split_words("さいたま市") == ["さいたま市", "さいたま", "市"]
    assert split_words("東京都町田市") == ["東京都町田市", "東京", "都", "町田", "市"]


def test_pairs_cross_what_the_dictionary_cuts():
    assert [t for t in split_terms("議事録") if t.startswith("2:")] == ["2:議事", "2:事録"]
    assert [t for t in split_terms("窓口のデジタル化") if t.startswith("2:")] == [
        "2:窓口",
        "2:口の",
        "2:のデ",
        "2:デジ",
        "2:ジタ",
        "2:タル",
        "2:ル化",
    ]
    assert split_pairs("AI-OCR の書く") == ["2:の書", "2:書く"]


def test_words_of_a_query_count_twice():
    assert query_terms("窓口") == ["窓口", "窓口", "2:窓口"]


def test_inflected_verb_is_found_by_its_dictionary_form():
    assert split_words("書かない窓口") == ["書く", "窓口"]


@pytest.mark.parametrize("text", ["", " \n\u3000", "。、！", "する", "が、を"])
def test_text_without_content_has_no_terms(text):
    assert split_terms(text) == []


def test_long_sentence_has_no_giant_term_and_no_empty_one():
    sentence = "高齢者向けスマートフォン教室の参加者募集業務を民間事業者へ委託し、" * 40
    terms = split_terms(sentence)
    assert len(terms) > 400
    assert all(1 <= len(term) <= 12 for term in terms)


def test_text_longer_than_the_dictionary_takes_is_read_to_its_end():
    terms = split_words("窓口の案内。" * 9_000 + "防災")
    assert terms.count("窓口") == pytest.approx(9_000, abs=40)
    assert terms[-1] == "防災"


def test_threads_split_alike():
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append(split_terms("窓口の待ち時間を短縮した")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [split_terms("窓口の待ち時間を短縮した")] * 4


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_terms_without_blanks(text):
    for term in split_terms(text):
        assert term
        assert term == term.strip()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="窓口防災税務介護福祉", min_size=1, max_size=30))
def test_japanese_text_always_gives_terms(text):
    assert split_terms(text)


def test_word_classes_are_those_of_the_words_that_overlap() -> None:
    assert word_classes("町田の窓口", 0, 2) == ("固有名詞",)
    assert word_classes("町田の窓口", 1, 4) == ("固有名詞", "格助詞", "普通名詞")
    assert word_classes("町田", 2, 2) == ()


def test_words_of_the_dictionary_as_it_spells_them() -> None:
    words = ["フォーム", "シュミレーション", "タブレッド", "入力事務を", ""]
    assert [is_word(word) for word in words] == [True, False, False, False, False]
