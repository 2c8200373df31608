"""Whether a question asks who does not do a thing: no document states that."""

import re

from answer.who import WHO_EN, WHO_JA

# What one does without on purpose: a text can state that.
_UNWANTED_JA = (
    r"紙|現金|ハンコ|はんこ|判子|印鑑|押印|ペーパー|用紙|書類|電話|ファックス|ファクス|FAX"
)
_UNWANTED = re.compile(rf"(?:{_UNWANTED_JA})(?:を|が|は|も|に|の)?[^、。]{{0,8}}$", re.IGNORECASE)
_HARDLY = r"(?:まだ|ほとんど|あまり|一切|全く|まったく|十分に?|思うように|はっきり)?"
# Money and trouble are also planned, entered and reported: only their spending is meant.
_SPENT = re.compile(
    rf"(?:予算|費用|お金|経費|コスト|手間|人手)[をがもは]?{_HARDLY}"
    r"(?:使っ|使わ|かけ|掛け|かから|かかっ|要し|必要とし)?$"
)
# States of people and failures, which a text can tell too.
_STATE = re.compile(
    r"(?:慣れ|馴れ|足り|うまくい|上手くい|間に合|知られ|限られ|止ま|変わ|困|持)[っ]?$"
)
_FAILED = re.compile(
    r"[ただ](?:が|のに|けれど|けど|もの|まま|結果|上で|うえで)[^。]{0,40}$|誰も[^。]{0,20}$"
)
_DOING = (
    "使わ|使用し|利用し|活用し|導入し|採用し|実施し|実現し|対応し|着手し|検討し|整備し|策定し"
    "|進ま|進め|やら|行わ|始め|はじめ|取り組ま|取り入れ|やって|して"
)
# 市民, 市有 and 市税 are no towns, nor are those who are only helped (していない自治体への支援).
_WHO = rf"(?:{WHO_JA})(?!(?:等|など)?(?:へ|に対|向け)|[民有営立税道議外長属住計史])"
_NOT_WHO = re.compile(
    rf"(?:(?P<te>[てで]い?ない)|(?:{_DOING})(?:ない|なかった)|たこと[がのも]?ない"
    r"|(?:予定|つもり|計画)[がのは]?ない)"
    rf"(?:、|ような|という|(?:小さな|大きな|ほかの|他の|近くの))?(?:{_WHO}|の(?:は|が)?(?:どこ|どの|[?。]|$))"
)
# Of those that do not, something is asked that they did: 使っていない町でアプリを作ったのは？
_GOES_ON = re.compile(
    rf"(?:でも?|が|の(?:うち|中)で?)[^。?]{{0,40}}を[^。?]{{1,30}}[たるう](?:の|{WHO_JA}|事例|例|[?。]|$)"
)
_NOT_YET = re.compile(
    rf"未(?:導入|実施|対応|着手|整備|策定|検討|利用|活用|参加|採用)(?:の|な)?(?:{_WHO}|(?:の)?(?:は|が)|[?。]|$)"
    r"|まだ[^。、]{0,20}(?:[てで]い?ない|[てで]い?ません)(?:の(?!は(?:なぜ|どうして|何)|か[^。?])|か|[?。]|$)"
)
_WHO_NOT = re.compile(
    rf"(?:どこ|(?:どの|いくつの|何)(?:{WHO_JA}))(?:が|は|も)[^。?]{{0,40}}?"
    r"(?P<te>[てで]い?(?:ない|ません))"
)

