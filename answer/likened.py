"""Towns that a question names only as a model for others, or as the news that led to it."""

import re

from answer.spans import Span
from answer.who import TOWNS_EN, WHO_JA

# つくば市みたいにネット投票をした町は？, 北見市を参考にした市, 深谷市と同じ道具を使う市
_LIKE = re.compile(
    r"(?:(?:みたい|のよう)[にな]|を(?:参考|手本|モデル)に|に(?:なら|倣)って|に視察に(?:行って|行った)"
    r"|(?=の[^、。?はが]{1,16}を(?:参考|手本|モデル)に)"
    r"|(?=と同(?:じ|様の)(?!(?:都道)?府?[都道府県])))"
    rf"(?=.{{1,40}}(?:{WHO_JA})(?:[はをが?]|って|$))"
)
_LIKE_EN = re.compile(
    r"\b(?:like|similar to|(?:the )?same (?!prefecture)(?:\w+ )?as) $", re.IGNORECASE
)
# 町田市がRPAを入れたと聞きました。ほかに入れた市は？
_TOLD = re.compile(
    r"[^。?!]*(?:聞(?:き|いて)|読(?:み|んで)|知り|拝見し|見(?:て|まし)|とのこと|そうです)[^。?!]{0,8}。"
    rf"(?=[^。?]*(?:ほか|他|同じよう|同様)[^。?]*(?:{WHO_JA}))"
)
_TOLD_EN = re.compile(
    rf"[^.?!]*[.!] (?=[^.?]*\b(?:else|the same|similar\w*|other (?:{TOWNS_EN}|places))\b)",
    re.IGNORECASE,
)


def likened(text: str, town: Span) -> Span | None:
    """Where a question in NFKC form says that others than the town named there are meant, the
    name included; None if it does not.
    """
    start, end = town
    if like := _LIKE.match(text, end):
        return start, like.end()
    if like := _LIKE_EN.search(text[:start]):
        return like.start(), end
    told = _TOLD.match(text, end) or _TOLD_EN.match(text, end)
    return town if told else None
