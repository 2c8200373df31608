"""Which municipality's case each section of a document tells."""

import re

from ingest.documents import Document, Place, Section
from ingest.headings import Heading, heading_paths, markdown_headings, plain_headings
from ingest.places import Mention, find_places, narrow

# What may stand before and after a name in a heading that announces its case:
# 「3. 東京都町田市の事例」, 「【事例2】さいたま市：入力事務の自動化」.
_BEFORE = re.compile(
    r"(?:【?(?:事例|ケース|取組|取り組み)?[0-9０-９]*[】:：.．、)）]?[\s　]*)?"
    r"(?:[^\s　]{2,3}[都道府県][\s　]+)?"
)
_AFTER = re.compile(
    r"(?:の(?:先進)?(?:事例|取組|取り組み|ケース|DX).*|[:：（(【\s　].*)?", re.DOTALL
)


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document, joined without gap from `body_start` to its end.

    A document with a municipality in its front matter tells that one's case throughout. In any
    other, a heading that names a place opens its case, which lasts to the next heading of the
    same or a higher level.
    """
    find = markdown_headings if document.markdown else plain_headings
    headings = find(document.text, document.body_start)
    paths = heading_paths(headings)
    places = _places(headings, document)
    sections = []
    end_of_preface = headings[0].start if headings else len(document.text)
    if end_of_preface > document.body_start or not headings:
        own = document.metadata.place
        sections.append(Section((), document.body_start, document.body_start, end_of_preface, own))
    for i, heading in enumerate(headings):
        end = headings[i + 1].start if i + 1 < len(headings) else len(document.text)
        sections.append(Section(paths[i], heading.start, heading.end, end, places[i]))
    return tuple(sections)


def _places(headings: list[Heading], document: Document) -> list[Place | None]:
    if document.metadata.place:
        return [document.metadata.place] * len(headings)
    found: list[Place | None] = []
    case: tuple[int, Place] | None = None
    for i, heading in enumerate(headings):
        if case and heading.level <= case[0]:
            case = None
        end = headings[i + 1].start if i + 1 < len(headings) else len(document.text)
        place = place_announced(heading.title, document.text[heading.end : end])
        if place:
            case = (heading.level, place)
        found.append(case[1] if case else None)
    return found


def place_announced(title: str, body: str = "") -> Place | None:
    """The place whose case a heading announces; None if none, or if it stays ambiguous.

    Of several places of that name, the one whose prefecture `body` names is taken.
    """
    mentions = narrow(find_places(title))
    prefectures = {p.prefecture for m in mentions for p in m.candidates if p.city}
    if len(mentions) == 2:  # 埼玉県 さいたま市, さいたま市（埼玉県）
        mentions = [m for m in mentions if m.text not in prefectures]
    if len(mentions) != 1:
        return None
    mention = mentions[0]
    before, after = title[: mention.start], title[mention.end :]
    if not (_BEFORE.fullmatch(before) and _AFTER.fullmatch(after)):
        return None
    return _only(mention, body)


def _only(mention: Mention, body: str) -> Place | None:
    candidates = mention.candidates
    if len(candidates) > 1:
        candidates = tuple(p for p in candidates if p.prefecture in body)
    return candidates[0] if len(candidates) == 1 else None
