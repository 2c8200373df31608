"""Fits the judges: `python -m evaluation.calibrate signals`, then `… reranker`, then the gate.

Two logistic regressions each: how probable it is that an entry states what is asked, and that any
does. They learn from the `tune` half of our own questions; that over questions also from those in
conversation, and from those over invented documents that no model was trained on. With the signals
alone, that over entries learns from the invented documents too; with the reranker, these would make
its probabilities over the corpus too low, and so would the questions that nothing answers, which
the other regression refuses (docs/retrieval.md). The `test` half is never read.
Cuts are chosen on probabilities of questions that the regression did not see (five folds).
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from pydantic import TypeAdapter
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from answer.answerable import Answerable
from answer.judge import FEATURES, Cuts, Weights, shipped_weights
from answer.rerank import RerankWeights, shipped_rerank_weights
from answer.respond import Answerer
from answer.verdicts import best_cut
from errors import JireiError
from evaluation.gate import QUESTIONS, indexed
from evaluation.judged_units import load_judged
from evaluation.metrics import Floats, calibration_bins, calibration_error
from evaluation.questions import load_questions
from evaluation.samples import Sample, Source, samples_of
from evaluation.unseen import UNSEEN, unseen_answerer
from index.query_adapter import shipped_adapter
from index.reranker import shipped_model
from settings import ROOT, Settings, load_settings

WEIGHTS = ROOT / "answer" / "judge_weights.json"
RERANK_WEIGHTS = ROOT / "answer" / "rerank_weights.json"
CONVERSATION = ROOT / "training" / "data" / "conversation"
FOLDS = 5
REGULARISATION = 0.3
"""C of the regressions but the next."""

READ_REGULARISATION = 3.0
"""C of that over entries that were read: with 0.3 its coefficients are so small that sure answers
look doubtful."""

REFUSED_IN_ERROR, UNSURE_IN_ERROR = 0.01, 0.03
"""Which share of the answerable questions may be refused, and which answered with unsure cases at
best: the cuts are as high as these allow."""

Linear = tuple[tuple[float, ...], float]
"""Coefficients and intercept, for features as they are."""


def _regress(features: Floats, truth: Floats, weights: Floats, regularisation: float) -> Linear:
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=regularisation, max_iter=2000)
    model.fit(scaler.transform(features), truth, weights)
    scaled = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - (scaled * scaler.mean_).sum())
    return tuple(float(round(value, 4)) for value in scaled), round(intercept, 4)


def fit(samples: Sequence[Sample], regularisation: float = REGULARISATION) -> Linear:
    """The regression over entries; C is `regularisation`."""
    samples = [s for s in samples if s.teaches_entries]
    features = np.concatenate([s.features[s.counted] for s in samples])
    truth = np.concatenate([s.truth[s.counted] for s in samples])
    weights = np.concatenate([np.full(s.counted.sum(), s.weight) for s in samples])
    return _regress(features, truth, weights, regularisation)


def fit_answerable(samples: Sequence[Sample]) -> Answerable:
    """The regression over questions of which some entry can be meant."""
    rows = [(s.asked, bool(s.question.gold), s.weight) for s in samples if s.asked is not None]
    features, truth, weights = (
        np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)
    )
    coefficients, intercept = _regress(features, truth, weights, REGULARISATION)
    best, several, listed, placed, english = coefficients
    return Answerable((best, several, listed, placed, english), intercept)


def out_of_fold(
    samples: Sequence[Sample], regularisation: float = REGULARISATION
) -> tuple[list[Floats], Floats]:
    """What models that did not see its question say of every sample.

    The probabilities of its entries, and that of its being answerable.
    """
    found: list[Floats] = [np.zeros(0)] * len(samples)
    answerable = np.zeros(len(samples))
    for fold in range(FOLDS):
        others = [s for i, s in enumerate(samples) if i % FOLDS != fold]
        coefficients, intercept = fit(others, regularisation)
        model = fit_answerable(others)
        for i in range(fold, len(samples), FOLDS):
            log_odds = samples[i].features @ np.array(coefficients) + intercept
            found[i] = 1 / (1 + np.exp(-log_odds))
            asked = samples[i].asked
            answerable[i] = model.probability(None if asked is None else tuple(asked))
    return found, answerable


def choose_cuts(samples: Sequence[Sample], answerable: Floats, cuts: Cuts) -> Cuts:
    """The highest cuts that refuse, or doubt, no more answerable questions than they may."""
    known = np.array([bool(s.question.gold) for s in samples])
    weights = np.array([s.weight for s in samples])[known]
    shares = (REFUSED_IN_ERROR, UNSURE_IN_ERROR)
    refuse, answer = np.quantile(answerable[known], shares, weights=weights, method="inverted_cdf")
    return replace(cuts, refuse=round(float(refuse), 3), answer=round(float(answer), 3))


def f1(sample: Sample, probability: Floats, cuts: Cuts) -> float:
    """F1 (0 to 1) of a list's municipalities, cut where it is expected to be highest."""
    taken = (probability >= best_cut(probability, cuts.floor)) & sample.counted
    found = {sample.names[i] for i in np.flatnonzero(taken)}
    gold = set(sample.question.gold)
    return 2 * len(found & gold) / (len(found) + len(gold))


