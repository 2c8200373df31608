"""The sentences of an answer that are ours: counts, names and refusals, never claims."""

from collections.abc import Collection, Mapping, Sequence

from answer.aspects import Aspect
from answer.contract import Answer, Case
from answer.question import Question
from answer.titles import as_written
from ingest.documents import SOURCE_KINDS, Place
from ingest.places import Mention, places_named
from messages import Lang, tell

NAMED = 20


def name_of(case: Case, lang: Lang) -> str:
    """A case's name in the language of the answer."""
    return case.place.name_en if lang == "en" and case.place else case.name


def prefecture_of(case: Case, lang: Lang) -> str:
    """The prefecture a municipality lies in; empty for a prefecture or an explanation."""
    if case.place is None or case.place.city is None:
        return ""
    return _prefecture(case.place, lang)


def _prefecture(place: Place, lang: Lang) -> str:
    return places_named(place.prefecture)[0].name_en if lang == "en" else place.prefecture


def names_apart(places: Sequence[Place], lang: Lang) -> list[str]:
    """Their names in a language, with the prefecture where two are called alike (府中市)."""
    names = [place.name_en if lang == "en" else place.name for place in places]
    return _apart(names, [_prefecture(place, lang) for place in places], lang)


def cases_apart(cases: Sequence[Case], lang: Lang) -> list[str]:
    """The names of cases, likewise."""
    names = [name_of(case, lang) for case in cases]
    return _apart(names, [prefecture_of(case, lang) for case in cases], lang)


def _apart(names: Sequence[str], prefectures: Sequence[str], lang: Lang) -> list[str]:
    return [
        tell("name_in_prefecture", lang, name=name, prefecture=prefecture)
        if prefecture and names.count(name) > 1
        else name
        for name, prefecture in zip(names, prefectures, strict=True)
    ]


def kind_name(kind: str, lang: Lang) -> str:
    """A kind of source; one that we do not know is called what the document calls it."""
    return tell(f"source_{kind}", lang) if kind in SOURCE_KINDS else kind


def why_unsure(case: Case, lang: Lang) -> str:
    """Why a case is only unsure; empty for a match."""
    if not case.reason:
        return ""
    reasons = ("doubted", "part") if case.reason == "doubted" and case.missing else (case.reason,)
    missing = joined(case.missing, lang)
    return " · ".join(tell(f"reason_{reason}", lang, missing=missing) for reason in reasons)


def notes_of(answer: Answer, lang: Lang, narrowed: str = "") -> list[str]:
    """How the question was read, a line for each thing, `narrowed` the one that says to what the
    answer was narrowed.
    """
    notes = [tell("page_understood", lang, line=answer.understood), *filter(None, [narrowed])]
    if answer.query_used != answer.question.strip():
        notes.append(tell("page_query_used", lang, query=answer.query_used))
    for written, read in answer.corrected:
        notes.append(tell("page_corrected", lang, written=written, read=read))
    if answer.expanded:
        notes.append(tell("page_expanded", lang, terms=", ".join(answer.expanded)))
    return notes


def summary(
    question: Question, cases: Sequence[Case], counts: Mapping[str, int], here: Collection[Place]
) -> str:
    """One or a few lines over the quotes: who answers, who may, and how many were searched."""
    lang = question.lang
    matches = [case for case in cases if case.verdict == "match"]
    unsure = [case for case in cases if case.verdict == "unsure"]
    lines = []
    if question.kind == "count":
        lines.append(tell("answer_count", lang, n=len(matches)))
    if question.mode == "fact" and matches:
        first = matches[0]
        lines.append(
            tell("answer_fact", lang, name=name_of(first, lang), quote=first.quotes[0].text)
        )
        if first.differ:
            lines.append(tell("answer_differ", lang))
    elif matches:
        names = _names(matches, lang)
        lines.append(tell("answer_match", lang, n=len(matches), names=names))
    if unsure and not (question.mode == "fact" and matches):
        lines.append(tell("answer_unsure", lang, n=len(unsure), names=_names(unsure, lang)))
    if any(case.reason == "doubted" for case in unsure):
        lines.append(tell("answer_doubted", lang))
    absent = absent_places(question, here)
    if absent:
        lines.append(tell("answer_absent", lang, what=joined(absent, lang)))
    return "\n".join(
        [*lines, tell("answer_counts", lang, documents=sum(counts.values()), **counts)]
    )


def why_refused(
    question: Question,
    aspects: Sequence[Aspect],
    cases: Sequence[Case],
    here: Collection[Place],
    documents: int,
) -> str | None:
    """Why there is no answer, and how many documents were searched; None if there is one."""
    lang = question.lang

    def refusal(key: str, **values: object) -> str:
        return tell(key, lang, documents=documents, **values)

    if question.negated:
        return refusal("refused_negation")
    absent = absent_places(question, here)
    if absent and len(absent) == len(question.places):
        return refusal("refused_place", what=joined(absent, lang))
    unknown = [
        as_written(aspect.label, question.normal)
        for aspect in aspects
        if aspect.required and not aspect.known
    ]
    if unknown:
        return refusal("refused_term", what=joined(unknown, lang))
    if cases:
        return None
    named = [mention.text for mention in question.places if mention.text not in absent]
    if named:
        return refusal("refused_not_stated", what=joined(named, lang))
    return refusal("refused")


def absent_places(question: Question, here: Collection[Place]) -> list[str]:
    """The places of a question, as it names them, that no document is about."""
    return [mention.text for mention in question.places if is_absent(mention, here)]


def is_absent(mention: Mention, here: Collection[Place]) -> bool:
    """Whether no document is about a place that is meant, nor about one within it."""
    prefectures = {place.prefecture for place in here}
    return not any(
        place in here or (place.city is None and place.prefecture in prefectures)
        for place in mention.candidates
    )


def joined(words: Sequence[str], lang: Lang) -> str:
    """Words one after the other, as the language sets them apart."""
    return ("、" if lang == "ja" else ", ").join(words)


def _names(cases: Sequence[Case], lang: Lang) -> str:
    names = [name_of(case, lang) for case in cases[:NAMED]]
    more = len(cases) - len(names)
    return joined(names, lang) + (tell("answer_more", lang, n=more) if more else "")
