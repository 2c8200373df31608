"""What a follow-up question takes over, and what it narrows down."""

from datetime import date

import pytest

from answer.followup import readings
from answer.question import understand
from answer.understood import area_label
from tests.answer.following import TODAY, alone, made, used

RPA = "RPAを使う市は？"
APP = "佐賀市の公式アプリは？"


def test_question_without_history_stays_as_it_is() -> None:
    assert made("費用は？") == alone("費用は？")


@pytest.mark.parametrize(
    "question",
    [
        "そのうち九州の市は？",
        "では町田市は？",
        "費用は？",
        "ほかにもある？",
        "それはいつから？",
        "and Machida?",
        "What about the costs of that project?",
        "of those, which are towns?",
        "How many hours did it save in the first year?",
    ],
)
def test_question_that_leans(question: str) -> None:
    assert used(question, RPA) == f"RPAを使う市は? {question}"


@pytest.mark.parametrize(
    "question",
    [
        "避難所の受付をマイナンバーカードでしている市は？",
        "書かない窓口を始めた町は？",
        "町田市の窓口は？",
        "京都市がテレワークで目標とする割合はどれくらい？",
        "Which cities use generative AI for minutes?",
        "How many hours did Machida City save with its chatbot for parents?",
        "Is it true that Machida votes online?",
        "じゃあ町田市のほうは何をやってる？",
        "What is Machida City doing?",
    ],
)
def test_new_topic_takes_nothing_over(question: str) -> None:
    assert made(question, APP, RPA) == alone(question)
    assert made(question, APP, RPA).told == question


def test_place_that_is_not_named_anew_stays() -> None:
    found = made("費用は？", APP)
    assert found.question.text == f"{APP.replace('？', '?')} 費用は？"
    assert {place.name for place in found.question.named} == {"佐賀市"}
    assert found.within is None


def test_named_place_replaces_the_one_before() -> None:
    found = made("And Machida?", "What does Saitama do about RPA?").question
    assert {place.name for place in found.named} == {"町田市"}
    assert "rpa" in found.content


def test_named_area_replaces_a_named_place() -> None:
    found = made("では九州では？", "町田市でRPAを使う課は？").question
    assert [area_label(area, "ja") for area in found.areas] == ["九州"]
    assert found.places == ()


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        ("2020年以降にRPAを入れた市は？", "2018年は？", "RPAを入れた市は? 2018年は？"),
        ("昨年度、RPAを入れた市は？", "2018年の効果は？", "RPAを入れた市は? 2018年の効果は？"),
        (
            "1,000時間以上減らした市は？",
            "では1万時間以上は？",
            "減らした市は? では1万時間以上は？",
        ),
        (
            "Which cities used RPA in 2018?",
            "And in 2020?",
            "Which cities used RPA ? And in 2020?",
        ),
        ("RPAを使っている県は？", "町村では？", "RPAを使っている自治体は? 町村では？"),
        (
            "Which prefectures use RPA?",
            "And which designated cities?",
            "Which municipalities use RPA? And which designated cities?",
        ),
        # The level holds the name of the place, and does not stay behind without it.
        (
            "Which Tokyo wards use RPA?",
            "And in Osaka?",
            "Which municipalities use RPA? And in Osaka?",
        ),
        ("政令市でRPAを使うのは？", "町田市は？", "自治体でRPAを使うのは? 町田市は？"),
        ("町田市でRPAを使う課は？", "町田市以外では？", "でRPAを使う課は? 町田市以外では？"),
        ("政令市以外でRPAを使う市は？", "政令市では？", "RPAを使う市は? 政令市では？"),
        (
            "人口5万人以下の市でRPAを使うのは？",
            "人口10万人以上では？",
            "市でRPAを使うのは? 人口10万人以上では？",
        ),
        ("小さな町でRPAを使うのは？", "大きな市では？", "町でRPAを使うのは? 大きな市では？"),
    ],
)
def test_condition_named_anew_replaces_its_like(before: str, question: str, text: str) -> None:
    assert used(question, before) == text


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("2020年以降にRPAを入れた市は？", "では1,000時間以上は？"),
        ("関東でRPAを入れた市は？", "東京都以外では？"),
        ("関東でRPAを入れた市は？", "町村では？"),
        ("政令市でRPAを入れたのは？", "大阪府では？"),
        ("東京都を除く関東でRPAを入れた市は？", "2020年以降は？"),
    ],
)
def test_conditions_of_other_sorts_hold_together(before: str, question: str) -> None:
    made_of_both = used(question, before)
    earlier, both = understand(before, TODAY), understand(made_of_both, TODAY)
    if not understand(question, TODAY).is_placed:
        assert made_of_both.startswith(before.replace("？", "?"))
        assert {(a.form, a.named) for a in earlier.areas} <= {(a.form, a.named) for a in both.areas}
    assert (earlier.period is None) or both.period == earlier.period
    assert earlier.level in (None, "municipal") or both.level == earlier.level


def test_of_them_keeps_the_condition_that_it_names_anew() -> None:
    before = "2019年以前にRPAを入れた市は？"
    assert made("そのうち2018年以降は？", before).within == alone(before)
    assert made("2018年以降は？", before).within is None


def test_last_of_several_years_holds() -> None:
    found = made("2016年は？", "2020年以降にRPAを入れた市は？", "2018年は？").question
    assert found.period
    assert (found.period.first, found.period.last, found.mode) == (2016, 2016, "list")


