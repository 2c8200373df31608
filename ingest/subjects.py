"""Finds the sentences that say themselves whose they are, whatever stands above them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.documents import Case, Place
from ingest.places import Mention, find_places, find_romaji_places
from ingest.sentences import split_sentences
from ingest.whose import goes_away, is_about, is_beside, is_of_others, speaks, words_of

_NAMES = re.compile(r"[都道府県市区町村]|\b(?:City|Town|Village|Ward|Prefecture)\b")
"""Only sentences with one of these are looked at: looking for places takes its time."""
_AHEAD = re.compile("(?:[^。は（(「『]*[、，])?[^、，。はがをもで（(「『]{0,12}(?<![旧元])")
"""What may come before the place that a sentence is about: 「これに対し、同じ県の」."""
_BETWEEN = ("", "の", " ", "　", "・", "／", "にある")
"""What may stand between a prefecture and its municipality."""
_EVERYWHERE = frozenset(("港区", "中央区", "北区"))
"""Wards of Tokyo that have namesakes in designated cities."""
_LEVEL = re.compile(r"(?:City|Town|Village|Ward|Prefecture)\Z", re.IGNORECASE)


def subjects_of(
    text: str, start: int, end: int, own: Place | None, *, of_visitors: bool = False
) -> Iterator[Case]:
    """The cases in `[start, end)`, which tells that of `own`, of sentences that are of another.

    One that is about a place, 「昨年、町田市では…」 or "Machida City …", is of that. So are
    those that follow in its paragraph, if there is no municipality `own` that they could be of
    (else they are of nobody), until one names another place, or speaks of 本市, others or opinions.
    Among those of `own`, one in which another place does something is of nobody; so is one on
    others without a name (他市では), and 本市 in a report `of_visitors`.
    """
    at = start
    for paragraph in re.findall(r"[^\n]*\n|[^\n]+\Z", text[start:end]):
        quoted = paragraph.lstrip()[:1] in (">", "＞")
        yield from () if quoted else _in_paragraph(paragraph, at, own, of_visitors)
        at += len(paragraph)


def _in_paragraph(paragraph: str, at: int, own: Place | None, of_visitors: bool) -> Iterator[Case]:
    current = own
    for sentence in split_sentences(paragraph):
        told = words_of(sentence)
        mentions = _mentions(told, own)
        subject = _subject(told, mentions)
        place = None
        if subject:
            place = current = subject
        elif current == own:
            place = None if _is_apart(told, mentions, own, of_visitors) else own
        elif goes_away(told) or (current and _names_other(mentions, current)):
            current = own
            place = own if speaks(told) and not of_visitors else None
        elif own is None or own.city is None:
            place = current  # a prefecture tells of its towns
        if place != own:
            yield Case(at, at + len(sentence), place)
        at += len(sentence)


def _mentions(told: str, own: Place | None) -> list[Mention]:
    """The places named, a prefecture before its city and a ward after it counted with that.

    Not what may be a part of `own`: 港区 of 名古屋市, or 栄町, of which there is one in Chiba.
    """
    if not _NAMES.search(told):
        return []
    found: list[Mention] = []
    for mention in find_places(told) or _leveled(told):
        found[-1:] = _together(told, found[-1], mention) if found else [mention]
    # 「松本市長」 may be Mr. Matsumoto.
    found = [m for m in found if told[m.end : m.end + 1] != "長"]
    return [m for m in found if not (own and _may_lie_in(m, own))]


def _together(told: str, last: Mention, mention: Mention) -> list[Mention]:
    """Two names, made one if they are of one place: 札幌市豊平区, 府中市（広島県）."""
    between = told[last.end : mention.start]
    if between == "" and mention.text.endswith("区"):
        return [replace(last, end=mention.end)]
    if between in _BETWEEN and last.candidates[0].city is None:
        within = _within(mention, last.text)
        return (
            [replace(mention, start=last.start, candidates=within)] if within else [last, mention]
        )
    within = _within(last, mention.text) if between in ("（", "(") else ()
    return [replace(last, candidates=within)] if within else [last, mention]


def _within(mention: Mention, prefecture: str) -> tuple[Place, ...]:
    return tuple(p for p in mention.candidates if p.city and p.prefecture == prefecture)


def names_other_than(place: Place, text: str) -> bool:
    """Whether a text names another municipality than this one."""
    mentions = [m for m in _mentions(text, place) if m.candidates[0].city]
    return _names_other(mentions, place)


def _may_lie_in(mention: Mention, own: Place) -> bool:
    place = mention.candidates[0]
    if mention.text != place.city or place.prefecture == own.prefecture:
        return False
    return mention.text in _EVERYWHERE or (mention.text[-1] == "町" and own.city is not None)


def _leveled(told: str) -> list[Mention]:
    return [m for m in find_romaji_places(told) if _LEVEL.search(m.text)]


def _subject(told: str, mentions: list[Mention]) -> Place | None:
    if not mentions:
        return None
    first = mentions[0]
    ahead = told[: first.start]
    if ahead and (first.text.isascii() or not _AHEAD.fullmatch(ahead)):
        return None
    central = [first, *(m for m in mentions[1:] if not is_beside(told, m))]
    if len(first.candidates) > 1 or _names_other(central, first.candidates[0]):
        return None
    if first.text in _EVERYWHERE and first.end - first.start == len(first.text):
        return None
    return first.candidates[0] if is_about(told, first) else None


def _names_other(mentions: list[Mention], place: Place) -> bool:
    """Whether another place is named than this one, or the prefecture that it lies in."""
    return any(
        place not in m.candidates
        and not any(p.city is None and p.prefecture == place.prefecture for p in m.candidates)
        for m in mentions
    )


def _is_apart(told: str, mentions: list[Mention], own: Place | None, of_visitors: bool) -> bool:
    """Whether a sentence among those of `own` is of others, or of who came to see it."""
    if (of_visitors and speaks(told)) or is_of_others(told, own):
        return True
    if own is None or (mentions and own in mentions[0].candidates and is_about(told, mentions[0])):
        return False
    return any(
        own not in m.candidates and any(p.city for p in m.candidates) and not is_beside(told, m)
        for m in mentions
    )
