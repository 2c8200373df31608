"""What a comparison is asked for: the rows that its table begins with."""

import re
from dataclasses import dataclass

from answer.aspects import Aspect
from answer.effects import SAVED_UNITS, says_saved
from answer.figures import figures_of
from answer.marks import ANY, wanted
from answer.question import Question
from answer.titles import as_written, joined_title, title_of_term
from index.thesaurus import Thesaurus
from messages import Lang, tell

# Words that ask what came of a thing, not for another thing: 削減時間, "hours saved", 効果.
_RESULT = re.compile(
    r"効果|成果|結果|削減|減ら[すしせ]?|減[るっ]?|短縮|節[約減]|浮"
    r"|\b(?:sav(?:e[ds]?|ings?)|results?|effects?|outcomes?|impacts?|reductions?|reduce[ds]?|cuts?)\b"
)
# They may stand beside such a word and are then part of it; alone they are a thing: 費用.
_BESIDE = re.compile(
    r"\b(?:working|work|hours?|time|costs?|money|how many|how much|of|in)\b"
    r"|何|作業|業務|時間|費用|経費|コスト|量|率|額|[をのがはに\s]"
)
# Words that only set side by side.
_COMPARING = re.compile(
    r"差|違い|違う|異なる|どっち|どちら|より|多い|少ない|大きい|小さい|早い|速い|高い|低い|先|進む"
    r"|differ\w*|similar\w*|contrast\w*|better|worse|earlier|later|ahead|further|faster"
    r"|larger|bigger|greater|higher|lower"
)
_OF_TIME = re.compile(r"時間|\b(?:hours?|time|days?|minutes?)\b", re.IGNORECASE)
_OF_MONEY = re.compile(r"費用|経費|コスト|金額|円|\b(?:costs?|money|yen|budgets?)\b", re.IGNORECASE)
_TIME = frozenset("時間 分 秒 日".split())
_ENDS_IN_KANA = re.compile("[ぁ-ん]$")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is asked for. What names one of its `aspects` tells of it.

    What `has_name` (a concept, RPA) is called by it; other things may be put in any words. Of
    `results`, each sentence tells that says what was saved.
    """

    title: str
    aspects: tuple[Aspect, ...]
    has_name: bool = True
    results: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """The things that a comparison is asked for, in the order of the question.

    `units` are those of the figures that are asked for: time, money, or, if `results` are, whatever
    can be saved.
    """

    things: tuple[Thing, ...] = ()
    units: frozenset[str] = frozenset()
    results: bool = False

    def rank(self, text: str) -> int:
        """How well a sentence says the figures asked for, 0 (not at all) to 4."""
        if self.results:
            return says_saved(text, self.units)
        if not self.units:
            return 0
        return int(any(figure.unit in self.units for figure in figures_of(text)))


def sought(
    question: Question, aspects: tuple[Aspect, ...], thesaurus: Thesaurus, lang: Lang
) -> Sought:
    """What a question compares its places by; nothing if it says no more than to compare them.

    Who asks for results or the use of a thing asks for one thing. Verbs (減らす, "train") and
    English words that no document has are no things, unless they are all that is asked.
    """
    results = _results(aspects)
    rest = tuple(
        aspect
        for aspect in aspects
        if aspect not in results and not _COMPARING.fullmatch(aspect.label)
    )
    things = tuple(
        Thing(
            title_of_term(aspect.label, aspect.concept, question.normal, thesaurus, lang),
            (aspect,),
            _has_name(aspect, question),
        )
        for aspect in rest
        if _is_thing(aspect, question) and not _is_part(aspect, rest, question)
    )
    if not things and results:
        things = (Thing(tell("compare_results", lang), results, results=True),)
    elif not things and rest:
        words = dict.fromkeys(as_written(aspect.label, question.normal) for aspect in rest)
        title = " ".join(words) if question.lang == "en" else joined_title(tuple(words), lang)
        things = (Thing(title, rest, has_name=False),)
    return Sought(things, _units(question, bool(results)), bool(results))


def _results(aspects: tuple[Aspect, ...]) -> tuple[Aspect, ...]:
    """Those that ask for results; none if none of them has a word that does."""
    found = [a for a in aspects if not _BESIDE.sub("", _RESULT.sub("", a.label))]
    return tuple(found) if any(_RESULT.search(a.label) for a in found) else ()


def _has_name(aspect: Aspect, question: Question) -> bool:
    named = any(word in question.key_terms for word in aspect.words)
    return bool(aspect.concept or aspect.required or named)


def _is_thing(aspect: Aspect, question: Question) -> bool:
    if _has_name(aspect, question):
        return True
    return aspect.weight > 0 and not _ENDS_IN_KANA.search(aspect.label)


def _is_part(aspect: Aspect, others: tuple[Aspect, ...], question: Question) -> bool:
    """Whether a plain word only says what of another thing is asked: AIの使い方, 窓口業務."""
    if _has_name(aspect, question):
        return False
    label = re.escape(aspect.label)
    befores = (re.escape(other.label) for other in others if other is not aspect)
    return any(re.search(f"{other}の?{label}", question.normal, re.I) for other in befores)


def _units(question: Question, results: bool) -> frozenset[str]:
    """The units of the figures asked for, of results also where it says "more" only."""
    units = wanted(question).units - {ANY}
    if not results:
        return units
    units |= _TIME if _OF_TIME.search(question.normal) else frozenset()
    units |= {"円"} if _OF_MONEY.search(question.normal) else frozenset()
    return units or SAVED_UNITS
