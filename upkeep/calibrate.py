"""Fits the judges: `python -m upkeep.calibrate signals`, then `… reranker`, then the gate.

Three logistic regressions each: how probable it is that an entry states what is asked, that any
entry states a fact, and that any answers another question. They learn from the `tune` half of our
own questions; those over questions also from those in conversation, from facts asked of a named
place, from what has nothing to do with the documents, from those over invented documents that no
model was trained on, from questions about a town that are asked of another one
(`upkeep.elsewhere`), and from lists that are asked of an area (`upkeep.within`). With the
signals alone, that over entries learns from the invented documents too; with the reranker, these
would make its probabilities over the corpus too low, and so would the questions that nothing
answers, which the others refuse (docs/retrieval.md).
Facts without an answer count as much as those with one (`upkeep.samples.evened`).
The `test` half is never read.
Cuts are chosen on probabilities of questions that the regression did not see (five folds).
Follow-ups are narrowed to what the weights in place find, so fit once more after a new reranker.
"""

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from typing import get_args

import numpy as np
from pydantic import TypeAdapter
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from answer.answerable import Answerable, AnswerableModels
from answer.judge import FEATURES, Cuts, Weights, shipped_weights
from answer.rerank import RerankWeights, shipped_rerank_weights
from answer.respond import Answerer
from answer.verdicts import best_cut, given_one
from errors import JireiError
from evaluation.metrics import Floats, calibration_bins, calibration_error
from evaluation.questions import load_questions
from index.query_adapter import shipped_adapter
from index.reranker import shipped_model
from settings import ROOT, Settings, load_settings
from upkeep.cuts import choose_cuts
from upkeep.elsewhere import asked_elsewhere, origin_of
from upkeep.judged_units import DOCUMENTS, load_judged
from upkeep.own import FACTS, OFF_TOPIC, QUESTIONS, indexed
from upkeep.samples import Origin, Sample, Source, evened, samples_of
from upkeep.unseen import UNSEEN, unseen_answerer
from upkeep.within import asked_within

WEIGHTS = ROOT / "answer" / "judge_weights.json"
RERANK_WEIGHTS = ROOT / "answer" / "rerank_weights.json"
CONVERSATION = ROOT / "training" / "data" / "conversation"
FOLDS = 5
REGULARISATION = 0.3
"""C of the regressions but the next."""

READ_REGULARISATION = 3.0
"""C of that over entries that were read: with 0.3 its coefficients are so small that sure answers
look doubtful."""

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


def fit_answerable(samples: Sequence[Sample]) -> AnswerableModels:
    """The regressions over questions of which some entry can be meant.

    Of what there are none to learn from, the model is that of the others.
    """
    facts = evened([s for s in samples if s.mode == "fact"])
    others = [s for s in samples if s.mode != "fact"]
    return AnswerableModels(_answerable(facts or others), _answerable(others or facts))


def _answerable(samples: Sequence[Sample]) -> Answerable:
    rows = [(s.asked, bool(s.question.gold), s.weight) for s in samples if s.asked is not None]
    features, truth, weights = (
        np.array(column, dtype=np.float64) for column in zip(*rows, strict=True)
    )
    return Answerable(*_regress(features, truth, weights, REGULARISATION))


def out_of_fold(
    samples: Sequence[Sample], regularisation: float = REGULARISATION
) -> tuple[list[Floats], Floats]:
    """What a model that saw neither its question nor one made of it says of every sample.

    The probabilities of its entries, and that of its being answerable.
    """
    found: list[Floats] = [np.zeros(0)] * len(samples)
    answerable = np.zeros(len(samples))
    for fold in range(FOLDS):
        others = [s for s in samples if fold_of(s) != fold]
        coefficients, intercept = fit(others, regularisation)
        model = fit_answerable(others)
        for i in (i for i, s in enumerate(samples) if fold_of(s) == fold):
            log_odds = samples[i].features @ np.array(coefficients) + intercept
            found[i] = 1 / (1 + np.exp(-log_odds))
            asked = samples[i].asked
            told = None if asked is None else tuple(asked)
            answerable[i] = model.of(samples[i].mode).probability(told)
    return found, answerable


def fold_of(sample: Sample) -> int:
    """In which fold a question is, 0 to FOLDS - 1, with all that was made of it."""
    return int(sha256(f"fold {origin_of(sample.question.id)}".encode()).hexdigest(), 16) % FOLDS


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


