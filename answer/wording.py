"""The sentences of an answer that are ours: counts, names and refusals, never claims."""

from collections.abc import Sequence

from answer.contract import Case
from answer.question import Question
from ingest.places import places_named
from messages import Lang, tell

NAMED = 20


def name_of(case: Case, lang: Lang) -> str:
    """A case's name in the language of the answer."""
    return case.place.name_en if lang == "en" and case.place else case.name


def prefecture_of(case: Case, lang: Lang) -> str:
    """The prefecture a municipality lies in; empty for a prefecture or an explanation."""
    if case.place is None or case.place.city is None:
        return ""
    name = case.place.prefecture
    return places_named(name)[0].name_en if lang == "en" else name


def summary(question: Question, cases: Sequence[Case], documents: int) -> str:
    """One or two lines over the quotes: who answers, who may, and how many were searched."""
    lang = question.lang
    matches = [case for case in cases if case.verdict == "match"]
    unsure = [case for case in cases if case.verdict == "unsure"]
    if question.kind == "fact" and matches:
        first = matches[0]
        said = tell("answer_fact", lang, name=name_of(first, lang), quote=first.quotes[0].text)
        return f"{said}\n{tell('answer_searched', lang, documents=documents)}"
    lines = []
    if matches:
        names = _names(matches, lang)
        lines.append(tell("answer_match", lang, n=len(matches), names=names))
    if unsure:
        lines.append(tell("answer_unsure", lang, n=len(unsure), names=_names(unsure, lang)))
    lines.append(tell("answer_searched", lang, documents=documents))
    return "\n".join(lines)


def refusal(key: str, lang: Lang, documents: int, **values: object) -> str:
    """Why there is no answer, and how many documents were searched."""
    return tell(key, lang, documents=documents, **values)


def _names(cases: Sequence[Case], lang: Lang) -> str:
    names = [name_of(case, lang) for case in cases[:NAMED]]
    more = len(cases) - len(names)
    joined = ("、" if lang == "ja" else ", ").join(names)
    return joined + (tell("answer_more", lang, n=more) if more else "")
