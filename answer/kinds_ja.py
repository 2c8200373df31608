"""What kind of answer a Japanese question wants."""

import re

from answer.counts import is_count
from answer.modes import Kind
from answer.who import MARK, THINGS_JA, WHO_JA

_COMPARE = re.compile(
    r"比べ|比較|違い|違う|違って|違った|差は|差が|どちら|どっち|それぞれ|各々|対して"
)
_HOW = re.compile(
    r"どのように|(?:誰|だれ|どこ)と(?:協力|連携|一緒|組)|どうやって|どうして|なぜ|何故|なんで|どんな(?:ふう|風|流れ|手順|方法|工夫|やり方|経緯|きっかけ|理由)"
    r"|どう(?:使|つか|取り組|進め|すすめ|解決|対応|対処|活用|利用|やって|して|し(?:た|て)|運用|実現|克服|防)"
    r"|(?:理由|経緯|方法|手順|進め方|やり方|きっかけ|背景|工夫|こつ|コツ|要因|仕組み)"
    r"(?:は|を|って|とは|について|が|も)?(?:何|なん|どん|教え|知り|聞|[?。]*$)"
)
COUNTERS = (
    r"時間|年|月|人|件|円|割|%|パーセント|名|台|種類|業務|日|分|回|倍|枚|秒|世帯|通り?"
    r"|個|歳|校|社|本|冊|戸|軒|棟|頭|匹|階|位|番|点|票|字|文字|語|席|便|路線|週|度|[かカヶヵケ]月|[カヶヵケ]所"
    r"|メートル|キロ|グラム|トン|リットル|ミリ|センチ|ヘクタール|平方|ページ|ポイント|ドル"
)
"""What is counted after 何: 何路線."""
_NUMBER = re.compile(
    rf"いつ|いくら|なんぼ|いくつ(?!か(?![?。]|$))|何(?:{COUNTERS}"
    r"|が|を|の|に|で|と|から|です|時|か(?!所)|でしょう|だ|[?])(?!か[のをに])"
    r"|どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度)|誰|だれ|目標"
)
# The noun that is asked for, after what is said of it: 何枚減ったか書いてある事例を教えて.
_NOUN = rf"(?:[たるいなうくすつぬぶむぐ]|済みの?)(?:{WHO_JA}|{THINGS_JA})"
_WHICH = r"、?(?:どこ|どちら|どれ)(?:です|でしょう)?か?"
_HEAD = re.compile(
    rf"(?:{_NOUN}(?:(?:は|って|とは)(?:{_WHICH})?)?|[たるい]の(?:は|って){_WHICH})(?:[(].*)?[?。!]*$"
    rf"|{_NOUN}[をはが、]*(?:って)?(?:(?!何|いく|ど[れのん])[^がは?。]){{0,16}}"
    r"(?:教え|おしえて|挙げ|あげて|知りたい|探して|出して|お願い|紹介|リスト|まとめ|集めて|全部|全て|すべて"
    r"|[あ在](?:る|り)|ない[?]|(?:ご|御)?存[じ知]|知って)"
)
_WHO_ASKED = re.compile(
    rf"どこ(?!まで|から|に[いあ])|どの(?:{WHO_JA})|どんな(?:{WHO_JA})"
    rf"|(?:{WHO_JA})(?:は|って|とは)、?(?:[?。]|$|どこ|どちら|何[?で]|ある|あり|どれ)"
    rf"|(?:{WHO_JA}|事例|例|ケース|取り組み|取組|もの)"
    r"(?:は|って|を|が|も|の(?:一覧|例|事例|リスト))?(?:だけ)?(?:に(?:絞|限)って|に限定して)?、?(?:すべて|全て|全部|いくつか|具体的に|他に|ほかに|もれなく|[0-9]{1,3}(?:つ|件|団体|か所|例)(?:ほど)?)?"
    r"(?:教えて|教え|おしえて|挙げて|あげて|知りたい|探して|出して|だして|お願い|紹介|リスト|まとめ"
    r"|(?:に(?:は|つい)|など|等).{0,8}教えて|[あ在](?:る|り|れば))"
    rf"|(?:{WHO_JA}|事例|[たるいなの]例|ケース|取り組み)(?:は|って|で|では)?[?。!]*$"
    rf"|(?:{WHO_JA})\s|一覧|先進事例|事例集|(?:の|な|た|る|)事例|前例|(?:{WHO_JA})があ"
)
_NAMELESS = re.compile(r"[たるい]の(?:は|って)[?。]*$")
# Of a prefecture, its towns are meant: 北海道でAIを使っているのは？, 神奈川の市でAI活用, 滋賀 生成AI.
_AREA = rf"{MARK}(?:[内下]|23区)?"
_DOES_IN_AREA = re.compile(
    rf"{_AREA}(?:の[^、。?]{{1,8}}?)?(?:で|において)[^がも]*を[^がも]*[ぁ-ん]の(?:は|って)[?。]*$"
)
_TOWNS_OF_AREA = re.compile(rf"{_AREA}の(?:{WHO_JA})(?:は|が|って|で(?:は|も)|に(?:は|おける))")
_IN_TOWNS_OF = re.compile(rf"{_AREA}の(?:{WHO_JA})で")
_KEYWORDS = re.compile(r"[^ぁ-ん?]+ [^ぁ-ん?]+")
_FIGURE = re.compile(
    r"(?:費用?|料金|価格|予算|時間|日数|年度?|率|額|数|効果|課題|理由|時期)[?。]*$"
)
_MOST = re.compile(
    rf"最も|もっとも|一番(?!号|線|町)|いちばん|最多|最少|最大|最小|(?<!ス)トップ(?:は|の(?:{WHO_JA})|[?。]|$)"
)
_MORE = re.compile(r"先に|早く|多く|より|進んで")
# 市では, with nothing said of it, is a town that is known; 使う市では is any.
_TOWNS = re.compile(
    rf"(?:(?:{WHO_JA})(?<!^[市町村区県])(?<![^たるいなうくすのど他各][市町村区県]))(?:たち|など)?(?:では|には|は|が|って|における|の間で|で)|どこの?(?:{WHO_JA})も"
)
_INTERROGATIVE = re.compile(
    r"何|いつ|どこ|誰|だれ|いくら|なんぼ|いくつ|どれ|どの|どう|なぜ|どんな|どちら|なに"
)
_POLITE = re.compile(
    r"(?:教えて|挙げて|探して|見せて|紹介して)(?:もらえ|いただけ|くださ|くれ|ほし|欲し)?.{0,12}$"
    r"|(?:いただけ|もらえ|願え)(?:ます|ない|る).{0,8}$"
)
_YES = re.compile(
    r"(?:ます|ません|です|ました|でした|でしょう|でしょ|っけ|[るたいう](?:ん|の)です|[るたいの])か[。?!]*$"
    r"|(?:[るた]|てる|でる|い|の|よね|っけ)[?]+$"
)
# 「どこの市と結んだ？」 asks whom one town did it with.
_WHICH_TOWN = re.compile(rf"どこ?の(?:{WHO_JA})(?![とにへ]|から)|(?:{WHO_JA})(?:は|って)?どこ")
_SEVERAL = re.compile("一覧|全部|すべて|全て|たち")
_OF_WHOM = re.compile(rf"どこ|どの(?:{WHO_JA})|(?:{WHO_JA})(?:は|\s)")
_ASKS = re.compile(r"[はか][?。]*$|とは")
_CASES = re.compile("一覧|事例")


