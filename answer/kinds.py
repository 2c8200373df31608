"""What kind of answer a question wants: a list, a fact, a comparison, yes or no, how, a count."""

import re
from dataclasses import dataclass
from typing import Literal

from answer.asking import asking
from answer.who import THINGS_JA, WHO_EN, WHO_JA
from messages import Lang

Kind = Literal["list", "fact", "compare", "yesno", "how", "count"]
Mode = Literal["list", "fact", "compare"]

MARK = "〓"
"""Stands for a place that the question names, so that its 市 or "City" asks for nobody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `kind`, and whether it is asked of municipalities in general."""

    kind: Kind
    of_towns: bool


# Japanese.
_COMPARE_JA = re.compile(
    r"比べ|比較|違い|違う|違って|違った|差は|差が|どちら|どっち|それぞれ|各々|対して"
)
_COUNT_JA = re.compile(
    r"何(?:団体|自治体|市町村|市区町村|市|町村|都道府県)(?!民|内)"
    rf"|(?:いくつ|幾つ|何(?:個|件|か所|カ所|ヶ所|箇所))の(?:{WHO_JA})"
    rf"|ど(?:れ|の)(?:くらい|ぐらい|だけ|ほど)の(?:{WHO_JA})(?!民|内)"
    rf"|(?:{WHO_JA})(?:は|って|が)?(?:全部で|全国で|合計で)?(?:いくつ|幾つ)|(?:自治体|団体|市町村)の?数"
)
_HOW_JA = re.compile(
    r"どのように|(?:誰|だれ|どこ)と(?:協力|連携|一緒|組)|どうやって|どうして|なぜ|何故|なんで|どんな(?:ふう|風|流れ|手順|方法|工夫|やり方|経緯|きっかけ|理由)"
    r"|どう(?:使|つか|取り組|進め|すすめ|解決|対応|対処|活用|利用|やって|して|し(?:た|て)|運用|実現|克服|防)"
    r"|(?:理由|経緯|方法|手順|進め方|やり方|きっかけ|背景|工夫|こつ|コツ|要因|仕組み)"
    r"(?:は|を|って|とは|について|が|も)?(?:何|なん|どん|教え|知り|聞|[?。]*$)"
)
_NUMBER_JA = re.compile(
    r"いつ|いくら|いくつ(?!か(?![?。]|$))|何(?:時間|年|月|人|件|円|割|%|パーセント|名|台|種類|業務|日|分|回|倍|枚|秒|世帯|通り?"
    r"|個|歳|校|社|本|冊|戸|軒|棟|頭|匹|階|位|番|点|票|字|文字|語|席|便|路線|週|度|[かカヶヵケ]月|[カヶヵケ]所"
    r"|メートル|キロ|グラム|トン|リットル|ミリ|センチ|ヘクタール|平方|ページ|ポイント|ドル"
    r"|が|を|の|に|で|と|から|です|時|か(?!所)|でしょう|だ|[?])(?!か[のをに])"
    r"|どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度)|誰|だれ|目標"
)
# The noun that is asked for, after what is said of it: 何枚減ったか書いてある事例を教えて.
_NOUN_JA = rf"(?:[たるいなうくすつぬぶむぐ]|済みの?)(?:{WHO_JA}|{THINGS_JA})"
_WHICH_JA = r"、?(?:どこ|どちら|どれ)(?:です|でしょう)?か?"
_HEAD_JA = re.compile(
    rf"(?:{_NOUN_JA}(?:(?:は|って|とは)(?:{_WHICH_JA})?)?|[たるい]の(?:は|って){_WHICH_JA})(?:[(].*)?[?。!]*$"
    rf"|{_NOUN_JA}[をはが、]*(?:って)?(?:(?!何|いく|ど[れのん])[^がは?。]){{0,16}}"
    r"(?:教え|おしえて|挙げ|あげて|知りたい|探して|出して|お願い|紹介|リスト|まとめ|集めて|全部|全て|すべて"
    r"|[あ在](?:る|り)|ない[?]|(?:ご|御)?存[じ知]|知って)"
)
_WHO_ASKED_JA = re.compile(
    rf"どこ(?!まで|から|に[いあ])|どの(?:{WHO_JA})|どんな(?:{WHO_JA})"
    rf"|(?:{WHO_JA})(?:は|って|とは)、?(?:[?。]|$|どこ|どちら|何[?で]|ある|あり|どれ)"
    rf"|(?:{WHO_JA}|事例|例|ケース|取り組み|取組|もの)"
    r"(?:は|って|を|が|も|の(?:一覧|例|事例|リスト))?、?(?:すべて|全て|全部|いくつか|具体的に|他に|ほかに|もれなく|[0-9]{1,3}(?:つ|件|団体|か所|例)(?:ほど)?)?"
    r"(?:教えて|教え|おしえて|挙げて|あげて|知りたい|探して|出して|だして|お願い|紹介|リスト|まとめ"
    r"|(?:に(?:は|つい)|など|等).{0,8}教えて|[あ在](?:る|り|れば))"
    rf"|(?:{WHO_JA}|事例|[たるいなの]例|ケース|取り組み)(?:は|って|で|では)?[?。!]*$"
    rf"|(?:{WHO_JA})\s|一覧|先進事例|事例集|(?:の|な|た|る|)事例|前例|(?:{WHO_JA})があ"
)
_NAMELESS_JA = re.compile(r"[たるい]の(?:は|って)[?。]*$")
# Of a prefecture, its towns are meant: 北海道でAIを使っているのは？, 神奈川の市でAI活用, 滋賀 生成AI.
_AREA_JA = rf"{MARK}(?:[内下]|23区)?"
_DOES_IN_AREA_JA = re.compile(
    rf"{_AREA_JA}(?:の[^、。?]{{1,8}}?)?(?:で|において)[^がも]*を[^がも]*[ぁ-ん]の(?:は|って)[?。]*$"
)
_TOWNS_OF_AREA_JA = re.compile(
    rf"{_AREA_JA}の(?:{WHO_JA})(?:は|が|って|で(?:は|も)|に(?:は|おける))"
)
_IN_TOWNS_OF_JA = re.compile(rf"{_AREA_JA}の(?:{WHO_JA})で")
_KEYWORDS_JA = re.compile(r"[^ぁ-ん?]+ [^ぁ-ん?]+")
_FIGURE_JA = re.compile(
    r"(?:費用?|料金|価格|予算|時間|日数|年度?|率|額|数|効果|課題|理由|時期)[?。]*$"
)
_MOST_JA = re.compile(
    rf"最も|もっとも|一番(?!号|線|町)|いちばん|最多|最少|最大|最小|(?<!ス)トップ(?:は|の(?:{WHO_JA})|[?。]|$)"
)
_MORE_JA = re.compile(r"先に|早く|多く|より|進んで")
# 市では, with nothing said of it, is a town that is known; 使う市では is any.
_TOWNS_JA = re.compile(
    rf"(?:(?:{WHO_JA})(?<!^[市町村区県])(?<![^たるいなうくすのど他各][市町村区県]))(?:たち|など)?(?:では|には|は|が|って|における|の間で|で)|どこの?(?:{WHO_JA})も"
)
_INTERROGATIVE_JA = re.compile(
    r"何|いつ|どこ|誰|だれ|いくら|いくつ|どれ|どの|どう|なぜ|どんな|どちら|なに"
)
_POLITE_JA = re.compile(
    r"(?:教えて|挙げて|探して|見せて|紹介して)(?:もらえ|いただけ|くださ|くれ|ほし|欲し)?.{0,12}$"
    r"|(?:いただけ|もらえ|願え)(?:ます|ない|る).{0,8}$"
)
_YES_JA = re.compile(
    r"(?:ます|ません|です|ました|でした|でしょう|でしょ|っけ|[るたいう](?:ん|の)です|[るたいの])か[。?!]*$"
    r"|(?:[るた]|てる|でる|い|の|よね|っけ)[?]+$"
)

