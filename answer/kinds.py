"""What kind of answer a question wants, whatever places it names."""

import re
from dataclasses import dataclass

from answer import kinds_en, kinds_ja
from answer.areas import Area
from answer.background import asking
from answer.modes import Kind
from answer.who import MARK
from ingest.places import Mention
from messages import Lang

# 福岡市と福岡県: neither tells where the other lies.
_SIDE_BY_SIDE = re.compile(
    rf"{MARK}[とや・、は]{MARK}|{MARK} (?:and|or|with|vs\.?|versus) {MARK}"
    rf"|differs? (?:from|to) {MARK}|{MARK}より"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `kind`, and whether it is asked of municipalities in general."""

    kind: Kind
    of_towns: bool


def asked_of(text: str, lang: Lang, places: tuple[Mention, ...], areas: tuple[Area, ...]) -> Asked:
    """What a question in NFKC form asks, found with every named place and area taken out.

    Background sentences before the question count only if nothing after them asks.
    """
    marked = _marked(text, places, areas)
    named = places if _SIDE_BY_SIDE.search(marked) else _apart(places)
    n_places = len({p.candidates for p in named})
    n_cities = sum(all(place.city for place in p.candidates) for p in places)
    asks, kinds = asking(marked), kinds_ja if lang == "ja" else kinds_en
    of_towns = not n_cities and kinds.asks_towns(asks, n_places)
    return Asked(kinds.kind_of(asks, n_places, n_cities), of_towns)


def _marked(text: str, places: tuple[Mention, ...], areas: tuple[Area, ...]) -> str:
    """The text with MARK in the place of every place, and without its other areas."""
    marks = [(p.start, p.end, MARK) for p in places]
    marks += [
        (a.start, a.end, " ") for a in areas if not any(a.start <= p.start < a.end for p in places)
    ]
    for start, end, mark in sorted(marks, reverse=True):
        text = f"{text[:start]}{mark}{text[end:]}"
    # "Which Kyushu cities" without the name asks as "which cities" does.
    return re.sub(" {2,}", " ", text)


def _apart(places: tuple[Mention, ...]) -> list[Mention]:
    """The mentions less prefectures that only tell where another one lies."""
    lying = {place.prefecture for p in places for place in p.candidates if place.city}
    alone = [p for p in places if any(c.city or c.prefecture not in lying for c in p.candidates)]
    return list({p.candidates: p for p in alone}.values())