def first(sample: Sample, probability: Floats) -> float:
    """1 if the likeliest entry that counts is right, else 0."""
    counted = np.flatnonzero(sample.counted)
    if not len(counted):
        return 0.0
    return float(sample.truth[counted[np.argmax(probability[counted])]])


def report(
    samples: Sequence[Sample], probabilities: Sequence[Floats], answerable: Floats, cuts: Cuts
) -> str:
    """Figures of each type and language, all out of fold."""
    lines = []
    for lang in ("ja", "en"):
        here = [
            (s, p, a)
            for s, p, a in zip(samples, probabilities, answerable, strict=True)
            if s.question.lang == lang
        ]
        lists = [f1(s, p, cuts) for s, p, _ in here if s.question.type == "list"]
        facts = [first(s, p) for s, p, _ in here if s.question.type == "fact"]
        refused = [a < cuts.refuse for s, _, a in here if not s.question.gold]
        wrongly = [a < cuts.refuse for s, _, a in here if s.question.gold]
        lines += [
            f"{name}.{lang}  n={len(values)}  {np.mean(values):.3f}"
            for name, values in (
                ("list F1", lists),
                ("fact first", facts),
                ("none refused", refused),
                ("falsely refused", wrongly),
            )
            if values
        ]
    bins = [
        calibration_bins(p[s.counted].tolist(), (s.truth[s.counted] > 0).tolist())
        for s, p in zip(samples, probabilities, strict=True)
    ]
    lines.append(f"ECE={calibration_error(np.sum(bins, axis=0)):.3f}")
    truth = [bool(s.question.gold) for s in samples]
    if len(set(truth)) == 2:
        lines.append(f"AUC answerable={roc_auc_score(truth, answerable):.3f}")
    return "\n".join(lines)


def calibrated_signals(
    samples: Sequence[Sample], cuts: Cuts, encoder: str, splitter: str
) -> Weights:
    """The weights of the signals' judge, fitted to the samples."""
    coefficients, intercept = fit(samples)
    answerable = fit_answerable(samples)
    adapter = shipped_adapter()
    return Weights(FEATURES, coefficients, intercept, answerable, cuts, encoder, adapter, splitter)


def calibrated_reranker(samples: Sequence[Sample], cuts: Cuts, model: str) -> RerankWeights:
    """How the reranker's word is added to the signals', fitted to the samples."""
    (signals, reranker, english, placed), intercept = fit(samples, READ_REGULARISATION)
    answerable = fit_answerable(samples)
    return RerankWeights(signals, reranker, english, placed, intercept, answerable, cuts, model)


def _sources(answerer: Answerer, settings: Settings, reranked: bool) -> list[Source]:
    own = [Source(answerer, load_questions(QUESTIONS, "tune"))]
    spoken = [
        Source(answerer, load_questions(path), teaches_entries=False)
        for path in sorted(CONVERSATION.glob("*.jsonl"))
    ]
    invented = [
        Source(unseen_answerer(settings, folder), load_judged(folder), not reranked)
        for folder in UNSEEN
    ]
    return own + spoken + invented


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits, prints what it reached and writes the weights; exit code 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.calibrate", description=__doc__)
    parser.add_argument("judge", choices=("signals", "reranker"))
    parser.add_argument("--dry", action="store_true", help="write nothing")
    chosen = parser.parse_args(arguments)
    reranked = chosen.judge == "reranker"
    # Whatever a probe may say of this machine just now.
    settings = load_settings().model_copy(update={"judge": chosen.judge})
    try:
        answerer = indexed(settings)[1]
        samples = samples_of(_sources(answerer, settings, reranked), reranked)
    except JireiError as error:
        print(error.tell("en"), file=sys.stderr)
        return 2
    weights: Weights | RerankWeights
    if reranked:
        probabilities, answerable = out_of_fold(samples, READ_REGULARISATION)
        cuts = choose_cuts(samples, answerable, shipped_rerank_weights().cuts)
        weights, path = calibrated_reranker(samples, cuts, shipped_model()), RERANK_WEIGHTS
    else:
        probabilities, answerable = out_of_fold(samples)
        cuts = choose_cuts(samples, answerable, shipped_weights().cuts)
        manifest = answerer.generation.manifest
        weights = calibrated_signals(samples, cuts, manifest.encoder, manifest.splitter)
        path = WEIGHTS
    print(report(samples, probabilities, answerable, cuts))
    text = TypeAdapter(type(weights)).dump_json(weights, indent=1).decode()
    print(text)
    if not chosen.dry:
        path.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
