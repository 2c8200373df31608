"""What comes before and after a question: greetings, thanks, and who is asking."""

import re

from index.terms import fold_width

_TOWN = r"(?:市区?町村|[市町村区県]|自治体|まち)"
_SELF = (
    rf"(?:(?:うち|私(?:たち|達|ども)?|わたし(?:たち)?|当方|こちら|我々|[当本弊]{_TOWN}|わが{_TOWN})"
    rf"(?:の{_TOWN})?)"
)
_ROLE = (
    rf"(?:{_TOWN}|[市町村区県]?役[所場]|県庁|職員|担当(?:者|課|係)?|者|係員|議員|[市町村区]長"
    r"|[課室部局係](?:員|長|の[一-鿿ァ-ヺ]{1,6})?)"
)
_IS = r"(?:です|でございます|だ|と申します|をして(?:い|お)り?ます)(?:が|けど|けれども?|ので|から)?"
_GREETING_JA = (
    r"(?:いつも)?(?:大変)?お(?:世話|疲れ様?)(?:に)?(?:なって(?:おり|い)ます|になります|です)",
    r"(?:なるほど|わかりました|分かりました|了解(?:です|しました)?|ありがとうござい(?:ます|ました))",
    r"(?:こん(?:にち|ばん)は|おはようございます|(?:は|初)じめまして|初めまして|失礼(?:いた)?します)",
    r"(?:突然(?:の(?:質問|連絡)で?)?)?(?:すみません|すいません|申し訳(?:ありません|ございません))が?",
)
_ASKER_JA = (
    # 「うちは人口4万人の市です。」, 「塩尻市の企画課の者ですが、」, 「小さな町なので、」
    rf"(?:{_SELF}(?:は|も|では|、))?[^。、?!はをがもにで]{{0,30}}?{_ROLE}(?:{_IS}|なので)",
    # 「東北の市で、」 says who is asked, and nothing of who asks.
    rf"{_SELF}(?:は|も|では)[^。、?!はをがもにで]{{0,30}}?{_ROLE}で(?=、)",
    # 「私たちの町は高齢化率が40%です。」: a figure of the asker's own town is no topic.
    rf"{_SELF}(?:は|では)[^。、?!をに]{{0,20}}[0-9][^。、?!をにた]{{0,15}}(?:です|で(?=、)|なので)",
    r"[^。、?!は]{0,30}(?:に(?:勤め|勤務し)|で働い|を担当し)て(?:い|お)(?:ます|ります|る者です)が?",
)
_OPENING_JA = re.compile(
    rf"(?:{'|'.join(_GREETING_JA + _ASKER_JA)})(?:[。、!\s]+|(?<=[でま]すが)|(?<=ですけど))"
)
_CLOSING_JA = re.compile(
    r"(?<=[。?!\s])(?:(?:どうぞ|以上、?)?(?:よろしく|宜しく)(?:お?願い)?(?:いた|致)?し?"
    r"(?:ます|申し上げます)?|ありがとうございます|以上です)[。!\s]*$"
)

_OFFICE = r"(?:city|town|village|ward|municipality|prefecture|council|office|hall|government)"
_SIZE = r"(?:an? )?(?:very |quite |rather )?(?:small|tiny|big|large)"
_GREETING_EN = (
    r"(?:hello|hi|ok(?:ay)?|got it|i see|thank you|thanks(?: for [^,.]{1,30}| a lot)?(?! to )"
    r"|good (?:morning|afternoon|evening)|dear [^,.]{1,30}|excuse me|sorry)"
    r"(?: there| everyone| all)?"
)
_ASKER_EN = (
    r"(?:i['’]?m|i am|we['’]?re|we are)"
    r" (?:an? |the |one of |part of |in charge of |from |with |at |on )[^.;?!]{1,80}?",
    r"(?:i|we|my colleagues and i) work (?:for|at|in|with|as) [^.;?!]{1,60}?",
    rf"(?:our|my) (?:small |little |own )?{_OFFICE} (?:has|counts|is home to) [^.;?!,]{{0,20}}[0-9]"
    r"[^.;?!]{0,30}?",
    rf"(?:our|my) (?:own )?{_OFFICE} is {_SIZE}[^.;?!]{{0,40}}?",
)
_OPENING_EN = re.compile(
    rf"(?:{_GREETING_EN}|{'|'.join(_ASKER_EN)})"
    r"(?:[.;!]+\s+|, (?:and|so|but) |,\s+(?=(?:which|what|who|where|are|is|have|has)\b))"
    rf"|{_GREETING_EN}[,!]+\s*|(?:hi|hello)\s+"
    r"|as (?:an? |the )[^,.?]{1,60}, (?=i|we|which|what|who)",
    re.IGNORECASE,
)
_CLOSING_EN = re.compile(
    r"(?<=[.?!] )(?:(?:many )?thanks|thank you|(?:kind|best) regards)"
    r"(?: in advance| (?:very|so) much| a lot)?[.!\s]*$",
    re.IGNORECASE,
)

# 「加賀市の職員です。うちではいつ電子投票を？」: whoever asks so asks of the own town.
_OF_SELF = re.compile(
    rf"{_SELF}(?:で(?!も)|は|が|の)|\b(?:do|did|have|has|are|is) (?:we|our)\b", re.IGNORECASE
)
_OF_OTHERS = re.compile(
    r"[他例]|ほか|どこ|どの|自治体|市町村|ところ|\b(?:which|other|who|any)\b", re.IGNORECASE
)
_LAST_SENTENCE = re.compile(r"[^。.?!]*[。.?!\s]*$")


def asked_part(text: str) -> str:
    """A question without its greeting, thanks and what it says of who is asking.

    In NFKC form if anything goes, else as it is. Nothing goes if no letter would remain, or if the
    rest asks about the asker's own town.
    """
    told = fold_width(text)
    rest = _CLOSING_EN.sub("", _CLOSING_JA.sub("", told)).strip()
    while opening := _OPENING_JA.match(rest) or _OPENING_EN.match(rest):
        rest = rest[opening.end() :]
    if rest == told or not any(map(str.isalnum, rest)) or _is_of_self(rest):
        return text
    return rest


def _is_of_self(text: str) -> bool:
    last = _LAST_SENTENCE.search(text)
    asking = last.group() if last else text
    return bool(_OF_SELF.search(asking)) and not _OF_OTHERS.search(asking)