# English.
_POLITE_EN = re.compile(
    r"^(?:(?:hi|hello|dear [^,]{1,20}|thanks|ok|so|and|well|please),?\s+)*"
    r"(?:(?:could|can|would|will) you (?:please |kindly )?(?=tell|list|show|find|name|give|help|let|explain)"
    r"|do you (?:happen to )?know (?:of |if |whether )?|i(?:['’]d| would) (?:like|love) to (?:know|see|find) (?:if |whether )?"
    r"|i (?:want|need|wish) to (?:know|find|see) (?:if |whether )?|i wonder (?:if |whether )?|please\s+)",
    re.IGNORECASE,
)
_COMPARE_EN = re.compile(
    r"\bcompar|\bdiffer|\bversus\b|\bvs\b|\beach\b|\brespectively\b|\bthan\b", re.IGNORECASE
)
_COUNT_EN = re.compile(
    rf"\b(?:how many|number of) (?:of (?:(?:the|these|those) |(?={MARK})))?(?:{MARK}(?:['’]s)? )?(?:(?!of |in |d(?:o|oes|id) |ha[sd] |have |are |were |can )\w+ ){{0,3}}{WHO_EN}\b(?<=s)",
    re.IGNORECASE,
)
_MOST_EN = re.compile(
    r"\b(?:the (?:most|least)(?! senior| common| recent)|largest|biggest|highest|lowest|earliest"
    r"|fastest|smallest|longest|greatest|best)\b|\b(?:was|were|is|came|the) first\b(?! of\b)|\bfirst to\b",
    re.IGNORECASE,
)
_ONE_EN = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:city|town|village|ward|municipality|prefecture|council|place)\b"
    r"|^\s*(?:who|where)\b",
    re.IGNORECASE,
)
_SORT_EN = (
    r"(?:(?:small|large|bigg?|tini|rural|remote|urban|coastal|neighbou?ring|nearby)(?:er|est)?)"
)
_WHO_ASKED_EN = re.compile(
    rf"\b(?:which|what)(?: of (?:the|these|those))?(?: [\w{MARK}'’-]+){{0,2}}? {WHO_EN}\b(?! {MARK})"
    rf"|\b(?:list|name|show|find|give|tell|know|see|want|suggest|seeking|for)\b.{{0,60}}?\b{WHO_EN}\b"
    rf"|\b(?:is|are|was|were) there (?:also |still )?(?:any |an? |some )?(?:other |\w+ )?(?:{WHO_EN}|anyone|anybody|cases?|examples?)\b"
    rf"|\b(?:any|some|a|an|other) (?:other )?(?:\w+ )?{WHO_EN}\b.{{0,10}}(?:that|which|who|where|with|using|doing|[?])"
    rf"|\bany (?:other )?(?:\w+ )?{WHO_EN}\b|\b(?:anyone|anybody)\b"
    rf"|^\s*(?:(?:all|any|every|the|some|other)\s+)?(?:{_SORT_EN}\s+)?(?:{WHO_EN}|cases?|examples?)\b"
    r"|\bany (?:good |other )?(?:examples?|cases?)\b"
    r"|(?:^|[–—:.,-] ?)(?:who|where)\b|\bwho else\b|^\s*(?:list|show|find)\b.{0,30}\b(?:cases|examples)\b"
    r"|\b(?:list|find|show|give me|see|know)\b.{0,30}\b(?:cases|examples)\b|\bexamples of\b",
    re.IGNORECASE,
)
# Asked of no place by name, of many things or bodies: which schemes, which libraries, whose.
_THINGS_ASKED_EN = re.compile(
    r"^\s*(?:(?:for|in|at|under|on) )?which (?:[\w-]+ ){0,2}?[\w-]{2,}[^s\W]s\b|^\s*whose\b"
    r"|(?:[,–—-] ?|\band |says )(?:who|where|which)[?]*$",
    re.IGNORECASE,
)
_SOME_TOWN_EN = re.compile(r"\bthe (?:city|town|village|ward|prefecture)\b", re.IGNORECASE)
_OF_PLACE_EN = re.compile(
    rf"\b{WHO_EN} (?:is|are|was|were|do|does|did|has|have|had) {MARK}|^\s*(?:who|where)\b.{{0,80}}{MARK}",
    re.IGNORECASE,
)
# Of a prefecture, its towns are meant.
_IN_AREA_EN = re.compile(
    rf"\s*(?:who|where)\b.{{0,60}}?\b(?:in|across|within|throughout) (?:the )?{MARK}", re.I
)
_BY_WHOM_EN = re.compile(
    rf"\s*(?:who|where|(?:which|what) {WHO_EN})\b(?!.*,.*\b(?:how|why)\b)", re.IGNORECASE
)
_HOW_EN = re.compile(
    rf"\bwhy\b|\bhow (?:exactly |else )?(?:do|does|did|is|are|was|were|can|could|has|have|had|to|would"
    rf"|should|might|{MARK})\b|\bhow {MARK}|\bhow come\b"
    r"|\bwhat (?:was |is |were |are )?(?:the )?(?:reasons?|method|background|steps?|approach|way)\b"
    r"|\b(?:with|together with) whom\b|\bwho(?:m)? did .{1,40} (?:work|team|partner) .{0,20}with\b",
    re.IGNORECASE,
)
_WHETHER_EN = re.compile(
    r"\b(?:know|tell me|see|find out|wonder(?:ing)?) (?:if|whether)\b", re.IGNORECASE
)
_YES_EN = re.compile(
    r"^\s*(?:and |so |but )?(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)
_TOWNS_EN = re.compile(
    rf"\b{WHO_EN}\b(?<=s)(?<!ones)|\b(?:an?|any|another|which|what) {WHO_EN}\b", re.IGNORECASE
)
_TOWNS_OF_AREA_EN = re.compile(
    rf"\b(?:cities|towns|villages|wards|municipalities|places) (?:in|of|within|across) (?:the )?{MARK}"
    rf"|{MARK} (?:cities|towns|villages|wards|municipalities)\b",
    re.IGNORECASE,
)
_KEYWORDS_EN = re.compile(rf"{MARK} (?!budget|costs?\b)\S+|(?-i:[A-Z]{{2}})\S* (?:in )?{MARK}")
# Within a phrase they ask nothing: staff who fly the drones.
_QUESTION_WORD_EN = re.compile(
    r"^\W*(?:(?:and|so|but|for|in|at|by|on|to|since|from) )?(?:which|what|who|whom|where|when|why|how|whose)\b"
    r"|[?]|\btell me\b",
    re.IGNORECASE,
)


def kind_of(text: str, lang: Lang, places: int, cities: int) -> Asked:
    """The kind of a question in NFKC form in which MARK stands for every named place.

    `places` is how many places it names, `cities` how many of these are surely no prefecture.
    Background sentences before the question count only if nothing after them asks.
    """
    asks = asking(text)
    decide = _japanese if lang == "ja" else _english
    kind = decide(asks, places, cities)
    towns = _TOWNS_JA if lang == "ja" else _TOWNS_EN
    of_area = _TOWNS_OF_AREA_JA if lang == "ja" else _TOWNS_OF_AREA_EN
    where = of_area if places else towns
    return Asked(kind, not cities and bool(where.search(asks)))


def _japanese(text: str, places: int, cities: int) -> Kind:
    head = bool(_HEAD_JA.search(text) or (not places and _NAMELESS_JA.search(text)))
    who = head or bool(_WHO_ASKED_JA.search(text))
    in_areas = not cities and _DOES_IN_AREA_JA.search(text) and not _MORE_JA.search(text)
    if places > 1 and (_COMPARE_JA.search(text) or not (who or in_areas)):
        return "compare"
    if not cities and _COUNT_JA.search(text):
        return "count"
    if places and cities and not re.search(rf"どの(?:{WHO_JA})|(?:{WHO_JA})(?:は|って)?どこ", text):
        who = False
    if who and _MOST_JA.search(text) and not re.search("一覧|全部|すべて|全て|たち", text):
        return "fact"
    number = bool(_NUMBER_JA.search(text))
    of_whom = head or re.search(rf"どこ|どの(?:{WHO_JA})|(?:{WHO_JA})(?:は|\s)", text)
    if who and (of_whom or not number):
        return "list"
    if _HOW_JA.search(text):
        return "how"
    if number:
        return "fact"
    return _plain_japanese(text, places, cities)


def _plain_japanese(text: str, places: int, cities: int) -> Kind:
    """The kind of a question that asks for nobody, no number and no manner."""
    does = _NAMELESS_JA if not places else _DOES_IN_AREA_JA
    if not cities and does.search(text) and not (places and _MOST_JA.search(text)):
        return "list"
    polite = _POLITE_JA.search(text)
    if _YES_JA.search(text) and not polite and not _INTERROGATIVE_JA.search(text):
        return "yesno"
    asks = re.search(r"[はか][?。]*$|とは", text) or (polite and not re.search(r"一覧|事例", text))
    towns = _IN_TOWNS_OF_JA.search(text) or _KEYWORDS_JA.fullmatch(text)
    of_area = towns and not _FIGURE_JA.search(text)
    return "fact" if asks or cities or (places and not of_area) else "list"


def _asks_for_things(text: str) -> bool:
    return bool(_THINGS_ASKED_EN.search(text)) and not _SOME_TOWN_EN.search(text)


def _english(text: str, places: int, cities: int) -> Kind:
    whether = bool(_WHETHER_EN.search(text))
    text = _POLITE_EN.sub("", text)
    of_place = places and _OF_PLACE_EN.search(text) and (cities or not _IN_AREA_EN.match(text))
    who = bool(_WHO_ASKED_EN.search(text)) and not of_place
    who = who or (not places and _asks_for_things(text))
    if places > 1 and (_COMPARE_EN.search(text) or not who):
        return "compare"
    if not cities and _COUNT_EN.search(text):
        return "count"
    if who and _MOST_EN.search(text) and _ONE_EN.search(text):
        return "fact"
    how = _HOW_EN.search(text)
    if who and (not how or _BY_WHOM_EN.match(text)) and not (cities and _YES_EN.match(text)):
        return "list"
    if how:
        return "how"
    if whether or _YES_EN.match(text):
        return "yesno"
    of_area = _TOWNS_OF_AREA_EN.search(text) or _KEYWORDS_EN.fullmatch(text)
    named = cities or (places and not of_area)
    return "fact" if named or _QUESTION_WORD_EN.search(text) else "list"
