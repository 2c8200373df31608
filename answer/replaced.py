"""What of a question no longer holds once another one follows it."""

import re

from answer.levels import fits_level
from answer.question import Question
from index.terms import fold_width
from ingest.places import all_places

_PARTICLE = re.compile(r"(?:には|では|に|で|の|、)?、?")
_ANY = {"ja": "自治体", "en": "municipalities"}


def replaced(before: Question, question: Question) -> list[tuple[int, int, str]]:
    """Where the NFKC form of the earlier question sets what the later one sets anew, or what
    cannot hold with it, and what stands there instead; in order, none overlapping.

    Places of the later question replace all earlier ones; its period, threshold, population and
    level those of their sort. A level gives way to municipalities in general.
    """
    if question.is_placed:
        cuts = [(start, end, "") for start, end in before.place_spans]
    else:
        cuts = [(start, end, "") for start, end in _impossible(before, question)]
    text = fold_width(before.text)
    bounds = [(before.period, question.period), (before.quantity, question.quantity)]
    spans = [(earlier.start, earlier.end) for earlier, later in bounds if earlier and later]
    for start, end in (*spans, *(before.population if question.population else ())):
        particle = _PARTICLE.match(text, end)
        cuts.append((start, particle.end() if particle else end, ""))
    if before.level_span and (question.level or _fits_none(before, question)):
        cuts.append((*before.level_span, _ANY[before.lang]))
    apart: list[tuple[int, int, str]] = []
    for cut in sorted(cuts):
        if not apart or cut[0] >= apart[-1][1]:
            apart.append(cut)
    return apart


def _impossible(before: Question, question: Question) -> list[tuple[int, int]]:
    """Where the earlier question names places and areas of which the later one admits none."""
    if not (before.places or before.areas) or not (question.level or question.areas):
        return []
    meant = [place for place in all_places() if question.admits(place)]
    places, prefectures = set(meant), {place.prefecture for place in meant}
    spans = [
        (mention.start, mention.end)
        for mention in before.places
        if not any(
            place in places or (place.city is None and place.prefecture in prefectures)
            for place in mention.candidates
        )
    ]
    spans += [(a.start, a.end) for a in before.areas if not any(map(a.admits, meant))]
    return spans


def _fits_none(before: Question, question: Question) -> bool:
    """Whether the later question names places, none of which is of the earlier one's level."""
    return question.is_placed and not any(
        fits_level(place, before.level) for place in all_places() if question.admits(place)
    )
