"""A follow-up question made to stand alone, by what the questions before it set."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answer.question import LONGEST_QUESTION, Question, understand, understand_whole
from answer.replaced import replaced, widens
from answer.topic import about, goes_on
from answer.who import WHO_EN
from errors import JireiError

# A new topic, announced as one.
_FRESH = re.compile(
    r"^(?:では|じゃあ?)?(?:別件|次の質問|別の(?:質問|話|件)|話(?:は|が)(?:変わ|変え)|ところで)"
    r"|^(?:by the way|(?:a |on a )?(?:different|another|separate|new|unrelated)"
    r" (?:question|topic|matter))\b",
    re.IGNORECASE,
)
_LEANS_JA = re.compile(
    r"^(?:それ|そこ|そちら|では|じゃあ?|ほか|他に|あと|また|ちなみに|次の|同じ|逆に|うち)"
    r"|(?:^|、)(?:その|この|これら|うち)(?!他)|どれ(?:です|でしょう|か|が|を|も|ですか)?[?。]*$"
    r"|^(?:最初|最後|[0-9一二三四五]つ目|[0-9一二三四五]番目?)の(?:市|町|村|区|自治体|ところ|もの|事例|の)?"
    r"|だけ(?:に(?:絞|限)|お願い|で[。?]*$)|に(?:絞|限)(?:る|って|ると|れば)|(?:同じ|同様の?)(?:こと|取り?組|もの)"
)
# However short, it says who shall have done what: 「書かない窓口を始めた町は？」
_WHOLE_JA = re.compile(
    r"を.+(?:[市区町村県]|自治体|団体|ところ)(?:は|って|が|を)?(?:あり(?:ます|ません)(?:でしょう)?か|教えて[^。]{0,8})?[?。]*$"
)
# An opening that leads on to a whole question as well as to one that leans.
_OPENING_JA = re.compile(r"^(?:では|じゃあ?|あと|また|ちなみに)、?")
_WHOLE_EN = re.compile(
    rf"^(?:(?:which|what) (?:\w+ )?{WHO_EN}|who|any {WHO_EN}) (?!else\b|other\b|in\b|of\b)\S+ \S",
    re.IGNORECASE,
)
_SAME_EN = re.compile(r"\b(?:else|others?|same|so|such|this|one|ones)\b", re.IGNORECASE)
_LEANS_EN = re.compile(
    r"^(?:and|but|also|then|so|only|just|(?:what|how) about|which ones?|any|there|(?:the )?next)\b"
    r"|\bthe (?:first|second|third|fourth|last|next|other) (?:one|city|town|village)\b"
    r"|\b(?:of|among) (?:those|these|them)\b|\bthe same(?: thing)?[?]*$"
    r"|\bthe (?:city|town|village|ward|prefecture|municipality)\b",
    re.IGNORECASE,
)
_PRONOUN_EN = re.compile(r"\b(?:it|its|they|them|there|that|those|these)\b", re.IGNORECASE)
# Whatever it is, of a place: 「佐賀県のほうは何をやってる？」 "Is it true" points at nothing.
_ANYTHING = re.compile(
    r"(?:何|なに|どんなこと)(?:を|か)?(?:やっ|し)て(?:い)?(?:る|ます)"
    r"|\bwhat (?:is|are|has|have|does|did) [^?]+ (?:doing|done|do)\b"
    r"(?! (?:about|with|for|on|in|to|by))",
    re.IGNORECASE,
)
_IT_EN = re.compile(
    r"\bit\b(?! (?:true|possible))|\bthe ones? (?:in|at|from|of)\b"
    r"|\b(?:has|have|had|is|was|does|did|will) (?:that|this)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"そのうち|その(?:中|なか|内)|この(?:うち|中)|これら|^うち|どれ"
    r"|\b(?:which ones?|(?:of|among) (?:those|these|them))\b|^only\b",
    re.IGNORECASE,
)
_BARE_JA, _WORD_JA, _BARE_EN = 16, 7, 4
_LOOK_BACK = 20


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no other: `question` as it is used, and the one it narrows down.

    `topic` is what the conversation is about, without the last aspect asked. With `repeated`, it
    is a reading for the case that another one finds but what answers that question. With `within`,
    only places that may answer that question can answer this one.
    """

    question: Question
    topic: Question
    within: "Standalone | None" = None
    repeated: Question | None = None

    @property
    def told(self) -> str:
        """The question as it was used, after the one that it narrows down."""
        before = f"{self.within.told} → " if self.within else ""
        return before + self.question.text


