"""The words that tell whose a sentence is: a town's by name, the speaker's, or others'."""

import re

from ingest.documents import Place
from ingest.headings import BULLET
from ingest.places import Mention

SPEAKER = (
    # 松本市 and 見本市 do not speak of 本市; 「昨年度本市では」 does.
    r"(?i:(?:(?<![㐀-鿿々])|(?<=[在年度回方時際来後]))"
    r"(?:[本当貴御][市町村区県](?![場間])|[わ我]が[市町村])|\bour (?:city|town|village))"
)
"""Whoever wrote or is written to, by no name."""

# What comes before the words of a sentence: an item's mark or who speaks, how it goes on, when.
_SPEAKER_OF = (
    "[^\\s　。、：:]{0,4}(?:委員|議員|課長|部長|[市町村会]長)|事務局|記者|質問|回答|答弁|[答問例QA]"
)
_MARK = re.compile(
    rf"(?:(?:[・*-][\s　]*)?(?:{_SPEAKER_OF})[：:]|[○◯●◇◆][^\s　。、]{{1,12}}[\s　]+|[①-⑳→✓✔]"
    r"|[(（](?:[0-9０-９ア-ンa-z]{1,2}|委員|[答例])[)）]"
    r"|[ア-ンＡ-ＺA-Za-z](?:[.．]|　)|(?:回答|[答例])　)[\s　]*"
)
_YEAR = "(?:昨|今|一昨|同|翌|[0-9０-９]{4}|令和[0-9０-９元]{1,2})年度?"
_LINK = re.compile(
    "(?:また|一方|さらに|なお|次に|続いて|例えば|たとえば|まず|特に|実際に|同様に|このうち|このほか|参考まで"
    "|隣接する|同じ県内の|県内では(?=[、，]?[^、。]{1,6}[市町村])|In )[、，]?"
    rf"|{_YEAR}(?:[0-9０-９]{{1,2}}月)?(?:から|に|には)?[、，]|人口[0-9０-９.,，．万約]+人の"
)
_OPENING = "*【《〈<＜[［〔（("

_EXPLAINED = re.compile(r"\]\([^()\s]*\)|[\s　]?[（(][^（）()]{1,20}[）)]")
"""After a name: the address of a link, or what explains it."""
_FOLLOWS_LABEL = re.compile(
    r"(?:[（(][^（）()]{1,20}[）)])?"
    r"(?:[\s　]*[：:│｜|／→…―—]|[\s　]+(?=[^\s　]{8})|[】》〉>＞］）)]|\](?!\())"
)
"""After a name that is a label: what follows is its own, also where that says 本市."""
_OFFICE = re.compile(
    r"(?:(?<=市)[^\s　市、。]{1,3}区)?\*{0,2}"
    r"(?:様|役[所場]|教育委員会|[^\s　、，。はがのをにでとも]{1,10}[課部室局])?"
)
# 「川越市が採用した製品は、…」 is of the product.
_SAYS = "によると|によれば"
_TOPIC = rf"(?:において|で|に)?[はも]|が(?![^、。]{{1,25}}?(?:は|{_SAYS}))|{_SAYS}"
_OF_IT = "[^、，。のをにではがも]"
_TOLD_OF = re.compile(
    rf"{_TOPIC}|における|[：:]"
    rf"|の{_OF_IT}{{1,12}}(?:の{_OF_IT}{{1,8}})?"
    rf"(?:では|に[はも]|は|が|も|{_SAYS}|に(?:聞|伺|尋)[^、。]{{1,6}}ところ)"
)
_SOMEONE = re.compile(
    rf"の(?:隣|{_OF_IT}{{0,11}}(?:(?<![書民育料])館|[士園協社店院校家団業氏人性]|(?<!役)所|(?<!担当)者|組合|連合会?"
    "|会社.{0,5}|大学|企業.{0,3}|農園|工場|市町村|自治体|メーカー|ベンチャー|スタートアップ|支援|協力)"
    r"(?:[（(][^（）()]*[）)])?(?:では|は|が|も|の|によると))"
)
"""Whoever acts in a town is not the town."""
_COMPOUND = re.compile(
    r" (?:University|Hospital|Council|College|Museum|Station|Airport|Hall \w+)\b"
)
_TELLS_NOTHING = re.compile(
    "視察[にでをし]|[をに]訪(?:れ|問)|見学|に[はも][^。]*(?:照会|電話|連絡|依頼|問い?合わせ)|べきだ?との|との意見"
    r"|\bvisit|(?:か。?|[？?])[」\s　]*\Z"
)
"""A visit or an inquiry, a question, a demand."""

