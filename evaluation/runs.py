"""Runs an evaluation from its data to its report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from answer.respond import Answerer
from evaluation.answers import Scored, ask_all, files_of
from evaluation.datasets import Dataset, load_dataset
from evaluation.metrics import (
    calibration_by_chance,
    calibration_estimate,
    estimates,
    reliability,
    retrieval_scores,
    unjudged_share,
)
from evaluation.questions import Split, half_of, load_questions
from evaluation.report import Record, Report
from evaluation.retrieval import (
    Arm,
    Indexed,
    Rankings,
    arms_of,
    index_dataset,
    passage_level,
    rank,
)
from index.encoder import Encoder, make_encoder
from search.reading import Readers
from settings import Settings

Progress = Callable[[int, int], None]


def run_retrieval(
    path: Path,
    settings: Settings,
    limit: int | None = None,
    progress: Progress | None = None,
    split: Split = "all",
    readers: Readers | None = None,
) -> Report:
    """The report on a data set, over the first `limit` queries of a half or of all.

    With `readers`, also on what they make of the fused ranking, in an arm "reranked".

    Raises JireiError as `load_dataset` and `index_dataset` do.
    """
    dataset, encoder = _cut(load_dataset(path), limit, split), make_encoder(settings)
    indexed = index_dataset(dataset, encoder, settings)
    arms = arms_of(settings, readers)
    rankings = rank(dataset.queries, indexed, encoder, arms, progress)
    scores, plain = _arm_scores(dataset, rankings, "")
    if dataset.evidence:
        more = _passage_scores(dataset, indexed, encoder, arms)
        scores = {query: values | more[0].get(query, {}) for query, values in scores.items()}
        plain |= more[1]
    head = {
        "dataset": dataset.name,
        "n_queries": len(dataset.queries),
        "n_documents": len(indexed.generation.documents),
        "index": indexed.generation.name,
        "encoder": encoder.fingerprint,
        "dense_weight": settings.dense_weight,
    }
    records = [
        Record(query, text, scores[query], _shown(dataset, rankings, query))
        for query, text in dataset.queries.items()
    ]
    return Report("retrieval", head, estimates(scores), plain, records)


def _cut(dataset: Dataset, limit: int | None, split: Split) -> Dataset:
    kept = [query for query in dataset.queries if split in ("all", half_of(query))]
    queries = {query: dataset.queries[query] for query in kept[:limit]}
    return replace(
        dataset,
        queries=queries,
        qrels={query: dataset.qrels[query] for query in queries},
        evidence=tuple(e for e in dataset.evidence if e.query in queries),
    )


def _arm_scores(
    dataset: Dataset, rankings: Rankings, prefix: str
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    scores: dict[str, dict[str, float]] = {query: {} for query in dataset.queries}
    unjudged = {}
    for arm, ranked in rankings.arms.items():
        for query, values in retrieval_scores(ranked, dataset.qrels).items():
            scores[query] |= {f"{prefix}{arm}.{name}": v for name, v in values.items()}
        unjudged[f"unjudged.{prefix}{arm}"] = unjudged_share(ranked, dataset.qrels)
    return scores, unjudged


def _passage_scores(
    dataset: Dataset, indexed: Indexed, encoder: Encoder, arms: Mapping[str, Arm]
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    passages, chunks = passage_level(dataset, indexed)
    rankings = rank(passages.queries, chunks, encoder, arms)
    return _arm_scores(passages, rankings, "passage.")


def _shown(dataset: Dataset, rankings: Rankings, query: str) -> dict[str, Any]:
    relevant = [document for document, degree in dataset.qrels[query].items() if degree > 0]
    return {
        "relevant": relevant,
        "hits": [
            asdict(found) | {"right": found.document in relevant}
            for found in rankings.found.get(query, ())
        ],
    }


def run_answers(
    path: Path,
    settings: Settings,
    split: Split = "all",
    limit: int | None = None,
    progress: Progress | None = None,
    answerer: Answerer | None = None,
) -> Report:
    """The report on the answers of the live index, over the first `limit` questions or all.

    Raises JireiError as `load_questions` and `Answerer.open` do.
    """
    questions = load_questions(path, split)[:limit]
    answerer = answerer or Answerer.open(settings)
    manifest = answerer.generation.manifest
    scored = ask_all(questions, answerer, files_of(manifest.roots, settings.limits), progress)
    head = {
        "dataset": path.stem,
        "split": split,
        "n_questions": len(scored),
        "index": manifest.name,
        "encoder": manifest.encoder,
        "dense_weight": settings.dense_weight,
    }
    return report_of(scored, head)


def report_of(scored: Sequence[Scored], head: dict[str, Any]) -> Report:
    """The report on answers: figures by type and language, "all" standing for every one.

    AUC: how often an answerable question is held more probably answerable than another one.
    ECE_by_chance: what ECE would be on average if every confidence were right. The head has the
    points of a reliability diagram.
    """
    records = [_record(one) for one in scored]
    figures = estimates({record.id: record.scores for record in records})
    by_chance: dict[str, float] = {}
    for lang in ("ja", "en", "all"):
        bins = [one.bins for one in scored if lang in ("all", one.question.lang)]
        if bins:
            figures[f"all.{lang}.ECE"] = calibration_estimate(bins)
            by_chance[f"all.{lang}.ECE_by_chance"] = calibration_by_chance(np.sum(bins, axis=0))
    took = [one.answer.took_ms["total"] for one in scored]
    verbatim = [stands for one in scored for stands in one.verbatim]
    plain = by_chance | {
        "all.all.verbatim": sum(verbatim) / len(verbatim) if verbatim else 1.0,
        "all.all.p50_ms": float(np.percentile(took, 50)),
        "all.all.p95_ms": float(np.percentile(took, 95)),
    }
    answerable = [bool(one.question.gold) for one in scored]
    if len(set(answerable)) == 2:
        held = [one.answer.answerable for one in scored]
        plain["all.all.AUC"] = float(roc_auc_score(answerable, held))
    head |= {"n_quotes": len(verbatim), "reliability": reliability([one.bins for one in scored])}
    return Report("answers", head, figures, plain, records)


def _record(one: Scored) -> Record:
    question, answer = one.question, one.answer
    scores = {
        f"{group}.{lang}.{name}": value
        for name, value in one.scores.items()
        for group in ((question.type, "all") if name == "false_refusal" else (question.type,))
        for lang in (question.lang, "all")
    }
    cases = answer.nearest if answer.refused else answer.cases
    shown = {
        "type": question.type,
        "lang": question.lang,
        "half": half_of(question.id),
        "gold": question.gold,
        "refused": answer.refused,
        "hits": [
            {
                "name": case.name,
                "verdict": "nearest" if answer.refused else case.verdict,
                "score": round(case.score, 4),
                "document": case.quotes[0].document,
                "text": case.quotes[0].text,
                "right": case.name in question.gold,
            }
            for case in cases
        ],
    }
    return Record(question.id, question.question, scores, shown)
