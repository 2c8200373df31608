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
from ingest.places import Mention, find_places, resolved
from ingest.subjects import SPEAKER, subjects_of

# What may stand before and after a name in a heading that announces its case:
# 「3. 東京都町田市の事例」, 「【事例2】さいたま市：入力事務の自動化」.
_BEFORE = re.compile(
    r"(?:[①-⑳■◆◇□●○◎▼▽★☆*]|[(（][0-9０-９]{1,2}[)）])*[\s　]*"
    r"(?:【?(?:事例|ケース|取組|取り組み|第)?[0-9０-９①-⑳.]*[章節】:：.．、)）]?[\s　]*)?"
    r"(?:[^\s　]{2,3}[都道府県][\s　]+)?"
)
_AFTER = re.compile(
    r"(?:の(?:先進)?(?:事例|取組|取り組み|ケース|DX).*|における.*|[:：（(【】「*\s　].*)?",
    re.DOTALL,
)
# 「RPAの導入（宇都宮市）」; but the inspection that a town reports on was elsewhere.
_BEFORE_END = re.compile(r"(?!.*(?:視察|報告|議会|事例集|研修|調査)).*[（(【]\s?", re.DOTALL)
_END = re.compile(r"\s?[）)】]")
_VISITORS = re.compile("視察|議会|質問|検討|研修")
"""In the title of a report on others, in which 本市 is whoever wrote it."""
# 「川越市の事例を踏まえた本市の方針」
_NOT_ITS = re.compile(
    rf"{SPEAKER}|を(?:踏まえ|受け|参考)|に(?:対する|学ぶ)|との?比較|比較対象|と.*の(?:取組|事例)"
)
_ENDS_CASE = re.compile(f"{SPEAKER}|提言|所感|考察")
_OF_OTHERS = re.compile(
    "学ぶ|視察|皆様|ご提案|ご支援|(?:導入|活用|推進|自治体|DX|を)支援|支援(?:事例|実績)|企業|会社|大学|研究|病院"
)
"""In a title that names a town, and is not of that town."""
# What follows the name in a title: 「焼津市DX推進計画」, 「三条市の窓口改革」.
_TITLED = re.compile("の|DX|デジタル|ICT|AI|RPA|行政|総合|自治体")
_SITE = re.compile(
    r".*[|｜\-–—]\s*(?P<who>[^|｜\-–—]{2,20}?)(?:公式.*|(?:ホーム|ウェブ).*|役[所場])?"
)


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document, joined without gap from `body_start` to its end.

    A document with a municipality in its front matter tells that one's case throughout. In any
    other, a heading that names a place opens its case, which lasts to the next heading of the
    same or a higher level; a case of the file's own (a row of a table) stands by itself, and so
    does a sentence under no heading's case that begins with its place. What is left tells that
    of the place in the title, if there is one.
    """
    find = markdown_headings if document.markdown else plain_headings
    headings = find(document.text, document.body_start, lambda title: bool(_announced(title)))
    paths = heading_paths(headings)
    own, places = _places(headings, document)
    sections = []
    end_of_preface = headings[0].start if headings else len(document.text)
    if end_of_preface > document.body_start or not headings:
        sections.append(Section((), document.body_start, document.body_start, end_of_preface, own))
    for i, heading in enumerate(headings):
        end = headings[i + 1].start if i + 1 < len(headings) else len(document.text)
        sections.append(Section(paths[i], heading.start, heading.end, end, places[i]))
    return tuple(part for section in sections for part in _parts(section, document))


def _parts(section: Section, document: Document) -> Iterator[Section]:
    """A section, cut by the file's own cases, and by sentences that say whose they are."""
    told = document.metadata.place is not None and not document.metadata.by_title
    for part in _cut(section, document.cases):
        if told or part.place != section.place:
            yield part
        else:
            spoken = subjects_of(
                document.text,
                part.content_start,
                part.end,
                part.place,
                of_visitors=bool(_VISITORS.search(document.metadata.title)),
            )
            yield from _cut(part, spoken)


