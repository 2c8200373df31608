"""Names of companies, universities and events that begin with a place's: 東京ガス, 北海道大学."""

import re

_JAPANESE = re.compile(
    "大学|ガス|メトロ|電力|銀行|新聞|新幹線|オリンピック|五輪|パラリンピック|万博|フイルム|フィルム"
    "|ソフト|ゼロックス|地震|コンサドーレ|カープ|マラソン|ドーム|スカイツリー|ディズニー|議定書"
)
# After 横浜市 or 埼玉県 in full.
_OF_TOWN = re.compile("立(?:大学|病院|高校|図書館)|警")
_ENGLISH = re.compile(
    " (?:university|college|institute|gas|electric|bank|earthquake|metro|olympics|motors?|ltd|inc"
    r"|corporation|internet|media|shimbun|express|model|protocol|expo)\b",
    re.IGNORECASE,
)
_COMPANIES = frozenset(("toyota", "hitachi"))
_WITH = re.compile(r"\b(?:with|by|from|of) (?:the )?$", re.IGNORECASE)


def goes_on_as_body(text: str, end: int, is_full: bool) -> bool:
    """Whether a Japanese name that ends there, with its 市 or 県 if `is_full`, is only part of such
    a name.
    """
    return bool(_JAPANESE.match(text, end) or (is_full and _OF_TOWN.match(text, end)))


def goes_on_as_english_body(text: str, start: int, end: int, word: str) -> bool:
    """The same of a romaji name [start, end), `word` being it without its level, in lower case."""
    company = word in _COMPANIES and _WITH.search(text[:start])
    return bool(company or _ENGLISH.match(text, end))
