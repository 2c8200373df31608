"""Which municipality's case each section of a document tells."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ingest.announced import announced, place_announced
from ingest.documents import Case, Document, Place, Section
from ingest.headings import Heading, heading_paths, markdown_headings, plain_headings
from ingest.subjects import names_other_than, subjects_of
from ingest.whose import SPEAKER

_VISITORS = re.compile("視察|議会|質問|検討|研修|出[\\s　]*張|復[\\s　]*命")
"""In the title of a report on others, in which 本市 is whoever wrote it."""
_ENDS_CASE = re.compile(f"{SPEAKER}|提言|所感|考察")
_HEAD = re.compile(
    r"[\s　・•*○●◆■-]*(?:(?:視察|訪問|用務|照会|調査|取材|聞き?取り)(?:先|相手)|相手[方先]?"
    r"|(?:自治体|団体|市町村|都市)名)[\s　]*[：:　][\s　]*(?P<who>.{2,20}?)[\s　]*"
)
"""A line at the head of a report that says whom it is on."""
HEAD_LINES = 15
"""The head of a document; none of its lines is longer than LONGEST_HEAD_LINE characters."""
LONGEST_HEAD_LINE = 60
_ON_OTHERS = re.compile(
    "(?:(?<!その)他|近隣|先進|先行|周辺)の?(?:市|町|自治体|団体|都市|地(?![域区])|事例)"
    "|(?:^|[\\W\\d])国の|全国の|国内外|社会情勢"
)
_ON_PREFECTURE = re.compile("県内|(?:^|[\\W\\d])県の")
"""In the heading of a part on others in a town's own document; the second not in a prefecture's."""


def sections_of(document: Document) -> tuple[Section, ...]:
    """The sections of a document, joined without gap from `body_start` to its end.

    A document with a municipality in its front matter tells that one's case throughout. In any
    other, a heading that names a place opens its case, which lasts to the next heading of the
    same or a higher level; one of a part on others is of nobody. A case of the file's own (a row
    of a table) stands by itself, and so does a sentence that is about another place. What is left
    tells that of the place in the title, or in lines at the head, if there is one.
    """
    find = markdown_headings if document.markdown else plain_headings
    headings = find(document.text, document.body_start, lambda title: bool(announced(title)))
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
            title, place = document.metadata.title, part.place
            of_visitors = place != document.metadata.place and bool(_VISITORS.search(title))
            spoken = subjects_of(
                document.text, part.content_start, part.end, place, of_visitors=of_visitors
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


def _is_of_others(title: str, own: Place) -> bool:
    """Whether a heading in the document or case of `own` is that of a part on others."""
    if _ON_OTHERS.search(title) or names_other_than(own, title):
        return True
    return own.city is not None and bool(_ON_PREFECTURE.search(title))


def _of_head(document: Document) -> Place | None:
    """The place of lines 「視察先：愛媛県西予市」 at the head of a document, if it is but one."""
    lines = document.text[document.body_start :].split("\n", HEAD_LINES)[:HEAD_LINES]
    short = (line for line in lines if len(line) <= LONGEST_HEAD_LINE)
    told = {place_announced(match["who"]) for line in short if (match := _HEAD.fullmatch(line))}
    return told.pop() if len(told) == 1 else None


def _places(headings: list[Heading], document: Document) -> tuple[Place | None, list[Place | None]]:
    """The place of what no heading gives to another, and that of each heading's section."""
    own = document.metadata.place
    if own and not document.metadata.by_title:
        return own, [own] * len(headings)
    seen = None if own else _of_head(document)
    own = own or seen
    starts = [*(heading.start for heading in headings[1:]), len(document.text)]
    announced_places = [
        place_announced(heading.title, document.text[heading.end : end])
        for heading, end in zip(headings, starts, strict=False)
    ]
    levels = {h.level: set[Place]() for h in headings}
    for heading, place in zip(headings, announced_places, strict=True):
        levels[heading.level] |= {place} if place else set()
    if own and any(own in places and len(places) > 1 for places in levels.values()):
        own = None  # the title was that of the first case
    found: list[Place | None] = []
    cases: list[tuple[int, Place | None]] = []
    for heading, place in zip(headings, announced_places, strict=True):
        while cases and heading.level <= cases[-1][0]:
            cases.pop()
        around = cases[-1][1] if cases else own
        if place:
            cases.append((heading.level, place))
        elif _ENDS_CASE.search(heading.title):
            # What its writers think is not that of the town they saw.
            cases[:] = [(heading.level, None)] if seen else []
        elif around and _is_of_others(heading.title, around):
            cases.append((heading.level, None))
        found.append(cases[-1][1] if cases else own)
    return own, found
