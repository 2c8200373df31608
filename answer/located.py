"""Places named together with where they lie: 宮崎の都城市, Fukaya in Saitama."""

import re
from collections.abc import Sequence
from itertools import pairwise

from answer.exclusions import exclusions
from answer.levels import DESIGNATED
from answer.spans import span_of, spans_of
from ingest.places import Mention

_OF = re.compile(r"内?(?:の|にある)|['’]s ")
_IN = re.compile(r",? (?:in|of) (?:the )?|(?P<comma>, ?)", re.IGNORECASE)
_AND = re.compile(r",? (?:and|or|versus|vs\.?) |, ?", re.IGNORECASE)


def located(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a question in NFKC form, in order; a prefecture's that only says where the
    place beside it lies is one with that place's.

    A bare 宮崎, which may mean the city, counts as the prefecture then. 東京都の町田市以外 stays
    two: what is left out there lies in the prefecture that is asked for.
    """
    ordered = sorted(mentions, key=lambda mention: mention.start)
    left_out = exclusions(text, spans_of(ordered))
    after = {span for span, whole in left_out.items() if whole[1] > span[1]}
    pairs = [_pair(text, one, other, span_of(other) in after) for one, other in pairwise(ordered)]
    found: list[Mention] = []
    for i, mention in enumerate(ordered):
        if found and mention.end <= found[-1].end:
            continue
        if found and _is_ward_of(text, found[-1], mention):
            found[-1] = Mention(
                found[-1].start,
                mention.end,
                text[found[-1].start : mention.end],
                tuple(p for p in found[-1].candidates if p.code in DESIGNATED),
            )
            continue
        pair = pairs[i] if i < len(pairs) else None
        found.append(pair if pair and not _listed(text, ordered[i:], pairs[i:]) else mention)
    return found


def _is_ward_of(text: str, one: Mention, other: Mention) -> bool:
    """Whether the second is a ward of the designated city before it, not of Tokyo: 札幌市中央区."""
    wards = all(place.name.endswith("区") for place in other.candidates)
    between = text[one.end - 2 * (one.text[-2:] in ("'s", "’s")) : other.start]
    city = any(place.code in DESIGNATED for place in one.candidates)
    return wards and city and between in ("", "の", "'s ", "’s ")


def _pair(text: str, one: Mention, other: Mention, is_left_out: bool) -> Mention | None:
    """The mention of both, if one of them says where the other lies."""
    # The word of a romaji name reaches to its end: Saitama's.
    between = text[one.end - 2 * (one.text[-2:] in ("'s", "’s")) : other.start]
    if _OF.fullmatch(between) and not is_left_out:
        inner, outer = other, one
    elif _IN.fullmatch(between):
        inner, outer = one, other
    else:
        return None
    prefectures = {place.prefecture for place in outer.candidates if place.city is None}
    lying = tuple(p for p in inner.candidates if p.city and p.prefecture in prefectures)
    if not lying:
        return None
    return Mention(one.start, other.end, text[one.start : other.end], lying)


def _listed(text: str, mentions: Sequence[Mention], pairs: Sequence[Mention | None]) -> bool:
    """Whether the second mention is one more of a list: Kitakyushu, Fukuoka and Kumamoto."""
    one, other = mentions[:2]
    comma = _IN.fullmatch(text, one.end, other.start)
    if not comma or not comma["comma"] or len(other.candidates) < 2 or len(mentions) < 3:
        return False
    paired = len(pairs) > 2 and pairs[2]
    return bool(_AND.fullmatch(text, other.end, mentions[2].start)) and not paired