def readings(
    question: Question, history: Sequence[str], today: date | None = None
) -> tuple[Standalone, ...]:
    """What a question may mean after those of `history`, oldest first; the likelier one first.

    One that leans on another ("And Machida?", 「費用は？」) takes over its words, and its places
    unless it names its own. "Which of them …" narrows the answer of the other, 「…も含めて」 does
    not. One that names no place after one that did may mean that place, or any: then there are two
    readings. Any other question stays as it is. What no question can be read from, and what lies
    far back, is passed over; `today` is what "last year" is counted from.
    """
    asked = [found for text in history[-_LOOK_BACK:] if (found := _readable(text, today))]
    return _readings(question, asked, today)


def _readable(text: str, today: date | None) -> Question | None:
    try:
        return understand(text, today)
    except JireiError:
        return None


def _readings(
    question: Question, history: Sequence[Question], today: date | None
) -> tuple[Standalone, ...]:
    alone = Standalone(question, question)
    whole = question.is_placed and _ANYTHING.search(question.normal)
    if not history or whole or _FRESH.search(question.normal):
        return (alone,)
    before = _readings(history[-1], history[:-1], today)[0]
    stays = before.question.is_placed and not question.is_placed and question.mode == "fact"
    if not _leans(question) and not stays:
        return (alone,)
    found = [_joined(before, question, today)]
    if stays and (there := _there(before.question, question, today)):
        found.append(there)
    return tuple(found if _leans(question) else [*found, alone])


def _there(before: Question, question: Question, today: date | None) -> Standalone | None:
    """The question asked of the places before alone, if it asks something else of them."""
    if before.mode != "fact" or goes_on(question):
        return None
    places = " ".join(before.normal[slice(*span)] for span in before.place_spans)
    asked = understand_whole(f"{places} {question.text}", today)
    return Standalone(asked, before, repeated=before)


def _joined(before: Standalone, question: Question, today: date | None) -> Standalone:
    if not question.content and (question.sets_conditions or question.level):
        # The same question of other places, years or bounds.
        asked = _merged(before.question, question, today)
        if before.question.kind == "list" and before.question.lang != question.lang:
            of_towns = not any(p.city for m in question.places for p in m.candidates)
            asked = replace(asked, kind="list") if of_towns else asked
        # 「そのうち」 drops nothing: what is replaced still holds for the places found.
        among = _AMONG.search(question.normal) and replaced(before.question, question)
        within = before if among else before.within
        return Standalone(asked, _merged(before.topic, question, today), within)
    asked = _merged(about(before.topic, question, today), question, today)
    if before.question.is_placed or question.is_placed:
        return Standalone(asked, before.topic, before.within)
    if _AMONG.search(question.normal):
        asked = replace(asked, kind="list" if asked.mode == "fact" else asked.kind)
    wider = widens(question.normal)
    return Standalone(asked, before.topic, before.within if wider else before)


def _merged(before: Question, question: Question, today: date | None) -> Question:
    """The words of both; what the later question says of places, level, period or threshold takes
    the place of what the earlier one said of it.
    """
    kept = before.normal
    for (start, end), instead in reversed(replaced(before, question)):
        kept = kept[:start] + instead + kept[end:]
    text = " ".join(f"{kept} {question.text}".split())
    # Who is asking has been left out of each.
    return understand_whole(text[-LONGEST_QUESTION:], today)


def _refers(text: str) -> bool:
    """Whether an English question speaks of what was said before it."""
    return any(pattern.search(text) for pattern in (_PRONOUN_EN, _SAME_EN, _AMONG))


def _is_whole(text: str) -> bool:
    """Whether what follows an opening says by itself who shall have done what."""
    return len(text) > _BARE_JA and bool(_WHOLE_JA.search(text)) and not _LEANS_JA.search(text)


def _leans(question: Question) -> bool:
    text = question.normal
    located = bool(question.places or question.areas)
    if not question.content:
        return True
    if question.lang == "en":
        if _WHOLE_EN.match(text) and not _refers(text):
            return False
        if _LEANS_EN.search(text) or len(text.split()) <= _BARE_EN:
            return True
        pronoun = _IT_EN if located else _PRONOUN_EN
        return bool(pronoun.search(text)) and question.mode != "list"
    if (opening := _OPENING_JA.match(text)) and _is_whole(text[opening.end() :]):
        return False
    if _LEANS_JA.search(text):
        return True
    if located or _WHOLE_JA.search(text):
        return False
    return len(text) <= (_WORD_JA if question.key_terms else _BARE_JA)
