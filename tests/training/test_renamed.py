"""Invented documents under other names, for a run that is not to know some towns."""

import pytest

from training.renamed import BEFORE, STEMS, names_one, renaming, under_other_names

TAKEN = frozenset({"津市", "遠野市", "福岡市"}).__contains__


def test_town_has_another_name_wherever_it_stands_and_only_there() -> None:
    rename = renaming(["津市", "川上村", "福岡市"])
    # In the order of their letters: 川上村, 津市, 福岡市.
    assert rename("津市は大津市と川上村に送った。福岡市城南区と福岡市も、津も。") == (
        f"{STEMS[1]}市は大津市と{STEMS[0]}村に送った。{STEMS[2]}市城南区と{STEMS[2]}市も、津も。"
    )


def test_two_towns_never_share_a_name() -> None:
    towns = [f"第{i}市" for i in range(len(BEFORE) * len(STEMS))]
    renaming(towns)
    with pytest.raises(ValueError, match="161 towns"):
        renaming([*towns, "余市"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("遠野市の例", True),
        ("遠野の例", True),
        ("How many in Tono City?", True),
        ("福島市の例", False),
        # As well the prefecture.
        ("福岡の例", False),
    ],
)
def test_taken_town_is_noticed_in_full_in_short_and_in_romaji(text: str, named: bool) -> None:
    assert names_one(text, TAKEN) is named


def test_questions_that_name_a_taken_town_follow_or_are_left_out() -> None:
    units = [
        {
            "uid": 1,
            "municipality": "遠野市",
            "prefecture": "岩手県",
            "text": "遠野市は紙をやめた。",
        },
        {"uid": 2, "municipality": "大津市", "prefecture": "滋賀県", "text": "遠野の例に倣った。"},
        {"uid": 3, "municipality": "大津市", "prefecture": "滋賀県", "text": "紙を減らした。"},
    ]
    judged = [
        {"id": "a", "question": "遠野市は紙をやめたか"},
        {"id": "b", "question": "遠野では紙をやめたか"},
        {"id": "c", "question": "Did Tono City give up paper?"},
        {"id": "d", "question": "大津市は紙をやめたか"},
    ]
    wordings = {"a": ["遠野の紙", "遠野市の紙"], "b": ["紙をやめた市"]}
    kept, asked, others = under_other_names(units, judged, wordings, TAKEN)
    new = f"{STEMS[0]}市"
    assert [(u["uid"], u["municipality"], u["text"]) for u in kept] == [
        (1, new, f"{new}は紙をやめた。"),
        (3, "大津市", "紙を減らした。"),
    ]
    assert [(line["id"], line["question"]) for line in asked] == [
        ("a", f"{new}は紙をやめたか"),
        ("b", "紙をやめた市"),
        ("d", "大津市は紙をやめたか"),
    ]
    assert (others["a"], others["b"], others["d"]) == ((f"{new}の紙",), (), ())


def test_what_a_taken_prefecture_does_is_left_out() -> None:
    unit = {"uid": 1, "municipality": "秋田県", "prefecture": "秋田県", "text": "紙をやめた。"}
    assert under_other_names([unit], [], {}, frozenset({"秋田県"}).__contains__)[0] == []