def asks_towns(text: str, places: int) -> bool:
    """Whether a question is of municipalities in general, or of those of the places it names."""
    return bool((_TOWNS_OF_AREA if places else _TOWNS).search(text))


def kind_of(text: str, places: int, cities: int) -> Kind:
    """The kind of a question in NFKC form in which MARK stands for every named place.

    `places` is how many places it names, `cities` how many of these are surely no prefecture.
    """
    head = bool(_HEAD.search(text) or (not places and _NAMELESS.search(text)))
    who = head or bool(_WHO_ASKED.search(text))
    in_areas = not cities and _DOES_IN_AREA.search(text) and not _MORE.search(text)
    more = _MORE.search(text) or _MOST.search(text)
    which_of_these = cities > 1 and more and not _WHICH_TOWN.search(text)
    if places > 1 and (_COMPARE.search(text) or which_of_these or not (who or in_areas)):
        return "compare"
    if not cities and is_count(text):
        return "count"
    if places and cities and not _WHICH_TOWN.search(text):
        who = False
    if who and _MOST.search(text) and not _SEVERAL.search(text):
        return "fact"
    number = bool(_NUMBER.search(text))
    of_whom = head or _OF_WHOM.search(text)
    if who and (of_whom or not number):
        return "list"
    if _HOW.search(text):
        return "how"
    if number:
        return "fact"
    return _plain(text, places, cities)


def _plain(text: str, places: int, cities: int) -> Kind:
    """The kind of a question that asks for nobody, no number and no manner."""
    does = _NAMELESS if not places else _DOES_IN_AREA
    if not cities and does.search(text) and not (places and _MOST.search(text)):
        return "list"
    polite = _POLITE.search(text)
    if _YES.search(text) and not polite and not _INTERROGATIVE.search(text):
        return "yesno"
    asks = _ASKS.search(text) or (polite and not _CASES.search(text))
    towns = _IN_TOWNS_OF.search(text) or _KEYWORDS.fullmatch(text)
    of_area = towns and not _FIGURE.search(text)
    return "fact" if asks or cities or (places and not of_area) else "list"
