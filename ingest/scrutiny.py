"""What a reader should know of a text before trusting it: garbled, hidden, or giving orders."""

import re

BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")

# Characters that only a wrong decoding leaves: replaced, private or control ones, glyph numbers
# of a PDF font without a table, and what UTF-8 looks like when read as CP932 or Latin-1.
_GARBLED = re.compile(
    "[\ufffd\ue000-\uf8ff\x80-\x9f]|\\(cid:[0-9]+\\)|[縺繧繝][^ぁ-ん一-龠、。\\s]|Ã[\x80-¿]|â€."
)
_ORDERS = re.compile(
    r"(?:上記|以上|前述|これまで|ここまで|以前|先ほど|直前|他)の(?:全ての|すべての)?"
    r"(?:指示|命令|内容|ルール|規則|文章|説明|プロンプト)[をは]?(?:すべて|全て)?(?:無視|忘れ)"
    r"|(?:上記|以上|前述|これまで|ここまで)を(?:すべて|全て)?無視"
    r"|(?:指示|命令|プロンプト)[をは]?(?:すべて|全て)?(?:無視し|忘れ)"
    r"|あなたは(?:今|いま)?から|(?:AI|人工知能|アシスタント)への(?:指示|命令)[：:]"
    r"|(?:ignore|disregard|forget)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+|these\s+)?"
    r"(?:previous|above|prior|earlier|preceding|instructions)"
    r"|you\s+are\s+now\s+an?\b|do\s+not\s+follow\s+(?:the|your)\b"
    r"|(?:system\s+prompt|システムプロンプト)",
    re.IGNORECASE,
)


def nonblank(text: str) -> int:
    """How many characters a text has, blanks and control characters not counted."""
    return len(BLANK.sub("", text))


def garbling_of(text: str) -> float:
    """The share of a text, 0 to 1, that looks like the remains of a wrong decoding."""
    count = nonblank(text)
    garbled = sum(len(match.group()) for match in _GARBLED.finditer(text))
    return round(garbled / count, 4) if count else 0.0


def flags_of(text: str) -> tuple[str, ...]:
    """Keys of the catalogue for what a text does that no document should: give orders."""
    return ("flag_orders",) if _ORDERS.search(text) else ()
