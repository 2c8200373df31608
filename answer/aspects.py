"""The things a question asks for, and which units of the index mention each of them."""

import math
import re
from dataclasses import dataclass, replace

import numpy as np

from answer.called import Names
from answer.contract import Theme
from answer.counts import as_list
from answer.kana import in_kanji
from answer.question import Question, understand
from answer.retold import without
from answer.spans import overlaps, span_of, spans_of
from answer.unnamed import unnamed
from index.generation import Level
from index.lexical import LexicalIndex
from index.terms import normalize, split_words
from index.thesaurus import Thesaurus
from messages import Lang
from search.fusion import Scores

# A concept's words without the concept itself are weaker evidence.
WORDS_ONLY = 0.6

# Latin words that say too little to insist on.
_GENERIC = frozenset("ai dx it ict pc web app sns id ok no url pdf".split())


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing asked: a concept of the thesaurus (or None) and the words that name it.

    `weight` is its share of what is asked: rare things weigh more. What no unit mentions is not
    `known`; it weighs most if the question is in the language of the documents, else nothing.
    With `required`, an entry that never mentions it is no answer, unless it is of one of
    `documents`: they have it in a title, a heading or a part of a word, where no unit has it.
    """

    label: str
    concept: str | None
    words: tuple[str, ...]
    weight: float
    required: bool
    known: bool
    documents: frozenset[str] = frozenset()

    def presence(self, lexical: LexicalIndex) -> Scores:
        """How far each row mentions it, shape (n_rows,), 0 to 1."""
        total = np.zeros(lexical.n_rows, dtype=np.float32)
        for word in self.words:
            total[lexical.postings(word)[0]] += 1 / len(self.words)
        if self.concept:
            total *= WORDS_ONLY
            total[lexical.postings(f"c:{self.concept}")[0]] = 1.0
        return total


def aspects_of(question: Question, thesaurus: Thesaurus, level: Level) -> tuple[Aspect, ...]:
    """The aspects of a question, in the order of its words, concepts first.

    How many live in the towns that it means is none (小さな町), nor is what it leaves out.
    """
    conditions = [*question.population, *spans_of(question.left_out)]
    normal = question.normal.lower()
    aspects: list[Aspect] = []
    taken: set[str] = set()
    content = set(question.content)
    for found in thesaurus.find(normal, question=True):
        if overlaps(span_of(found), conditions):
            continue
        surface = normal[found.start : found.end]
        words = tuple(dict.fromkeys(word for word in split_words(surface) if word in content))
        taken.update(words)
        if any(found.concept == aspect.concept for aspect in aspects):
            continue
        aspects.append(_aspect(surface, found.concept, words, question, level, thesaurus))
    for word in question.content:
        if word not in taken and not any(word in a.words for a in aspects):
            aspects.append(_aspect(word, None, (word,), question, level, thesaurus))
    return tuple(aspects)


def expansions(aspects: tuple[Aspect, ...], names: Names) -> tuple[str, ...]:
    """Which terms of the documents stand for those of the question: "data entry → 入力業務"."""
    pairs = ((aspect.label, names.of(aspect.concept)) for aspect in aspects if aspect.concept)
    return tuple(f"{asked} → {term}" for asked, term in pairs if term and not _is(asked, term))


def _is(asked: str, term: str) -> bool:
    """Whether what is asked is a term itself, or with its particle: LINEで."""
    return re.fullmatch(re.escape(normalize(term)) + "[ぁ-ん]{0,2}", asked) is not None


def in_japanese(aspects: tuple[Aspect, ...], names: Names) -> str:
    """The things asked, as Japanese documents call them, one after the other; may be empty."""
    terms = ((names.of(a.concept) if a.concept else "") or a.label for a in aspects)
    return " ".join(dict.fromkeys(terms))


def themes_of(aspects: tuple[Aspect, ...], thesaurus: Thesaurus, lang: Lang) -> tuple[Theme, ...]:
    """The concepts asked for, as a language calls them, in the order of the question."""
    concepts = dict.fromkeys(aspect.concept for aspect in aspects if aspect.concept)
    named = (Theme(concept, thesaurus.preferred.get((concept, lang), "")) for concept in concepts)
    return tuple(theme for theme in named if theme.name)


def _aspect(
    label: str,
    concept: str | None,
    words: tuple[str, ...],
    question: Question,
    level: Level,
    thesaurus: Thesaurus,
) -> Aspect:
    terms = [f"c:{concept}"] if concept else list(words)
    weight = max((idf(term, level.lexical) for term in terms), default=0.0)
    known = weight > 0
    if not known and question.lang == "ja":
        weight = math.log(1 + level.lexical.n_rows)
    required = any(word in question.key_terms and _names_a_thing(word) for word in words)
    required = required or any(word in question.names for word in words)
    if concept and words:
        shown = thesaurus.preferred.get((concept, "en"), "")
        required = required or (shown.isupper() and shown.isascii() and normalize(shown) in words)
    return Aspect(label, concept, words, weight, required, known)


def _names_a_thing(word: str) -> bool:
    is_name = word.isascii() and any(c.isalpha() for c in word)
    return is_name and len(word) > 1 and word not in _GENERIC


def idf(term: str, lexical: LexicalIndex) -> float:
    """ln(1 + N / df) of a term, 0 if no row has it."""
    df = len(lexical.postings(term)[0])
    return math.log(1 + lexical.n_rows / df) if df else 0.0


def in_language_of_documents(
    question: Question, aspects: tuple[Aspect, ...], names: Names
) -> Question:
    """The question as it is searched and read.

    Without its conditions: no document says that its town lies in 関東, and the reranker likes a
    sentence less for a prefecture that it does not name. The period of a list is one only if the
    list is of a known thing, not of all that began in a year. In a Japanese question, a town in
    kana or romaji (おたる市) is named in kanji, and a thing as documents call it; how many there
    are is asked as which they are. An English list that asks for nothing but known concepts of the
    thesaurus is asked in their Japanese terms (「RPA 入力業務の事例」). A fact is asked of 市 or
    "the city", not of a name, unless nothing else is asked.
    """
    things = any(aspect.concept and aspect.known for aspect in aspects)
    told = without(question.text, question.condition_spans(dated=things))
    if question.kind == "count":
        told = as_list(told)
    if question.mode == "fact" and aspects:
        told = unnamed(told, question.places, question.lang)
    if question.lang == "ja":
        concepts_named = [aspect.concept for aspect in aspects if aspect.concept]
        told = names.told_in(in_kanji(told, question.places), concepts_named)
    # Only in Tokyo are the wards said first, and the reranker has hardly seen it.
    told = told.replace("区市町村", "市区町村")
    question = replace(question, text=told)
    concepts = sorted(
        {aspect.concept if aspect.concept and aspect.known else "" for aspect in aspects}
    )
    terms = [names.of(concept) for concept in concepts]
    if (question.lang, question.mode) != ("en", "list") or not terms or not all(terms):
        return question
    meant = understand(f"{' '.join(terms)}の事例")
    return replace(
        question,
        text=meant.text,
        lang=meant.lang,
        content=meant.content,
        key_terms=meant.key_terms,
    )
