"""What comes before and after a question: greetings, thanks, and who is asking."""

import re

from answer.background import SENTENCE
from answer.mentions import find_mentions
from answer.occasion import OCCASION_EN, OCCASION_JA
from answer.who import TOWNS_EN, WHO_JA
from index.terms import fold_width
from ingest.places import find_places, places_named

_TOWN = r"(?:市区?町村|[市町村区県]|自治体|まち)"
_SELF = (
    rf"(?:(?:うち|私(?:たち|達|ども)?|わたし(?:たち)?|当方|こちら|我々|[当本弊自]{_TOWN}|自分の{_TOWN}"
    rf"|わが{_TOWN})(?:の{_TOWN})?)"
)
_ROLE = (
    rf"(?:{_TOWN}|[市町村区県]?役[所場](?:勤務)?|県庁|教育委員会|職員|担当者?|者|係員|新人|議員|市民"
    r"|保健師|看護師|保育士|栄養士|相談員|支援員|推進員|協力隊員?|教[諭員師]|先生|司書|消防[士団]|技師|学芸員|主[事任査幹]|[市町村区]長"
    r"|在住|[課室部局係](?:員|長|の[一-鿿ァ-ヺ]{1,6})?)"
)
_IS = (
    r"(?:です|でございます|だ|なの?ですが|なんですが|と申します|をして(?:い|お)り?ます)"
    r"(?:が|けど|けれども?|ので|から)?"
)
_PLANNED = "予算(?:要求|編成|案)?|組織(?:改編|見直し)?|(?:事業)?計画(?:の?策定)?|視察先?|研修"
_OPEN_JA = rf"(?:{_SELF}(?:は、?|も|では|、))?"
_GREETING_JA = (
    r"(?:いつも)?(?:大変)?お(?:世話|疲れ様?)(?:に)?(?:なって(?:おり|い)ます|になります|です)",
    r"(?:なるほど|わかりました|分かりました|了解(?:です|しました)?|ありがとうござい(?:ます|ました))",
    r"(?:こん(?:にち|ばん)は|おはようございます|[初は]じめまして|失礼(?:いた)?します|ご担当者?様)",
    r"(?:お忙しいところ|突然(?:の(?:質問|連絡)で?)?)?(?:すみません|すいません|恐れ入ります"
    r"|申し訳(?:ありません|ございません))が?",
)
_ASKER_JA = (
    # 「うちは人口4万人の市です。」, 「塩尻市の企画課の者ですが、」, 「小さな町なので、」
    rf"{_OPEN_JA}[^。、?!はをがもにで]{{0,30}}?{_ROLE}(?:{_IS}|なので)",
    rf"{_OPEN_JA}[^。、?!はをがもにで]{{1,30}}と申します(?:が)?",
    # 「来年度の予算要求の参考に、」, 「来年の視察先を探しています。」: what the asker has in mind.
    rf"(?:再?来年|次年|今年|本年|令和[0-9]{{1,2}}年|20[0-9]{{2}}年)度?の(?:{_PLANNED})"
    r"(?:の(?:参考|検討)に(?:したいので|したく|するため)?|に向けて?|のために?|を控えて?"
    r"|を探して(?:い|お)り?ます(?:が|ので)?)",
    # 「釜石市の防災担当として、」
    rf"{_OPEN_JA}[^。、?!はをが]{{0,30}}?{_ROLE}として(?=、)",
    # 「東北の市で、」 says who is asked, and nothing of who asks.
    rf"{_SELF}(?:は|も|では)[^。、?!はをがもにで]{{0,30}}?{_ROLE}で(?=、)",
    # 「私たちの町は高齢化率が40%です。」: a figure of the asker's own town is no topic.
    rf"{_SELF}(?:は|では)[^。、?!をに]{{0,20}}[0-9][^。、?!をにた]{{0,15}}(?:です|で(?=、)|なので)",
    r"[^。、?!は]{0,30}(?:に(?:勤め|勤務し)|で働い)て(?:(?:い|お)?(?:ます|ります)|(?:い|お)る者です)が?",
)
_END_JA = r"(?:[。、!\s]+|(?<=[でま]すが)(?!、)|(?<=ですけど)(?!、))"
# 「議会から指摘を受け、見直した市は？」: only the clause before tells what the town has to do with.
_DEED = (
    rf"[^。、?!をがはに]{{0,12}}[たるい](?:{WHO_JA}|事業|取り?組み?|もの|施策|サービス)"
    r"(?:は|を|が|[?。]|$)"
)
_OPENING_JA = re.compile(
    rf"(?:{'|'.join(_GREETING_JA + _ASKER_JA)}){_END_JA}"
    rf"|(?:{'|'.join(OCCASION_JA)}){_END_JA}(?!(?<=、){_DEED})"
)
_DUTY_JA = re.compile(
    rf"{_OPEN_JA}(?:[^。、?!はをが]{{0,20}}?{_TOWN}(?:役[所場])?[ので])?"
    rf"(?=(?P<duty>[^。、?!は]{{1,30}}?(?:の担当(?:者)?{_IS}|を(?:担当|推進)して(?:(?:い|お)り?ます|(?:い|お)る(?:者|職員)です(?:が|けど)?))))"
)
"""「加賀市でふるさと納税を担当しています。」: what somebody is in charge of may be the topic."""
_CLAUSE_JA = re.compile(r"[^。、!]+[。、!\s]+")
_UNIT = re.compile(rf"(?:窓口|役[所場]|{_TOWN}|[課室部局係])(?=の担当|を担当)")
_CLOSING_JA = re.compile(
    r"(?<=[。?!\s])(?:(?:どうぞ|以上、?)?(?:よろしく|宜しく)(?:お?願い)?(?:いた|致)?し?"
    rf"(?:ます|申し上げます)?|ありがとうございます|以上です|{_ASKER_JA[0]})[。!\s]*$"
)

