"""How many live in each municipality and prefecture: the census of 2020, preliminary counts."""

import csv
from functools import cache
from pathlib import Path

from ingest.documents import Place

TABLE = Path(__file__).parent / "data" / "populations.csv"
"""By the Statistics Bureau of Japan (令和2年国勢調査 人口速報集計): columns code, population."""


def population_of(place: Place) -> int | None:
    """How many lived there on 1 October 2020; None for a place that the census does not have."""
    return _table().get(place.code)


@cache
def _table() -> dict[str, int]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: int(row["population"]) for row in csv.DictReader(lines)}
