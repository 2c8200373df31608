"""Other names for the towns of invented documents."""

import pytest

from training.renamed import STEMS, renaming


def test_town_has_another_name_wherever_it_stands_and_only_there() -> None:
    rename = renaming(["津市", "大津市", "川上村"], {"津市", "川上村"}.__contains__)
    # By length, then by name: 川上村 is first, 津市 second.
    assert rename("津市は大津市と川上村に、津の菓子を送った。") == (
        f"{STEMS[1]}市は大津市と{STEMS[0]}村に、津の菓子を送った。"
    )


def test_without_towns_nothing_is_renamed() -> None:
    assert renaming([], lambda town: True)("津市") == "津市"


def test_two_towns_never_share_a_name() -> None:
    towns = [f"第{i}市" for i in range(len(STEMS))]
    rename = renaming(towns, lambda town: True)
    assert len({rename(town) for town in towns}) == len(towns)
    with pytest.raises(ValueError, match="zip"):
        renaming([*towns, "余市"], lambda town: True)
