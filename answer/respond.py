"""Answers a question from one generation of the index: only with sentences that stand there."""

import time
from collections.abc import Sequence

from answer.contract import Answer, AnswerKind, Case, Quote
from answer.facets import Facet, expansions, facets_of
from answer.followup import standalone
from answer.judge import (
    CaseTable,
    Judge,
    JudgedCase,
    SignalJudge,
    shipped_weights,
    signals_of,
)
from answer.question import Question, understand
from answer.wording import refusal, summary
from index.encoder import Encoder, make_encoder
from index.generation import Generation, open_generation
from index.thesaurus import Thesaurus, load_thesaurus, splitter_name
from search.hybrid import Hit, SearchSettings, score, search
from settings import Settings

MOST_UNSURE = 10
NEAREST = 3


class Answerer:
    """Everything that is loaded once: one generation, its encoder and thesaurus, a judge."""

    def __init__(
        self,
        generation: Generation,
        encoder: Encoder,
        thesaurus: Thesaurus,
        search_settings: SearchSettings,
        judge: Judge | None = None,
    ) -> None:
        self.generation = generation
        self._encoder = encoder
        self._thesaurus = thesaurus
        self._search = search_settings
        self._judge = judge or SignalJudge(shipped_weights())
        self._cases = CaseTable.of(generation)

    @classmethod
    def open(cls, settings: Settings, encoder: Encoder | None = None) -> "Answerer":
        """Opens the live generation. Raises JireiError as `open_generation` does."""
        encoder = encoder or make_encoder(settings)
        thesaurus = load_thesaurus(settings.thesaurus)
        generation = open_generation(
            settings.index_folder, encoder.fingerprint, splitter_name(thesaurus)
        )
        arms = SearchSettings(settings.dense, settings.lexical, settings.dense_weight)
        return cls(generation, encoder, thesaurus, arms)

    def warm_up(self) -> None:
        """Loads the model and the dictionary, so that the first question need not wait."""
        self.ask("RPA")

    def search(self, question: str, k: int) -> list[Hit]:
        """The k best passages. Raises JireiError for an empty or too long question or k < 1."""
        text = understand(question).text
        return search(text, k, self.generation, self._encoder, self._search, self._thesaurus)

    def ask(self, question: str, history: Sequence[str] = (), id: str | None = None) -> Answer:
        """The answer to a question; `history` holds the questions before it, oldest first.

        Raises JireiError for an empty or too long question.
        """
        clock = _Clock()
        asked = understand(question)
        used = standalone(asked, history)
        facets = facets_of(used, self._thesaurus, self.generation.unit_level)
        clock.lap("understand")
        scores = score(used.text, self.generation, self._encoder, self._search, self._thesaurus)
        clock.lap("search")
        signals = signals_of(scores, facets, self.generation, self._cases)
        judged = self._judge.judge(used, signals, self._cases)
        cases = self._chosen(used, judged)
        refused = self._why_refused(used, facets, cases)
        nearest = self._nearest(judged) if refused else ()
        clock.lap("judge")
        documents = len(self.generation.documents)
        kind: AnswerKind = "none" if refused else used.kind
        text = refused or summary(used, cases, documents)
        return Answer(
            id=id,
            question=question,
            lang=asked.lang,
            kind=kind,
            answer=text,
            refused=bool(refused),
            cases=() if refused else cases,
            nearest=nearest,
            searched_documents=documents,
            query_used=used.text,
            expanded=expansions(facets, self._thesaurus),
            index=self.generation.name,
            took_ms=clock.laps(),
        )

    def _chosen(self, question: Question, judged: Sequence[JudgedCase]) -> tuple[Case, ...]:
        """The matches, then the unsure ones; of a fact only the best case is the answer."""
        matches = [case for case in judged if case.verdict == "match"]
        unsure = [case for case in judged if case.verdict == "unsure"]
        if question.kind == "fact" and len(matches) > 1:
            matches, unsure = matches[:1], matches[1:] + unsure
        kept = [self._case(case, "match") for case in matches]
        return (*kept, *(self._case(case, "unsure") for case in unsure[:MOST_UNSURE]))

    def _why_refused(
        self, question: Question, facets: tuple[Facet, ...], cases: tuple[Case, ...]
    ) -> str | None:
        documents = len(self.generation.documents)
        here = {place for place in self._cases.places if place}
        prefectures = {place.prefecture for place in here}
        absent = [
            mention.text
            for mention in question.places
            if not any(
                p in here or (p.city is None and p.prefecture in prefectures)
                for p in mention.candidates
            )
        ]
        if question.negated:
            return refusal("refused_negation", question.lang, documents)
        if absent and len(absent) == len(question.places):
            return refusal("refused_place", question.lang, documents, what="、".join(absent))
        unknown = [facet.label for facet in facets if facet.required and facet.weight == 0]
        if unknown:
            return refusal("refused_term", question.lang, documents, what="、".join(unknown))
        return None if cases else refusal("refused", question.lang, documents)

    def _nearest(self, judged: Sequence[JudgedCase]) -> tuple[Case, ...]:
        return tuple(self._case(case, "unsure") for case in judged[:NEAREST] if case.units)

    def _case(self, judged: JudgedCase, verdict: str) -> Case:
        quotes = tuple(self._quote(row) for row in judged.units)
        metadata = self.generation.documents[quotes[0].document].metadata
        return Case(
            place=self._cases.places[judged.case],
            title=metadata.title,
            verdict="match" if verdict == "match" else "unsure",
            score=judged.score,
            quotes=quotes,
            published=metadata.published,
            sources=metadata.sources,
        )

    def _quote(self, row: int) -> Quote:
        chunk = self.generation.chunks[self.generation.chunk_of_unit[row]]
        unit = self.generation.units[row]
        return Quote(
            text=unit.text,
            document=chunk.document,
            heading=chunk.heading,
            page=chunk.page,
            start=unit.start,
            end=unit.end,
            passage=(chunk.start, chunk.end),
        )


class _Clock:
    """Milliseconds of each step, and of all."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self._laps[step] = (now - self._last) * 1000
        self._last = now

    def laps(self) -> dict[str, float]:
        return self._laps | {"total": (time.perf_counter() - self._began) * 1000}
