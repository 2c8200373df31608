"""How many live in the towns that are asked for."""

import re

from answer.spans import Span
from answer.who import TOWNS_EN

_TOWN = (
    r"(?:[市町村区](?!場|長|圏|会|家|おこし|外|内|民)|市区?町村|自治体|団体|政令市|都市(?!圏)"
    r"|まち(?!づくり|なか|おこし)|(?:の)?(?:とこ(?!ろで)|だけ|のみ))"
)
_NUMBER = (
    r"(?:約|およそ)?\s?(?:[0-9](?=[0-9,.]*[百千万人])[0-9,.百千万]*"
    r"|[一二三四五六七八九十百千数][一二三四五六七八九十百千万]*)人?"
)
_BOUND = (
    r"(?:程度|規模|クラス|前後|まで|くらい|ぐらい|ほど|いるかいないか|未満|以下|以内|以上|台|弱|強|余り"
    r"|に満たない|[をに]?(?:超え|越え|上回|下回|切|割)(?:っ?てい)?[るった]{1,2}|もいない"
    r"|より(?:少な|多)い)"
)
_RANGE = (
    rf"(?:(?:約|およそ)?[0-9]{{1,3}}(?:から|[〜~-]))?"
    rf"{_NUMBER}{_BOUND}*(?:(?:から|[〜~-]|、|かつ)?{_NUMBER}{_BOUND}*)?"
)
_TOWNS_EN = rf"\b(?:{TOWNS_EN}|communities|(?:city|town|municipality))"
_A_MILLION = r"(?:half )?an? (?:hundred )?(?:thousand|million)\b"
_NUMBER_EN = (
    rf"(?:[0-9][0-9,.]*(?: ?k\b| thousand| million)?|{_A_MILLION})"
    r"(?: (?:people|inhabitants|residents))?"
)
_BOUND_EN = (
    r"(?:of|under|below|over|above|around|about|less than|fewer than|more than|at least|at most"
    r"|up to|between|no more than|no less than|exceeding)\s"
)
_LIVING = "(?:people|inhabitants|residents)"
# Of 1,000 people "that" signed up the people are told of, of fewer than so many the town.
_FEW_EN = r"(?:under|below|less than|fewer than|at most|up to)\s"
_PEOPLE_EN = (
    rf"(?:with|of|having) (?:{_FEW_EN}[0-9][0-9,.]*(?:k| thousand)? {_LIVING}(?= that)"
    rf"|(?:{_BOUND_EN})*[0-9][0-9,.]*(?:k| thousand)? {_LIVING}(?! (?:who|that|on|register|in)))"
)
_HAVING_EN = (
    rf"(?:with|of|having) (?:a )?populations? (?:{_BOUND_EN})+{_NUMBER_EN}"
    rf"(?: (?:and|to|or) (?:{_NUMBER_EN}|less|more|fewer))?"
)
# So many are no staff and no devices: 50,000 people, or 10,000 of nothing that is named.
_THOUSANDS = (
    r"(?:[0-9]{1,3},?000"
    rf"|[0-9]{{1,3}}(?:\.[0-9])? ?(?:k|thousand|million)\b|{_A_MILLION})(?![0-9])"
)
_MANY_EN = (
    rf"(?:(?:{_THOUSANDS}|[0-9]{{1,3}})(?: (?:and|to|or) | ?[-–] ?))?{_THOUSANDS}"
    rf"(?: {_LIVING}(?! (?:who|on|register))"
    r"|(?=[?,.]|$| (?:using|with|that|which|who|and|have)\b| in (?-i:[A-Z])))"
)
_POPULATION = re.compile(
    rf"(?<![一-鿿])(?P<ja>人口(?:規模)?[がはもで]?{_RANGE}"
    rf"(?:の(?=(?:小さ|大き)?[いな]?{_TOWN})|で(?![すはも])|(?:では?|なら|だと|は|の場合は?)?(?=[?]|$)|(?={_TOWN}|[、\s])))"
    rf"|(?<![一-鿿])(?P<scale>[0-9][0-9,.]*[百千万]+人(?:規模|程度|クラス|前後|未満|以下|以上"
    rf"|より(?:少な|多)い)の?)(?={_TOWN})"
    rf"|(?<![一-鿿])(?P<people>(?:住|市|町|村|区)民(?:数)?(?:が|は)?{_RANGE}の?)"
    r"(?=[市町村区](?!場|長|圏|会|家|おこし|外|内|民)|市区?町村|自治体)"
    r"|(?P<near>人口(?:規模)?[がのも]?"
    rf"(?:近い|似た|似ている|似通った|同じ(?:くらい|ぐらい|程度)?の?|同程度の|少ない|多い))(?={_TOWN})"
    rf"|(?<![一-鿿])(?P<size>(?:規模の)?(?:(?:小さ|大き)な|(?<![がのはも])(?:小さ|大き)い|(?<=規模の)(?:小さ|大き)い)"
    r"|[小大]規模[なの]?)"
    rf"(?=(?:町村|{_TOWN})(?:[や・と][市町村])?(?:[では、?\s]|って|なら|だと|の(?:事例|取り?組|例)|$))"
    rf"|(?<![一-鿿ぁ-んァ-ヺ])(?P<same>(?:うちと|[当本][市町村]と)?同(?:じ(?:くらい|ぐらい|程度)の|じ)?"
    rf"(?:人口)?規模の)(?={_TOWN})"
    rf"|{_TOWNS_EN}(?P<en>,? (?:{_HAVING_EN}|{_PEOPLE_EN}))"
    rf"|{_TOWNS_EN}(?: in [A-Z][a-z]+)?"
    rf"(?P<living>,? (?:(?:that |which )?(?:have|has) (?={_BOUND_EN})|(?:of|with|from) )?"
    rf"(?:{_BOUND_EN})*{_MANY_EN})"
    r"|(?:those|them|ones|any)(?: (?:that|which))?"
    rf"(?P<those> (?:have|has|with) (?:{_BOUND_EN})+{_MANY_EN})"
    rf"|(?:^|[.?] )(?:and |(?:what|how) about )?(?P<bare>{_HAVING_EN})"
    rf"|{_TOWNS_EN}(?P<alike> (?:of|with) (?:a |the )?(?:similar|same|comparable) size"
    r"(?: (?:to|as) \w+)?)"
    rf"|(?P<sized>\bsimilar(?:ly)?[- ]sized )(?={_TOWNS_EN})"
    r"|(?:^|\b(?:which|what|any|other|there|about|and|in|list|find|show|are|do|have|has) )"
    rf"(?P<size_en>(?:small|big)(?:ger|er|ish)? |tiny |larger? )(?={_TOWNS_EN})",
    re.IGNORECASE,
)


def find_population(text: str) -> tuple[Span, ...]:
    """Where a question in NFKC form says how many live in the towns it means, in order.

    What cannot be cut out as a whole is left in: 人口当たり, 人口が3割減った町.
    """
    return tuple(found.span(found.lastgroup or 0) for found in _POPULATION.finditer(text))
