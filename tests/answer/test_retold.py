"""Questions with a thing swapped or left out."""

import pytest

from answer.question import understand
from answer.respond import Answerer
from answer.retold import retold, without_areas
from index.thesaurus import Thesaurus

THESAURUS = Thesaurus(
    {
        "rpa": ("rpa", False),
        "ロボティック": ("rpa", False),
        "ai-ocr": ("ai-ocr", False),
        "data entry": ("entry", False),
    },
    {("rpa", "ja"): "RPA", ("rpa", "en"): "RPA", ("ai-ocr", "ja"): "AI-OCR"},
    "d",
)


@pytest.mark.parametrize(
    ("text", "concept", "name", "told"),
    [
        ("RPAを入力業務に使う市は？", "rpa", "AI-OCR", "AI-OCRを入力業務に使う市は?"),
        ("ＲＰＡの市とRPAの町は", "rpa", "AI-OCR", "AI-OCRの市とAI-OCRの町は"),
        ("Which cities use RPAs for data entry?", "entry", "tax", "Which cities use RPAs for tax?"),
        ("Which cities use RPAs for tax?", "rpa", "AI-OCR", "Which cities use AI-OCR for tax?"),
        ("RPAを入力業務に使う市は", "rpa", "", "入力業務に使う市は"),
        ("RPAによる入力と、RPAの効果", "rpa", "", "入力と、効果"),
        ("町田市は？", "rpa", "AI-OCR", "町田市は？"),
        ("cities with grpa", "rpa", "AI-OCR", "cities with grpa"),
    ],
)
def test_each_term_of_the_concept_gives_way(text: str, concept: str, name: str, told: str) -> None:
    assert retold(text, concept, name, THESAURUS) == told


def test_topics_are_what_the_documents_mention(corpus_with_thesaurus: Answerer) -> None:
    assert corpus_with_thesaurus.topics("ja") == {"rpa": "RPA", "ai": "生成AI"}
    assert corpus_with_thesaurus.topics("en") == {"rpa": "robots"}


def test_answer_tells_part_by_part_what_was_understood(corpus_with_thesaurus: Answerer) -> None:
    meant = corpus_with_thesaurus.ask("関東で2020年以降にRPAを使う市は？").meant
    assert meant.places == ("関東（茨城県・栃木県…）",)
    assert [(theme.concept, theme.name) for theme in meant.themes] == [("rpa", "RPA")]
    assert meant.period == "2020年以降"
    assert corpus_with_thesaurus.ask("Does Machida use robots?").meant.places == ("Machida City",)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("関東でRPAを入力業務に使っている市は？", "RPAを入力業務に使っている市は?"),
        ("RPAを使う九州と四国の町", "RPAを使う町"),
        ("町田市以外でRPAを使う市は？", "RPAを使う市は?"),
        ("Which cities in the Kyushu region use RPA?", "Which cities use RPA?"),
        ("さいたま市のRPAは？", "さいたま市のRPAは？"),
        ("九州の市は？", "九州の市は？"),
    ],
)
def test_question_less_its_areas(text: str, left: str) -> None:
    assert without_areas(text, understand(text).areas) == left
