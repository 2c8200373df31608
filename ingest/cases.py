"""Which municipality's case each section of a document tells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ingest.documents import Case, Document, Place, Section
from ingest.headings import (
    NUMBERED_HEADING,
    Heading,
    heading_paths,
    markdown_headings,
    plain_headings,
)
from ingest.places import Mention, find_places, narrow
from ingest.subjects import subjects_of

# What may stand before and after a name in a heading that announces its case:
# 「3. 東京都町田市の事例」, 「【事例2】さいたま市：入力事務の自動化」.
_BEFORE = re.compile(
    r"[①-⑳■◆◇□●○◎▼▽★☆]?"
    r"(?:【?(?:事例|ケース|取組|取り組み)?[0-9０-９]*[】:：.．、)）]?[\s　]*)?"
    r"(?:[^\s　]{2,3}[都道府県][\s　]+)?"
)
_AFTER = re.compile(
    r"(?:の(?:先進)?(?:事例|取組|取り組み|ケース|DX).*|における.*|[:：（(【\s　].*)?", re.DOTALL
)
# 「RPAの導入（宇都宮市）」
_BEFORE_END, _END = re.compile(r".*[（(【]\s?", re.DOTALL), re.compile(r"\s?[）)】]")


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document, joined without gap from `body_start` to its end.

    A document with a municipality in its front matter tells that one's case throughout. In any
    other, a heading that names a place opens its case, which lasts to the next heading of the
    same or a higher level; a case of the file's own (a row of a table) stands by itself, and so
    does a sentence under no heading's case that begins with its place. What is left tells that
    of the place in the title, if there is one.
    """
    if document.markdown:
        headings = markdown_headings(document.text, document.body_start)
    else:
        headings = plain_headings(document.text, document.body_start, lambda t: bool(_announced(t)))
    paths = heading_paths(headings)
    places = _places(headings, document)
    sections = []
    own = document.metadata.place
    end_of_preface = headings[0].start if headings else len(document.text)
    if end_of_preface > document.body_start or not headings:
        sections.append(Section((), document.body_start, document.body_start, end_of_preface, own))
    for i, heading in enumerate(headings):
        end = headings[i + 1].start if i + 1 < len(headings) else len(document.text)
        sections.append(Section(paths[i], heading.start, heading.end, end, places[i]))
    return tuple(part for section in sections for part in _parts(section, document))


def _parts(section: Section, document: Document) -> Iterator[Section]:
    """A section, cut by the file's own cases, and by sentences that say whose they are."""
    own = document.metadata.place
    for part in _cut(section, document.cases, own):
        if part.place != own or (own and not document.metadata.by_title):
            yield part
        else:
            yield from _cut(part, subjects_of(document.text, part.content_start, part.end), own)


def _cut(section: Section, cases: Iterable[Case], own: Place | None) -> Iterator[Section]:
    """A section, cut where the cases in it change its place; the heading is its own."""
    spans = [(section.start, section.content_start, section.place)]
    at = section.content_start
    for case in cases:
        start, end = max(case.start, at), min(case.end, section.end)
        if start < end:
            spans += [(at, start, section.place), (start, end, case.place or own)]
            at = end
    spans.append((at, section.end, section.place))
    filled = [span for span in spans if span[0] < span[1]]
    if not filled:
        yield section
    for place, group in groupby(filled, lambda span: span[2]):
        parts = list(group)
        start, end = parts[0][0], parts[-1][1]
        content = max(start, section.content_start)
        yield replace(section, start=start, content_start=content, end=end, place=place)


def _places(headings: list[Heading], document: Document) -> list[Place | None]:
    own = document.metadata.place
    if own and not document.metadata.by_title:
        return [own] * len(headings)
    found: list[Place | None] = []
    cases: list[tuple[int, Place]] = []
    for i, heading in enumerate(headings):
        while cases and heading.level <= cases[-1][0]:
            cases.pop()
        end = headings[i + 1].start if i + 1 < len(headings) else len(document.text)
        place = place_announced(heading.title, document.text[heading.end : end])
        if place:
            cases.append((heading.level, place))
        found.append(cases[-1][1] if cases else own)
    return found


def place_of_title(title: str, body: str) -> Place | None:
    """The place whose case a document's title announces; None for the number of a first case."""
    return None if NUMBERED_HEADING.fullmatch(title) else place_announced(title, body)


def place_announced(title: str, body: str = "") -> Place | None:
    """The place whose case a heading announces; None if none, or if it stays ambiguous.

    Of several places of that name, the one whose prefecture `body` names is taken.
    """
    mention = _announced(title)
    return _only(mention, body) if mention else None


def _announced(title: str) -> Mention | None:
    mentions = narrow(find_places(title))
    prefectures = {p.prefecture for m in mentions for p in m.candidates if p.city}
    if len(mentions) == 2:  # 埼玉県 さいたま市, さいたま市（埼玉県）
        mentions = [m for m in mentions if m.text not in prefectures]
    if len(mentions) != 1:
        return None
    before, after = title[: mentions[0].start], title[mentions[0].end :]
    begins = _BEFORE.fullmatch(before) and (_AFTER.fullmatch(after) or _marked(before, after))
    ends = _BEFORE_END.fullmatch(before) and _END.fullmatch(after)
    return mentions[0] if begins or ends else None


def _marked(before: str, after: str) -> bool:
    """「取組４：津市のAI議事録」: numbered as a case, it may go on with whatever it has."""
    return bool(before.strip()) and after.startswith("の")


def _only(mention: Mention, body: str) -> Place | None:
    candidates = mention.candidates
    if len(candidates) > 1:
        candidates = tuple(p for p in candidates if p.prefecture in body)
    return candidates[0] if len(candidates) == 1 else None
