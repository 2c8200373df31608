"""The fit of the judge, on problems whose answer is known."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from answer.judge import FEATURES, SignalJudge, shipped_weights
from answer.modes import Mode
from answer.respond import Answerer
from evaluation.questions import half_of
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY
from ingest.documents import Metadata
from search.hybrid import SearchSettings
from settings import Settings
from tests.answer.made import MACHIDA, SAITAMA, Part, cuts_alike, generation
from tests.evaluation.samples import question
from upkeep.calibrate import (
    READ_REGULARISATION,
    _sources,
    calibrated_reranker,
    f1,
    first,
    fit,
    fit_answerable,
    fold_of,
    out_of_fold,
)
from upkeep.elsewhere import asked_elsewhere
from upkeep.samples import Origin, Sample, Source, evened, sample_of, samples_of
from upkeep.within import asked_within

CUTS = cuts_alike(0.3, 0.7, floor=0.01)
NAMES = ("大津市", "津市", "町田市")


def sample(
    truth: tuple[float, ...] = (1, 0, 0),
    type: str = "list",
    gold: tuple[str, ...] = ("大津市",),
    names: tuple[str, ...] = NAMES,
    counted: tuple[bool, ...] = (True, True, True),
    asked: tuple[float, ...] | None = (0.0,) * 6,
    mode: Mode = "list",
    is_placed: bool = False,
    origin: Origin = "written",
) -> Sample:
    known = None if asked is None else np.array(asked)
    return Sample(
        question(type, gold),
        known,
        np.zeros((3, len(FEATURES))),
        np.array(truth),
        np.array(counted),
        names,
        mode,
        is_placed,
        origin=origin,
    )


def answerer() -> Answerer:
    made = generation(
        Part("a.md", SAITAMA, ("窓口で紙をやめた。",)),
        Part("b.md", None, ("窓口は役所の入口である。",)),
        Part("c.md", MACHIDA, ("窓口で待つ人が減った。",)),
        metadata={"b.md": Metadata("解説")},
    )
    judge = SignalJudge(shipped_weights())
    return Answerer(made, StubEncoder(), EMPTY, SearchSettings(dense=False), judge)


@pytest.mark.parametrize("gold", ["さいたま市", "解説"])
def test_entry_is_right_by_its_town_or_by_the_title_of_its_document(gold: str) -> None:
    asked = question("fact", (gold,), question="窓口とは何ですか", acceptable=("町田市",))
    found = sample_of(asked, answerer(), reranked=False)
    assert found.names == ("さいたま市", "解説", "町田市")
    assert found.truth.tolist() == [name == gold for name in found.names]
    assert found.counted.tolist() == [True, True, False]
    assert (found.mode, found.is_placed) == ("fact", False)
    placed = question("fact", (gold,), question="町田市の窓口は？")
    assert sample_of(placed, answerer(), reranked=False).is_placed


@pytest.mark.parametrize(("reranked", "teach"), [(False, [True, True]), (True, [True, False])])
def test_what_nothing_answers_teaches_no_entry_that_was_read(
    reranked: bool, teach: list[bool]
) -> None:
    asked = [question("list", ("さいたま市",)), question("none", ())]
    found = samples_of([Source(answerer(), asked, origin="within")], reranked)
    assert [s.teaches_entries for s in found] == teach
    assert [s.origin for s in found] == ["within", "within"]


@pytest.mark.parametrize(
    ("probability", "value"),
    [
        # k=1: 1.8/1.92 = .94: one right match. k=2: 3.2/3.62 = .88 promises more than k=1: .71.
        ((0.9, 0.01, 0.01), 1.0),
        ((0.8, 0.8, 0.01), 2 / 3),
        # The right one is not taken.
        ((0.01, 0.9, 0.01), 0.0),
    ],
)
def test_f1_of_a_list(probability: tuple[float, ...], value: float) -> None:
    assert f1(sample(), np.array(probability), CUTS) == pytest.approx(value)


def test_town_with_two_entries_counts_once() -> None:
    made = sample((1, 1, 0), names=("大津市", "大津市", "津市"))
    assert f1(made, np.array([0.9, 0.9, 0.0]), CUTS) == 1.0


def test_arguable_entries_are_not_counted() -> None:
    made = sample(counted=(True, False, True))
    assert f1(made, np.array([0.8, 0.8, 0.01]), CUTS) == 1.0
    assert first(made, np.array([0.5, 0.8, 0.01])) == 1.0


def test_first_of_a_fact() -> None:
    assert first(sample(), np.array([0.3, 0.2, 0.2])) == 1.0
    assert first(sample(), np.array([0.1, 0.2, 0.2])) == 0.0


def noisy(n: int = 60) -> list[Sample]:
    """Only the first signal tells the right entry; the others are noise."""
    drawn = np.random.default_rng(5)
    samples = []
    for i in range(n):
        features = drawn.normal(size=(3, len(FEATURES)))
        truth = (features[:, 0] > 0.3).astype(np.float64)
        gold = tuple(name for name, right in zip(NAMES, truth, strict=True) if right)
        asked = question("list" if gold else "none", gold, id=f"q{i}")
        best = np.array([features[:, 0].max(), 1, 1, 0, 0, 0])
        samples.append(
            Sample(asked, best, features, truth, np.ones(3, dtype=np.bool_), NAMES, "list", False)
        )
    return samples


def test_fit_finds_the_signal_that_tells_apart() -> None:
    coefficients, intercept = fit(noisy())
    assert coefficients[0] > 5 * max(map(abs, coefficients[1:]))
    # Even odds lie where the truth changes.
    assert -intercept / coefficients[0] == pytest.approx(0.3, abs=0.2)


def test_coefficients_of_entries_that_were_read_are_held_back_less() -> None:
    samples = [replace(s, features=s.features[:, :5]) for s in noisy()]
    weights = calibrated_reranker(samples, CUTS, "model")
    assert weights.signals > 1.5 * fit(samples)[0][0]


def test_coefficients_of_the_reranker_stand_in_the_order_of_its_features() -> None:
    samples = [replace(s, features=s.features[:, :5]) for s in noisy()]
    (*in_order,), intercept = fit(samples, READ_REGULARISATION)
    w = calibrated_reranker(samples, CUTS, "model")
    told = [w.signals, w.reranker, w.english, w.placed, w.area, w.intercept]
    assert told == [*in_order, intercept]


def test_what_is_arguable_is_not_learnt_from() -> None:
    samples = noisy()
    lies = [
        replace(s, truth=1 - s.truth, counted=np.zeros(3, dtype=np.bool_)) for s in noisy()
    ]  # fmt: skip
    assert fit([*samples, *lies]) == fit(samples)


def test_only_questions_that_teach_entries_do_and_all_teach_what_is_answerable() -> None:
    samples = noisy()
    lies = [replace(s, truth=1 - s.truth, teaches_entries=False) for s in noisy()]
    assert fit([*samples, *lies]) == fit(samples)
    unlike = [
        replace(sample(gold=(), type="none", asked=(3.0, 1, 1, 0, 0, 0)), teaches_entries=False)
    ]
    assert fit_answerable([*samples, *(unlike * 60)]) != fit_answerable(samples)


def test_probabilities_are_those_of_a_model_that_did_not_see_the_question() -> None:
    samples = noisy(20)
    # A whole fold is a lie: a model that saw it would not be so wrong about it.
    inside, outside = (i for i in (0, 1) if fold_of(samples[i]) != fold_of(samples[1 - i]))
    fold = fold_of(samples[inside])
    lied = [replace(s, truth=1 - s.truth) if fold_of(s) == fold else s for s in samples]
    honest, given = out_of_fold(samples)[0], out_of_fold(lied)[0]
    assert [len(p) for p in given] == [3] * 20
    assert given[inside] == pytest.approx(honest[inside])
    assert given[outside] != pytest.approx(honest[outside])


def test_what_is_asked_elsewhere_or_of_an_area_is_in_the_fold_of_its_question() -> None:
    def fold(id: str) -> int:
        return fold_of(replace(sample(), question=question(id=id)))

    assert {fold(f"q{i}") for i in range(50)} == set(range(5))
    for i in range(50):
        assert fold(f"q{i}@大津市") == fold(f"q{i}@近畿") == fold(f"q{i}")


def test_answerable_is_told_by_the_best_entry() -> None:
    models = fit_answerable(noisy())
    # There is no fact to learn from.
    assert models.facts == models.others
    model = models.others
    assert model.coefficients[0] > 5 * max(map(abs, model.coefficients[1:]))
    assert model.probability((2.0, 1, 1, 0, 0, 0)) > 0.9
    assert model.probability((-1.0, 1, 1, 0, 0, 0)) < 0.1


def test_facts_have_a_model_of_their_own() -> None:
    # Of facts, it is the other way round.
    facts = [replace(s, mode="fact", asked=None if s.asked is None else -s.asked) for s in noisy()]
    models = fit_answerable([*noisy(), *facts])
    assert models.others == fit_answerable(noisy()).others
    assert models.facts.coefficients[0] < -5 * max(map(abs, models.facts.coefficients[1:]))
    assert models.of("fact") is models.facts
    assert models.of("list") is models.of("compare") is models.others


def test_with_and_without_an_answer_count_alike_and_of_the_latter_written_and_moved_ones() -> None:
    answered = [sample(), replace(sample(), weight=3.0)]
    written = [sample(gold=())]
    moved = [sample(gold=(), origin="elsewhere"), sample(gold=(), origin="within")]
    found = evened([*answered, *written, *moved, *moved])
    # 1 and 3 with an answer, so 2 for the one that was written and .5 for each of four.
    assert sorted(s.weight for s in found) == [0.5] * 4 + [1.0, 2.0, 3.0]
    assert sum(s.weight for s in found if s.origin != "written") == 2.0
    assert evened([]) == []


def test_odds_of_facts_do_not_hang_on_how_many_of_them_are_asked_elsewhere() -> None:
    facts = [replace(s, mode="fact") for s in noisy()]
    moved = [replace(s, origin="elsewhere") for s in facts if not s.question.gold]
    once, often = (fit_answerable([*facts, *(moved * n)]).facts for n in (1, 9))
    assert often.probability((0.0,) * 6) == pytest.approx(once.probability((0.0,) * 6), abs=0.05)


def test_question_without_an_entry_that_can_be_meant_is_not_answerable() -> None:
    samples = [*noisy(20), sample(gold=(), type="none", asked=None)]
    assert out_of_fold(samples)[1][-1] == 0.0


@pytest.mark.parametrize("reranked", [True, False])
def test_what_is_asked_elsewhere_teaches_no_entry_and_signals_learn_from_what_is_written_alone(
    reranked: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("upkeep.calibrate.UNSEEN", ())
    monkeypatch.setattr("upkeep.calibrate.CONVERSATION", tmp_path)
    line = '{"id": "s", "type": "fact", "lang": "ja", "question": "町田市は？", "gold": ["町田市"]}'
    (tmp_path / "spoken.jsonl").write_text(line, encoding="utf-8")
    here = answerer()
    sources = _sources(here, Settings(), reranked)
    own, facts, moved, _, within, spoken = sources
    origins = [(s.origin, s.teaches_entries) for s in sources]
    assert origins == [
        *[("written", True), ("written", False)],
        *[("elsewhere", False)] * 2,
        # Nothing but lists is asked of an area.
        *[("within", reranked), ("written", reranked)],
    ]
    assert [q.id for q in spoken.questions] == ["s"]
    assert {half_of(q.id) for q in (*own.questions, *facts.questions)} == {"tune"}
    assert moved.questions == asked_elsewhere(own.questions)
    assert len(moved.questions) > len(own.questions) / 4
    assert within.questions == asked_within(own.questions, [SAITAMA, MACHIDA])
    assert len(within.questions) > len(own.questions) / 4
