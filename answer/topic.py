"""What a question is about, without what it asks of that."""

import re
from datetime import date

from answer.kinds_ja import COUNTERS
from answer.question import Question, understand_whole
from answer.who import WHO_EN, WHO_JA

_ASK_JA = re.compile(
    r"(?:[0-9〇一二三四五六七八九十]+[日月年か]+(?:間)?(?:に|で))?(?:約|およそ|全部で|合わせて)?"
    r"(?:いつ|いくら|いくつ|なんぼ|どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度)|どう(?:やって|し[てた])"
    rf"|どのように|何(?:{COUNTERS}|店舗?|か所|箇所|団体|が|を|に|で)|誰|だれ|なぜ|何故|どうして|なんで)(?:から|まで|頃|ごろ|に|で|が|を|も|と|の)?"
)
_PARTICLES = re.compile(r"(?:[はがをにでもと、\s]|って|には|では)+$")
_LIST_JA = re.compile(
    rf"(?:{WHO_JA})(?:は|って|を|が)?(?:どこ|ある|あり|全部|すべて|教え|挙げ)?[^。?]{{0,12}}[?。]*$"
)
_ASK_EN = re.compile(
    r"^(?:and |so )?(?:how (?:many|much|long|often|far|fast|quickly|big|large)"
    r"(?: (?!(?:d(?:o|oes|id)|is|was|were|has|have|had|can|could)\b)[\w-]+)?"
    r"|when|wh(?:at|ich) (?:year|share|percentage|proportion|number)(?: of [\w-]+)?|who|why|how)"
    r"\b,? ?(?:(?:d(?:o|oes|id)|is|was|were|are|has|have|had|can|could) )?",
    re.IGNORECASE,
)
_LIST_EN = re.compile(rf"^(?:which|what) (?:[\w-]+ )?{WHO_EN} |^who ", re.IGNORECASE)
# What goes on from one figure to its next asks the same: 「次の年度は？」, "and the year after?"
_SAME = re.compile(
    r"次の|前の|同じ|翌|うち|内訳|\b(?:next|same|after|before|else|previous)\b",
    re.IGNORECASE,
)


def goes_on(question: Question) -> bool:
    """Whether a follow-up asks the same of the next year or the rest: 「次の年度は？」."""
    return bool(_SAME.search(question.normal))


def about(before: Question, question: Question, today: date | None) -> Question:
    """What `before` is about, for another question that asks something else of it.

    「小樽市の保育の選考は何分で終わる？」 leaves 「小樽市の保育の選考」 to 「費用は？」, and a list
    what its towns have done to 「理由は？」 or to a fact of one of them. As it is if nothing would
    remain, or the same goes on.
    """
    if goes_on(question):
        return before
    if before.mode == "list":
        pattern = _LIST_JA if before.lang == "ja" else _LIST_EN
        of_one = question.kind == "how" or (question.is_placed and question.mode == "fact")
        rest = pattern.sub("", before.normal) if of_one else before.normal
    elif before.lang == "ja":
        rest = _told(before, today)
    else:
        rest = _ASK_EN.sub("", before.normal)
    return _read(rest, before, today)


def _told(before: Question, today: date | None) -> str:
    """A Japanese fact up to its interrogative, or without that if nothing is told before it."""
    asked = _ASK_JA.search(before.normal)
    if not asked:
        return before.normal
    head = _PARTICLES.sub("", before.normal[: asked.start()])
    if head and understand_whole(head, today).content:
        return head
    return before.normal[: asked.start()] + before.normal[asked.end() :]


def _read(rest: str, before: Question, today: date | None) -> Question:
    if rest == before.normal or not any(map(str.isalnum, rest)):
        return before
    found = understand_whole(rest, today)
    return found if found.content or found.is_placed else before
