"""How many live in the towns that a question means."""

import pytest

from answer.population import find_population
from answer.question import understand


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("人口5万人以下で生成AIを使う自治体は？", ["人口5万人以下で"]),
        ("人口が約3万人の町でRPAを入れたのは？", ["人口が約3万人の"]),
        ("人口規模5万~10万人程度の自治体の事例", ["人口規模5万~10万人程度の"]),
        ("人口5万人以上10万人未満の市", ["人口5万人以上10万人未満の"]),
        ("人口5万人以上かつ10万人以下の市", ["人口5万人以上かつ10万人以下の"]),
        ("人口4万5千人の市", ["人口4万5千人の"]),
        ("人口10,000人に満たない町村の事例", ["人口10,000人に満たない"]),
        ("人口が5万人を超えている市", ["人口が5万人を超えている"]),
        ("RPAを使う5万人規模の市は？", ["5万人規模の"]),
        ("人口5万人以下の市と人口9万人以上の市", ["人口5万人以下の", "人口9万人以上の"]),
        ("うちと同じくらいの規模の市は？", ["うちと同じくらいの規模の"]),
        ("人口5万人以下の町で、ネット投票をしたところは？", ["人口5万人以下の"]),
        ("同規模の自治体の事例", ["同規模の"]),
        ("人口二万人の町でRPAを入れたのは？", ["人口二万人の"]),
        ("人口数千人の村の事例", ["人口数千人の"]),
        ("人口10万人以上では?", ["人口10万人以上では"]),
        ("人口10万人以上の場合は?", ["人口10万人以上の場合は"]),
        ("人口規模の近い自治体の事例", ["人口規模の近い"]),
        ("人口の少ない町の事例", ["人口の少ない"]),
        ("小さな町でRPAを使うのは？", ["小さな"]),
        ("小規模自治体の事例", ["小規模"]),
        ("大きい市でRPAを使うのは？", ["大きい"]),
        ("towns with a population under 50,000 that use AI", [" with a population under 50,000"]),
        (
            "cities with a population of about 9,000 people use AI",
            [" with a population of about 9,000 people"],
        ),
        ("towns with populations between 3 and 5", [" with populations between 3 and 5"]),
        ("Which similarly sized towns use RPA?", ["similarly sized "]),
        ("Which small towns use RPA?", ["small "]),
        ("Are there tiny villages with drones?", ["tiny "]),
        ("towns with fewer than 9,000 people", [" with fewer than 9,000 people"]),
        ("小さな町村で", ["小さな"]),
        ("大きい市なら?", ["大きい"]),
        ("And with a population over 100,000?", ["with a population over 100,000"]),
        ("towns of similar size to Machida", [" of similar size to Machida"]),
    ],
)
def test_where_a_question_tells_the_population(text: str, said: list[str]) -> None:
    assert [text[slice(*span)] for span in find_population(text)] == said


@pytest.mark.parametrize(
    "text",
    [
        "人口の8割がLINEに登録した町は？",
        "LINEの登録者が人口を超えた町は？",
        "人口が10万人を超えたのはいつ？",
        "人口が3割減った町",
        "人口が2020年以降に増えた町",
        "人口が1,000人増えた町は",
        "人口10万人あたりの件数",
        "人口1人当たりのごみ排出量",
        "関係人口1万人を目指す町",
        "外国人人口1万人以上の市",
        "3万人以上がLINEに登録した市は？",
        "1万人以上の職員が使う市は？",
        "1万人以上の市外の人が登録した市は？",
        "3万人以上の市場調査",
        "10万人以上の都市圏",
        "5万人規模の町おこし",
        "同規模の地震",
        "小さなまちづくりの事例",
        "大きな町内会",
        "小さな役所",
        "最小規模の市",
        "a small office in a town",
        "県が小さな町村を手伝う例",
        "大きな市が小さな町を助ける例",
        "人口5割の町",
        "who helps because small towns have no staff",
        "昨年と同規模の予算",
        "町田市と同規模の市",
        "Which towns have more than 10,000 people registered on LINE?",
        "Courses with 20 people in Machida",
        "towns with fewer than 50 staff that use RPA",
    ],
)
def test_figures_of_something_else(text: str) -> None:
    assert find_population(text) == ()


def test_population_is_neither_content_nor_a_threshold() -> None:
    asked = understand("人口10万人未満の市でRPAを1,000時間以上減らしたのは？")
    assert (asked.content, asked.population) == (("rpa", "減らす"), ((0, 9),))
    assert asked.quantity
    assert (asked.quantity.low, asked.quantity.unit) == (1000, "時間")
    assert understand("人口5万人以上9万人未満の市でRPAを使うのは？").quantity is None
    assert not understand("RPAを使う市は？").population


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which towns have fewer than 50,000 people and use RPA?", True),
        ("which of those have fewer than 50,000 people?", True),
        ("towns under 10,000 using tablets", True),
        ("Which towns have more than 30 people trained in RPA?", False),
        ("Which cities trained more than 1,000 staff?", False),
    ],
)
def test_thousands_of_people_live_there(text: str, told: bool) -> None:
    found = understand(text)
    assert (bool(found.population), found.quantity is None) == (told, told)


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