# 「さいたま市から視察に来た」, 「川越市と共同で」: the sentence is not of that town.
_BESIDE = re.compile(
    "(?:など|ら|等)?(?:の(?:職員|議員|議会|担当者)(?:が|も|から|に)|(?:(?:[、・や]|及び)[^、。はがでもに]{2,9}[市区町村県])*と(?!は?比)|から(?!は)|へ(?!は)"
    "|に(?!は|も|お|よ)|を|より|まで)"
)
_TOWNS = (
    "(?:(?:他|ほか|よそ|近隣|隣接?|周辺|先進|先行|同規模|多く|大半|すべて|全て|両|ある|別|一部|導入済み|各(?!区)"
    "|[2-9０-９二三四五六七八九]|[0-9]{2,})(?:の|つの)?(?:自治体|団体|市区?町村|市町|都市|[市区町村県])(?![民内長])"
    "|[A-ZＡ-Ｚ○〇●×]{1,2}[市区町村県])"
)
_BODIES = (
    "(?:全国(?:平均)?|国内|海外|民間(?:企業)?|政府|[^、。]{1,8}(?:省|(?<![本市県都府道区支])庁)|(?<![㐀-鿿])国"
    "|[A-ZＡ-Ｚ○〇●×]{1,2}社|[^、。]{1,12}(?<![神公])社|株式会社[^、。]{1,12}|企業|業者)"
)
_PREFECTURE = "(?:(?:県|都|府|道|管)内|(?<![㐀-鿿])県)"
_DOES = (
    r"(?:の[^、。はがも]{1,12})?(?:として)?"
    r"(?:(?:では|でも|には|にも|は|も|において)|で[、，0-9０-９年月])"
)
_OF_OTHERS = re.compile(
    rf"(?:^|[、，]){_TOWNS}{_DOES}|^{_BODIES}{_DOES}|同様の(?:仕組み|サービス|製品)は"
    r"|(?:導入|利用)実績は[^。]*[0-9０-９][^。]*団体|^全国[0-9０-９]|当(?:会|社|研究所|財団|機構|誌|紙)は"
    "|弊社|本(?:誌|紙|書|会)は"
)
_OF_PREFECTURE = re.compile(rf"(?:^|[、，]){_PREFECTURE}{_DOES}")
_OTHERS = f"(?:{_TOWNS}|{_BODIES}|{_PREFECTURE})"
_GOES_AWAY = re.compile(
    rf"{SPEAKER}|{_OTHERS}(?:として)?(?:では|でも|には|にも|は|も|が)|社の[^、。はが]{{1,8}}は"
    "|他の|近隣|隣の|隣接|全国|総務省|(?<!担)[同当弊]社|[0-9]+団体|うち[はもの]|両[市町村]|その[市区町村]|同様の"
    "|私|我々|当[課方会]|担当課|委員会として|思[うい]|考え|べき|(?:たい|ほしい|ないか|ますか)。?[」\\s]*\\Z"
    r"|(?i:\b(?:by contrast|others?|neighbo\w+|critics?|they|i|we)\b)"
)
_SPEAKS = re.compile(SPEAKER)


def words_of(sentence: str) -> str:
    """A sentence without what comes before its words: marks, who speaks, また, a date."""
    told = sentence.strip()
    for before in (_MARK, BULLET, _LINK):
        match = before.match(told)
        told = told[match.end() if match else 0 :]
    return told.lstrip(_OPENING)


def speaks(told: str) -> bool:
    """Whether a sentence is of its speaker's own town."""
    return bool(_SPEAKS.search(told))


def is_about(told: str, name: Mention) -> bool:
    """Whether a sentence that begins with a name tells of that place, and states something."""
    if _TELLS_NOTHING.search(told):
        return False
    if name.text.isascii():
        return not speaks(told) and not _COMPOUND.match(told, name.end)
    if _FOLLOWS_LABEL.match(told, name.end):
        return True
    explained = _EXPLAINED.match(told, name.end)
    office = _OFFICE.match(told, explained.end() if explained else name.end)
    at = office.end() if office else name.end
    about = _TOLD_OF.match(told, at) and not _SOMEONE.match(told, at)
    return bool(about) and not speaks(told)


def is_beside(told: str, name: Mention) -> bool:
    """Whether a sentence names a place only as what its own town has to do with."""
    return bool(_BESIDE.match(told, name.end))


def is_of_others(told: str, own: Place | None) -> bool:
    """Whether a sentence is of other bodies, none by name: 他市では, 国は, A社は.

    And 県は, unless it stands in the document or case of a prefecture.
    """
    of_prefecture = own is not None and own.city is None
    return bool(_OF_OTHERS.search(told) or (not of_prefecture and _OF_PREFECTURE.search(told)))


def goes_away(told: str) -> bool:
    """Whether a sentence cannot go on about the town of the one before it.

    It speaks of others or of 本市, or says what somebody thinks.
    """
    return bool(_GOES_AWAY.search(told))
