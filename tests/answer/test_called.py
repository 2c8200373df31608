import numpy as np
import pytest

from answer.aspects import aspects_of, expansions, in_japanese, in_language_of_documents
from answer.called import Names
from answer.question import understand
from index.generation import Level
from index.lexical import LexicalIndex
from index.terms import split_words
from index.thesaurus import Thesaurus
from index.vectors import VectorIndex

TERMS = {
    "問い合わせに自動": ("chatbot", True),
    "aiチャットボット": ("chatbot", False),
    "チャットボット": ("chatbot", False),
    "チャットbot": ("chatbot", False),
    "会話ロボット": ("chatbot", False),
    "自動応答": ("chatbot", False),
    "chatbot": ("chatbot", False),
    "sns": ("sns", False),
    "インスタグラム": ("sns", False),
    "タブレット": ("tablet", False),
    "ipad": ("tablet", False),
    "シェアサイクル": ("bicycle", False),
    "自転車の貸出": ("bicycle", False),
    "ドローン": ("drone", False),
    "無人航空機": ("drone", False),
    "電子申請": ("apply", False),
    "ネット手続き": ("apply", False),
}
PREFERRED = {
    ("chatbot", "ja"): "チャットボット",
    ("sns", "ja"): "SNS",
    ("drone", "ja"): "ドローン",
    ("tablet", "ja"): "タブレット",
    ("bicycle", "ja"): "シェアサイクル",
    ("apply", "ja"): "電子申請",
}
THESAURUS = Thesaurus(TERMS, PREFERRED, "x")


def level_of(*rows: str) -> Level:
    terms = [[*split_words(row), *THESAURUS.concept_terms(row)] for row in rows]
    vectors = VectorIndex.from_vectors(np.ones((len(rows), 2), dtype=np.float32))
    return Level(vectors, LexicalIndex.from_terms(terms))


ROWS = (
    "LINEでAIが自動応答する",
    "夜も自動応答する",
    "会話ロボットを試した",
    "SNSで知らせる",
    "ネット手続き",
)


def names_in(*rows: str) -> Names:
    return Names(THESAURUS, level_of(*rows).lexical)


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        # Two rows have 自動応答, one 会話ロボット, none チャットボット.
        (ROWS, "自動応答"),
        # Only questions call it 問い合わせに自動.
        (("問い合わせに自動応答する",), "自動応答"),
        (("会話ロボットを試した", "会話ロボットを広げた", "自動応答する"), "会話ロボット"),
        ((*ROWS, "チャットボットを置いた"), "チャットボット"),
        # Words of a term that stand where nothing means the concept do not name it.
        (("応答は自動でない",), "チャットボット"),
        ((), "チャットボット"),
    ],
)
def test_concept_is_called_as_most_rows_call_it_if_none_has_its_katakana_name(
    rows: tuple[str, ...], name: str
) -> None:
    assert names_in(*rows).of("chatbot") == name


def test_name_counts_as_used_only_where_all_of_it_stands() -> None:
    rows = ("自転車の貸出を始めた", "市場のシェアを調べた", "サイクルロード")
    assert names_in(*rows).of("bicycle") == "自転車の貸出"


def test_name_in_latin_letters_is_not_taken() -> None:
    assert names_in("iPadを配った").of("tablet") == "タブレット"


def test_name_that_is_no_katakana_word_stays() -> None:
    assert names_in(*ROWS).of("apply") == "電子申請"
    assert names_in(*ROWS).of("unknown") == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("チャットボットを使う市は?", "自動応答を使う市は?"),
        ("AIチャットボットを使う市は?", "自動応答を使う市は?"),
        ("自動応答を使う市は?", "自動応答を使う市は?"),
        ("ドローンとチャットボットを使う市は?", "ドローンと自動応答を使う市は?"),
        ("チャットbotを使う市は?", "チャットbotを使う市は?"),
        # Two names of it are asked about, or one is explained.
        ("チャットボットとチャットbotの違いは?", "チャットボットとチャットbotの違いは?"),
        ("チャットボットで問い合わせに自動対応する市は?",) * 2,
        # What an alias means is narrower than the concept.
        ("インスタグラムを使う市は?", "インスタグラムを使う市は?"),
    ],
)
def test_question_calls_a_concept_as_documents_do(text: str, told: str) -> None:
    assert names_in(*ROWS).told_in(text, ("chatbot", "sns", "drone")) == told


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("チャットボットを使う市は?", "自動応答を使う市は?"),
        ("Which cities use a chatbot?", "自動応答の事例"),
    ],
)
def test_question_is_searched_read_and_explained_by_that_name(text: str, read: str) -> None:
    level = level_of(*ROWS)
    names, question = Names(THESAURUS, level.lexical), understand(text)
    aspects = aspects_of(question, THESAURUS, level)
    assert in_language_of_documents(question, aspects, names).text == read
    assert in_japanese(aspects, names) == "自動応答"
    (label,) = (aspect.label for aspect in aspects)
    assert expansions(aspects, names) == (f"{label} → 自動応答",)
