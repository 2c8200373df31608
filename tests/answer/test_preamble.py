"""What comes before and after a question is not part of it."""

import pytest

from answer.followup import readings
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
        ("介護保険課ですが認定でAIを使う所は？", "認定でAIを使う所は?"),
        ("北見市役所の窓口担当をしています。他市の例は？", "他市の例は?"),
        ("加賀市の田中と申します。RPAの例は？", "RPAの例は?"),
        ("加賀市の職員なのですが、RPAの例は？", "RPAの例は?"),
        ("お忙しいところ恐れ入ります。私は、加賀市職員です。RPAの例は？", "RPAの例は?"),
        ("RPAを使う市は？ 加賀市の担当者です。", "RPAを使う市は?"),
        (
            "加賀市の職員です。うちに近い規模でRPAを使う自治体は？",
            "うちに近い規模でRPAを使う自治体は?",
        ),
        # What somebody is in charge of may be what is asked for; the town is not.
        (
            "加賀市で給食費を担当しています。口座振替の市は？",
            "給食費を担当しています。口座振替の市は?",
        ),
        ("加賀市のRPAの担当です。費用は？", "RPAの担当です。費用は?"),
        ("埼玉県の市役所に勤めています。RPAの例は？", "RPAの例は?"),
        ("私、塩尻市役所の企画課の佐藤と申します。バスの例を", "バスの例を"),
        ("Hello! Which towns use RPA? Thanks in advance.", "Which towns use RPA?"),
        ("I work for Kaga City. Which towns use RPA?", "Which towns use RPA?"),
        ("We are a small town of 5,000 people. Who uses drones?", "Who uses drones?"),
        ("I'm the mayor of Kaga, and which towns vote online?", "which towns vote online?"),
        ("Our town has 8,000 residents; who uses drones?", "who uses drones?"),
        ("Our city is small. Any chatbots?", "Any chatbots?"),
        ("As a clerk of Kaga, which towns use RPA?", "which towns use RPA?"),
        ("I'm a clerk in Kaga and we want cases of RPA.", "we want cases of RPA."),
        ("My name is Tanaka from Kaga City. Who uses RPA?", "Who uses RPA?"),
        ("Hello from Kaga City! Who uses RPA?", "Who uses RPA?"),
        # At whose request, and what for.
        ("議員から照会があり、RPAを使う市は？", "RPAを使う市は?"),
        ("市長の指示で、研修の参考に、RPAを使う市は？", "RPAを使う市は?"),
        ("島根県の職員です。うちの県でRPAを使う自治体は？", "島根県内でRPAを使う自治体は?"),
        ("議会で質問されたのですが、RPAを使う市は？", "RPAを使う市は?"),
        ("議会で聞かれて困ってて急ぎなんですけど、RPAを使う市は？", "RPAを使う市は?"),
        ("財政課からの質問です。RPAを使う市は？", "RPAを使う市は?"),
        ("部長から聞かれたのですが、RPAを使う市は？", "RPAを使う市は?"),
        ("上司に言われて調べています。RPAを使う市は？", "RPAを使う市は?"),
        ("市長の指示で調べています。RPAを使う市は？", "RPAを使う市は?"),
        ("議会対応のため、RPAを使う市は？", "RPAを使う市は?"),
        ("予算要求の参考にしたいので、RPAを使う市は？", "RPAを使う市は?"),
        ("市議会で質問があったのですが、RPAを使う市は？", "RPAを使う市は?"),
        ("住民から質問がありました。RPAを使う市は？", "RPAを使う市は?"),
        ("A council member asks who uses RPA.", "who uses RPA."),
        ("The mayor wants to know: which towns use RPA?", "which towns use RPA?"),
        ("Our mayor needs a list of towns with RPA.", "a list of towns with RPA."),
        ("We are preparing the budget. Who uses RPA?", "Who uses RPA?"),
        ("I am exchange student making research about islands. Who uses RPA?", "Who uses RPA?"),
        # The prefecture that goes is the one whose towns are meant.
        ("石川県の職員です。県内でRPAを使う市は？", "石川県内でRPAを使う市は?"),
        ("加賀市の職員です。同じ県の自治体の例は？", "石川県内の自治体の例は?"),
        ("加賀市役所に勤めてます。県内の市町村を教えて", "石川県内の市町村を教えて"),
        ("加賀市の職員です。県内会議の例は？", "県内会議の例は?"),
        (
            "I'm a clerk in Kaga. Who uses RPA in our prefecture?",
            "Who uses RPA in Ishikawa Prefecture?",
        ),
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
        "議員からの質問にAIで答弁案を作る市は？",
        "議員から要望があったので始めた市は？",
        "議会で質問を受けて見直した市は？",
        "市長の指示で始めた市は？",
        "会議のための移動をやめた市は？",
        "住民から質問があり、AIで答えた市は？",
        "Our mayor asked residents by app; who else did?",
        "Which mayor wants to know which roads are broken?",
        "I am looking for a city. Who uses RPA?",
    ],
)
def test_what_a_town_did_at_whose_request_is_asked_for(text: str) -> None:
    assert asked_part(text) == text


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
        "加賀市の職員です。うちの条例の電子化はいつですか？教えてください。",
        "加賀市の職員です。うちもRPAを使っていますか？",
        "職員です。県内でRPAを使う市は？",
        "ふるさと納税の担当者です。事務を自動化した市は？",
        "RPAの例をよろしくお願いします",
        "As a result of AI, which towns cut overtime?",
        "As the population ages, which towns use sensors?",
        "I am in charge of school lunches. Who automated payments?",
        "We are one of 20 towns sharing a cloud. Who else shares?",
        "I'm on LGWAN. Which cities use cloud services on it?",
        "Hello Kitty: which towns use her?",
        "I'm from Kaga. Which RPA do we use?",
        "I'm from Kaga. Any RPA in our town?",
        "I'm from Machida. Did we introduce RPA?",
        "I'm interested in RPA. Which towns use it?",
        "We are looking for towns that use RPA.",
        "Thanks to sensors, who needs fewer patrols?",
        "I'm a clerk.",
        "議会から指摘を受け、見直した市は？",
        "防災担当部長から提案があり、始めた事業は？",
        "研修のため、メタバースを使う市は？",
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


