"""How many municipalities do a thing."""

import pytest

from answer.counts import as_list, is_count


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("何団体がRPAを使っていますか?", "どの団体がRPAを使っていますか?"),
        ("RPAを使う自治体はいくつある?", "RPAを使う自治体はどこですか?"),
        ("RPAを使う自治体はいくつありますか?", "RPAを使う自治体はどこですか?"),
        ("RPAを使う市は全部でいくつ?", "RPAを使う市はどこですか?"),
        ("RPAを入れた市は何件ありますか", "RPAを入れた市はどこですか"),
        ("RPAを入れた市は何件ですか?", "RPAを入れた市はどこですか?"),
        ("いくつの自治体がAIを使う?", "どの自治体がAIを使う?"),
        ("どのくらいの市がAIを使う?", "どの市がAIを使う?"),
        ("どれだけの市民が使う?", "どれだけの市民が使う?"),
        ("市は何件を処理しましたか?", "市は何件を処理しましたか?"),
        ("申請は何件ありますか?", "申請は何件ありますか?"),
        ("何市民が使う?", "何市民が使う?"),
    ],
)
def test_count_is_asked_as_a_list(text: str, asked: str) -> None:
    assert as_list(text) == asked
    assert is_count(text) == (text != asked)


def test_number_of_municipalities_is_a_count() -> None:
    assert is_count("RPAを使う自治体の数は?")