def _cut(section: Section, cases: Iterable[Case]) -> Iterator[Section]:
    """A section, cut where the cases in it change its place; the heading is its own."""
    spans = [(section.start, section.content_start, section.place)]
    at = section.content_start
    for case in cases:
        start, end = max(case.start, at), min(case.end, section.end)
        if start < end:
            spans += [(at, start, section.place), (start, end, case.place)]
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


def _places(headings: list[Heading], document: Document) -> tuple[Place | None, list[Place | None]]:
    """The place of what no heading gives to another, and that of each heading's section."""
    own = document.metadata.place
    if own and not document.metadata.by_title:
        return own, [own] * len(headings)
    starts = [*(heading.start for heading in headings[1:]), len(document.text)]
    announced = [
        place_announced(heading.title, document.text[heading.end : end])
        for heading, end in zip(headings, starts, strict=False)
    ]
    levels = {h.level: set[Place]() for h in headings}
    for heading, place in zip(headings, announced, strict=True):
        levels[heading.level] |= {place} if place else set()
    if own and any(own in places and len(places) > 1 for places in levels.values()):
        own = None  # the title was that of the first case
    found: list[Place | None] = []
    cases: list[tuple[int, Place]] = []
    for heading, place in zip(headings, announced, strict=True):
        while cases and heading.level <= cases[-1][0]:
            cases.pop()
        if not place and _ENDS_CASE.search(heading.title):
            cases.clear()
        if place:
            cases.append((heading.level, place))
        found.append(cases[-1][1] if cases else own)
    return own, found


def place_of_title(title: str, body: str) -> Place | None:
    """The place that a document's title names as its own; None for the number of a first case."""
    if NUMBERED_HEADING.fullmatch(title) or _OF_OTHERS.search(title) or _NOT_ITS.search(title):
        return None
    site = _SITE.fullmatch(title)
    mentions = resolved(find_places(title))
    if len(mentions) == 1 and _TITLED.match(title, mentions[0].end):
        titled = _BEFORE.fullmatch(title[: mentions[0].start]) and _only(mentions[0], body)
    else:
        titled = place_announced(site["who"], body) if site else None
    return place_announced(title, body) or titled or None


def place_announced(title: str, body: str = "") -> Place | None:
    """The place whose case a heading announces; None if none, or if it stays ambiguous.

    Of several places of that name, the one whose prefecture `body` names is taken.
    """
    mention = _announced(title)
    return _only(mention, body) if mention else None


def _announced(title: str) -> Mention | None:
    mentions = resolved(find_places(title))
    if len(mentions) == 2 and _is_ward(mentions[1], mentions[0]):  # 大阪市北区
        mentions = [replace(mentions[0], end=mentions[1].end)]
    prefectures = {p.prefecture for m in mentions for p in m.candidates if p.city}
    if len(mentions) == 2:  # 埼玉県 さいたま市, さいたま市（埼玉県）
        mentions = [m for m in mentions if m.text not in prefectures]
    if len(mentions) != 1:
        return None
    before, after = title[: mentions[0].start], title[mentions[0].end :]
    if _NOT_ITS.search(after):
        return None
    begins = _BEFORE.fullmatch(before) and (_AFTER.fullmatch(after) or _marked(before, after))
    ends = _BEFORE_END.fullmatch(before) and _END.fullmatch(after)
    return mentions[0] if begins or ends else None


def _is_ward(mention: Mention, city: Mention) -> bool:
    return mention.start == city.end and mention.text.endswith("区")


def _marked(before: str, after: str) -> bool:
    """「取組４：津市のAI議事録」: numbered as a case, it may go on with whatever it has."""
    return bool(before.strip()) and after.startswith("の")


def _only(mention: Mention, body: str) -> Place | None:
    candidates = mention.candidates
    if len(candidates) > 1:
        candidates = tuple(p for p in candidates if p.prefecture in body)
    return candidates[0] if len(candidates) == 1 else None
