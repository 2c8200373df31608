"""The shipped cross-encoder: its 8 bits, its files, and its scores."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from errors import JireiError
from index.cross_encoder import BATCH, CONFIG, MODEL, CrossEncoder, packed, read_model, unpacked
from index.reranker import FOLDER
from tests.index.golden_texts import TEXTS
from training.export import write_folder, write_shipped
from training.model import Learner, Shape

QUESTIONS = ("RPAを使う市は？", "書かない窓口を導入している自治体を教えてください", "Who uses RPA?")
PAIRS = [(QUESTIONS[i % 3], TEXTS[3 * i % len(TEXTS)]) for i in range(20)]

values = st.floats(-1e6, 1e6, width=32).map(lambda value: value if abs(value) > 1e-6 else 0.0)
matrices = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(values, min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(matrices)
def test_no_value_moves_by_more_than_a_254th_of_its_rows_largest(rows: list[list[float]]) -> None:
    matrix = torch.tensor(rows)
    found = unpacked(packed({"a.weight": matrix}))
    assert list(found) == ["a.weight"]
    assert found["a.weight"].dtype == torch.float32
    moved = (found["a.weight"] - matrix).abs().double()
    # Some millionths more for float32's own rounding.
    bound = matrix.abs().amax(dim=1, keepdim=True).double() * (1 / 254 + 1e-6)
    assert bool((moved <= bound).all())


def test_packing_worked_out_by_hand() -> None:
    small = packed({"a.weight": torch.tensor([[127.0, -1.4, 1.6], [0.0, 0.0, 0.0]])})
    assert small["a.weight"].dtype == torch.int8
    assert small["a.weight"].tolist() == [[127, -1, 2], [0, 0, 0]]
    assert small["a.weight.scale"].shape == (2, 1)
    assert unpacked(small)["a.weight"].tolist() == [[127.0, -1.0, 2.0], [0.0, 0.0, 0.0]]


@given(st.lists(values, min_size=1, max_size=5))
def test_vectors_stay_as_they_are(numbers: list[float]) -> None:
    vector = torch.tensor(numbers)
    small = packed({"a.bias": vector})
    assert list(small) == ["a.bias"]
    assert torch.equal(unpacked(small)["a.bias"], vector)


def test_only_matrices_of_layers_take_the_type_asked_for() -> None:
    matrix, vector = torch.tensor([[127.0, 1.0]]), torch.tensor([0.5])
    small = packed({"encoder.layer.0.a.weight": matrix, "encoder.layer.0.a.bias": vector})
    found = unpacked(small | packed({"pooler.weight": matrix}), torch.bfloat16)
    assert {name: str(tensor.dtype) for name, tensor in found.items()} == {
        "encoder.layer.0.a.weight": "torch.bfloat16",
        "encoder.layer.0.a.bias": "torch.float32",
        "pooler.weight": "torch.float32",
    }
    assert found["encoder.layer.0.a.weight"].tolist() == [[127.0, 1.0]]


def shipped(folder: Path) -> Path:
    """A tiny model as the product reads it."""
    weights = {"a.weight": torch.tensor([[127.0, -3.0]]), "a.bias": torch.tensor([0.5])}
    write_shipped(weights, folder, max_tokens=9)
    return folder


def edit(folder: Path, **changes: object) -> None:
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8")) | changes
    kept = {name: value for name, value in config.items() if value is not None}
    (folder / CONFIG).write_text(json.dumps(kept), encoding="utf-8")


def flip(folder: Path) -> None:
    data = bytearray((folder / MODEL).read_bytes())
    data[-1] ^= 1
    (folder / MODEL).write_bytes(data)


def test_whole_folder_is_read(tmp_path: Path) -> None:
    config, weights = read_model(shipped(tmp_path / "model"))
    assert config["max_tokens"] == 9
    assert weights["a.weight"].tolist() == [[127.0, -3.0]]
    assert weights["a.bias"].tolist() == [0.5]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / MODEL).unlink(),
        lambda folder: (folder / CONFIG).unlink(),
        lambda folder: (folder / MODEL).write_bytes(b""),
        lambda folder: (folder / MODEL).write_bytes((folder / MODEL).read_bytes()[:-1]),
        flip,
        lambda folder: (folder / CONFIG).write_text("{", encoding="utf-8"),
        lambda folder: (folder / CONFIG).write_text("[]", encoding="utf-8"),
        lambda folder: (folder / CONFIG).write_bytes(b"\xff"),
        lambda folder: edit(folder, sha256="0" * 64),
        lambda folder: edit(folder, sha256=None),
        lambda folder: edit(folder, max_tokens=None),
        lambda folder: edit(folder, max_tokens="many"),
    ],
    ids=[
        "no model", "no config", "empty", "cut", "one bit", "no json", "no object", "no text",
        "other sha", "no sha", "no length", "no number",
    ],
)  # fmt: skip
def test_damaged_folder_is_refused_in_one_line(damage, tmp_path: Path) -> None:
    folder = shipped(tmp_path / "my-model")
    damage(folder)
    with pytest.raises(JireiError) as caught:
        read_model(folder)
    assert caught.value.key == "model_unloadable"
    assert "my-model" in caught.value.tell("en")


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JireiError) as caught:
        read_model(tmp_path / "none")
    assert caught.value.key == "model_unloadable"


@pytest.fixture(scope="module")
def model(real_folder: Path) -> CrossEncoder:
    return CrossEncoder(FOLDER, real_folder, torch.float32)


@pytest.mark.golden
def test_scores_depend_on_neither_order_nor_company(model: CrossEncoder) -> None:
    # Of PAIRS none is right, and a good model gives them all the same low score.
    pairs = [("RPAを使う市は？", "大津市（滋賀県）大津市は税の入力にRPAを使う。"), *PAIRS[1:]]
    scores = model.score(pairs)
    assert scores.shape == (20,)
    assert scores.dtype == np.float32
    assert np.argmax(scores) == 0
    assert np.ptp(scores) > 1  # all alike would prove nothing
    assert np.abs(model.score(pairs[::-1])[::-1] - scores).max() < 1e-4
    alone = np.concatenate([model.score([pair]) for pair in pairs[::4]])
    assert np.abs(alone - scores[::4]).max() < 1e-4
    # More than a batch, among them one far longer than the rest.
    crowd = [*pairs, *[("何？", "長い文である。" * 50)] * BATCH]
    assert np.abs(model.score(crowd)[:20] - scores).max() < 1e-4


@pytest.mark.golden
def test_no_pairs_have_no_scores(model: CrossEncoder) -> None:
    assert model.score([]).shape == (0,)


@pytest.mark.golden
def test_both_texts_matter_and_so_does_which_is_the_question(model: CrossEncoder) -> None:
    question, right, wrong = "RPAを使う市は？", "RPAで入力を自動化した。", "図書館を建て替えた。"
    scores = model.score([(question, right), (question, wrong), ("図書館は？", wrong)])
    assert scores[0] > scores[1]
    assert scores[2] > scores[1]


def assert_close(found: np.ndarray, wanted: np.ndarray, bound: float, dtype: torch.dtype) -> None:
    """In float32 one of the pairs, "ABC123!?", hangs on the last bit of what goes in;
    in float64 none does, and there all of them have to agree a hundred times closer.
    """
    apart = np.abs(found - wanted)
    if dtype == torch.float32:
        assert np.sort(apart)[-2] < bound
    else:
        assert apart.max() < (bound / 100 if dtype == torch.float64 else bound)


@pytest.mark.golden
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
def test_exported_folder_scores_as_the_product_does(
    dtype: torch.dtype, real_folder: Path, tmp_path: Path
) -> None:
    from sentence_transformers import CrossEncoder as TheirCrossEncoder

    write_folder(FOLDER, real_folder, tmp_path / "exported")
    theirs = TheirCrossEncoder(
        str(tmp_path / "exported"),
        device="cpu",
        local_files_only=True,
        model_kwargs={"dtype": dtype},
    )
    long = ("RPAを使う市は？", "RPAで入力を自動化した市は、次のとおりである。" * 30)
    pairs = [*PAIRS[:19], long]
    wanted = theirs.predict(pairs, activation_fn=torch.nn.Identity(), show_progress_bar=False)
    found = CrossEncoder(FOLDER, real_folder, dtype).score(pairs)
    assert_close(found, wanted, {torch.bfloat16: 0.1}.get(dtype, 1e-3), dtype)


@pytest.mark.golden
# With 8 bits of precision, with 24 and with 53.
@pytest.mark.parametrize(
    ("dtype", "bound"), [(torch.bfloat16, 0.3), (torch.float32, 1e-3), (torch.float64, 1e-3)]
)
def test_training_goes_on_from_the_shipped_weights(
    real_folder: Path, dtype: torch.dtype, bound: float
) -> None:
    model = CrossEncoder(FOLDER, real_folder, dtype)
    learner = Learner(real_folder, seed=1, dtype=dtype)
    assert {p.dtype for p in learner.layers.parameters()} == {dtype}
    learner.load(read_model(FOLDER)[1])
    learner.bert.embeddings.to(torch.promote_types(dtype, torch.float32))
    with torch.inference_mode():
        scores = learner(PAIRS).numpy()
    assert_close(model.score(PAIRS), scores, bound, dtype)
    assert np.corrcoef(scores, model.score(PAIRS))[0, 1] > 0.998


@pytest.mark.golden
def test_a_model_of_fewer_layers_has_no_others_on_top(real_folder: Path, tmp_path: Path) -> None:
    learner = Learner(real_folder, 1, Shape(layers=2), torch.float32)
    with torch.no_grad():
        learner.classifier.weight *= 50  # it starts from next to nothing
        write_shipped(learner.weights(), tmp_path, 192)
        expected = learner(PAIRS[:3]).numpy()
    found = CrossEncoder(tmp_path, real_folder, torch.float32).score(PAIRS[:3])
    assert np.abs(found - expected).max() < 0.05
