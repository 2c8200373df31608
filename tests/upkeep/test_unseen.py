"""Invented documents in an index of their own."""

import json
from pathlib import Path

from settings import Settings
from tests.evaluation.samples import UNITS
from upkeep.unseen import unseen_answerer


def test_units_become_sentences_of_their_town_below_their_heading(
    tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    lines = "".join(json.dumps(unit) + "\n" for unit in UNITS)
    (folder / "units.jsonl").write_text(lines, encoding="utf-8")
    for _ in range(2):  # a second run takes the place of the first
        generation = unseen_answerer(settings, folder).generation
        assert len(generation.documents) == 2
        told = [
            (chunk.place.code if chunk.place else None, chunk.heading[-1], unit.text)
            for chunk in generation.chunks
            for unit in chunk.units
        ]
        # 府中市 lies in Tokyo too: the prefecture tells them apart.
        assert told == [
            ("252018", "概要", "大津市は紙をやめた。"),
            ("252018", "効果", "費用は5万円である。"),
            ("342084", "概要", "窓口を一つにした。"),
        ]
    assert not settings.index_folder.exists()
