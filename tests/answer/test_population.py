"""How many live in the towns that a question means."""

import pytest

from answer.population import find_population
from answer.question import understand


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("人口5万人以下で生成AIを使う自治体は？", "人口5万人以下"),
        ("人口が約3万人の町でRPAを入れたのは？", "人口が約3万人の"),
        ("人口規模5万~10万人程度の自治体の事例", "人口規模5万~10万人程度の"),
        ("人口10,000人に満たない町村の事例", "人口10,000人に満たない"),
        ("RPAを使う5万人規模の市は？", "5万人規模の"),
        ("towns with a population under 50,000 that use AI", " with a population under 50,000"),
        ("which cities with fewer than 9,000 residents?", "with fewer than 9,000 residents"),
        ("with populations between 3,000 and 5,000", "with populations between 3,000 and 5,000"),
        ("うちと同じくらいの規模でRPAを使う市は？", "同じくらいの規模で"),
        ("同規模の自治体の事例", "同規模の"),
        ("Which similarly sized towns use RPA?", "similarly sized "),
        ("towns of a similar size that use RPA", " of a similar size"),
        # Figures of something else.
        ("人口の8割がLINEに登録した町は？", None),
        ("LINEの登録者が人口を超えた町は？", None),
        ("3万人以上がLINEに登録した市は？", None),
        ("1万人以上の職員が使う市は？", None),
        ("1万人以上の市外の人が登録した市は？", None),
        ("人口減少への対策にAIを使う自治体", None),
        ("Which towns have more than 10,000 people registered on LINE?", None),
        ("towns with fewer than 50 staff that use RPA", None),
    ],
)
def test_where_a_question_tells_the_population(text: str, said: str | None) -> None:
    found = find_population(text)
    assert (text[slice(*found)] if found else None) == said


def test_population_is_neither_content_nor_a_threshold() -> None:
    asked = understand("人口10万人未満の市でRPAを1,000時間以上減らしたのは？")
    assert (asked.content, asked.population) == (("rpa", "減らす"), (0, 9))
    assert asked.quantity
    assert (asked.quantity.low, asked.quantity.unit) == (1000, "時間")
    assert understand("RPAを使う市は？").population is None
