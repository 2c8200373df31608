"""How well passages are found for questions as staff ask them: `python -m upkeep.passages`.

Over the invented documents that no model was trained on (`upkeep.unseen`): right is a chunk in
which a sentence stands that states what is asked. Questions that nothing answers are left out.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from errors import JireiError
from evaluation.metrics import retrieval_scores
from evaluation.retrieval import DEPTH
from index.generation import Generation
from search.reading import Readers, make_readers
from settings import Settings, load_settings
from upkeep.judged_units import UNITS, question_files, read_lines
from upkeep.unseen import UNSEEN, unseen_answerer

NDCG = "nDCG@10"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that something answers, and the rows of the chunks in which that stands."""

    query: str
    lang: str
    text: str
    right: frozenset[str]


def asked_of(folder: Path, generation: Generation) -> list[Asked]:
    """The answerable questions of a folder, whose units are what `generation` is made of.

    Raises JireiError as `read_lines`.
    """
    texts = {unit["uid"]: unit["text"] for _, unit in read_lines(folder / UNITS)}
    rows: dict[str, set[str]] = {}
    for unit, chunk in zip(generation.units, generation.chunk_of_unit, strict=True):
        rows.setdefault(unit.text, set()).add(str(chunk))
    return [
        Asked(
            f"{folder.name}/{line['id']}",
            line["lang"],
            line["question"],
            frozenset(row for uid in line["positives"] for row in rows[texts[uid]]),
        )
        for path in question_files(folder)
        for _, line in read_lines(path)
        if line["positives"]
    ]


def figures(asked: Sequence[Asked], ranked: Mapping[str, Sequence[str]]) -> tuple[float, float]:
    """nDCG@10, and of how many questions the first chunk is right; both 0 to 1.

    `ranked` holds the rows of the best chunks of each query, best first.
    """
    qrels = {one.query: dict.fromkeys(one.right, 1) for one in asked}
    scores = retrieval_scores(ranked, qrels)
    first = [not one.right.isdisjoint(ranked[one.query][:1]) for one in asked]
    return float(np.mean([of[NDCG] for of in scores.values()])), float(np.mean(first))


def measured(
    folders: Sequence[Path], settings: Settings, arms: Mapping[str, Readers | None]
) -> list[str]:
    """A line for each arm and language. Raises JireiError as a build does."""
    asked: list[Asked] = []
    ranked: dict[str, dict[str, tuple[str, ...]]] = {arm: {} for arm in arms}
    for folder in folders:
        answerer = unseen_answerer(settings, folder)
        some = asked_of(folder, answerer.generation)
        for arm, readers in arms.items():
            for one in some:
                hits = answerer.search(one.text, DEPTH, readers)
                ranked[arm][one.query] = tuple(str(hit.row) for hit in hits)
        asked += some
    lines = []
    for arm, best in ranked.items():
        for lang in ("ja", "en"):
            of_lang = [one for one in asked if one.lang == lang]
            if of_lang:
                ndcg, first = figures(of_lang, best)
                told = f"{NDCG}={ndcg:.3f}  first right={first:.3f}"
                lines.append(f"{arm}.{lang}  n={len(of_lang)}  {told}")
    return lines


def main() -> int:
    """Prints the figures; exit code 0, or 2 for bad input."""
    settings = load_settings().model_copy(update={"judge": "reranker"})
    readers = make_readers(settings)
    arms: dict[str, Readers | None] = {"fused": None}
    if readers:
        arms |= {"read": Readers(readers.reranker), "matched and read": readers}
    try:
        print("\n".join(measured(UNSEEN, settings, arms)))
    except JireiError as error:
        print(error.tell("en"), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