@pytest.mark.parametrize(
    "text", ["ありがとうございます。町村では？", "わかりました。小さな町では？"]
)
def test_follow_up_of_a_condition_alone_is_read_without_its_thanks(text: str) -> None:
    (used,) = readings(understand(text), ["RPAを使う自治体は？"])
    assert "ありがとう" not in used.question.text
    assert "わかりました" not in used.question.text


@pytest.mark.parametrize("before", ["加賀市の職員です。うちではいつRPAを入れた？", "加賀市です。"])
def test_town_that_was_asked_about_stays_in_follow_ups(before: str) -> None:
    (used, *_) = readings(understand("RPAの費用は？"), [before])
    assert [place.text for place in used.question.places] == ["加賀市"]


def test_what_the_asker_has_in_mind_is_no_part_of_the_question() -> None:
    asked = "AIで議事録づくりの時間を減らした自治体を教えてください。"
    for plan in (
        "来年度の予算要求の参考に、",
        "令和8年度の予算編成に向けて、",
        "来年の視察先を探しています。",
    ):
        assert understand(plan + asked).text == asked
    # What is planned may be the topic.
    assert "窓口" in understand("来年度に書かない窓口の導入を検討しています。先行事例は？").content


@pytest.mark.parametrize(
    "text",
    [
        "釜石市の防災担当として、避難の事例を探しています",
        "富山市で観光を担当している者ですが、バスの混雑を知らせる市はありますか？",
    ],
)
def test_whoever_asks_is_not_asked_about(text: str) -> None:
    found = understand(text)
    assert (found.mode, found.places) == ("list", ())
