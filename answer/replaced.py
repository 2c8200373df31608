"""What of a question no longer holds once another one follows it."""

import re

from answer.levels import fits_level
from answer.question import Question
from answer.spans import Span, disjoint, span_of, spans_of
from answer.who import TOWNS_EN, WHO_JA
from ingest.places import all_places

# What has gone from here to others: よその市にも売れている, 他の市でも使われている.
_FROM_HERE = (
    "(?:にも?|でも|へも?)[^。?]{0,6}(?:売|広|使われ|使わせ|採用され|導入され|展開|提供|渡|教え|貸)"
)
# Whoever asks for others has done with the places before: 他の市は？, "Who else?"
_OTHERS = re.compile(
    rf"^(?:では|じゃあ?)?、?(?:その)?(?:他|ほか|よそ)(?:の(?:{WHO_JA})(?!{_FROM_HERE})|に[^。?]{{0,20}}?(?:どこ|{WHO_JA}))|全国|日本(?:中|全[体国])"
    rf"|\b(?:who|where|anyone|anybody) else\b|\belsewhere\b|\bnationwide\b|\bnationally\b"
    rf"|\bother (?:{TOWNS_EN}|prefectures|places)\b"
    r"|\b(?:all of|all over|across|throughout) (?:japan|the country)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"と(?:の?(?:違い|差)|は?(?:どう|何が)違|(?:比べ|くらべ|比較))|\bcompar\w*|\bdiffer\w*|\bversus\b|\bvs\b",
    re.IGNORECASE,
)
_WIDENS = re.compile(
    r"も(?:含|ふく)め|も(?:入|い)れて|でも(?:いい|よい|良い|可)|\bincluding\b",
    re.IGNORECASE,
)
_SAME_PREFECTURE = re.compile(r"^(?:では|じゃあ?)?、?(?:同じ|同)(?:都道府)?県内?の")
_PARTICLE = re.compile(r"(?:には|では|に|で|の|、)?、?")
_ANY = {"ja": "自治体", "en": "municipalities"}
_TOWNS = {"ja": "市区町村", "en": "cities"}


def replaced(before: Question, question: Question) -> list[tuple[Span, str]]:
    """Where the earlier question sets what the later one sets anew, or what cannot hold with it,
    and what stands there instead; in order, none overlapping.

    Places of the later question replace all earlier ones, unless it compares with these or lets in
    more (四国も含めて); one that asks for others drops them. Its period, threshold, population and
    level replace those of their sort. A level gives way to municipalities in general.
    """
    instead = _of_places(before, question)
    gone = {span for span, put in instead.items() if not put}
    bounds = [(before.period, question.period), (before.quantity, question.quantity)]
    spans = spans_of(earlier for earlier, later in bounds if earlier and later)
    for start, end in (*spans, *(before.population if question.population else ())):
        particle = _PARTICLE.match(before.normal, end)
        instead[start, particle.end() if particle else end] = ""
    if before.level_span and (_is_other_level(before, question) or _fits_none(before, question)):
        any_of = _TOWNS if question.level == "municipal" else _ANY
        instead[before.level_span] = any_of[before.lang]
    return [
        (_with_tie(before.normal, span) if span in gone else span, instead[span])
        for span in disjoint(instead)
    ]


def _with_tie(text: str, span: Span) -> Span:
    """A name that opens a clause together with its の."""
    start, end = span
    opens = not text[:start].strip() or text[start - 1] in " 、。"
    return (start, end + 1) if opens and text.startswith("の", end) else span


def _is_other_level(before: Question, question: Question) -> bool:
    """Whether the later question asks for a class that is not one of the earlier one's."""
    if before.level == "municipal":
        return question.level == "prefecture"
    return question.level is not None


def _of_places(before: Question, question: Question) -> dict[Span, str]:
    """What of the earlier question's places goes, and what stands there instead."""
    later, earlier = question.normal, before.normal
    if question.is_placed and (widens(later) or (before.places and _COMPARES.search(later))):
        return {}
    if not question.is_placed and _SAME_PREFECTURE.search(later):
        return {
            span_of(m): f"{earlier[m.start : m.end]}と同じ県の市町村で"
            for m in before.places
            if all(place.city for place in m.candidates)
        }
    if asks_for_others(question):
        return {span: _but(before, span) for span in before.place_spans}
    gone = before.place_spans if question.is_placed else _impossible(before, question)
    return dict.fromkeys(gone, "")


def _but(before: Question, span: Span) -> str:
    """What leaves out the town that is named there; "" for an area or a prefecture."""
    named = before.normal[slice(*span)]
    towns = [m for m in before.places if span_of(m) == span and all(p.city for p in m.candidates)]
    if not towns:
        return ""
    return f"{named}以外" if before.lang == "ja" else f"other than {named}"


def widens(text: str) -> bool:
    """Whether a follow-up lets in more than the question before it: 実証も含めて."""
    return bool(_WIDENS.search(text))


def asks_for_others(question: Question) -> bool:
    """Whether a follow-up asks for others than the places named before, and names none."""
    return not question.is_placed and bool(_OTHERS.search(question.normal))


def _impossible(before: Question, question: Question) -> list[Span]:
    """Where the earlier question names places and areas of which the later one admits none."""
    if not (before.places or before.areas) or not (question.level or question.areas):
        return []
    meant = [place for place in all_places() if question.admits(place)]
    places, prefectures = set(meant), {place.prefecture for place in meant}
    gone = [
        mention
        for mention in before.places
        if not any(
            place in places or (place.city is None and place.prefecture in prefectures)
            for place in mention.candidates
        )
    ]
    return spans_of((*gone, *(a for a in before.areas if not any(map(a.admits, meant)))))


def _fits_none(before: Question, question: Question) -> bool:
    """Whether the later question names places, none of which is of the earlier one's level."""
    return question.is_placed and not any(
        fits_level(place, before.level) for place in all_places() if question.admits(place)
    )
