"""Decisions over documents made by hand."""

from datetime import date

from answer.aspects import Aspect
from answer.decide import Decider
from answer.decision import Decision
from answer.judge import Cuts
from answer.narrow import Narrow
from answer.question import understand
from answer.signals import EntryTable
from ingest.documents import Metadata, Place
from tests.answer.made import Part, cuts_alike, generation, ratings

CUTS = cuts_alike(0.2, 0.6)
TODAY = date(2026, 11, 24)
LIST, FACT = "RPAを使う自治体は？", "RPAの費用は？"
COMPARE = "さいたま市と町田市のRPAを比べて"


def decide(
    question: str,
    probability: list[float],
    *parts: Part,
    aspects: tuple[Aspect, ...] = (),
    close: list[float] | None = None,
    narrow: Narrow | None = None,
    within: frozenset[str] | None = None,
    metadata: dict[str, Metadata] | None = None,
    cuts: Cuts = CUTS,
    answerable: float = 0.9,
    presumes_answer: bool = False,
) -> Decision:
    made = generation(*parts, metadata=metadata)
    table = EntryTable.of(made)
    given = ratings(table, probability, close, answerable, presumes_answer)
    asked = understand(question, TODAY)
    chosen = narrow or Narrow()
    decider = Decider(made, table)
    admitted = decider.admitted(asked, chosen, within, TODAY)
    return decider.decide(asked, given, aspects, cuts, chosen, admitted)


def about(*places: Place | None) -> list[Part]:
    """One document with one sentence for each place."""
    return [Part(f"{i}.md", at, ("RPAを使う。",)) for i, at in enumerate(places)]


def verdicts(decision: Decision) -> list[tuple[int, str, float]]:
    """Each entry that is left, its verdict and its score."""
    return [(e.entry, e.verdict, round(e.score, 4)) for e in decision.entries]
