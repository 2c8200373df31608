"""Names of towns in a question that are ordinary words there: 行方がわからない, 大台に乗る."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from answer.kana import AFTER_NAME
from answer.question import Question, language, understand_whole
from answer.texts import Texts
from answer.who import WHO_JA
from answer.wording import is_absent
from index.terms import split_words, word_classes
from ingest.documents import Place
from ingest.places import Mention

_HIRAGANA = re.compile("[ぁ-ん]+")
# 「高山のRPAは？」 speaks of a town, also where its name is a word of the dictionary; not so
# 「大台に乗る」, nor a question that asks for towns itself.
_BEFORE_TOWN = re.compile(r"(?:^|[\s、。?!]|では|じゃあ?)$")
_AFTER_TOWN = re.compile(rf"{AFTER_NAME}|、")
_WHO = re.compile(rf"(?:{WHO_JA})(?:は|って|が|を|も)?[?。]*$")


def reread(question: Question, here: Collection[Place], texts: Texts, today: date) -> Question:
    """The question with those names read as words that only look like a town's.

    Only names without 市, 町 or 村 of towns that are not `here` are looked at. Such a name is a
    word if the dictionary has it as one. A proper name is one if the documents use it, yet never
    with its 市 (飛島, an island); then, or where it stands as a town's would, an answer must
    mention it. So is a town that is no more than the scene of what another one did, if the
    documents tell of it: 「熱海市の土砂災害で原因をつきとめた自治体は？」
    """
    if _is_scene(question, here, texts):
        (mention,) = question.places
        stem = mention.candidates[0].name[:-1] if question.lang == "ja" else ""
        return _as_words(question, {mention.text}, {stem}, today)
    doubtful = [m for m in question.places if _is_bare(m) and is_absent(m, here)]
    if not doubtful or question.mode == "compare":
        return question
    normal = question.normal
    words: dict[str, bool] = {}
    for mention in doubtful:
        must = _insisted_on(normal, mention, texts)
        if must is not None:
            words[mention.text] = must
    insisted = {word for word, must in words.items() if must}
    return _as_words(question, words.keys(), insisted, today) if words else question


def _as_words(
    question: Question, words: Collection[str], insisted: Collection[str], today: date
) -> Question:
    """The question with names read as words; an answer must mention the `insisted` ones."""
    read = understand_whole(question.text, today, frozenset(words))
    parts = {part for word in insisted for part in split_words(word)}
    names = tuple(word for word in read.content if word in parts)
    return replace(read, names=names, alone=question.alone & read.named)


def _is_scene(question: Question, here: Collection[Place], texts: Texts) -> bool:
    """Whether a list of towns names but one, which has no document and stands in one."""
    if question.mode != "list" or len(question.places) != 1 or question.areas:
        return False
    (mention,) = question.places
    towns = all(place.city for place in mention.candidates) and is_absent(mention, here)
    return towns and any(texts.mentioning(place.name[:-1]) for place in mention.candidates)


def _is_bare(mention: Mention) -> bool:
    """Whether a Japanese name stands without its 市, 町, 村 …."""
    if language(mention.text[0]) == "en":
        return False
    return not any(mention.text[-1] == place.name[-1] for place in mention.candidates)


def _insisted_on(normal: str, mention: Mention, texts: Texts) -> bool | None:
    """Whether an answer must mention a name that is a word; None if it is a town's name."""
    classes = word_classes(normal, mention.start, mention.end)
    as_town = _stands_as_town(normal, mention)
    if "固有名詞" in classes:
        return True if _of_something_else(mention, texts) else None
    if len(classes) > 1 and (as_town or not _HIRAGANA.fullmatch(mention.text)):
        # The dictionary does not know it: 七戸. A reading of kanji is too weak a sign of a town.
        spelt = any(place.name.startswith(mention.text) for place in mention.candidates)
        return None if spelt else False
    return as_town and not texts.mentioning(mention.text)


def _stands_as_town(normal: str, mention: Mention) -> bool:
    before, after = normal[: mention.start], normal[mention.end :]
    return bool(_BEFORE_TOWN.search(before) and _AFTER_TOWN.match(after) and not _WHO.search(after))


def _of_something_else(mention: Mention, texts: Texts) -> bool:
    """Whether the documents use a name, yet never as the name of one of these towns."""
    return (
        all(place.city for place in mention.candidates)
        and texts.have_alone(mention.text)
        and not any(texts.mentioning(place.name) for place in mention.candidates)
    )
