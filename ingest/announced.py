"""Whose case a heading or a document's title announces."""

import re
from dataclasses import replace

from ingest.documents import Place
from ingest.headings import NUMBERED_HEADING
from ingest.places import Mention, find_places, find_romaji_places, resolved
from ingest.whose import SPEAKER

LONGEST = 120
"""No longer line announces anything."""
_OPENS, _CLOSES = r"【《〈<＜\[［〔", r"】》〉>＞\]］〕"
_PREFECTURE = r"(?:[^\s　]{2,3}[都道府県])"
_LEAD = (
    "(?:先進|導入|自治体|市町村の)?(?:取組)?(?:事例|ケース(?:スタディ)?|取組|取り組み)(?:紹介)?[A-ZＡ-Ｚ]?"
    "|(?:視察|訪問|調査)[先地]?|(?:自治体|都市|市町村|団体)名|先進地|参考|コラム|特集|インタビュー|第"
    "|(?i:case|no\\.?|step)"
)
# What may stand before and after a name in a heading that announces its case:
# 「3. 東京都町田市の事例」, 「【事例2】さいたま市：入力事務の自動化」.
_BEFORE = re.compile(
    r"(?:[①-⑳■◆◇□●○◎▼▽★☆*]|[(（][0-9０-９ア-ン]{1,2}[)）]|[Ⅰ-Ⅻア-ン](?=[\s　.．、]))*[\s　.．、]*"
    rf"(?:[{_OPENS}]?(?:[0-9０-９]+[.．、)）]?[\s　]+)?(?:{_LEAD})?[\s　]?"
    rf"[0-9０-９①-⑳.．－-]*[章節:：.．、)）{_CLOSES}]?[\s　]*)?"
    rf"[{_OPENS}]?(?:{_PREFECTURE}[\s　・／/]+)?"
)
_NOUNS = "[^、，。.はがをにへともで]{1,20}"
_AFTER = re.compile(
    r"(?:(?<=市)[^\s　市]{1,3}区)?(?:[（(][^（）()]*[）)])?"
    r"(?:[\s　]?(?:様|さま)|役[所場]|教育委員会)?"
    r"(?:の(?:先進)?(?:事例|取組|取り組み|ケース|DX).*|における.*"
    rf"|の(?!.*(?:支援|企業|大学|社)){_NOUNS}"
    rf"|(?:で|から)の{_NOUNS}|[：:（(【「*／/｜|{_CLOSES}\s　].*)?",
    re.DOTALL,
)
# 「RPAの導入（宇都宮市）」; but the inspection that a town reports on was elsewhere.
_BEFORE_END = re.compile(
    "(?!.*(?:視察|(?<!事例)報告|議会|事例集|研修|調査|作成(?:者|：)|出典|資料|提供|発行|合わせ|連絡|主催|協力))"
    rf".*[（(【〔／/｜|－：:　]\s?{_PREFECTURE}?",
    re.DOTALL,
)
_BEFORE_EN = re.compile(r"(?:[0-9]{1,2}[.)] )?(?:case(?: study)?[ 0-9]*: ?)?", re.IGNORECASE)
_AFTER_EN = re.compile(r"(?:['’]s\b.*|[:,–—(-].*| [(–—-].*)?")
_LEVEL_EN = re.compile(r"(?:City|Town|Village|Ward|Prefecture)\Z")
_END = re.compile(r"\s?[）)】〕]?")
# 「川越市の事例を踏まえた本市の方針」, 「川越市　情報政策課　御中」
_NOT_ITS = re.compile(
    rf"{SPEAKER}|を(?:踏まえ|受け|参考)|に(?:対する|学ぶ)|との?比較|比較対象|と.*の(?:取組|事例)"
    r"|を支援|御中|(?:殿|宛て?)$|[\s　].*[課部室係局]$"
)
_TITLE_OF_OTHERS = re.compile(
    "学ぶ|視察|皆様|ご提案|ご支援|(?:導入|活用|推進|自治体|DX|を)支援|支援(?:事例|実績)|企業|会社|大学|研究|病院"
    "|共有|照会(?!への回答)|調査|調べ|[聞訊][いき]|ヒアリング|先進|他自治体|他市|他団体"
)
"""In a title that names a town, and is not of that town."""
# What follows the name in a title: 「焼津市DX推進計画」, 「三条市の窓口改革」.
_TITLED = re.compile(
    "の|DX|デジタル|ICT|AI|RPA|行政|総合|自治体|議会|長?定?例?記者会見"
    "|[^、。のがはをにと]{1,16}(?:計画|方針|戦略|大綱|構想|指針|要綱|条例|ビジョン|プラン|会議録|議事録|だより|ニュース|通信|FAQ|報告書)"
)
_WHEN = re.compile(r"^(?:令和|平成)?[0-9０-９元]+年度?[0-9０-９]*月?(?:号|第[0-9０-９]+回)?[\s　]*")
_SITE = re.compile(
    r".*[|｜\-–—／]\s*(?P<who>[^|｜\-–—／]{2,20}?)(?:公式.*|(?:ホーム|ウェブ).*|役[所場])?"
)