Judged = tuple[Sample, Floats, float]
"""A sample, the probabilities of its entries, and that of its being answerable."""


def report(
    samples: Sequence[Sample], probabilities: Sequence[Floats], answerable: Floats, cuts: Cuts
) -> str:
    """Figures of each origin, type and language, all out of fold."""
    given = list(zip(samples, probabilities, answerable, strict=True))
    lines = []
    for origin in get_args(Origin):
        of = [judged for judged in given if judged[0].origin == origin]
        lines += _figures(of, cuts, origin)
        # The reranker's probabilities presume that something answers.
        bins = [
            calibration_bins(p[s.counted].tolist(), (s.truth[s.counted] > 0).tolist())
            for s, p, _ in of
            if s.question.gold
        ]
        if bins:
            lines.append(f"{origin}: ECE={calibration_error(np.sum(bins, axis=0)):.3f}")
    for name, origins in (("written", ("written",)), ("all", get_args(Origin))):
        told = [(bool(s.question.gold), a) for s, _, a in given if s.origin in origins]
        if len({truth for truth, _ in told}) == 2:
            auc = roc_auc_score(*zip(*told, strict=True))
            lines.append(f"{name}: AUC answerable or not={auc:.3f}")
    return "\n".join(lines)


def _figures(given: Sequence[Judged], cuts: Cuts, origin: Origin) -> list[str]:
    def below(sample: Sample, probability: float, cut: str) -> bool:
        of_question = cuts.of_question(sample.mode, sample.is_placed)
        return sample.mode != "compare" and probability < getattr(of_question, cut)

    lines = []
    for lang in ("ja", "en"):
        here = [judged for judged in given if judged[0].question.lang == lang]
        some = [(s, p, a) for s, p, a in here if s.question.gold]
        none = [(s, a) for s, _, a in here if not s.question.gold]
        values: dict[str, Sequence[float]] = {
            "list F1": [f1(s, p, cuts) for s, p, _ in some if s.question.type == "list"],
            "fact first": [first(s, p) for s, p, _ in some if s.question.type == "fact"],
            "none refused": [below(s, a, "refuse") for s, a in none],
            "none not answered": [below(s, a, "answer") for s, a in none],
            "falsely refused": [below(s, a, "refuse") for s, _, a in some],
            "falsely doubted": [below(s, a, "answer") for s, _, a in some],
        }
        lines += [
            f"{origin}: {name}.{lang}  n={len(found)}  {np.mean(found):.3f}"
            for name, found in values.items()
            if found
        ]
    return lines


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
    (signals, reranker, english, placed, area), intercept = fit(samples, READ_REGULARISATION)
    of_entries = signals, reranker, english, placed, area, intercept
    return RerankWeights(*of_entries, fit_answerable(samples), cuts, model)


def _sources(answerer: Answerer, settings: Settings, reranked: bool) -> list[Source]:
    unseen = [(unseen_answerer(settings, folder), folder) for folder in UNSEEN]
    sets = [
        (answerer, load_questions(QUESTIONS, "tune"), True),
        *((a, load_judged(folder), not reranked) for a, folder in unseen),
    ]
    beside = [question for path in (FACTS, OFF_TOPIC) for question in load_questions(path, "tune")]
    facts = [
        (answerer, beside, False),
        *((a, load_judged(file), False) for a, folder in unseen for file in folder.glob(DOCUMENTS)),
    ]
    judged = [Source(*given) for given in (*sets, *facts)]
    elsewhere = [Source(a, asked_elsewhere(q), False, "elsewhere") for a, q, _ in (*sets, *facts)]
    within = [
        Source(a, asked_within(q, a.table.places), teaches and reranked, "within")
        for a, q, teaches in sets
    ]
    spoken = [
        Source(answerer, load_questions(path), teaches_entries=reranked)
        for path in sorted(CONVERSATION.glob("*.jsonl"))
    ]
    return judged + elsewhere + within + spoken


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits, prints what it reached and writes the weights; exit code 0, or 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.calibrate", description=__doc__)
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
        found, answerable = out_of_fold(samples, READ_REGULARISATION)
        pairs = zip(samples, found, strict=True)
        probabilities = [given_one(p) if s.mode == "list" else p for s, p in pairs]
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
