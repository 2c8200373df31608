"""Finds, in text that stands under no case, the sentences that say themselves whose they are."""

import re
from collections.abc import Iterator

from ingest.documents import Case, Place
from ingest.headings import BULLET
from ingest.places import Mention, find_places, find_romaji_places, narrow
from ingest.sentences import split_sentences

_LINKS = re.compile(r"\A(?:(?:また|一方|さらに|なお|次に|続いて|例えば|たとえば)[、，]?|In )")
_OF_IT = "(?:(?:における|の)[^、，。はがも]{1,15}?)?"
_IS_ABOUT = re.compile(rf"{_OF_IT}(?:において|で)?[はも]|[、，]")
_DOES = re.compile(rf"{_OF_IT}が")
_MAY_NAME = re.compile(r"[^、。，はが]{1,11}[都道府県市区町村]|[A-Z][a-z]")
"""Only a sentence that begins so is looked at: looking for places takes its time."""
_LEVEL = re.compile(r"(?:City|Town|Village|Ward|Prefecture)\Z", re.IGNORECASE)


def subjects_of(text: str, start: int, end: int) -> Iterator[Case]:
    """The cases that sentences of `[start, end)` open: 「町田市では、…」, "Machida City …".

    Each lasts to the end of its paragraph, or to the next sentence there with another subject.
    """
    at = start
    for paragraph in text[start:end].splitlines(keepends=True):
        opened: Case | None = None
        here = at
        for sentence in split_sentences(paragraph):
            place = _subject(sentence, paragraph)
            if place:
                if opened:
                    yield Case(opened.start, here, opened.place)
                opened = Case(here, here, place)
            here += len(sentence)
        if opened:
            yield Case(opened.start, here, opened.place)
        at += len(paragraph)


def _subject(sentence: str, paragraph: str) -> Place | None:
    mark = BULLET.match(sentence)
    told = sentence[mark.end() if mark else 0 :].strip()
    told = _LINKS.sub("", told, count=1)
    if not _MAY_NAME.match(told):
        return None
    mention = _japanese_subject(told) or _english_subject(told)
    if mention is None:
        return None
    told_of = narrow([mention, *find_places(paragraph)])[0].candidates
    return told_of[0] if len(told_of) == 1 else None


def _japanese_subject(sentence: str) -> Mention | None:
    mentions = find_places(sentence[:80])
    if not mentions or mentions[0].start:
        return None
    first, others = mentions[0], [m for m in mentions[1:] if any(p.city for p in m.candidates)]
    if others and sentence[first.end : others[0].start] in ("の", " ", "　"):  # 広島県の府中市
        first, others = others[0], others[1:]
    after = sentence[first.end :]
    if others and others[0].start == first.end + 1:  # 小牧市、春日井市は: of both
        return None
    if _IS_ABOUT.match(after) or (_DOES.match(after) and not others):
        return first
    return None


def _english_subject(sentence: str) -> Mention | None:
    mentions = find_romaji_places(sentence[:80])
    if not mentions or mentions[0].start or not _LEVEL.search(mentions[0].text):
        return None
    return None if re.match(r" and |, [A-Z]", sentence[mentions[0].end :]) else mentions[0]
