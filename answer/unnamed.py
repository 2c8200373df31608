"""A question of a place, without the place's name."""

import re
from collections.abc import Sequence

from index.terms import fold_width
from ingest.places import Mention
from messages import Lang

_KINDS_EN = {
    **dict.fromkeys("都道府県", "prefecture"),
    "市": "city", "区": "ward", "町": "town", "村": "village",
}  # fmt: skip
_JOINED_BEFORE = "(?<![一-鿿ァ-ヺーA-Za-z0-9-])"
_JOINED_AFTER = re.compile("[一-鿿ァ-ヺーA-Za-z0-9+-]")
# 市役所, 市民 and 市議会 are the place's own; a hospital or university has a name.
_INSTITUTION = re.compile("立|民.{,2}病院")
_KIND_OF = r"(?:\b[Tt]he )?(?:\b(?P<kind>[Cc]ity|[Tt]own|[Vv]illage|[Ww]ard|[Pp]refecture) of )?"
_OWNER = re.compile(r"['’]s?$")
_DETERMINER = re.compile(
    r"\b(?:an?|this|that|these|those|every|each|any|some|all|both|many|few|several|most|more"
    r"|other|another|no|my|our|their|its|new|small|large|big) $",
    re.IGNORECASE,
)
_CAPITALISED_AFTER = re.compile(r" [A-Z]\w*[a-z]")
_CAPITALISED_BEFORE = re.compile(r"\S [A-Z]\w*[a-z]\w* $")


def unnamed(text: str, mentions: Sequence[Mention], lang: Lang) -> str:
    """A question with 市, 町 … or "the city", "the town" … where it names its only place.

    What is read is of this place anyway: models like a sentence too well for the name alone, and
    seldom know whose name is meant in Latin letters. A question that names several places stays as
    it is, and so does a name within another one (都農ページ, Kobe Steel, e-Kaga).
    """
    if len({mention.candidates for mention in mentions}) != 1:
        return text
    kinds = {place.name[-1] for place in mentions[0].candidates}
    names = "|".join(re.escape(m.text) for m in sorted(mentions, key=lambda m: -len(m.text)))
    told = fold_width(text)
    return (_japanese if lang == "ja" else _english)(told, names, kinds)


def _japanese(text: str, names: str, kinds: set[str]) -> str:
    def kind_of(found: re.Match[str]) -> str:
        name, after = found[0], text[found.end() :]
        has_kind = name[-1] in _KINDS_EN
        if (_INSTITUTION if has_kind else _JOINED_AFTER).match(after):
            return name
        return min(kinds) if len(kinds) == 1 else "自治体"

    return re.sub(rf"{_JOINED_BEFORE}(?:{names})(?:(?<=[A-Za-z])[市区町村県])?", kind_of, text)


def _english(text: str, names: str, kinds: set[str]) -> str:
    def kind_of(found: re.Match[str]) -> str:
        before, after = text[: found.start()], text[found.end() :]
        owner = _OWNER.search(found[0])
        in_name = not owner and _CAPITALISED_AFTER.match(after)
        if in_name or _CAPITALISED_BEFORE.search(before):
            return found[0]
        alone = _KINDS_EN[min(kinds)] if len(kinds) == 1 else "municipality"
        kind = (found["kind"] or alone).lower()
        article = "" if _DETERMINER.search(before) else "the "
        return f"{article}{kind}{owner[0] if owner else ''}"

    return re.sub(rf"{_KIND_OF}(?<![\w-])(?:{names})(?![\w-])", kind_of, text)
