"""Conditions that only say of whom or when is asked: prefectures, classes and periods."""

import re
from collections.abc import Sequence

from answer.spans import Span
from answer.who import WHO_EN, WHO_JA
from messages import Lang

_WHERE = re.compile(
    rf"[内下]?(?:での|では(?!な)|で(?![はもき])|における|において|にある|の(?=(?:{WHO_JA}))|[、\s]|$)"
)
_AND = re.compile(r"(?:、|・|や|か|と|および|及び|または)")
# Only before a thing: 「県で統一した」 and 「町で作った」 tell what is done there.
_CLASS = re.compile(
    r"(?:政令(?:指定)?(?:都市|市)|(?:23|二十三|特別)区|市?町村|市区町村|区市町村|自治体)(?:の中)?"
    r"(?=で(?:は(?!な)|(?![はなすもきあ]))|において|における)"
    r"|[市町村](?=で(?:は(?!な)、?|、?)[a-zァ-ヺ])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:^|[、。?!\s])$")
_WHERE_EN = re.compile(r"\b(?:in|within|across|inside|throughout)(?: the)? $", re.IGNORECASE)
_NOUN_EN = re.compile(rf" {WHO_EN}\b", re.IGNORECASE)
_ON_EN = re.compile(r"(?:['’]s\b| (?:prefectures?|and|or)\b|, (?:and|or)\b)", re.IGNORECASE)
_WHEN = re.compile(r"(?:に(?![比対])|から(?!の)|の|で(?![もは])|、|\s|[?,.]|$)")


def where_only(text: str, spans: Sequence[Span], lang: Lang) -> list[Span]:
    """Those of the prefectures that only tell where: 北海道、青森県で…, "… in Nagano"."""
    if lang == "en":
        return [span for span in spans if len(spans) == 1 and _is_where_en(text, span)]
    found: list[Span] = []
    for start, end in reversed(spans):
        tied = _AND.match(text, end)
        listed = found and tied and tied.end() == found[-1][0]
        if listed or _WHERE.match(text, end):
            found.append((start, end))
    return found


def _is_where_en(text: str, span: Span) -> bool:
    """Whether "in Nagano" ends there, or Nagano stands before its towns."""
    start, end = span
    tied, noun = _WHERE_EN.search(text[:start]), _NOUN_EN.match(text, end)
    return bool(noun) != bool(tied) and not _ON_EN.match(text, end)


def classes_only(text: str, before: Sequence[Span]) -> list[Span]:
    """Where classes of municipality only tell who is asked: 町村でドローンを使うところは？

    They begin a clause, or follow one of the spans `before` that tell whom is asked.
    """
    after = {end for _, end in before}
    return [
        (start, end)
        for start, end in (found.span() for found in _CLASS.finditer(text))
        if _CLAUSE.search(text[:start]) or {start, start - 1} & after
    ]


def when_only(text: str, span: Span) -> list[Span]:
    """The period if it only tells when: 2023年以降にRPAを始めた市."""
    start, end = span
    return [span] if _WHEN.match(text, end) and text[max(0, start - 1) : start] != "が" else []
