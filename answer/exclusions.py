"""Which of the places, areas and classes that a question names it leaves out."""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from answer.spans import Span
from answer.who import WHO_JA

# What may stand between a name and the word that excludes it: 東京都内の自治体を除く.
_PART = r"(?:の?[都道府県]?内|地方|地域)?(?:の(?:自治体|市区?町村|市町村|町村|各市))?"
REMOVED_JA = "除(?:く|い[たて]|き|外し[たて])|抜きで?"
NEEDLESS_JA = "要りません|いりません|要らない|いらない|不要"
_EXCEPT = re.compile(
    rf"{_PART}(?:だけ|のみ)?(?:以外|(?<!だけ)(?<!のみ)(?:では|じゃ)ない|[をは]?(?:{REMOVED_JA})"
    rf"|を含ま(?:ない|ず)|[はも](?:{NEEDLESS_JA})(?:です)?"
    r"|の(?:ほか|他)(?=に|で|は|、))[にでのはも、]*"
    r"|,? (?:is |are )?(?:excluded|excepted|aside)\b,?"
)
# Of an area (九州の他の市), the other ones lie in it.
_OTHERS = re.compile(rf"{_PART}の(?:ほか|他)(?=の(?:{WHO_JA}))の")
_EXCEPT_EN = re.compile(
    r"\b(?:(?:all|any(?:where|one|body)?|every(?:where|one|body)?) but|other than|besides"
    r"|except(?:ing)?(?: for)?|apart from|aside from|excluding|outside(?: of)?"
    r"|not (?:in|from|including|counting)|(?<=[(])not)"
    r"(?: (?:those|the ones))?(?: (?:in|of|from))?(?: the)?(?: (?:city|prefecture) of)? $",
    re.IGNORECASE,
)
# Of a town alone: 県ではなく会社が払った leaves no prefecture out.
_NOT_THERE = re.compile(r"(?:では?|じゃ)なく(?!な)て?、?")
_NOT_THERE_EN = re.compile(r"(?:(?<=, )not|\brather than|\binstead of) $", re.IGNORECASE)
_JOINT = re.compile(
    r"\s?(?:などの?|と|や|か|・|、|,|/|または|及び|および|並びに|ならびに|and|or)\s?"
)
_JOINT_EN = re.compile(r"(?:, ?|,? (?:and|or|nor) )(?:the )?", re.IGNORECASE)
_LOOK_BACK = 40


def exclusions(text: str, spans: Iterable[Span], towns: Collection[Span] = ()) -> dict[Span, Span]:
    """Those of the named spans that a question in NFKC form leaves out, each with the words
    around it that say so.

    In a list (東京都と埼玉県を除く, "except Osaka and Kyoto") every one is left out. `spans` do not
    overlap; those of `towns` name a town, beside which there are others (北見市の他の自治体).
    """
    ordered = sorted(spans)
    found = {span: whole for span in ordered if (whole := _excluded(text, span, span in towns))}
    for one, following in reversed(list(pairwise(ordered))):
        after = found.get(following)
        if after and after[1] > following[1] and _JOINT.fullmatch(text, one[1], following[0]):
            found.setdefault(one, (one[0], following[0]))
    return _listed_in_english(text, ordered, found)


def _excluded(text: str, span: Span, is_town: bool) -> Span | None:
    start, end = span
    of_town = _OTHERS.match(text, end) or _NOT_THERE.match(text, end) if is_town else None
    if match := _EXCEPT.match(text, end) or of_town:
        return start, match.end()
    before = text[max(0, start - _LOOK_BACK) : start]
    if match := _EXCEPT_EN.search(before) or (_NOT_THERE_EN.search(before) if is_town else None):
        return start - len(match.group()), end
    return None


def _listed_in_english(text: str, ordered: list[Span], found: dict[Span, Span]) -> dict[Span, Span]:
    listed = dict(found)
    for one, following in pairwise(ordered):
        before = listed.get(one)
        if before and before[1] == one[1] and _JOINT_EN.fullmatch(text, one[1], following[0]):
            listed.setdefault(following, (one[1], following[1]))
    return listed