def place_of_title(title: str, body: str) -> Place | None:
    """The place that a document's title names as its own; None for the number of a first case."""
    if len(title) > LONGEST or NUMBERED_HEADING.fullmatch(title) or _NOT_ITS.search(title):
        return None
    page = re.split("[|｜]", title)[0].strip()
    if _TITLE_OF_OTHERS.search(page):
        return None
    told = _WHEN.sub("", page)
    mentions = resolved(find_places(told))
    if len(mentions) == 1 and _TITLED.match(told, mentions[0].end):
        titled = _BEFORE.fullmatch(told[: mentions[0].start]) and _only(mentions[0], body)
    else:
        site = _SITE.fullmatch(title)
        titled = place_announced(site["who"], body) if site else None
    return place_announced(page, body) or titled or None


def place_announced(title: str, body: str = "") -> Place | None:
    """The place whose case a heading announces; None if none, or if it stays ambiguous.

    Of several places of that name, the one whose prefecture `body` names is taken.
    """
    mention = announced(title)
    return _only(mention, body) if mention else None


def announced(title: str) -> Mention | None:
    """The name whose case a heading announces, if it is but one."""
    if len(title) > LONGEST:
        return None
    mentions = resolved(find_places(title)) or _in_english(title)
    if len(mentions) == 2 and _is_ward(mentions[1], mentions[0]):  # 大阪市北区
        mentions = [replace(mentions[0], end=mentions[1].end)]
    prefectures = {p.prefecture for m in mentions for p in m.candidates if p.city}
    if len(mentions) == 2:  # 埼玉県 さいたま市, さいたま市（埼玉県）
        mentions = [m for m in mentions if m.text not in prefectures]
    if len(mentions) != 1:
        return None
    before, end = title[: mentions[0].start], mentions[0].end
    if mentions[0].text.isascii():
        return mentions[0]
    if _NOT_ITS.search(title, end):
        return None
    marked = before.strip() and title.startswith("の", end)  # 「取組４：津市のAI議事録」
    begins = _BEFORE.fullmatch(before) and (marked or _AFTER.fullmatch(title, end))
    ends = _BEFORE_END.fullmatch(before) and _END.fullmatch(title, end)
    return mentions[0] if begins or ends else None


def _in_english(title: str) -> list[Mention]:
    """The name in "2. Fujisawa City (Kanagawa)" or "Case study: Kobe City's AI"."""
    mentions = [m for m in find_romaji_places(title) if _LEVEL_EN.search(m.text)]
    begins = [m for m in mentions if _BEFORE_EN.fullmatch(title[: m.start])]
    return mentions if begins and _AFTER_EN.fullmatch(title, begins[0].end) else []


def _is_ward(mention: Mention, city: Mention) -> bool:
    return mention.start == city.end and mention.text.endswith("区")


def _only(mention: Mention, body: str) -> Place | None:
    candidates = mention.candidates
    if len(candidates) > 1:
        candidates = tuple(p for p in candidates if p.prefecture in body)
    return candidates[0] if len(candidates) == 1 else None
