"""A few questions on the real corpus with the real models, by either judge."""

from collections.abc import Iterator

import pytest

from answer.contract import Answer
from answer.respond import Answerer
from index.build import build
from index.encoder import make_encoder
from settings import ROOT, Settings
from tests.real import real_var

pytestmark = pytest.mark.golden


@pytest.fixture(scope="module", params=["signals", "reranker"])
def real(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Answerer]:
    """The judge is named, since "auto" follows the speed of the machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIREI_VAR", str(real_var(tmp_path_factory.mktemp("golden"))))
        patch.setenv("JIREI_ENCODER", "embedded")
        patch.setenv("JIREI_JUDGE", request.param)
        patch.setenv("JIREI_THESAURUS", str(ROOT / "corpus" / "thesaurus.csv"))
        settings = Settings()
        encoder = make_encoder(settings)
        build([settings.corpus], encoder, settings)
        yield Answerer.open(settings, encoder)


def texts_of(answerer: Answerer, answer: Answer) -> list[str]:
    """The whole text of each case's documents."""
    documents = answerer.generation.documents
    return [
        "".join(documents[quote.document].text for quote in case.quotes) for case in answer.cases
    ]


def test_rpa_for_data_entry(real: Answerer) -> None:
    answer = real.ask("RPAを入力業務に使っている市は？")
    names = [case.name for case in answer.cases]
    assert {"さいたま市", "橋本市", "宇城市", "武蔵野市"} <= set(names)
    (saitama,) = (case for case in answer.cases if case.name == "さいたま市")
    assert any(
        quote.text.endswith("入力事務と審査事務は、AI-OCRとRPAを用いて自動化している。")
        for quote in saitama.quotes
    )
    assert all("RPA" in text for text in texts_of(real, answer))


def test_english_question_finds_what_the_japanese_one_finds(real: Answerer) -> None:
    answer = real.ask("which cities use RPA for data entry?")
    assert answer.cases[0].name == "さいたま市"
    assert {"橋本市", "宇城市"} <= {case.name for case in answer.cases}
    assert all("RPA" in text for text in texts_of(real, answer))


def test_english_question_finds_its_japanese_sentence(real: Answerer) -> None:
    answer = real.ask("Which prefecture offers social media counselling for young people?")
    assert answer.cases[0].name == "三重県"
    assert "SNSによる相談窓口" in answer.cases[0].quotes[0].text
    assert {case.place.city for case in answer.cases if case.place} == {None}


def test_named_place_answers_for_itself(real: Answerer) -> None:
    answer = real.ask("さいたま市のテレワークの目標は？")
    assert [case.name for case in answer.cases] == ["さいたま市"]
    assert "70%以上" in answer.answer


def test_question_that_shares_no_word_with_its_answer(real: Answerer) -> None:
    answer = real.ask("議員とのやりとりの下書きを人工知能に任せている役所は？")
    drafting = {"湖西市", "西海市", "滋賀県", "相模原市", "日向市"}
    assert drafting & {case.name for case in answer.cases[:3]}


@pytest.mark.parametrize("question", ["京都市の書かない窓口は？", "Does Nagoya use RPA?"])
def test_place_of_which_no_document_tells_is_refused(real: Answerer, question: str) -> None:
    answer = real.ask(question)
    assert answer.refused
    assert "83" in answer.answer


def test_what_no_document_states_is_refused(real: Answerer) -> None:
    answer = real.ask("今日の天気は？")
    if not answer.refused:
        pytest.xfail("known weakness: a short question with one stray word")
    assert "83" in answer.answer
