"""Fits the judges: `python -m evaluation.calibrate signals`, then `… reranker`, then the gate.

The signals' weights come from a logistic regression over all entries of the `tune` half of our own
questions and of questions judged by sentence. How the reranker's word is added to theirs comes
from the `tune` half alone, since the reranker was trained on the others. The `test` half is never
read. Cuts are chosen on probabilities of questions that the regression did not see (five folds).
"""

import argparse
import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from answer.judge import FEATURES, Cuts, Weights, shipped_weights
from answer.rerank import RerankWeights, shipped_rerank_weights
from answer.respond import Answerer
from answer.verdicts import best_cut
from errors import JireiError
from evaluation.gate import QUESTIONS, indexed
from evaluation.judged_units import load_judged
from evaluation.metrics import calibration_bins, calibration_error
from evaluation.questions import JudgedQuestion, load_questions
from index.reranker import shipped_model
from settings import ROOT, load_settings

WEIGHTS = ROOT / "answer" / "judge_weights.json"
RERANK_WEIGHTS = ROOT / "answer" / "rerank_weights.json"
JUDGED = ROOT / "training" / "data" / "corpus"
CONVERSATION = ROOT / "training" / "data" / "conversation"
FOLDS = 5
REGULARISATION = 0.3
UNSURE_IS_WORTH = 0.5
REFUSED_IN_ERROR = -0.5
ANSWERABLE = 0.9

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """One question: a row of `features` and a truth (0 or 1) for each entry that it admits.

    `counted` is False where a truth could be argued either way; such entries are neither learnt
    from nor scored. `names` are the entries' municipalities (a town may have several entries);
    `is_list` says how its answer is cut; `weight` is how much it counts in the regression.
    """

    question: JudgedQuestion
    is_list: bool
    features: Floats
    truth: Floats
    counted: NDArray[np.bool_]
    names: tuple[str, ...]
    weight: float = 1.0


def sample_of(question: JudgedQuestion, answerer: Answerer, reranked: bool) -> Sample:
    """What a question gives to learn from.

    The features are those of the signals; if `reranked`, their log-odds and what the reranker
    adds, of the entries that were read.
    """
    asked, ratings, admitted = answerer.rate(
        question.question, question.history, quick=not reranked
    )
    rows = np.flatnonzero(admitted & (ratings.probability > 0))
    features = ratings.features
    if reranked:
        weights = shipped_weights()
        log_odds = features[:, : len(FEATURES)] @ np.array(weights.coefficients)
        features = np.column_stack([log_odds + weights.intercept, features[:, len(FEATURES) :]])
    names = [place.name if place else None for place in answerer.table.places]
    acceptable = set(question.acceptable) - set(question.gold)
    return Sample(
        question=question,
        is_list=asked.mode == "list",
        features=features[rows],
        truth=np.array([names[row] in question.gold for row in rows], dtype=np.float64),
        counted=np.array([names[row] not in acceptable for row in rows], dtype=np.bool_),
        names=tuple(names[row] or answerer.table.documents[row] for row in rows),
    )


def samples_of(
    sources: Sequence[Sequence[JudgedQuestion]], answerer: Answerer, reranked: bool
) -> list[Sample]:
    """The samples of all sources; every source counts alike, however many questions it has.

    Questions that no entry may answer give none.
    """
    samples = []
    for questions in sources:
        found = [sample_of(question, answerer, reranked) for question in questions]
        samples += [replace(s, weight=1 / len(questions)) for s in found if len(s.truth)]
    largest = max(sample.weight for sample in samples)
    return [replace(sample, weight=sample.weight / largest) for sample in samples]


def fit(samples: Sequence[Sample]) -> tuple[tuple[float, ...], float]:
    """Coefficients and intercept of the logistic regression, for features as they are."""
    features = np.concatenate([s.features[s.counted] for s in samples])
    truth = np.concatenate([s.truth[s.counted] for s in samples])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=REGULARISATION, max_iter=2000)
    weights = np.concatenate([np.full(s.counted.sum(), s.weight) for s in samples])
    model.fit(scaler.transform(features), truth, weights)
    scaled = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - (scaled * scaler.mean_).sum())
    return tuple(float(round(value, 4)) for value in scaled), round(intercept, 4)


def out_of_fold(samples: Sequence[Sample]) -> list[Floats]:
    """The probabilities of every sample's entries by a model that did not see its question."""
    found: list[Floats] = [np.zeros(0)] * len(samples)
    for fold in range(FOLDS):
        coefficients, intercept = fit([s for i, s in enumerate(samples) if i % FOLDS != fold])
        for i in range(fold, len(samples), FOLDS):
            log_odds = samples[i].features @ np.array(coefficients) + intercept
            found[i] = 1 / (1 + np.exp(-log_odds))
    return found