def test_of_them_narrows_the_answer_before() -> None:
    found = made("そのうち費用が少ないのは？", RPA)
    assert found.within == alone(RPA)
    assert found.told == f"{RPA} → RPAを使う市は? そのうち費用が少ないのは？"


def test_detail_of_an_answer_without_places_narrows_it() -> None:
    assert made("費用は？", RPA).within == alone(RPA)


@pytest.mark.parametrize("text", ["実証だけの所も含めて", "including pilots only"])
def test_what_is_let_in_as_well_narrows_nothing(text: str) -> None:
    assert made(text, RPA).within is None
    assert made(text, RPA).question.text == f"RPAを使う市は? {text}"


def test_place_alone_asks_the_question_before_anew() -> None:
    assert made("では町田市は？", RPA).within is None


def test_narrowing_goes_on_through_a_conversation() -> None:
    found = made("では町田市は？", RPA, "そのうち費用が少ないのは？")
    assert found.within == alone(RPA)
    assert found.told.startswith(f"{RPA} → ")
    twice = made("そのうち職員が多いのは？", RPA, "そのうち費用が少ないのは？")
    assert twice.told.count(" → ") == 2


def test_new_topic_in_between_cuts_the_conversation() -> None:
    assert used("費用は？", RPA, APP) == used("費用は？", APP)


@pytest.mark.parametrize("unreadable", ["", "？", "あ" * 1001])
def test_what_no_question_can_be_read_from_is_passed_over(unreadable: str) -> None:
    assert made("費用は？", APP, unreadable) == made("費用は？", APP)
    assert made("費用は？", unreadable) == made("費用は？")


def test_long_conversation_is_followed_back_so_far_only() -> None:
    assert len(used("では？", *["では町田市は？"] * 3000)) <= 1000


def test_last_year_is_counted_from_the_day_given() -> None:
    for question, history in (("では町田市は？", "昨年度にRPAを使った市は？"), ("昨年度は？", RPA)):
        asked = readings(understand(question), [history], date(2011, 6, 1))[0].question
        period = asked.period
        assert period
        assert (period.first, period.last) == (2010, 2010)


FUKAYA = "深谷市はAI-OCRを使っていますか？"
KYUSHU = "九州でRPAを使う市は？"


@pytest.mark.parametrize(
    ("question", "before", "labels"),
    [
        ("他の市は？", FUKAYA, ["深谷市以外"]),
        ("他にはどこがある？", FUKAYA, ["深谷市以外"]),
        ("Who else?", "Does Fukaya use AI-OCR?", ["深谷市以外"]),
        ("Do other cities use it?", "Does Fukaya use AI-OCR?", ["深谷市以外"]),
        ("Do other local governments use it?", "Does Fukaya use AI-OCR?", ["深谷市以外"]),
        ("全国では？", KYUSHU, []),
        ("and nationwide?", "Which cities in Kyushu use RPA?", []),
        ("四国も含めて", KYUSHU, ["九州", "四国"]),
    ],
)
def test_others_and_more_than_before(question: str, before: str, labels: list[str]) -> None:
    found = made(question, before).question
    assert (found.mode, [area_label(a, "ja") for a in found.areas]) == ("list", labels)
    assert not found.places


def test_other_things_of_a_place_are_asked_of_it() -> None:
    assert [m.text for m in made("ほかに工夫は？", FUKAYA).question.places] == ["深谷市"]


@pytest.mark.parametrize(
    ("question", "before", "places"),
    [
        ("つくば市との違いは？", "加賀市の電子投票は？", ["加賀市", "つくば市"]),
        ("compare it with Tsukuba", "How did Kaga introduce e-voting?", ["Kaga", "Tsukuba"]),
    ],
)
def test_comparison_with_the_place_before(question: str, before: str, places: list[str]) -> None:
    found = made(question, before).question
    assert (found.mode, [m.text for m in found.places]) == ("compare", places)


@pytest.mark.parametrize(
    "question",
    [
        "Which towns use drones?",
        "Who uses generative AI?",
        "Any towns using drones?",
        "では、チャットボットを導入している自治体はありますか",
        "また、会議録の作成にAIを使っている自治体はありますか",
        "次の質問です。ドローンで橋を点検する市は？",
        "庁舎内だけで使える生成AIを導入した自治体は？",
    ],
)
def test_whole_question_that_does_not_lean(question: str) -> None:
    assert made(question, "Which cities use RPA?") == alone(question)


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("Which towns do this?", "Which cities use RPA?"),
        ("Does Kyoto do the same?", "Which cities use RPA?"),
        ("東京でも同じことをしている？", RPA),
        ("町だけで", RPA),
        # One of a list is one of that list.
        ("最初の市についてもっと詳しく", RPA),
        ("How much did the first one cost?", RPA),
    ],
)
def test_question_that_speaks_of_what_was_said(question: str, before: str) -> None:
    assert "rpa" in made(question, before).question.content


def test_same_prefecture_leaves_the_town_before_out() -> None:
    found = made("同じ県の市は？", "加賀市の電子投票について").question
    assert (found.mode, [area_label(area, "ja") for area in found.areas]) == ("list", ["石川県内"])


def test_follow_up_in_the_other_language() -> None:
    assert made("北海道では？", "Which cities use drones?").question.kind == "list"
    period = made("since 2021 only", "ドローンを使う町は？").question.period
    assert period is not None
    assert (period.first, period.last) == (2021, None)
