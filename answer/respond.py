"""Answers a question from one generation of the index: only with sentences that stand there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from answer.aspects import (
    aspects_of,
    expansions,
    in_japanese,
    in_language_of_documents,
    themes_of,
)
from answer.called import Names
from answer.cases import CaseMaker
from answer.clock import Clock
from answer.compare import Comparer, places_compared
from answer.contract import Answer, Comparison
from answer.decide import Decider
from answer.decision import MAYBE
from answer.followup import Standalone, readings
from answer.itself import meanings
from answer.judge import Judge, Ratings, SignalJudge, shipped_weights
from answer.judged import Judged
from answer.likeliest import likeliest
from answer.marks import Wanted, wanted
from answer.narrow import Narrow
from answer.ordinary import reread
from answer.question import Question, clean, understand
from answer.quotes import Quoter
from answer.rerank import RerankJudge, shipped_rerank_weights
from answer.retold import retold
from answer.signals import EntryTable, signals_of
from answer.sought import sought
from answer.spelling import Correction, correct, vocabulary
from answer.texts import Texts, looked_up
from answer.understood import meant_of, understood_line
from answer.wording import summary, why_refused
from index.encoder import Encoder, make_encoder
from index.generation import Generation, open_generation
from index.reranker import make_reranker
from index.thesaurus import Thesaurus, load_thesaurus, splitter_name
from messages import Lang
from search.hybrid import Hit, Searcher, SearchSettings
from search.reading import PairScorer, Readers, search_and_read
from settings import Settings

EVERYTHING = Narrow()


@dataclass(frozen=True, slots=True)
class _Read:
    """A question as it was read: `meant` holds what it may mean, the likelier first."""

    written: str
    corrections: tuple[Correction, ...]
    asked: Question
    meant: tuple[Standalone, ...]


@dataclass(frozen=True)
class _Terms:
    """On what terms a question is judged."""

    narrow: Narrow
    today: date
    judge: Judge


class Answerer:
    """Everything that is loaded once: one generation, its encoder and thesaurus, a judge."""

    def __init__(
        self,
        generation: Generation,
        encoder: Encoder,
        thesaurus: Thesaurus,
        search_settings: SearchSettings,
        judge: Judge | None = None,
        scorer: PairScorer | None = None,
    ) -> None:
        self.generation = generation
        self.table = EntryTable.of(generation)
        self.thesaurus = thesaurus
        self._searcher = Searcher(generation, encoder, search_settings, thesaurus)
        self._quick: Judge = judge or SignalJudge(shipped_weights())
        self._judge: Judge = self._quick
        if scorer and judge is None:
            signal_judge = SignalJudge(shipped_weights())
            self._judge = RerankJudge(signal_judge, scorer, generation, shipped_rerank_weights())
        self._decider = Decider(generation, self.table)
        self._quoter = Quoter(generation)
        self._places = frozenset(place for place in self.table.places if place)
        self._texts = Texts(generation)
        self._names = Names(thesaurus, generation.unit_level.lexical)
        self._words = vocabulary(thesaurus, generation.unit_level.lexical)

    @classmethod
    def open(cls, settings: Settings, encoder: Encoder | None = None) -> "Answerer":
        """Opens the live generation. Raises JireiError as `open_generation` does."""
        return cls.open_with(settings, encoder or make_encoder(settings), make_reranker(settings))

    @classmethod
    def open_with(
        cls, settings: Settings, encoder: Encoder, scorer: PairScorer | None
    ) -> "Answerer":
        """As `open`, with models that are loaded already."""
        thesaurus = load_thesaurus(settings.thesaurus)
        generation = open_generation(
            settings.index_folder, encoder.fingerprint, splitter_name(thesaurus)
        )
        return cls(generation, encoder, thesaurus, SearchSettings.of(settings), scorer=scorer)

    @classmethod
    def over(
        cls,
        generation: Generation,
        encoder: Encoder,
        settings: Settings,
        scorer: PairScorer | None = None,
        judge: Judge | None = None,
    ) -> "Answerer":
        """Over a generation at hand, which need not be live; searched as the settings say."""
        thesaurus = load_thesaurus(settings.thesaurus)
        return cls(generation, encoder, thesaurus, SearchSettings.of(settings), judge, scorer)

    def warm_up(self) -> None:
        """Loads the model and the dictionary, so that the first question need not wait."""
        self.ask("RPA")

    def search(self, question: str, k: int, readers: Readers | None = None) -> list[Hit]:
        """The k best passages, read again by `readers` if there are any.

        Raises JireiError for an empty or too long question or k < 1.
        """
        return search_and_read(self._searcher, understand(question).text, k, readers)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        id: str | None = None,
        narrow: Narrow = EVERYTHING,
        today: date | None = None,
        quick: bool = False,
    ) -> Answer:
        """The answer to a question; `history` holds the questions before it, oldest first.

        `narrow` leaves out what its facets do not admit; `today` is what ages and "last year" are
        counted from. A `quick` answer is judged by signals alone. Raises JireiError for an empty
        or too long question.
        """
        clock = Clock()
        terms = self._terms(narrow, today, quick)
        read = self._read(question, history, terms.today)
        clock.lap("understand")
        used, judged = likeliest(read.meant, lambda one: self._judged(one, terms, clock))
        told = self._told(read, used, judged, terms)
        clock.lap("answer")
        return replace(told, id=id, took_ms=clock.laps())

    def topics(self, lang: Lang) -> dict[str, str]:
        """The names in a language of all concepts that some sentence mentions, by concept."""
        lexical = self.generation.unit_level.lexical
        return {
            concept: name
            for (concept, of), name in self.thesaurus.preferred.items()
            if of == lang and len(lexical.postings(f"c:{concept}")[0])
        }

    def retold(self, text: str, concept: str, name: str) -> str:
        """A question that asks for another thing: `name` in the place of a concept's terms.

        An empty name drops the concept.
        """
        return retold(text, concept, name, self.thesaurus)

    def rate(
        self, question: str, history: Sequence[str] = (), quick: bool = False
    ) -> tuple[Question, Ratings, NDArray[np.bool_]]:
        """The question as used, how every entry is rated, and which ones it may mean at all.

        Raises JireiError as `ask` does.
        """
        terms = self._terms(EVERYTHING, None, quick)
        read = self._read(question, history, terms.today)
        _, judged = likeliest(read.meant, lambda one: self._judged(one, terms, Clock()))
        return judged.question, judged.ratings, judged.admitted

    @property
    def reranks(self) -> bool:
        """Whether a reranker has a word in its answers."""
        return self._judge is not self._quick

    def _terms(self, narrow: Narrow, today: date | None, quick: bool) -> _Terms:
        return _Terms(narrow, today or date.today(), self._quick if quick else self._judge)

    def _read(self, question: str, history: Sequence[str], today: date) -> _Read:
        text, corrections = correct(clean(question), self._words)
        asked = understand(text, today)
        meant = meanings(readings(asked, history, today), self._places)
        return _Read(question, corrections, asked, meant)

    def _judged(self, asked: Standalone, terms: _Terms, clock: Clock) -> Judged:
        within = None
        if asked.within:
            earlier = self._judged(asked.within, terms, clock)
            within = self._maybe(earlier)
        question = reread(asked.question, self._places, self._texts, terms.today)
        named_things = aspects_of(question, self.thesaurus, self.generation.unit_level)
        aspects = looked_up(named_things, self._texts)
        read_as = in_language_of_documents(question, aspects, self._names)
        named = in_japanese(aspects, self._names) or read_as.text
        scores, term_scores = self._searcher.score_units(read_as.text, named)
        clock.lap("search")
        signals = signals_of(scores, term_scores, aspects, self.generation, self.table)
        admitted = self._decider.admitted(question, terms.narrow, within, terms.today)
        rated_as = read_as.anywhere() if terms.narrow.places_chosen else read_as
        ratings = terms.judge.rate(rated_as, signals, self.table, admitted)
        cuts, narrow = terms.judge.cuts, terms.narrow
        decision = self._decider.decide(question, ratings, aspects, cuts, narrow, admitted)
        clock.lap("judge")
        return Judged(question, aspects, ratings, decision, admitted)

    def _maybe(self, judged: Judged) -> frozenset[str]:
        """The codes of all places that may well answer, also those too weak for its list."""
        floor = judged.decision.entries[-1].score if judged.decision.entries else 0.0
        likely = judged.admitted & (judged.ratings.probability >= min(floor, MAYBE))
        places = (self.table.places[entry] for entry in np.flatnonzero(likely))
        return frozenset(place.code for place in places if place)

    def _told(self, read: _Read, used: Standalone, judged: Judged, terms: _Terms) -> Answer:
        """The answer, yet without its id and the time it took."""
        lang, question = read.asked.lang, judged.question
        documents = len(self.generation.documents)
        maker = CaseMaker(self._quoter, self.table, terms.today)
        points = wanted(question)
        cases = maker.cases(judged.told, judged.ratings, points)
        worded = _worded(question, lang, terms.narrow)
        refused = why_refused(worded, judged.aspects, cases, self._places, documents)
        counts = judged.decision.counts.told(refused=bool(refused))
        themes = themes_of(judged.aspects, self.thesaurus, lang)
        return Answer(
            id=None,
            question=read.written,
            lang=lang,
            kind="none" if refused else question.mode,
            answer=refused or summary(worded, cases, counts, self._places),
            refused=bool(refused),
            cases=() if refused else cases,
            nearest=maker.cases(judged.nearest, judged.ratings, points) if refused else (),
            searched_documents=documents,
            counts=counts,
            answerable=0.0 if refused and cases else judged.ratings.answerable,
            understood=understood_line(question, lang, [theme.name for theme in themes]),
            corrected=tuple((change.written, change.meant) for change in read.corrections),
            query_used=used.told,
            expanded=expansions(judged.aspects, self._names),
            index=self.generation.name,
            took_ms={},
            comparison=None if refused else self._comparison(judged, terms, lang),
            meant=meant_of(question, lang, themes),
        )

    def _comparison(self, judged: Judged, terms: _Terms, lang: Lang) -> Comparison | None:
        """Side by side what the facets admit; a place of which they leave nothing is left out."""
        if judged.question.mode != "compare":
            return None
        admitted = self._decider.admitted(judged.question, terms.narrow, None, terms.today)
        here = [entry for entry in range(self.table.n_entries) if admitted[entry]]
        known = frozenset(place for entry in here if (place := self.table.places[entry]))
        places = places_compared(judged.question, known)
        groups = [[entry for entry in here if self.table.places[entry] == at] for at in places]
        comparer = Comparer(self.generation, self.table, self.thesaurus)
        asked = sought(judged.question, judged.aspects, self.thesaurus, lang)
        rows = comparer.rows(groups, asked, judged.ratings, lang)
        marked = Wanted(asked.units) if asked.results else wanted(judged.question)
        return self._quoter.comparison(places, rows, marked)


def _worded(question: Question, lang: Lang, narrow: Narrow) -> Question:
    """The question as the answer speaks of it: in the language in which it was asked, and without
    its places if others were chosen.
    """
    places = () if narrow.places_chosen else question.places
    return replace(question, lang=lang, places=places)
