"""Aspects of a question, and what the rows of an index mention of them."""

import math

import numpy as np
import pytest

from answer.aspects import (
    Aspect,
    aspects_of,
    expansions,
    idf,
    in_japanese,
    in_language_of_documents,
)
from answer.called import Names
from answer.question import understand
from index.generation import Level
from index.lexical import LexicalIndex
from index.thesaurus import Thesaurus
from index.vectors import VectorIndex

ROWS = [["rpa", "入力", "c:data-entry"], ["rpa", "入力"], ["窓口"], ["rpa"]]


@pytest.fixture
def level() -> Level:
    vectors = VectorIndex.from_vectors(np.ones((len(ROWS), 2), dtype=np.float32))
    return Level(vectors, LexicalIndex.from_terms(ROWS))


@pytest.fixture
def thesaurus() -> Thesaurus:
    terms = {"入力業務": ("data-entry", False), "data entry": ("data-entry", False)}
    return Thesaurus(terms, {("data-entry", "en"): "data entry"}, "x")


def test_concept_counts_whole_and_its_words_alone_less(level: Level) -> None:
    aspect = Aspect("入力業務", "data-entry", ("入力", "業務"), 1.0, False, True)
    # Row 0 has the concept; row 1 one of two words: 0.5 * 0.6; rows 2 and 3 nothing.
    assert aspect.presence(level.lexical) == pytest.approx([1.0, 0.3, 0.0, 0.0])


def test_aspects_take_a_concepts_words_together(level: Level, thesaurus: Thesaurus) -> None:
    aspects = aspects_of(understand("RPAを入力業務に使う市は？"), thesaurus, level)
    assert [(a.label, a.concept, a.words, a.required) for a in aspects] == [
        ("入力業務", "data-entry", ("入力", "業務"), False),
        ("rpa", None, ("rpa",), True),
    ]
    # One of four rows has the concept, three have RPA.
    assert [a.weight for a in aspects] == pytest.approx([math.log(5), math.log(1 + 4 / 3)])


def test_second_term_of_a_concept_is_no_thing_of_its_own(level: Level) -> None:
    terms = Thesaurus({"chatgpt": ("llm", False), "gpt": ("llm", False)}, {}, "x")
    aspects = aspects_of(understand("ChatGPTなどのGPTを使う市は？"), terms, level)
    assert [(a.concept, a.words) for a in aspects] == [("llm", ("chatgpt",))]


def test_english_term_gives_the_same_concept(level: Level, thesaurus: Thesaurus) -> None:
    aspects = aspects_of(understand("which cities use RPA for data entry?"), thesaurus, level)
    assert [a.concept for a in aspects] == ["data-entry", None]


def test_how_many_live_in_a_town_is_no_thing_asked_for(level: Level) -> None:
    small = Thesaurus({"小さな町": ("small-municipality", False)}, {}, "x")
    (rpa,) = aspects_of(understand("小さな町でRPAを使うのは？"), small, level)
    assert rpa.label == "rpa"
    trial = Thesaurus({"実証": ("trial", False)}, {}, "x")
    assert "trial" in {a.concept for a in aspects_of(understand("RPAの実証は？"), trial, level)}
    assert not aspects_of(understand("町田市は？実証だけの所は除く"), trial, level)
    # 「小さな町の手助け」 asks for who helps them.
    aspects = aspects_of(understand("県が小さな町の手助けをする例"), small, level)
    assert "small-municipality" in {aspect.concept for aspect in aspects}


def test_thing_that_no_row_mentions_is_not_known_and_weighs_most_in_japanese(level: Level) -> None:
    none = Thesaurus({}, {}, "x")
    rpa, space = aspects_of(understand("RPAと宇宙は？"), none, level)
    assert (rpa.known, space.known) == (True, False)
    assert space.weight == pytest.approx(math.log(5))
    # An English word says nothing of documents in Japanese.
    rpa, space = aspects_of(understand("RPA in rocketry?"), none, level)
    assert (space.words, space.known, space.weight) == (("rocketry",), False, 0.0)


def test_things_asked_are_named_as_documents_name_them_each_once(level: Level) -> None:
    aspects = (
        Aspect("data entry", "data-entry", ("data", "entry"), 1.0, False, True),
        Aspect("rpa", None, ("rpa",), 1.0, True, True),
        Aspect("入力業務", "data-entry", ("入力",), 1.0, False, True),
    )
    known = Thesaurus({}, {("data-entry", "ja"): "入力業務"}, "x")
    names = Names(known, level.lexical)
    assert in_japanese(aspects, names) == "入力業務 rpa"
    assert in_japanese((), names) == ""


