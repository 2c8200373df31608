"""Savings that sentences state, read by hand."""

import pytest

from answer.contract import Quote
from answer.effects import Effect, comparable_effects, says_saved
from ingest.documents import Place
from tests.answer.made import KYOTO, MACHIDA, SAITAMA

OTHER = {
    "hours_a_year": "年1時間を削減した。",
    "yen_a_year": "年1円を削減した。",
    "share_of_work": "作業を1%削減した。",
}


def quote(text: str, document: str = "a.md", start: int = 0) -> Quote:
    return Quote(text, document, (), None, start, start + len(text), (0, 1))


def read(text: str) -> dict[str, list[tuple[float, bool]]]:
    """What one sentence says, beside another place that says 1 of each measure."""
    others = [(KYOTO, quote(said, "other.md", at)) for at, said in enumerate(OTHER.values())]
    found = comparable_effects([(SAITAMA, quote(text)), *others])
    return {
        measure: [(e.value, e.estimated) for e in effects if e.place == SAITAMA]
        for measure, effects in found.items()
    }


@pytest.mark.parametrize(
    ("text", "measure", "values"),
    [
        ("RPAにより年間1,200時間を削減した。", "hours_a_year", [1200]),
        ("年２万時間の短縮になった。", "hours_a_year", [20000]),
        ("年416.7時間、率では約65%減少した。", "hours_a_year", [416.7]),
        ("削減効果は74業務で年9,000時間近いとされた。", "hours_a_year", [9000]),
        ("人件費の削減は年に約2,300万円分に当たる。", "yen_a_year", [23_000_000]),
        ("事務の時間が2,000時間(67.6%)減った。", "share_of_work", [67.6]),
        ("作業時間の削減率は、甲で79.2%、乙で83.3%となった。", "share_of_work", [83.3, 79.2]),
        ("手作業に比べて4割の時間を削減できた。", "share_of_work", [40]),
    ],
)
def test_saving_is_read_in_its_measure(text: str, measure: str, values: list[float]) -> None:
    assert read(text)[measure] == [(value, False) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "合計2,028時間を削減した。",  # of which period?
        "月500時間を削減した。",
        "1人当たり年33時間の削減効果がある。",
        "作業が年300時間から120時間に短縮された。",
        "年100時間まで減らした。",
        "年18時間かかっていたのが、10時間ほどに短縮された。",
        "年1,000時間の削減を目標とする。",
        "紙の使用量が3割減少した。",  # no work
        "年1,200時間を使っている。",
        "",
    ],
)
def test_what_is_no_comparable_saving_is_left_out(text: str) -> None:
    assert not any(read(text).values())


def test_estimate_is_told_from_what_was_measured() -> None:
    assert read("年190時間の削減になると見込む。") == {"hours_a_year": [(190, True)]}


def test_one_place_alone_compares_with_nobody() -> None:
    alone = [(SAITAMA, quote("年1時間を削減。")), (SAITAMA, quote("年2時間を削減。", start=9))]
    assert comparable_effects(alone) == {}
    both = comparable_effects([*alone, (MACHIDA, quote("年2時間を削減。", "b.md"))])
    assert [(e.place.name, e.value) for e in both["hours_a_year"]] == [
        ("さいたま市", 2.0),
        ("町田市", 2.0),
        ("さいたま市", 1.0),
    ]


def test_sentence_that_is_quoted_twice_counts_once() -> None:
    twice: list[tuple[Place, Quote]] = [(SAITAMA, quote("年1時間を削減。"))] * 2
    other = (MACHIDA, quote("年3時間を削減。", "b.md"))
    (first, second) = comparable_effects([*twice, other])["hours_a_year"]
    assert second == Effect("hours_a_year", 1.0, False, SAITAMA, twice[0][1])
    assert first.place == MACHIDA


@pytest.mark.parametrize(
    ("text", "how_well"),
    [
        ("RPAで年100時間を削減した。", 4),
        ("RPAで年100時間を削減できると見込む。", 3),
        ("RPAで30%を削減した。", 2),
        # What is counted here did the saving.
        ("RPAによる削減効果は74業務で大きい。", 0),
        ("研修に5時間かけた。", 1),
        ("研修をした。", 0),
    ],
)
def test_how_well_a_sentence_says_what_was_saved(text: str, how_well: int) -> None:
    assert says_saved(text, {"時間"}) == how_well
