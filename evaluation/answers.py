"""Asks judged questions and scores the answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from answer.contract import Answer, Case, Quote
from evaluation.metrics import Floats, calibration_bins
from evaluation.questions import JudgedQuestion
from ingest.folders import files_below
from ingest.isolation import IsolatedReader
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders import PLAIN
from ingest.reading import read_file


class Asked(Protocol):
    """Anything that answers questions."""

    def ask(self, question: str, history: Sequence[str] = (), id: str | None = None) -> Answer:
        """The answer to a question."""
        ...


@dataclass(frozen=True)
class Scored:
    """One answer and its scores, each 0 to 1; a score that does not apply is missing.

    `bins` are the sums of `calibration_bins` over its cases. `verbatim` tells of each quote
    whether it stands in its document.
    """

    question: JudgedQuestion
    answer: Answer
    scores: Mapping[str, float]
    bins: Floats
    verbatim: tuple[bool, ...]


def ask_all(
    questions: Sequence[JudgedQuestion],
    answerer: Asked,
    text_of: Callable[[str], str | None],
    on_question: Callable[[int, int], None] | None = None,
) -> tuple[Scored, ...]:
    """The scored answers, in order; `text_of` gives the text of a document's file, or None.

    `on_question` gets how many are done, of how many. Raises JireiError as `ask` does.
    """
    answerer.ask(questions[0].question)  # so that no latency holds the loading of the model
    scored = []
    for done, question in enumerate(questions, start=1):
        answer = answerer.ask(question.question, question.history, question.id)
        scored.append(
            Scored(
                question,
                answer,
                scores_of(question, answer),
                _bins(question, answer),
                tuple(_is_verbatim(quote, text_of) for quote in _quotes(answer)),
            )
        )
        if on_question:
            on_question(done, len(questions))
    return tuple(scored)


def scores_of(question: JudgedQuestion, answer: Answer) -> dict[str, float]:
    """What a question's type is scored by.

    none: refused, refused_or_unsure. list: precision, recall, F1, exact. fact and compare:
    hit, first (compare: all), strings. A fact whose evidence is quoted: headline. A followup is
    scored as a list if no string is asked, else as a fact. Whatever has an answer: false_refusal,
    where 0 is best.
    """
    matched = [case for case in answer.cases if case.verdict == "match"]
    if question.type == "none":
        return {
            "refused": float(answer.refused),
            "refused_or_unsure": float(answer.refused or not matched),
        }
    if question.asks_for_a_list:
        scores = _set_scores(question, {case.name for case in matched})
    elif question.type == "compare":
        scores = _compare_scores(question, answer)
    else:
        scores = _fact_scores(question, answer)
    return scores | {"false_refusal": float(answer.refused)}


def _set_scores(question: JudgedQuestion, predicted: set[str]) -> dict[str, float]:
    """Acceptable municipalities count neither way. Predicting none of some gold is all 0."""
    gold = set(question.gold)
    counted = predicted - _ignored(question)
    right = len(gold & counted)
    return {
        "precision": right / len(counted) if counted else 0.0,
        "recall": right / len(gold),
        "F1": 2 * right / (len(counted) + len(gold)),
        "exact": float(counted == gold),
    }


def _fact_scores(question: JudgedQuestion, answer: Answer) -> dict[str, float]:
    """The first case that counts must be a gold one; `hit` wants the strings in its quotes, and
    `headline` that its first quote is one of the sentences that state what is asked.
    """
    counted = [case for case in answer.cases if case.name not in _ignored(question)]
    first = bool(counted) and counted[0].name in question.gold
    hit = first and _says(counted[:1], question.answer_contains)
    gold = [case for case in counted if case.name in question.gold]
    strings = _says(gold, question.answer_contains)
    scores = {"hit": float(hit), "first": float(first), "strings": float(strings)}
    stated = [evidence.quote for evidence in question.evidence if evidence.quote]
    if stated:
        scores["headline"] = float(first and counted[0].quotes[0].text in stated)
    return scores


def _compare_scores(question: JudgedQuestion, answer: Answer) -> dict[str, float]:
    gold = [case for case in answer.cases if case.name in question.gold]
    whole = {case.name for case in gold} == set(question.gold)
    strings = _says(gold, question.answer_contains)
    return {"hit": float(whole and strings), "all": float(whole), "strings": float(strings)}


def _ignored(question: JudgedQuestion) -> set[str]:
    return set(question.acceptable) - set(question.gold)


def _says(cases: Sequence[Case], strings: Sequence[str]) -> bool:
    """Whether each string stands in some quote; no quote at all says nothing."""
    texts = [quote.text for case in cases for quote in case.quotes]
    return bool(texts) and all(any(string in text for text in texts) for string in strings)


def _bins(question: JudgedQuestion, answer: Answer) -> Floats:
    counted = [case for case in answer.cases if case.name not in _ignored(question)]
    right = [case.name in question.gold for case in counted]
    return calibration_bins([case.score for case in counted], right)


def _quotes(answer: Answer) -> list[Quote]:
    return [quote for case in (*answer.cases, *answer.nearest) for quote in case.quotes]


def _is_verbatim(quote: Quote, text_of: Callable[[str], str | None]) -> bool:
    text = text_of(quote.document)
    return text is not None and bool(quote.text) and text[quote.start : quote.end] == quote.text


def files_of(roots: Sequence[str], limits: Limits = DEFAULT_LIMITS) -> Callable[[str], str | None]:
    """Reads the text of a document anew from its file, by its id, as a build reads it.

    `roots` are the folders that were indexed; files inside archives and mails are found too. None
    where there is no such file, or it can no longer be read.
    """

    @cache
    def files() -> dict[str, Path]:
        there = [Path(root) for root in roots if Path(root).exists()]
        return {document: path for root in there for path, document in files_below(root)}

    @cache
    def texts_in(file: str) -> dict[str, str]:
        path = files()[file]
        if Path(file).suffix.lower() in PLAIN:
            outcomes = read_file(path, file, limits)
        else:
            with IsolatedReader(limits) as reader:
                outcomes = reader.read(path, file)
        read = [outcome.reading.document for outcome in outcomes if outcome.reading]
        return {document.id: document.text for document in read}

    def text_of(document: str) -> str | None:
        file = document
        while file and file not in files():
            file = file.rpartition("/")[0]
        return texts_in(file).get(document) if file else None

    return text_of
