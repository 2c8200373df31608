"""The ledger of a corpus: which figures and sources each of its documents has to tell."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from errors import JireiError

LEDGER = "figures.csv"
COLUMNS = ("document", "figures", "sources")
NO_URL = "-"
"""What stands in the ledger for a source that has a title and no URL."""

_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_SCALE = {"千": 10**3, "万": 10**4, "千万": 10**7, "億": 10**8, "千億": 10**11, "兆": 10**12}
_PART = re.compile(rf"({_NUMBER})(千?[兆億万]|千)?")
_FIGURE = re.compile(rf"(?:{_NUMBER}(?:千?[兆億万]|千))+(?:{_NUMBER})?|{_NUMBER}")


@dataclass(frozen=True, slots=True)
class Row:
    """What a document has to tell: figures from the smallest on, sources (URL or "-") sorted."""

    figures: tuple[str, ...]
    sources: tuple[str, ...]


Ledger = Mapping[str, Row]
"""Rows by document: its path within the corpus."""
Subject = tuple[str, str]
"""Prefecture and municipality, or "" and the title of an article."""


def figures_of(text: str) -> tuple[str, ...]:
    """The different numbers of a text by value, the smallest first: 1万5,823人 → 15823."""
    found = {_value(match) for match in _FIGURE.findall(unicodedata.normalize("NFKC", text))}
    return tuple(f"{value:f}" for value in sorted(found))


def _value(figure: str) -> Decimal:
    parts = _PART.findall(figure)
    total = sum(Decimal(number.replace(",", "")) * _SCALE.get(s, 1) for number, s in parts)
    # normalize() alone would make 2000 "2E+3" and 2.0 "2"; ":f" turns the former back.
    return Decimal(total).normalize()


def read_ledger(path: Path) -> dict[str, Row]:
    """The rows of the ledger by document. Raises JireiError if it is missing or broken."""
    if not path.is_file():
        raise JireiError("path_missing", path=path)
    ledger: dict[str, Row] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            name = row.get("document")
            if tuple(row) != COLUMNS or not name or name in ledger or None in row.values():
                raise JireiError("corpus_ledger_line", file=path.name, line=number)
            ledger[name] = Row(tuple(row["figures"].split()), tuple(row["sources"].split()))
    return ledger


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Writes the ledger, documents in order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for name, row in sorted(ledger.items()):
            writer.writerow((name, " ".join(row.figures), " ".join(row.sources)))


def subject_of(fields: Mapping[str, Any]) -> Subject:
    """Whom front matter or a record of facts is about: prefecture and municipality.

    What is about no municipality, an explanatory article, is known by its title: ("", title).
    """
    prefecture, municipality = fields.get("prefecture"), fields.get("municipality")
    return str(prefecture or ""), str(municipality or fields.get("title"))


def read_facts(folder: Path) -> dict[Subject, Row]:
    """What the records of facts (all *.yaml of a folder) tell of each subject.

    Several records of one municipality become one row. Raises JireiError for a broken file.
    """
    if not folder.is_dir():
        raise JireiError("path_missing", path=folder)
    texts: dict[Subject, list[str]] = {}
    sources: dict[Subject, set[str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            for record in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
                told = [str(text) for text in (record["title"], *record["facts"])]
                texts.setdefault(subject_of(record), []).extend(told)
                named = {_source_name(source) for source in record["sources"]}
                sources.setdefault(subject_of(record), set()).update(named)
        except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise JireiError("corpus_facts_broken", file=path.name) from error
    return {
        subject: Row(figures_of("\n".join(told)), tuple(sorted(sources[subject])))
        for subject, told in texts.items()
    }


def _source_name(source: object) -> str:
    return str(source) if re.match(r"https?://", str(source)) else NO_URL
