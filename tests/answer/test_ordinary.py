"""Names of towns that are ordinary words in a question."""

from datetime import date

import pytest

from answer.ordinary import reread
from answer.question import Question, understand
from answer.texts import Texts
from tests.answer.made import MACHIDA, SAITAMA, Part, generation

TODAY = date(2026, 4, 1)
TEXTS = Texts(
    generation(
        Part("a.md", SAITAMA, ("飛島の船を待つ。", "本部に伝える。", "東京・札幌から来る。")),
        Part("b.md", MACHIDA, ("札幌市に学ぶ。", "小樽港の話。", "大阪へ行く。")),
    )
)


def read(text: str) -> Question:
    return reread(understand(text), {SAITAMA, MACHIDA}, TEXTS, TODAY)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("行方がわからない人を探す", {"行方"}),
        ("中間サーバーの更新", {"中間"}),
        ("利用者がおおいアプリ", set()),  # the adjective 多い
        ("市の南部の取り組み", {"南部"}),
        ("利用が大台に乗った市", {"大台"}),
        ("本部と情報を共有できる避難所", {"本部"}),
        ("大口の契約を電子化した市は？", {"大口"}),
        ("ながおかの話", set()),  # not surely 長岡市, which has no document
    ],
)
def test_words_of_the_dictionary_are_no_towns(text: str, words: set[str]) -> None:
    asked = read(text)
    assert (asked.places, asked.names) == ((), ())
    assert words <= set(asked.content)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("飛島の課題は？", ("飛島",)),  # the documents name it, and never 飛島村
        ("飛島でドローンを使う市は？", ("飛島",)),
        ("高山のRPAは？", ("高山",)),  # stands as the name of a town, and is in no document
        ("安堵の声", ("安堵",)),
        ("本部の取り組みは？", ()),  # a word of the documents
    ],
)
def test_name_that_must_be_mentioned(text: str, names: tuple[str, ...]) -> None:
    asked = read(text)
    assert (asked.places, asked.names) == ((), names)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("町田の窓口", "町田"),  # of the index
        ("札幌の窓口", "札幌"),  # the documents name 札幌市
        ("小樽の窓口", "小樽"),  # 小樽港 is a word of its own
        ("大阪の窓口", "大阪"),  # a prefecture too
        ("飛島村の課題は？", "飛島村"),
        ("本部町の窓口", "本部町"),
        ("七戸の窓口", "七戸"),  # not in the dictionary
        ("うるまの事例", "うるま"),
        ("おたる市の事例", "おたる市"),
        ("さっぽろの事例", "さっぽろ"),
        ("What does Otaru do?", "Otaru"),
        ("What does Kōchi do?", "Kōchi"),
    ],
)
def test_town_stays_a_town(text: str, place: str) -> None:
    asked = read(text)
    assert asked == understand(text)
    assert [mention.text for mention in asked.places] == [place]


def test_places_of_a_comparison_are_compared() -> None:
    asked = read("高山と町田を比べて")
    assert [mention.text for mention in asked.places] == ["高山", "町田"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # 札幌市 has no document, and one tells of it.
        ("札幌市に学んだのはどこの自治体？", ("札幌",)),
        ("札幌に学んだのはどこの自治体？", ("札幌",)),
        ("Which town learnt from Sapporo?", ()),
    ],
)
def test_town_that_is_but_the_scene_is_a_word(text: str, names: tuple[str, ...]) -> None:
    asked = read(text)
    assert (asked.mode, asked.places, asked.names) == ("list", (), names)


@pytest.mark.parametrize(
    "text",
    [
        "札幌市の費用は？",  # a fact of it
        "仙台市に学んだのはどこの自治体？",  # in no document
        "町田市に学んだのはどこの自治体？",  # has a document
        "札幌市と仙台市に学んだのはどこの自治体？",
        "北海道に学んだのはどこの自治体？",
    ],
)
def test_town_that_is_asked_about_stays_a_place(text: str) -> None:
    assert read(text).places == understand(text, TODAY).places != ()