def test_expansions_name_the_term_of_the_documents_unless_it_was_asked(level: Level) -> None:
    aspects = (
        Aspect("data entry", "data-entry", ("data", "entry"), 1.0, False, True),
        Aspect("入力業務", "data-entry", ("入力",), 1.0, False, True),
        Aspect("入力業務で", "data-entry", ("入力",), 1.0, False, True),
        Aspect("入力業務dx", "data-entry", ("入力",), 1.0, False, True),
        Aspect("rpa", None, ("rpa",), 1.0, True, True),
    )
    known = Thesaurus({}, {("data-entry", "ja"): "入力業務"}, "x")
    assert expansions(aspects, Names(known, level.lexical)) == (
        "data entry → 入力業務",
        "入力業務dx → 入力業務",
    )


def test_idf_of_a_term_that_no_row_has_is_zero(level: Level) -> None:
    assert idf("宇宙", level.lexical) == 0.0
    assert idf("窓口", level.lexical) == pytest.approx(math.log(5))


def read_as(text: str, level: Level) -> str:
    terms = {
        "入力業務": ("data-entry", False), "data entry": ("data-entry", False),
        "rpa": ("rpa", False), "quantum": ("quantum", False),
    }  # fmt: skip
    preferred = {("data-entry", "ja"): "入力業務", ("rpa", "ja"): "RPA", ("quantum", "ja"): "量子"}
    thesaurus = Thesaurus(terms, preferred, "x")
    question = understand(text)
    aspects = aspects_of(question, thesaurus, level)
    return in_language_of_documents(question, aspects, Names(thesaurus, level.lexical)).text


@pytest.fixture
def both() -> Level:
    """Two rows that have RPA, the first of them data entry too."""
    vectors = VectorIndex.from_vectors(np.ones((2, 2), dtype=np.float32))
    return Level(vectors, LexicalIndex.from_terms([["c:rpa", "c:data-entry"], ["c:rpa"]]))


def test_english_list_of_known_concepts_is_read_in_their_japanese_terms(both: Level) -> None:
    assert read_as("which cities use RPA for data entry?", both) == "入力業務 RPAの事例"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("九州でRPAを入力業務に使う市は？", "RPAを入力業務に使う市は?"),
        ("埼玉県でRPAを入力業務に使う市は？", "RPAを入力業務に使う市は?"),
        ("埼玉県のRPAの費用は？", "県のRPAの費用は?"),
        ("埼玉県でRPAを使うところの費用は？", "RPAを使うところの費用は?"),
        ("人口2万人の町、大津市でのRPAの費用は？", "町、市でのRPAの費用は?"),
        ("埼玉県について教えて", "埼玉県について教えて"),
        ("What does the RPA of Tsukuba cost?", "What does the RPA of the city cost?"),
        ("埼玉県、東京都でのRPAの違いは？", "埼玉県、東京都でのRPAの違いは？"),
        ("つくば市と横浜市のRPAの違いは？", "つくば市と横浜市のRPAの違いは？"),
        ("町村でRPAを使うところは？", "RPAを使うところは?"),
        ("小さな町では、RPAを使うのはどこ？", "RPAを使うのはどこ?"),
        ("RPAを使う市は？ 政令市では？", "RPAを使う市は?"),
        ("5町村で共同でRPAを使う例は？", "5町村で共同でRPAを使う例は？"),
        ("小さな町や村でRPAを使う所は？", "町や村でRPAを使う所は?"),
        ("小さな町村でRPAを使う所は？", "RPAを使う所は?"),
        ("北海道の町村でRPAを使うのは？", "RPAを使うのは?"),
        ("財政が厳しい町でRPAを使う例は？", "財政が厳しい町でRPAを使う例は？"),
        ("県ではなく市でRPAを使う例は？", "県ではなく市でRPAを使う例は？"),
        ("市町村ではなく県でRPAを使う例は？", "市町村ではなく県でRPAを使う例は？"),
        ("国と自治体で連携した例は？", "国と自治体で連携した例は？"),
        ("町で作った電気を使う自治体は？", "町で作った電気を使う自治体は？"),
        ("県で統一した電子申請を使う市は？", "県で統一した電子申請を使う市は？"),
        ("市でも町でもRPAを使う例は？", "市でも町でもRPAを使う例は？"),
        ("市の中でも町村でない所の例は？", "市の中でも町村でない所の例は？"),
        ("2023年以降にRPAを使い始めた市は？", "RPAを使い始めた市は?"),
        # That something began in a year is all that is asked, if no known thing is.
        ("2023年以降に窓口を改めた市は？", "2023年以降に窓口を改めた市は？"),
        ("RPAを使う区市町村は？", "RPAを使う市区町村は？"),
    ],
)
def test_question_is_read_without_its_conditions(text: str, read: str, both: Level) -> None:
    assert read_as(text, both) == read


@pytest.mark.parametrize(
    "text",
    # Japanese already; no list; a word that is no concept; a concept that no row has.
    [
        "RPAを入力業務に使う市は？",
        "What is RPA?",
        "Which cities outsource data entry?",
        "Which cities use quantum data entry?",
    ],
)
def test_any_other_question_is_read_as_it_is(text: str, both: Level) -> None:
    assert read_as(text, both) == understand(text).text