_OFFICE = r"(?:city|town|village|ward|municipality|prefecture|council|office|hall|government)"
_ROLE_EN = (
    r"(?:clerk|official|officer|mayor|councill?or|staff(?: member)?|employee|planner|manager"
    r"|servant|vendor|supplier|researcher|student|journalist|consultant)s?"
)
_SIZE = r"(?:an? )?(?:very |quite |rather )?(?:small|tiny|big|large)"
_NAME = r"(?:the )?(?-i:[A-Z])[\w-]+(?: (?:(?-i:[A-Z])[\w-]+|of|city|town|hall|office)){0,5}"
_GREETING_EN = (
    rf"(?:(?:hello|hi)(?: from {_NAME})?|ok(?:ay)?|got it|i see|thank you"
    r"|thanks(?: for [^,.]{1,30}| a lot)?|good (?:morning|afternoon|evening)|dear [^,.]{1,30}"
    r"|excuse me|sorry)(?: there| everyone| all)?"
)
_I_AM = r"(?:i['’]?m|i am|we['’]?re|we are)"
_WHERE_EN = r"(?: (?:of|in|from|at|with|near) (?:[^.;?!,]|(?<=[0-9]),(?=[0-9])){1,50}?)?"
_ASKER_EN = (
    rf"{_I_AM} (?:an? |the |one of the |part of the |(?=[\w-]+ {_ROLE_EN}\b))[\w'’ -]{{0,40}}?"
    rf"\b(?:{_ROLE_EN}|{_OFFICE})\b{_WHERE_EN}"
    r"(?:,? (?:who (?:is|am) )?(?:making|doing|writing|conducting|collecting|preparing)"
    r" [^.;?!,]{1,60})?",
    rf"{_I_AM} (?:from|with|at) (?:{_NAME}|the {_OFFICE}[^.;?!,]{{0,40}}?)",
    rf"(?:our|my) {_OFFICE}, {_NAME}, (?:is|wants|plans|has|was) [^.;?!]{{0,60}}?",
    rf"my name is {_NAME}(?:,? (?:from|of|at) {_NAME})?",
    r"(?:i|we|my colleagues and i) work (?:for|at|in|with|as) [^.;?!]{1,60}?",
    rf"(?:our|my) (?:small |little |own )?{_OFFICE} (?:has|counts|is home to) [^.;?!,]{{0,20}}[0-9]"
    r"[^.;?!]{0,30}?",
    rf"(?:our|my) (?:own )?{_OFFICE} is {_SIZE}[^.;?!]{{0,40}}?",
)
_ASKS_EN = r"(?:which|what|who|where|are|is|has|have|do|does|can|could|how|any|please)\b"
_OPENING_EN = re.compile(
    rf"(?:{'|'.join(OCCASION_EN)})"
    rf"|(?:{'|'.join(_ASKER_EN)})"
    rf"(?:[.;!]+\s+|,? (?:and|so|but) (?=(?:i|we)\b|{_ASKS_EN})|,\s+(?={_ASKS_EN}))"
    rf"|{_GREETING_EN}[,.!;]+\s*|(?:hi|hello) (?={_ASKS_EN})"
    rf"|as (?:an? |the )[\w ]{{0,30}}\b{_ROLE_EN}\b[^,.?]{{0,40}}?,? (?=(?:i|we)\b|{_ASKS_EN})",
    re.IGNORECASE,
)
_CLOSING_EN = re.compile(
    r"(?<=[.?!] )(?:(?:many )?thanks|thank you|(?:kind|best) regards)"
    r"(?: in advance| (?:very|so) much| a lot)?[.!\s]*$",
    re.IGNORECASE,
)

