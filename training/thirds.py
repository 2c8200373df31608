"""Whether the models judge documents they have not seen: `python -m training.thirds MODEL ADAPTER`.

MODEL is the `model` folder of a run of `training` that left out a third of the municipalities
(`--without-third`), ADAPTER that of a run of `training.adapter`. Our own questions about that third
are asked with the shipped ones and with these; only municipalities of the third count, in the
answers as in the gold.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from answer.contract import Answer
from answer.respond import Answerer
from errors import JireiError
from evaluation.answers import scores_of
from evaluation.questions import JudgedQuestion, load_questions
from index import query_adapter
from index.embedded_encoder import EmbeddedEncoder
from index.embedded_model import EMBEDDED_REVISION
from index.encoder import make_encoder
from index.query_adapter import load_adapter
from index.reranker import FOLDER, ShippedReranker
from settings import Settings, load_settings
from training.data import third_of
from upkeep.own import QUESTIONS, built_apart


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions about the third: F1 of lists, and facts with the right one first."""

    lists: int
    f1: float
    precision: float
    recall: float
    facts: int
    first: float


def about_third(question: JudgedQuestion, third: int) -> JudgedQuestion | None:
    """The question with only that third in its gold; None if none of it is, or it is no matter."""
    gold = tuple(name for name in question.gold if third_of(name) == third)
    if not gold or question.type not in ("list", "fact"):
        return None
    return replace(question, gold=gold)


def of_third(answer: Answer, third: int) -> Answer:
    """The answer with only that third among its cases."""
    return replace(answer, cases=tuple(c for c in answer.cases if third_of(c.name) == third))


def figures(answerer: Answerer, questions: Sequence[JudgedQuestion], third: int) -> Figures:
    """Asks all of them. Raises ValueError if none is a list, or none a fact."""
    lists: list[dict[str, float]] = []
    facts: list[dict[str, float]] = []
    for question in questions:
        answer = of_third(answerer.ask(question.question, question.history), third)
        scores = scores_of(question, answer)
        (lists if question.asks_for_a_list else facts).append(scores)
    if not lists or not facts:
        raise ValueError("no list or no fact about this third")
    f1, precision, recall = (
        float(np.mean([scores[name] for scores in lists])) for name in ("F1", "precision", "recall")
    )
    first = float(np.mean([scores["first"] for scores in facts]))
    return Figures(len(lists), f1, precision, recall, len(facts), first)


def answerer_with(model: Path, adapter: Path, settings: Settings) -> Answerer:
    """An answerer over the corpus that searches with this adapter and reads with this model."""
    own, generation = built_apart(settings, make_encoder(settings))
    encoder = EmbeddedEncoder(own, load_adapter(EMBEDDED_REVISION, adapter))
    return Answerer.over(generation, encoder, own, ShippedReranker(own, model))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints both; exit code 0, or 2 with one line of what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m training.thirds", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("adapter", type=Path)
    parser.add_argument("--third", type=int, choices=(0, 1, 2), default=0)
    chosen = parser.parse_args(arguments)
    settings = load_settings().model_copy(update={"judge": "reranker"})
    try:
        found = [about_third(question, chosen.third) for question in load_questions(QUESTIONS)]
        questions = [question for question in found if question]
        shipped = ("shipped", FOLDER, query_adapter.FOLDER)
        other = (chosen.model.parent.name, chosen.model, chosen.adapter)
        for name, model, adapter in (shipped, other):
            asked = answerer_with(model, adapter, settings)
            reached = figures(asked, questions, chosen.third)
            print(name, json.dumps({k: getattr(reached, k) for k in reached.__slots__}))
    except JireiError as error:
        print(error.tell(settings.lang), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
