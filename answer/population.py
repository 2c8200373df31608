"""How many live in the towns that are asked for: a condition that documents cannot be held to."""

import re

_NUMBER = r"(?:約|およそ)?\s?[0-9][0-9,.]*\s?[百千万]*人?"
_BOUND = (
    r"(?:程度|規模|クラス|前後|くらい|ぐらい|ほど|未満|以下|以内|以上|台|弱|強|を?超え?る?"
    r"|に満たない)"
)
_NUMBER_EN = r"[0-9][0-9,.]*(?: ?k\b| thousand| million)?"
_BOUND_EN = (
    r"(?:of|under|below|over|above|around|about|less than|fewer than|more than|at least|at most"
    r"|up to|between)\s"
)
_POPULATION = re.compile(
    rf"人口(?:規模)?[がはもで]?{_NUMBER}(?:(?:から|[〜~-]){_NUMBER})?{_BOUND}*の?"
    rf"|[0-9][0-9,.]*\s?[百千万]+人{_BOUND}+の?(?=市|町|村|区|自治体|団体|まち|都市)(?!.[外内民])"
    r"|(?:人口)?(?:同じ(?:くらい|ぐらい|程度|ような)?の?|同)(?:人口)?規模[のでな]?"
    rf"|,?\s?(?:with|of|having) (?:a )?populations? (?:{_BOUND_EN})+{_NUMBER_EN}"
    rf"(?: (?:and|to|or) (?:{_NUMBER_EN}|less|more|fewer))?"
    rf"|(?<=s )(?:with|of) (?:{_BOUND_EN})?{_NUMBER_EN} (?:people|inhabitants|residents)\b"
    r"|,? ?(?:of|with) (?:a |the )?(?:similar|same|comparable) size\b"
    r"|\bsimilar(?:ly)?[- ]sized\b ?",
    re.IGNORECASE,
)


def find_population(text: str) -> tuple[int, int] | None:
    """Where a question in NFKC form says how many live in the towns it means; None if nowhere."""
    found = _POPULATION.search(text)
    return found.span() if found else None
