"""What comes before and after a question is not part of it."""

import pytest

from answer.preamble import asked_part
from answer.question import understand


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("こんにちは。RPAを使う市は？", "RPAを使う市は?"),
        (
            "お世話になっております。加賀市情報政策課の山田です。電子投票の例は？よろしくお願いします。",
            "電子投票の例は?",
        ),
        ("うちは人口4万人の市です。RPAを使う自治体は？", "RPAを使う自治体は?"),
        ("私たちは人口3,000人の村です。ドローンを使う村は？", "ドローンを使う村は?"),
        ("本市は小さな市で、RPAを使う市は？", "RPAを使う市は?"),
        ("私たちの町は高齢化率が40%です。見守りをする町は？", "見守りをする町は?"),
        ("小さな町なので、近所と組んだ例は？", "近所と組んだ例は?"),
        ("介護保険の担当ですが認定でAIを使う所は？", "認定でAIを使う所は?"),
        ("北見市役所の窓口担当をしています。他市の例は？", "他市の例は?"),
        ("石川県加賀市で情報政策を担当しています。電子投票の例は？", "電子投票の例は?"),
        ("埼玉県の市役所に勤めています。RPAの例は？", "RPAの例は?"),
        ("私、塩尻市役所の企画課の佐藤と申します。バスの例を", "バスの例を"),
        ("Hello! Which towns use RPA? Thanks in advance.", "Which towns use RPA?"),
        ("I work for Kaga City. Which towns use RPA?", "Which towns use RPA?"),
        ("We are a small town of 5,000 people. Who uses drones?", "Who uses drones?"),
        ("I'm the mayor of Kaga, and which towns vote online?", "which towns vote online?"),
        ("Our town has 8,000 residents; who uses drones?", "who uses drones?"),
        ("Our city is small. Any chatbots?", "Any chatbots?"),
        ("As a clerk of Kaga, which towns use RPA?", "which towns use RPA?"),
        (
            "加賀市の課員です。当市でも入れたいのですが、RPAの例は？",
            "当市でも入れたいのですが、RPAの例は?",
        ),
    ],
)
def test_who_asks_is_no_part_of_the_question(text: str, part: str) -> None:
    assert asked_part(text) == part


@pytest.mark.parametrize(
    "text",
    [
        "東北の自治体で、役所の仕事が減ったもの",
        "砺波市で、体育館の鍵を替えたのはいつですか",
        "伊根町の役場で、試験に通ったのは何名？",
        "町田市はRPAを入れた市です。他にどこがありますか？",
        "RPAを入れた市です。どこでしょう？",
        "うちでは議事録に時間がかかります。AIを使う市は？",
        "窓口の担当者は何人ですか？",
        "上司に調べろと言われました。RPAはどこが？",
        "塩尻市です。",
        "加賀市の職員です。うちではいつ電子投票を始めましたか？",
        "I'm from Machida. Did we introduce RPA?",
        "I'm interested in RPA. Which towns use it?",
        "We are looking for towns that use RPA.",
        "Thanks to sensors, who needs fewer patrols?",
        "I'm a clerk.",
    ],
)
def test_what_says_what_is_asked_stays(text: str) -> None:
    assert asked_part(text) == text


def test_town_of_the_asker_is_not_asked_about() -> None:
    asked = understand("加賀市の担当者です。ＲＰＡを使っている市は？")
    assert (asked.text, asked.mode, asked.places) == ("RPAを使っている市は?", "list", ())
    assert asked.content == ("rpa",)
    # 「事例は？」 alone asks for nothing.
    whole = understand("総務課のRPA担当です。事例は？")
    assert whole.text == "総務課のRPA担当です。事例は？"
    assert "rpa" in whole.content
