"""Invented documents as a run without a third of the municipalities may read them.

It is to learn from as many invented sentences as any other run, and yet from none that names one of
these towns.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ingest.places import find_places, find_romaji_places, places_named

STEMS = (
    "碧原 霞沢 銀林 朝凪 星影 瑠璃川 翠丘 暁野 雪代 楓谷 水鏡 鈴音 藍浜 桐瀬 "
    "虹浦 石楠 篠笛 緋山 青嵐 夕凪 若葉野 霜月 白樺台 花衣 露草 茜里 紺瀬 薄氷 "
    "麦風 柚木沢 梢原 葦笛 鳩羽 澄川台 琥珀浜 群雲 早蕨 千草野 稲妻原 灯台岬"
).split()
"""No municipality is called so."""

BEFORE = ("", "新", "東", "西")

Taken = Callable[[str], bool]
"""Whether a place is one of those that are not to be known."""


def under_other_names(
    units: Sequence[Mapping[str, Any]],
    judged: Sequence[Mapping[str, Any]],
    wordings: Mapping[str, Sequence[str]],
    taken: Taken,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, tuple[str, ...]]]:
    """Units, questions and wordings with other names for the municipalities that are taken.

    What still names one is left out, and so is what a taken prefecture does; of a question the
    first wording that names none is asked. Raises ValueError as `renaming` does.
    """
    rename = renaming(
        town
        for unit in units
        if taken(town := unit["municipality"]) and any(p.city for p in places_named(town))
    )

    def clean(texts: Iterable[str]) -> list[str]:
        return [text for text in map(rename, texts) if not names_one(text, taken)]

    kept = [
        {**unit, "municipality": rename(unit["municipality"]), "text": text}
        for unit in units
        if not any(taken(p.name) and not p.city for p in places_named(unit["municipality"]))
        for text in clean([unit["text"]])
    ]
    asked = {
        line["id"]: clean([line["question"], *wordings.get(line["id"], ())]) for line in judged
    }
    questions = [{**line, "question": asked[line["id"]][0]} for line in judged if asked[line["id"]]]
    return kept, questions, {of: tuple(texts[1:]) for of, texts in asked.items()}


def renaming(towns: Iterable[str]) -> Callable[[str], str]:
    """What puts another name in the place of each of these towns, wherever its full name stands.

    A town keeps its last letter (市, 町, 村, 区). Raises ValueError for more than 160 towns.
    """
    stems = [before + stem for before in BEFORE for stem in STEMS]
    gone = sorted(set(towns))
    if len(gone) > len(stems):
        raise ValueError(f"{len(gone)} towns, {len(stems)} names")
    names = {town: stem + town[-1] for town, stem in zip(gone, stems, strict=False)}

    def rename(text: str) -> str:
        parts, at = [], 0
        for mention in find_places(text):
            if mention.text in names:
                parts += [text[at : mention.start], names[mention.text]]
                at = mention.end
        return "".join([*parts, text[at:]])

    return rename


def names_one(text: str, taken: Taken) -> bool:
    """Whether a text names a `taken` municipality, be it in short or in romaji.

    What may as well be a prefecture (大阪) does not count.
    """
    mentions = (*find_places(text, stems=True), *find_romaji_places(text))
    return any(
        all(place.city for place in mention.candidates)
        and any(taken(place.name) for place in mention.candidates)
        for mention in mentions
    )
