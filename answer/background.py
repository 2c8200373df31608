"""What a question says as background, and which of its sentences ask."""

import re

from answer.spans import Span, blanked, overlaps
from answer.who import WHO_JA

SENTENCE = re.compile(r"[^。.?!\n]+[。.?!]*")
"""A sentence of a question, folded in width."""
_COURTESY = re.compile(
    r"^(?:どうぞ)?(?:よろしく|宜しく|お願い|おねがい|ありがとう|以上|失礼|こんにちは|すみません|thank|thanks"
    r"|regards|hello|hi\b|please)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"[?]|か。?$|[はが]。?$|教えて|知りたい|挙げて|あげて|探して|いつ|どこ|どの|どう|どれ|いくら|いくつ|何|なぜ"
    rf"|だして|出して|一覧|事例|リスト|(?:{WHO_JA})。?$"
    r"|\b(?:which|what|who|where|when|why|how|list|show|find|name|tell|compare|any)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(r"(?:ます|ません|です|でした|ました|たい)(?:[がので]{1,2})?[。!\s]*$")
_STRONG = re.compile(r"[?]|か。?$|教えて|知りたい|\b(?:list|tell)\b")


def asking(text: str) -> str:
    """The sentences that ask, joined; the whole text if none does."""
    found = [text[start:end] for start, end in _asking(text)]
    if len(found) > 1:
        found = [sentence for sentence in found if _STRONG.search(sentence)] or found[-1:]
    return " ".join(found) or text


def without_background(text: str) -> str:
    """The text with spaces in the place of sentences that ask nothing but tell something.

    Before the one that asks all of these do, after it those with a verb (来年度の資料に使います).
    """
    asked = _asking(text)
    if not asked:
        return text
    background = [
        found.span()
        for found in SENTENCE.finditer(text)
        if not overlaps(found.span(), asked)
        and (found.start() < asked[-1][0] or _TELLS.search(found.group()))
    ]
    return blanked(text, background)


def _asking(text: str) -> list[Span]:
    found = []
    for match in SENTENCE.finditer(text):
        sentence = match.group().strip()
        if sentence and not _COURTESY.match(sentence) and _ASKS.search(sentence):
            start = match.start() + match.group().index(sentence)
            found.append((start, start + len(sentence)))
    return found
