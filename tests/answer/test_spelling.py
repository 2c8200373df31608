"""Mistyped words put right, and all others left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.frame import FRAME
from answer.spelling import correct, vocabulary
from index.lexical import LexicalIndex
from index.thesaurus import EMPTY

KNOWN = FRAME | frozenset(
    "winactor chatbot テレワーク クラウド サービス ペーパーレス キントーン counter tablet machine"
    " invoice cashless machida データ センター データセンタ クラウドサーバー フォー"
    " シミュレーション".split()
)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("WinAcotrの市", "winactorの市"),
        ("ＷｉｎＡｃｔｒの市", "winactorの市"),
        ("テレワクの目標", "テレワークの目標"),
        ("ペパーレスの市", "ペーパーレスの市"),
        ("シュミレーション", "シミュレーション"),  # the dictionary knows it as a slip
        ("which towns use chatbto", "which towns use chatbot"),
        ("cashles payment", "cashless payment"),
    ],
)
def test_slip_is_mended(text: str, mended: str) -> None:
    assert correct(text, KNOWN)[0] == mended


@pytest.mark.parametrize(
    "text",
    [
        "WinActorとテレワーク",
        "counted machines",
        "データセンター",
        "Which towns are tabled?",
        "Machida-shiと町田市",
        "winxctxr",
        "ぺぱれす",
        "LoGoフォーム",
        "キントーンフォーム",
    ],
    ids=["known", "forms", "compound", "far", "place", "two-slips", "hiragana", "word", "words"],
)
def test_other_words_stay(text: str) -> None:
    assert correct(text, KNOWN) == (text, ())


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("チャットGTPを試した市", "チャットgptを試した市"),
        ("ORCで読む", "ocrで読む"),
        ("RPAで読む", "RPAで読む"),
        ("GPXで読む", "GPXで読む"),  # another letter is another name
        ("which towns use form", "which towns use form"),  # English, though "from" is known
    ],
)
def test_short_name_is_mended_only_where_two_letters_changed_places(text: str, mended: str) -> None:
    assert correct(text, frozenset({"gpt", "ocr", "rpa", "from"}))[0] == mended


def test_short_name_that_may_be_two_stays() -> None:
    assert correct("ABAC", frozenset({"baac", "aabc"}))[0] == "ABAC"


def test_two_words_that_may_be_meant_change_nothing() -> None:
    assert correct("abcdefg", frozenset(["abcdefgh", "abcdefgk"])) == ("abcdefg", ())
    assert correct("abcdefg", frozenset(["abcdefgh"]))[0] == "abcdefgh"


def test_place_name_is_never_changed() -> None:
    known = frozenset(["yokosukas", "saitamar"])
    assert correct("Yokosuka, Saitama", known) == ("Yokosuka, Saitama", ())


def test_correction_tells_where_it_was() -> None:
    _, (change,) = correct("市のテレワクは", KNOWN)
    assert (change.start, change.end, change.written, change.meant) == (
        2, 6, "テレワク", "テレワーク",
    )  # fmt: skip


@given(st.lists(st.sampled_from(sorted(KNOWN)), max_size=8))
def test_known_words_are_never_changed(words: list[str]) -> None:
    text = " ".join(words)
    assert correct(text, KNOWN) == (text, ())


def test_vocabulary_has_the_words_of_the_index_but_no_pairs_and_concepts() -> None:
    lexical = LexicalIndex.from_terms([["winactor", "2:クラ", "c:rpa", "テレワーク"]])
    words = vocabulary(EMPTY, lexical)
    assert {"winactor", "テレワーク", "which"} <= words
    assert not {"クラ", "rpa"} & words


def test_thirty_unknown_words_among_20000_take_no_time() -> None:
    known = frozenset(
        f"{chr(97 + i % 26)}{i * 7919:x}word".translate(_LETTERS) for i in range(20_000)
    )
    text = " ".join(f"{chr(97 + i % 26)}{i:x}xyzq".translate(_LETTERS) for i in range(30))
    correct(text, known)
    began = time.perf_counter()
    correct(text, known)
    assert time.perf_counter() - began < 0.05  # 3 ms, with room for a busy machine


_LETTERS = str.maketrans("0123456789", "ghijklmnop")
