"""Our own questions, and an index of our own documents to ask them of."""

import shutil
from pathlib import Path

from answer.judge import Judge
from answer.respond import Answerer
from index.build import build
from index.encoder import Encoder, make_encoder
from index.generation import Generation
from index.reranker import make_reranker
from settings import Settings

DATA = Path(__file__).parents[1] / "evaluation" / "data"
QUESTIONS = DATA / "questions.jsonl"
FACTS = DATA / "facts.jsonl"
"""Facts asked of a named place, nearly half of which its document does not state."""

OFF_TOPIC = DATA / "off_topic.jsonl"
"""What has nothing to do with the documents, as people type it to see what happens."""

NEAR_MISSES = DATA / "near_misses.jsonl"
"""Lists of which the documents tell something near: what three in four ask for, none states."""

QRELS = DATA / "qrels"


def indexed(settings: Settings, judge: Judge | None = None) -> tuple[Settings, Answerer]:
    """An answerer over an index as of `built_apart`, and the settings of that index.

    Raises JireiError as a build does.
    """
    encoder = make_encoder(settings)
    own, generation = built_apart(settings, encoder)
    return own, Answerer.over(generation, encoder, own, make_reranker(own), judge)


def built_apart(settings: Settings, encoder: Encoder) -> tuple[Settings, Generation]:
    """An index of the corpus of the settings in `var/eval/gate`, so that the live one stays.

    With the settings of that index. Raises JireiError as a build does.
    """
    own = settings.model_copy(update={"var": settings.var / "eval" / "gate"})
    _borrow_vectors(settings.vectors_folder, own.vectors_folder)
    return own, build([own.corpus], encoder, own).generation


def _borrow_vectors(source: Path, target: Path) -> None:
    """What the product has encoded before need not be encoded again."""
    if source.is_dir() and not target.exists():
        shutil.copytree(source, target)
