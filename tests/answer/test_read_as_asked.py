"""What a question asks of whom, in words that were misread once."""

from datetime import date

import pytest

from answer.followup import readings
from answer.question import Question, understand

TODAY = date(2026, 11, 30)


def read(text: str, *history: str) -> Question:
    return readings(understand(text, TODAY), history, TODAY)[0].question


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("札幌市中央区の窓口混雑の対策は？", ["札幌市"]),
        ("大阪市と北区の違いは？", ["大阪市", "北区"]),
        ("鎌ヶ谷市の電子申請は？", ["鎌ケ谷市"]),
        ("茅ケ崎市の電子申請は？", ["茅ヶ崎市"]),
        ("竜ヶ崎市のRPAは？", ["龍ケ崎市"]),
        ("北海道大学と連携した自治体は？", []),
        ("東京ガスと組んだ市は？", []),
        ("横浜市立大学と連携した自治体は？", []),
        ("Which towns work with Toyota?", []),
        ("Which towns used AI after the Noto earthquake?", []),
        ("Does Toyota use RPA?", ["豊田市"]),
    ],
)
def test_places(text: str, names: list[str]) -> None:
    assert [mention.candidates[0].name for mention in understand(text).places] == names


@pytest.mark.parametrize(
    ("text", "level", "labels"),
    [
        ("政令市でRPAを使うところは？", "designated", []),
        ("政令市ではない市でRPAを使うところは？", None, ["政令指定都市以外"]),
        ("Which cities that are not designated cities use RPA?", None, []),
        ("都道府県のうちRPAを導入しているのは？", "prefecture", []),
        ("県庁で生成AIを使っているところは？", "prefecture", []),
        ("県で統一したシステムを使う市町村は？", None, []),
        ("Which prefectural governments have issued AI guidelines?", "prefecture", []),
    ],
)
def test_levels(text: str, level: str | None, labels: list[str]) -> None:
    found = understand(text)
    assert (found.level, [area.label for area in found.areas]) == (level, labels)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("福岡市と福岡県のDX推進体制の違い", "compare"),
        ("How does Nagoya differ from Aichi Prefecture in RPA?", "compare"),
        ("福岡県福岡市のDX推進体制は？", "fact"),
        ("何件の自治体がRPAを使っていますか", "count"),
        ("RPAを導入している市をご存知でしょうか？", "list"),
        ("導入済みの市をご存じですか", "list"),
        ("全国初をうたっている取り組み", "list"),
        ("How many of its branch offices does the city close?", "fact"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("北見市の書かない窓口を参考にした市は？", "北見市以外"),
        ("都城市にならってアプリを作った町は？", "都城市以外"),
        ("つくば市と同じシステムを使っている市は？", "つくば市以外"),
        ("町田市がRPAを入れたと聞きました。同じようにRPAを入れた市は？", "町田市以外"),
        ("Towns like Kitami with a counter without forms?", "北見市以外"),
        ("I read that Machida uses RPA. Which other cities do?", "町田市以外"),
    ],
)
def test_town_that_is_only_the_model(text: str, label: str) -> None:
    found = understand(text)
    assert (found.mode, [area.label for area in found.areas]) == ("list", [label])


def test_told_town_stays_if_it_is_asked_about() -> None:
    found = understand("町田市がRPAを入れたと聞きました。効果は？")
    assert [mention.text for mention in found.places] == ["町田市"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("RPAの効果が大きい市は？", False),
        ("費用の小さい町の事例", False),
        ("大きい市の事例", True),
        ("中部地方の小さな町の事例", True),
        ("規模の大きい市の事例", True),
    ],
)
def test_what_is_large_may_not_be_the_town(text: str, said: bool) -> None:
    assert bool(understand(text).population) is said


def test_named_town_that_does_not_yet_do_it_is_no_list_of_such_towns() -> None:
    assert not understand("神戸市はまだRPAを使っていないのですか？").negated
    assert understand("まだRPAを使っていない市はありますか？").negated


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("100〜300万円で導入した市は？", 1_000_000, 3_000_000, "円"),
        ("5〜10億円かけた市は？", 500_000_000, 1_000_000_000, "円"),
        ("who spent between 1 and 3 million yen", 1_000_000, 3_000_000, "円"),
        ("who saved over ¥10 million", 10_000_000, None, "円"),
        ("who saved over ¥3.5m", 3_500_000, None, "円"),
        ("who saves 2 to 3 hours", 2, 3, "時間"),
        ("who saved 1,000+ hours", 1000, None, "時間"),
    ],
)
def test_money_and_ranges(text: str, low: float, high: float | None, unit: str) -> None:
    found = understand(text).quantity
    assert found is not None
    assert (found.low, found.high, found.unit) == (low, high, unit)


def test_age_is_no_threshold() -> None:
    assert understand("services for people over 65 years old").quantity is None


def test_same_prefecture_leaves_the_town_before_out() -> None:
    found = read("同じ県の市は？", "加賀市の電子投票について")
    assert (found.mode, [area.label for area in found.areas]) == ("list", ["石川県内"])


def test_follow_up_in_the_other_language() -> None:
    assert read("北海道では？", "Which cities use drones?").kind == "list"
    period = read("since 2021 only", "ドローンを使う町は？").period
    assert period is not None
    assert (period.first, period.last) == (2021, None)


@pytest.mark.parametrize(
    "text", ["最初の市についてもっと詳しく", "How much did the first one cost?"]
)
def test_one_of_a_list_is_one_of_that_list(text: str) -> None:
    assert "rpa" in read(text, "RPAを使う市は？").content


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
