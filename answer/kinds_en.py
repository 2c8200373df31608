"""What kind of answer an English question wants."""

import re

from answer.modes import Kind
from answer.who import MARK, TOWN_EN, TOWNS_EN, WHO_EN

_POLITE = re.compile(
    r"^(?:(?:hi|hello|dear [^,]{1,20}|thanks|ok|so|and|well|please),?\s+)*"
    r"(?:(?:could|can|would|will) you (?:please |kindly )?(?=tell|list|show|find|name|give|help|let|explain)"
    r"|do you (?:happen to )?know (?:of |if |whether )?|i(?:['’]d| would) (?:like|love) to (?:know|see|find) (?:if |whether )?"
    r"|i (?:want|need|wish) to (?:know|find|see) (?:if |whether )?|i wonder (?:if |whether )?|please\s+)",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\bcompar|\bdiffer|\bversus\b|\bvs\b|\beach\b|\brespectively\b|\bthan\b", re.IGNORECASE
)
# "Which city saved more, Tsukuba or Nagaoka?", also with the places first.
_WHICH_OF_THESE = re.compile(
    rf"(?:[,:–—-] ?|\bbetween |\bout of |^(?:of )?)(?:{MARK},? ?)+(?:or|and) {MARK}(?:\W*$|[,:–—-])",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?:how many|number of) (?:of (?:(?:the|these|those) |(?={MARK})))?(?:{MARK}(?:['’]s)? )?(?:(?!of |in |d(?:o|oes|id) |ha[sd] |have |are |were |can )\w+ ){{0,3}}{WHO_EN}\b(?<=s)"
    r"|\bhow many (?:\S+ ){0,2}(?:cases|examples|precedents)\b",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:the (?:most|least)(?! senior| common| recent)|largest|biggest|highest|lowest|earliest"
    r"|fastest|smallest|longest|greatest|best)\b|\b(?:was|were|is|came|the) first\b(?! of\b)|\bfirst to\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(?:which|what) (?:\w+ )?(?:{TOWN_EN}|prefecture|place)\b"
    r"|^\s*(?:who|where)\b",
    re.IGNORECASE,
)
_SORT = r"(?:(?:small|large|bigg?|tini|rural|remote|urban|coastal|neighbou?ring|nearby)(?:er|est)?)"
_WHO_ASKED = re.compile(
    rf"\b(?:which|what)(?: of (?:the|these|those))?(?: [\w{MARK}'’-]+){{0,2}}? {WHO_EN}\b(?! {MARK})"
    rf"|\b(?:list|name|show|find|give|tell|know|see|want|suggest|seeking|for)\b.{{0,60}}?\b{WHO_EN}\b"
    rf"|\b(?:is|are|was|were) there (?:also |still )?(?:any |an? |some )?(?:other |\w+ )?(?:{WHO_EN}|anyone|anybody|cases?|examples?)\b"
    rf"|\b(?:any|some|a|an|other) (?:other )?(?:\w+ )?{WHO_EN}\b.{{0,10}}(?:that|which|who|where|with|using|doing|[?])"
    rf"|\bany (?:other )?(?:\w+ )?{WHO_EN}\b|\b(?:anyone|anybody)\b"
    rf"|^\s*(?:(?:all|any|every|the|some|other)\s+)?(?:{_SORT}\s+)?(?:{WHO_EN}|cases?|examples?)\b"
    r"|\bany (?:good |other )?(?:examples?|cases?)\b"
    r"|(?:^|[–—:.,-] ?)(?:who|where)\b|\bwho else\b|^\s*(?:list|show|find)\b.{0,30}\b(?:cases|examples)\b"
    r"|\b(?:list|find|show|give me|see|know)\b.{0,30}\b(?:cases|examples)\b|\bexamples of\b",
    re.IGNORECASE,
)
# Asked of no place by name, of many things or bodies: which schemes, which libraries, whose.
_THINGS_ASKED = re.compile(
    r"^\s*(?:(?:for|in|at|under|on) )?which (?:[\w-]+ ){0,2}?[\w-]{2,}[^s\W]s\b|^\s*whose\b"
    r"|(?:[,–—-] ?|\band |says )(?:who|where|which)[?]*$",
    re.IGNORECASE,
)
_SOME_TOWN = re.compile(r"\bthe (?:city|town|village|ward|prefecture)\b", re.IGNORECASE)
_OF_PLACE = re.compile(
    rf"\b{WHO_EN} (?:is|are|was|were|do|does|did|has|have|had) {MARK}|^\s*(?:who|where)\b.{{0,80}}{MARK}",
    re.IGNORECASE,
)
# Of a prefecture, its towns are meant.
_IN_AREA = re.compile(
    rf"\s*(?:who|where)\b.{{0,60}}?\b(?:in|across|within|throughout) (?:the )?{MARK}", re.I
)
_BY_WHOM = re.compile(
    rf"\s*(?:who|where|(?:which|what) {WHO_EN})\b(?!.*,.*\b(?:how|why)\b)", re.IGNORECASE
)
_HOW = re.compile(
    rf"\bwhy\b|\bhow (?:exactly |else )?(?:do|does|did|is|are|was|were|can|could|has|have|had|to|would"
    rf"|should|might|{MARK})\b|\bhow {MARK}|\bhow come\b"
    r"|\bwhat (?:was |is |were |are )?(?:the )?(?:reasons?|method|background|steps?|approach|way)\b"
    r"|\b(?:with|together with) whom\b|\bwho(?:m)? did .{1,40} (?:work|team|partner) .{0,20}with\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:know|tell me|see|find out|wonder(?:ing)?) (?:if|whether)\b", re.IGNORECASE
)
_YES = re.compile(
    r"^\s*(?:and |so |but )?(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)
_TOWNS = re.compile(
    rf"\b{WHO_EN}\b(?<=s)(?<!ones)|\b(?:an?|any|another|which|what) {WHO_EN}\b", re.IGNORECASE
)
_TOWNS_OF_AREA = re.compile(
    rf"\b(?:{TOWNS_EN}|places) (?:in|of|within|across) (?:the )?{MARK}"
    rf"|{MARK} {TOWNS_EN}\b",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(rf"{MARK} (?!budget|costs?\b)\S+|(?-i:[A-Z]{{2}})\S* (?:in )?{MARK}")
# Within a phrase they ask nothing: staff who fly the drones.
_QUESTION_WORD = re.compile(
    r"^\W*(?:(?:and|so|but|for|in|at|by|on|to|since|from) )?(?:which|what|who|whom|where|when|why|how|whose)\b"
    r"|[?]|\btell me\b",
    re.IGNORECASE,
)


def asks_towns(text: str, places: int) -> bool:
    """Whether a question is of municipalities in general, or of those of the places it names."""
    return bool((_TOWNS_OF_AREA if places else _TOWNS).search(text))


def _asks_for_things(text: str) -> bool:
    return bool(_THINGS_ASKED.search(text)) and not _SOME_TOWN.search(text)


def kind_of(text: str, places: int, cities: int) -> Kind:
    """The kind of a question, as `kinds_ja.kind_of` tells it of a Japanese one."""
    whether = bool(_WHETHER.search(text))
    text = _POLITE.sub("", text)
    of_place = places and _OF_PLACE.search(text) and (cities or not _IN_AREA.match(text))
    who = bool(_WHO_ASKED.search(text)) and not of_place
    who = who or (not places and _asks_for_things(text))
    of_these = _COMPARE.search(text) or (cities > 1 and _WHICH_OF_THESE.search(text))
    if places > 1 and (of_these or not who):
        return "compare"
    if not cities and _COUNT.search(text):
        return "count"
    if who and _MOST.search(text) and _ONE.search(text):
        return "fact"
    how = _HOW.search(text)
    if who and (not how or _BY_WHOM.match(text)) and not (cities and _YES.match(text)):
        return "list"
    if how:
        return "how"
    if whether or _YES.match(text):
        return "yesno"
    of_area = _TOWNS_OF_AREA.search(text) or _KEYWORDS.fullmatch(text)
    named = cities or (places and not of_area)
    return "fact" if named or _QUESTION_WORD.search(text) else "list"
