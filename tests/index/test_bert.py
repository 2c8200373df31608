import json
from pathlib import Path

import numpy as np
import pytest
import torch

from index.bert import MAX_TOKENS, Bert
from index.embedded_encoder import EmbeddedEncoder
from index.vectors import Vectors
from tests.index.golden_texts import TEXTS

DOZEN = TEXTS[::6]


@pytest.mark.golden
def test_vectors_equal_those_of_sentence_transformers(real_folder: Path, passages: Vectors):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(real_folder), device="cpu", local_files_only=True)
    theirs = model.encode(list(DOZEN), prompt_name="passage", show_progress_bar=False)
    cosines = (passages[::6] * theirs).sum(axis=1)
    assert len(cosines) >= 12
    assert cosines.min() >= 0.9999, DOZEN[int(cosines.argmin())]
    assert model.max_seq_length == MAX_TOKENS
    assert model.similarity_fn_name == "cosine"


@pytest.mark.golden
def test_padding_beside_a_longer_text_changes_no_vector(embedded: EmbeddedEncoder):
    short, long = "窓口", "書かない窓口では、職員が聞き取った内容を申請書に印字する。" * 4
    alone = np.concatenate([embedded.encode_queries([short]), embedded.encode_queries([long])])
    together = embedded.encode_queries([short, long])
    assert np.abs(alone - together).max() < 1e-5


@pytest.mark.golden
def test_text_beyond_512_tokens_is_cut_there(embedded: EmbeddedEncoder):
    one, two = embedded.encode_queries(["駅 と " * 300, "駅 と " * 400])
    assert np.array_equal(one, two)


@pytest.mark.golden
def test_first_tokens_alone_have_the_states_that_they_have_among_all(real_folder: Path):
    bert = Bert(real_folder, torch.float32)
    tokens = bert.tokens(["窓口", "書かない窓口では、職員が聞き取る。"], MAX_TOKENS)
    assert len(tokens[0]) != len(tokens[1])
    with torch.inference_mode():
        among_all, _ = bert.states(tokens)
        alone = bert.first_states(tokens)
    assert alone.shape == (2, bert.dim)
    assert (alone - among_all[:, 0]).abs().max() < 1e-4


@pytest.mark.golden
def test_network_of_the_folder_is_e5_small(real_folder: Path):
    config = json.loads((real_folder / "config.json").read_text(encoding="utf-8"))
    assert (config["num_hidden_layers"], config["num_attention_heads"]) == (12, 12)
    assert (config["hidden_size"], config["intermediate_size"]) == (384, 1536)
    assert config["vocab_size"] == 250037
