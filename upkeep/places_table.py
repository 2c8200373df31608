"""Makes `ingest/data/places.csv` from a list of codes and kana.

    python -m upkeep.places_table SOURCE.csv

SOURCE has the columns code, prefecture, city, prefecture_kana, city_kana (half-width kana), as
the ministry's list of local public bodies does. Run it again when municipalities merge.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import jaconv

from ingest.places import TABLE

COLUMNS = ("code", "prefecture", "city", "kana", "romaji")

SUFFIXES = {"市": ("シ",), "区": ("ク",), "町": ("チョウ", "マチ"), "村": ("ソン", "ムラ")}
SUFFIXES |= {"都": ("ト",), "府": ("フ",), "県": ("ケン",)}

# う begins a word of its own here: the vowel before it is not long.
WRITTEN = {
    "カツウラ": "katsuura",
    "ナチカツウラ": "nachikatsuura",
    "マツウラ": "matsuura",
    "コウミ": "koumi",
}

# The ministry's list writes this one with a large ヨ.
MISSPELT = {"シジヨウナワテシ": "シジョウナワテシ"}


def romanise(kana: str) -> str:
    """Hepburn letters of full-width katakana, long vowels written once: トウキョウ → tokyo."""
    if kana in WRITTEN:
        return WRITTEN[kana]
    letters = jaconv.kana2alphabet(jaconv.kata2hira(kana)).replace("-", "").replace("'", "")
    return fold_long_vowels(letters)


def fold_long_vowels(letters: str) -> str:
    """ou, oo and uu become one vowel, as on road signs."""
    for long, short in (("ou", "o"), ("oo", "o"), ("uu", "u")):
        letters = letters.replace(long, short)
    return letters


def rows(source: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the table, in the order of the source."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            name = row["city"] or row["prefecture"]
            kana = jaconv.h2z(row["city_kana"] or row["prefecture_kana"], kana=True)
            kana = MISSPELT.get(kana, kana)
            stem = next(
                (kana.removesuffix(s) for s in SUFFIXES.get(name[-1], ()) if kana.endswith(s)), kana
            )
            yield row["code"], row["prefecture"], row["city"], kana, romanise(stem)


def main() -> None:
    """Write the table; one argument, the source file."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