_UNWANTED_EN = (
    r"(?:an? |any |the |using |needing |having )?(?:more |extra )?(?:paper|seals?|stamps?|cash"
    r"|fax(?:es)?|forms?|writing|going|visit\w*|coming|leaving|wait\w*|queu\w*|budget|money|cod\w+"
    r"|program\w*|staff|help|human|people|appointments?|telling|being|change|cost|charge)\b"
)
# A verb that says what they did: neither a participle of what they lack ("a dedicated section")
# nor a clause on it ("a chatbot that is open at night").
_LACKED_EN = "".join(rf"(?<!\b{w})" for w in "without lacking no a an any the their own or".split())
_PREDICATE_EN = re.compile(
    r"(?<!\bthat)(?<!\bwhich)(?<!\bwho) (?:have|has|had|can|could|are|is|were|was|do|does|did)\b"
    r"(?! there)"
    rf"|{_LACKED_EN}(?<!ly) (?!(?:\w+-)?(?:based|powered|aided|assisted|related|enabled)\b)"
    r"(?:\w{2,}ed|built|made|began|begun|ran|bought|wrote|took|gave|won|found|cut|got|went|chose"
    r"|set|put|use|run|offer|provide|manage|still|nevertheless) \w",
    re.IGNORECASE,
)
_NEGATED_VERB_EN = re.compile(r"\w+|(?: (?:yet|even|currently|really|still|actually))* [\w-]+")
_AUXILIARY = r"(?:do|does|did|has|have|had|are|is|was|were)"
# With `clause` the negation only tells who is meant, and the question may go on.
_WHO_NOT_EN = re.compile(
    rf"(?:\b{WHO_EN}(?P<clause>,? (?:that|which|who))?|^\s*(?:who|which)|\b(?:who|which) else)"
    rf"(?: (?:still|currently|also))? {_AUXILIARY}(?:n['’]t| not| never| yet to)"
    r"(?! (?:only|just|merely)\b)"
    r"(?! (?:used to|accustomed|require|need|ask|charge|force|have to|make|let)\b)"
    rf"(?!(?: \w+){{1,2}} {_UNWANTED_EN})",
    re.IGNORECASE,
)
# "pay the city without cash", "helps towns without engineers": they do nothing themselves.
_OBJECT_EN = r"(?<!\bthe )(?<!\bremote )(?<!\bhelps )(?<!\bhelp )(?<!\bsupports )(?<!\bsupport )"
_WITHOUT_EN = re.compile(
    rf"\b{_OBJECT_EN}{WHO_EN}"
    rf"(?:(?: (?:is|are|that are|still|remain)) (?:still )?(?:without|lacking|with no)"
    rf"|(?P<clause> (?:without|lacking|with no)))"
    rf" (?!{_UNWANTED_EN})\w"
    rf"|\b{WHO_EN}(?: that are| which are)?(?: still)? not (?:yet )?\w+ing\b(?! {_UNWANTED_EN})"
    rf"|\b{WHO_EN}(?: (?:that|which))? (?:have|has) yet to\b",
    re.IGNORECASE,
)


def is_negated(text: str) -> bool:
    """Whether a question in NFKC form asks who does not do, use or have a thing.

    Not so are names (書かない窓口), states of people (慣れていない人), what one avoids on purpose
    (紙を使わない, "without paper") and failures (うまくいかなかった市): these a
    text can state. Nor is a question that asks what those did who do not.
    """
    for pattern in (_NOT_WHO, _NOT_YET, _WHO_NOT):
        for match in pattern.finditer(text):
            if pattern is _NOT_WHO and _GOES_ON.match(text, match.end()):
                continue
            groups = match.groupdict()
            start = match.start("te") if groups.get("te") else match.start()
            if not _can_be_stated(text[max(0, start - 60) : start]):
                return True
    return any(
        not (found["clause"] and _goes_on_en(text, found.end()))
        for pattern in (_WHO_NOT_EN, _WITHOUT_EN)
        for found in pattern.finditer(text)
    )


def _goes_on_en(text: str, end: int) -> bool:
    """Whether it is said what those did who lack a thing or do not do one."""
    verb = _NEGATED_VERB_EN.match(text, end)
    return bool(_PREDICATE_EN.search(text, verb.end() if verb else end))


def _can_be_stated(before: str) -> bool:
    patterns = (_UNWANTED, _SPENT, _STATE, _FAILED)
    return any(pattern.search(before) for pattern in patterns)