def utility(sample: Sample, probability: Floats, cuts: Cuts) -> float:
    """What an answer is worth, REFUSED_IN_ERROR to 1.

    A list is worth the F1 of its matches, a fact 1 if its first case is right; either is worth
    UNSURE_IS_WORTH of that if the cases are only unsure, and REFUSED_IN_ERROR if it is refused.
    Without an answer in the documents, a refusal is worth 1 and an answer with unsure cases only
    UNSURE_IS_WORTH.
    """
    order = np.argsort(-probability, kind="stable")
    truth, counted = sample.truth[order], sample.counted[order]
    probability = probability[order]
    if sample.is_list:
        cut = best_cut(probability, cuts.floor)
        refused, sure = cut.f1 < cuts.refuse, cut.f1 >= cuts.answer
        taken = probability >= cut.threshold
    else:
        best = probability[0] if len(probability) else 0.0
        refused, sure = best < cuts.refuse_fact, best >= cuts.fact
        taken = np.arange(len(truth)) == 0
    if not sample.question.gold:
        return 1.0 if refused else 0.0 if sure else UNSURE_IS_WORTH
    if refused:
        return REFUSED_IN_ERROR
    worth = 1.0 if sure else UNSURE_IS_WORTH
    if sample.question.type != "list":
        return worth * float(truth[counted][:1].sum())
    found = {sample.names[order[i]] for i in np.flatnonzero(taken & counted)}
    gold = set(sample.question.gold)
    return worth * 2 * len(found & gold) / (len(found) + len(gold))


def choose_cuts(samples: Sequence[Sample], probabilities: Sequence[Floats], cuts: Cuts) -> Cuts:
    """The cuts with the highest mean utility, if ANSWERABLE of all questions had an answer."""
    has_answer = [bool(sample.question.gold) for sample in samples]
    answerable = ANSWERABLE / max(1, sum(has_answer))
    unanswerable = (1 - ANSWERABLE) / max(1, len(samples) - sum(has_answer))

    def worth(cuts: Cuts) -> float:
        return sum(
            utility(sample, probability, cuts) * (answerable if known else unanswerable)
            for sample, probability, known in zip(samples, probabilities, has_answer, strict=True)
        )

    steps = [round(step, 2) for step in np.arange(0.02, 0.62, 0.04)]
    pairs = [(low, high) for low, high in itertools.product(steps, steps) if low <= high]
    cuts = max((replace(cuts, refuse=low, answer=high) for low, high in pairs), key=worth)
    return max((replace(cuts, refuse_fact=low, fact=high) for low, high in pairs), key=worth)


def report(samples: Sequence[Sample], probabilities: Sequence[Floats], cuts: Cuts) -> str:
    """The utility of each type and language, and the calibration error, out of fold."""
    lines = []
    for kind, lang in itertools.product(
        ("list", "fact", "none", "compare", "followup"), ("ja", "en")
    ):
        worth = [
            utility(s, p, cuts)
            for s, p in zip(samples, probabilities, strict=True)
            if (s.question.type, s.question.lang) == (kind, lang)
        ]
        if worth:
            lines.append(f"{kind}.{lang}  n={len(worth)}  utility={np.mean(worth):.3f}")
    bins = [
        calibration_bins(p[s.counted].tolist(), (s.truth[s.counted] > 0).tolist())
        for s, p in zip(samples, probabilities, strict=True)
    ]
    lines.append(f"ECE={calibration_error(np.sum(bins, axis=0)):.3f}")
    return "\n".join(lines)


def calibrated_signals(
    samples: Sequence[Sample], cuts: Cuts, encoder: str, splitter: str
) -> Weights:
    """The weights of the signals' judge, fitted to the samples."""
    coefficients, intercept = fit(samples)
    return Weights(FEATURES, coefficients, intercept, cuts, encoder, splitter)


def calibrated_reranker(samples: Sequence[Sample], cuts: Cuts, model: str) -> RerankWeights:
    """How the reranker's word is added to the signals', fitted to the samples."""
    (signals, reranker, english, placed), intercept = fit(samples)
    return RerankWeights(signals, reranker, english, placed, intercept, cuts, model)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits, prints what it reached and writes the weights; exit code 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.calibrate", description=__doc__)
    parser.add_argument("judge", choices=("signals", "reranker"))
    parser.add_argument("--judged", type=Path, action="append", help="a folder of judged questions")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    chosen = parser.parse_args(arguments)
    reranked = chosen.judge == "reranker"
    try:
        sources = [load_questions(QUESTIONS, "tune")]
        if reranked:
            sources += [load_questions(path) for path in sorted(CONVERSATION.glob("*.jsonl"))]
        folders = chosen.judged or ([] if reranked else [JUDGED])
        sources += [load_judged(folder) for folder in folders]
        answerer = indexed(load_settings())[1]
        samples = samples_of(sources, answerer, reranked)
    except JireiError as error:
        print(error.tell("en"), file=sys.stderr)
        return 2
    probabilities = out_of_fold(samples)
    weights: Weights | RerankWeights
    if reranked:
        cuts = choose_cuts(samples, probabilities, shipped_rerank_weights().cuts)
        weights, path = calibrated_reranker(samples, cuts, shipped_model()), RERANK_WEIGHTS
    else:
        cuts = choose_cuts(samples, probabilities, shipped_weights().cuts)
        manifest = answerer.generation.manifest
        weights = calibrated_signals(samples, cuts, manifest.encoder, manifest.splitter)
        path = WEIGHTS
    print(report(samples, probabilities, cuts))
    text = TypeAdapter(type(weights)).dump_json(weights, indent=1).decode()
    print(text)
    if not chosen.dry:
        path.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
