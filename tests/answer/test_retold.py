"""Questions with a thing swapped or left out."""

import pytest

from answer.question import understand
from answer.respond import Answerer
from answer.retold import retold, without
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
        # Of a list, a prefecture is an area; of a fact, it may be what is asked about.
        ("東京でRPAを使う市は？", "RPAを使う市は?"),
        ("東京都内でRPAを使う市は？", "RPAを使う市は?"),
        ("北海道、青森県でRPAを使う市は？", "RPAを使う市は?"),
        ("北海道や青森県でRPAを使う市は？", "RPAを使う市は?"),
        ("In Nagano, who uses RPA?", "who uses RPA?"),
        ("関東か町田市でRPAを使う市は？", "町田市でRPAを使う市は?"),
        ("富山県でのRPAの事例", "RPAの事例"),
        ("関東限定でRPAを使う市は？", "RPAを使う市は?"),
        ("RPAを使う市町村、東北だけで", "RPAを使う市町村、"),
        # A prefecture that does more than to tell where, or is part of a name, stays.
        ("熊本県と連携している市町村は？", "熊本県と連携している市町村は？"),
        ("熊本県が支援して始めた市町村は？", "熊本県が支援して始めた市町村は？"),
        ("熊本県から補助を受けた市町村は？", "熊本県から補助を受けた市町村は？"),
        ("長野県産の木を使う市町村は？", "長野県産の木を使う市町村は？"),
        ("Which Nagano towns use AI?", "Which towns use AI?"),
        ("Which of Kyushu's cities use AI?", "Which cities use AI?"),
        ("Is AI used in Nagano towns?", "Is AI used in Nagano towns?"),
        ("Any towns near Tokyo using AI?", "Any towns near Tokyo using AI?"),
        ("Which towns in northern Nagano use AI?", "Which towns in northern Nagano use AI?"),
        ("東京都のRPAの費用は？", "東京都のRPAの費用は？"),
        ("人口5万人以下でRPAを使う市は？", "RPAを使う市は?"),
        ("towns with a population under 900 that use RPA", "towns that use RPA"),
        ("2023年以降にRPAを始めた市は？", "2023年以降にRPAを始めた市は？"),
    ],
)
def test_question_less_its_conditions(text: str, left: str) -> None:
    assert without(text, understand(text).condition_spans(dated=False)) == left


def test_the_period_of_a_list_is_a_condition_too_where_it_is_told_so() -> None:
    for text in ("コロナ禍をきっかけにRPAを始めた市は？", "RPAの導入が2020年以前の市は？"):
        assert without(text, understand(text).condition_spans(dated=True)) == text
    listed, fact = "2023年以降にRPAを始めた市は？", "2023年のRPAの費用は？"
    assert without(listed, understand(listed).condition_spans(dated=True)) == "RPAを始めた市は?"
    assert without(fact, understand(fact).condition_spans(dated=True)) == fact
