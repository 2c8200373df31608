"""Finds the sentences that say themselves whose they are, whatever stands above them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.documents import Case, Place
from ingest.headings import BULLET
from ingest.places import Mention, find_places, find_romaji_places
from ingest.sentences import split_sentences

_LINKS = re.compile(r"\A(?:(?:また|一方|さらに|なお|次に|続いて|例えば|たとえば)[、，]?|In )")
_NAMES = re.compile(r"[都道府県市区町村]|\b(?:City|Town|Village|Ward|Prefecture)\b")
"""Only sentences with one of these are looked at: looking for places takes its time."""
_OTHER_BODY = (
    "社|企業|法人|大学|研究所|連合|組合|消防|事例|隣|支援|協力|中|例|スタートアップ|メーカー|ベンチャー"
    "|病院|高校|学校|商店|農家|協会|団体|店|先行|先進"
)
# 「川越市が採用した製品は、…」 is of the product.
_PARTICLE = "(?:において|で|に)?[はも]|が(?![^、。]{1,25}?(?:は|によると))|によると"
_IS_ABOUT = re.compile(
    rf"\s?(?:[（(][^（）()]{{1,20}}[）)])?(?:役[所場]|長|教育委員会)?(?:{_PARTICLE}|における|[：:])"
    rf"|の(?!{_OTHER_BODY})(?:(?!{_OTHER_BODY})[^、，。のをにでとはがも]){{1,8}}(?:は|が|も)"
)
_DOES = re.compile(r"(?:では|には|は|が|も)(?!ら)|[「：:]")
_VISITS = re.compile(r"視察[にでをし]|訪れ|訪問|\bvisit")
SPEAKER = (
    # 松本市 and 見本市 do not speak of 本市; 「昨年度本市では」 does.
    r"(?i:(?:(?<![㐀-鿿々])|(?<=[在年度回方時際来後]))"
    r"(?:[本当貴御][市町村区県](?![場間])|[わ我]が[市町村])|\bour (?:city|town|village))"
)
"""Whoever wrote or is written to, by no name."""
_SPEAKS = re.compile(SPEAKER)
# Of whom a sentence is that goes on about neither town nor its measure.
_CLOSES = re.compile(
    "両[市町村]|各[市町村自]|他[市町村]|他の|近隣|隣の|隣接|全国|総務省"
    "|(?<!担)[同当弊]社|[^、。]{1,12}社[のはが]|株式会社|[0-9]+団体|うち[はも]"
    "|(?:^|[、，])[国県][はが]|[2-9２-９二三四五六七八九]市|\\b(?:by contrast|other|neighbo)",
    re.IGNORECASE,
)
_NOBODYS = re.compile(
    "(?:全国|国)(?:で|[はが])|総務省|当(?:会|社|研究所|財団|機構|誌|紙)|弊社|本(?:誌|紙|書|会)|同社"
)
_COMPOUND = re.compile(r" (?:University|Hospital|Council|College|Museum|Station|Airport)\b")
_EVERYWHERE = frozenset(("港区", "中央区", "北区"))
"""Wards of Tokyo that have namesakes in designated cities."""
_LEVEL = re.compile(r"(?:City|Town|Village|Ward|Prefecture)\Z", re.IGNORECASE)


def subjects_of(
    text: str, start: int, end: int, own: Place | None, *, of_visitors: bool = False
) -> Iterator[Case]:
    """The cases in `[start, end)`, which tells that of `own`, of sentences that are of another.

    One that begins with its place, 「町田市では、…」 or "Machida City …", is of that. So are those
    that follow in its paragraph, if there is no `own` that they could be of (else they are of
    nobody), until one names another place or speaks of 本市 or 全国. One that has another place do
    something elsewhere in it is of nobody; and so is 本市 in a report `of_visitors`.
    """
    at = start
    for paragraph in re.findall(r"[^\n]*\n|[^\n]+\Z", text[start:end]):
        quoted = paragraph.lstrip()[:1] in (">", "＞")
        yield from () if quoted else _in_paragraph(paragraph, at, own, of_visitors)
        at += len(paragraph)


def _in_paragraph(paragraph: str, at: int, own: Place | None, of_visitors: bool) -> Iterator[Case]:
    current = own
    for sentence in split_sentences(paragraph):
        told = _told(sentence)
        mentions = _mentions(told, own)
        subject = _subject(told, mentions)
        # 「三重県も見学した」 among the sentences of a city is still of that.
        subject = None if own and subject and not subject.city else subject
        place = None
        if subject:
            place = current = subject
        elif current == own:
            apart = _NOBODYS.match(told) or (own and _acts_in(told, mentions, own))
            apart = apart or (of_visitors and _SPEAKS.search(told))
            place = None if apart else own
        elif (
            _SPEAKS.search(told)
            or _CLOSES.search(told)
            or (current and _names_other(mentions, current))
        ):
            current = own
        elif own is None:
            place = current
        if place != own:
            yield Case(at, at + len(sentence), place)
        at += len(sentence)


def _told(sentence: str) -> str:
    mark = BULLET.match(sentence)
    told = sentence[mark.end() if mark else 0 :].strip().strip("*")
    return _LINKS.sub("", told, count=1)


def _mentions(told: str, own: Place | None) -> list[Mention]:
    """The places named, a prefecture before its city and a ward after it counted with that.

    Not what may be a part of `own`: 港区 of 名古屋市, or 栄町, of which there is one in Chiba.
    """
    if not _NAMES.search(told):
        return []
    found: list[Mention] = []
    for mention in find_places(told) or _leveled(told):
        last = found[-1] if found else None
        between = told[last.end : mention.start] if last else None
        if last and between == "" and mention.text.endswith("区"):
            found[-1] = replace(last, end=mention.end)
            continue
        if last and between in ("", "の", " ", "　") and not last.candidates[0].city:
            within = tuple(p for p in mention.candidates if p.city and p.prefecture == last.text)
            if within:
                found[-1] = replace(mention, start=last.start, candidates=within)
                continue
        found.append(mention)
    return [m for m in found if not (own and _may_lie_in(m, own))]


def _may_lie_in(mention: Mention, own: Place) -> bool:
    place = mention.candidates[0]
    if mention.text != place.city or place.prefecture == own.prefecture:
        return False
    return mention.text in _EVERYWHERE or (mention.text[-1] in "町村" and own.city is not None)


def _leveled(told: str) -> list[Mention]:
    return [m for m in find_romaji_places(told) if _LEVEL.search(m.text)]


def _subject(told: str, mentions: list[Mention]) -> Place | None:
    if not mentions or mentions[0].start or _VISITS.search(told) or _SPEAKS.search(told):
        return None
    first = mentions[0]
    if len(first.candidates) > 1 or _names_other(mentions, first.candidates[0]):
        return None
    if first.text in _EVERYWHERE and first.end == len(first.text):
        return None
    english = first.text.isascii() and not _COMPOUND.match(told, first.end)
    return first.candidates[0] if english or _IS_ABOUT.match(told, first.end) else None


def _names_other(mentions: list[Mention], place: Place) -> bool:
    """Whether another place is named than this one, or the prefecture that it lies in."""
    return any(
        place not in m.candidates
        and not any(p.city is None and p.prefecture == place.prefecture for p in m.candidates)
        for m in mentions
    )


def _acts_in(told: str, mentions: list[Mention], own: Place) -> bool:
    """Whether another municipality does or has something in a sentence."""
    return any(
        own not in m.candidates
        and any(p.city for p in m.candidates)
        and (m.text.isascii() or _DOES.match(told, m.end))
        for m in mentions
    )
