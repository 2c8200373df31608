"""What kind of answer a question wants, whatever places it names."""

import re

from answer.areas import Area
from answer.kinds import MARK, Asked, kind_of
from ingest.places import Mention
from messages import Lang

# 福岡市と福岡県: neither tells where the other lies.
_SIDE_BY_SIDE = re.compile(
    rf"{MARK}[とや・、は]{MARK}|{MARK} (?:and|or|with|vs\.?|versus) {MARK}"
    rf"|differs? (?:from|to) {MARK}|{MARK}より"
)


def asked_of(text: str, lang: Lang, places: tuple[Mention, ...], areas: tuple[Area, ...]) -> Asked:
    """The kind, found with every named place and area taken out of the text."""
    marks = [(p.start, p.end, MARK) for p in places]
    marks += [
        (a.start, a.end, " ") for a in areas if not any(a.start <= p.start < a.end for p in places)
    ]
    for start, end, mark in sorted(marks, reverse=True):
        text = f"{text[:start]}{mark}{text[end:]}"
    # "Which Kyushu cities" without the name asks as "which cities" does.
    text = re.sub(" {2,}", " ", text)
    cities = [p for p in places if all(place.city for place in p.candidates)]
    named = places if _SIDE_BY_SIDE.search(text) else _apart(places)
    return kind_of(text, lang, len({p.candidates for p in named}), len(cities))


def _apart(places: tuple[Mention, ...]) -> list[Mention]:
    """The mentions less prefectures that only tell where another one lies."""
    lying = {place.prefecture for p in places for place in p.candidates if place.city}
    alone = [p for p in places if any(c.city or c.prefecture not in lying for c in p.candidates)]
    return list({p.candidates: p for p in alone}.values())