# 「加賀市の職員です。うちではいつ電子投票を？」, 「県内では？」: the asker's own town is meant.
_OF_SELF = re.compile(
    rf"{_SELF}(?:で(?!も.*たい)|は|が|の|に|も(?!.*たい))"
    r"|(?<![一-鿿])(?:[県府市町村管区]内(?!会)|[同本当]県)|近隣|周辺|隣の|同じ県"
    r"|\b(?:we|our|my|here)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    rf"他(?!人)|ほか|よそ|事例|実例|前例|の例[はをが]|自治体|市町村|ところ|(?:どの|どこの){_TOWN}|どこ(?!の)"
    rf"|\b(?:others?|else|elsewhere|{TOWNS_EN}|places)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"[?]|か。?$|[はが]。?$|教えて|知りたい|(?:{_TOWN}|例)。?$")
# 県内 is that of the prefecture which who asks has named.
_AT_HOME = re.compile(
    r"(?<![一-鿿])(?:うちの|同じ|[同本当])?[県府][内下](?!会)|(?<![一-鿿])(?:うちの|同じ|[同本当])県"
    r"|\b(?:our|my|the same) prefecture\b",
    re.IGNORECASE,
)


def asked_part(text: str) -> str:
    """A question without its greeting, thanks and what it says of who is asking.

    In NFKC form if anything goes, else as it is. Of what somebody is in charge of only the town
    goes, since it may be the topic; 県内 becomes that of the prefecture that went. Nothing goes if
    no letter would remain, or if a sentence of the rest asks about the asker's own town, or the
    places around it.
    """
    told = fold_width(text)
    unnamed = _anonymous(told)
    whole = _CLOSING_EN.sub("", _CLOSING_JA.sub("", unnamed)).rstrip()
    rest = whole.lstrip()
    while True:
        duty = _DUTY_JA.match(rest)
        if duty and not _UNIT.search(duty["duty"]):
            rest = rest[duty.start("duty") :]
            break
        opening = _OPENING_JA.match(rest) or _OPENING_EN.match(rest)
        opening = opening or (_CLAUSE_JA.match(rest) if duty else None)
        if not opening:
            break
        rest = rest[opening.end() :]
    if rest == unnamed or not any(map(str.isalnum, rest)):
        return text
    start = len(whole) - len(rest)
    part = _named_home(told[start : len(whole)], told[:start])
    return text if _is_of_self(_anonymous(part)) else part


def _named_home(part: str, opening: str) -> str:
    """The question with 県内 by the name of the one prefecture that its opening names."""
    homes = {place for mention in find_mentions(opening) for place in mention.candidates}
    prefectures = {place.prefecture for place in homes}
    if len(prefectures) != 1:
        return part
    (home,) = places_named(prefectures.pop())
    return _AT_HOME.sub(lambda at: home.name_en if at.group().isascii() else f"{home.name}内", part)


def _anonymous(text: str) -> str:
    """The text, its Japanese names of places made unreadable up to their last letter.

    本市 in 松本市 is not the asker's own town, and the kana of つがる市 are no particles.
    """
    for place in find_places(text):
        text = text[: place.start] + "某" * len(place.text[1:]) + text[place.end - 1 :]
    return text


def _is_of_self(text: str) -> bool:
    asking = [part for part in SENTENCE.findall(text) if _ASKS.search(part)]
    return any(_OF_SELF.search(part) and not _OF_OTHERS.search(part) for part in asking)
