"""Prefectures that are asked about themselves."""

from answer.followup import Standalone
from answer.itself import meanings
from answer.question import Question, understand
from ingest.places import places_named

SAGA_PREFECTURE, SAGA, OTSU = (places_named(name)[0] for name in ("佐賀県", "佐賀市", "大津市"))
HERE = {SAGA_PREFECTURE, SAGA, OTSU}


def meant(text: str) -> list[Question]:
    asked = understand(text)
    return [one.question for one in meanings([Standalone(asked, asked)], HERE)]


def admitted(question: Question) -> set[str]:
    return {place.name for place in HERE if question.admits(place)}


def test_fact_is_asked_of_the_prefecture_then_of_its_towns() -> None:
    itself, whole = meant("佐賀県は何をしていますか")
    assert (admitted(itself), admitted(whole)) == ({"佐賀県"}, {"佐賀県", "佐賀市"})


def test_prefecture_is_compared_without_its_towns() -> None:
    (compared,) = meant("佐賀県と大津市のテレワークの違いは？")
    assert admitted(compared) == {"佐賀県", "大津市"}
    (also,) = meant("佐賀県、大津市で違いは？")
    assert admitted(also) == {"佐賀県", "大津市"}


def test_prefecture_without_a_case_of_its_own_is_its_towns() -> None:
    (asked,) = meant("滋賀県は何をしていますか")
    assert admitted(asked) == {"大津市"}


def test_area_stays_an_area() -> None:
    for text in (
        "佐賀県が支援する自治体は？",
        "佐賀県でRPAを使う市は？",
        "佐賀県内の費用は？",
        "佐賀県で始めたところの費用は？",
    ):
        assert all("佐賀市" in admitted(question) for question in meant(text))
    assert len(meant("佐賀市は何をしていますか")) == 1
