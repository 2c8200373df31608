"""A question told again with one of its things swapped for another, or things left out."""

import re
from collections.abc import Sequence

from answer.spans import Span
from index.terms import fold_width
from index.thesaurus import Thesaurus

_PARTICLE = re.compile(r"(?:による|について|[をにのでがはと])")
_TIED = re.compile(
    r"^(?:と|や|か(?![らつ])|・|および|及び| (?:and|or)\b|['’]s\b"
    r"|(?:の中|[内下])?(?:において|における|にある|では|(?:だけ|のみ|限定)?での?|の(?!み|うち)|から(?=\S)"
    r"|に限(?:って|定して)|に絞って|に|は|だと|なら)?、?)"
)
_TIED_EN = re.compile(r"\b(?:in|of|from|within|across|inside|throughout)(?: the)? $", re.IGNORECASE)
_BARE = re.compile(r"(?:ところ|自治体|市区?町村|事例|[市町村県は?？、。\s])+")


def retold(text: str, concept: str, name: str, thesaurus: Thesaurus) -> str:
    """The NFKC form of a question, with `name` where it names a concept of the thesaurus.

    An empty name leaves the concept out, and a particle that would hang in the air. A question
    that does not name the concept stays as it is.
    """
    told, shift = fold_width(text), 0
    spans = [found for found in thesaurus.find(text, question=True) if found.concept == concept]
    if not spans or len(told) != len(told.lower()):
        return text
    for found in spans:
        start, end = found.start + shift, found.end + shift
        if not name and (particle := _PARTICLE.match(told, end)):
            end = particle.end()
        told = told[:start] + name + told[end:]
        shift += len(name) - (end - start)
    return " ".join(told.split())


def without(text: str, spans: Sequence[Span]) -> str:
    """The NFKC form of a question less `spans` of it, in order, and what ties them in.

    九州でドローンを使う町は？ → ドローンを使う町は？ If nothing is left, the text stays as it is.
    """
    if not spans:
        return text
    told = fold_width(text)
    for start, end in reversed(spans):
        before, after = told[:start], told[end:]
        told = _TIED_EN.sub("", before) + _TIED.sub("", after, count=1)
    told = re.sub(r" (?=[?,])", "", " ".join(told.split())).lstrip(",、 ")
    # Of a question that follows another, only its mark may be left: 「町村では？」
    told = re.sub(r"[?]{2,}", "?", told)
    return told if any(map(str.isalnum, _BARE.sub("", told))) else text
