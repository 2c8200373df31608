import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.normalizers import Precompiled

from index.embedded_model import PROMPTS
from index.embedded_tokenizer import build_charsmap, build_tokenizer
from index.embedded_weights import Vocabulary, find_weights, parse_weights, read_weights
from tests.index.golden_texts import TEXTS, TIED_TEXTS
from tests.index.small_weights import NORMALISATION, small_file


def test_charsmap_replaces_each_character_by_itself():
    normaliser = Precompiled(build_charsmap(NORMALISATION))
    assert normaliser.normalize_str("a\tｶ㈱\x02か") == "a か(株)か"


def test_tokenizer_keeps_unknown_characters_and_marks_apart():
    weights = parse_weights(small_file())
    tokenizer = build_tokenizer(weights.vocabulary, weights.normalisation)
    assert tokenizer.encode("a   が\t\ta").tokens == ["<s>", "▁a", "▁", "が", "▁a", "</s>"]
    assert tokenizer.encode("か\u3099").ids == [0, 4, 7, 3, 2]
    assert tokenizer.encode("日本").ids == [0, 4, 3, 3, 2]
    assert tokenizer.encode("½\u3099").ids == [0, 4, 3, 3, 2]


@pytest.fixture(scope="module")
def real_tokenizer(real_folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(real_folder / "tokenizer.json"))


@pytest.mark.golden
def test_special_pieces_have_the_ids_of_the_model(real_tokenizer: Tokenizer):
    pieces = [real_tokenizer.id_to_token(i) for i in range(4)]
    assert pieces == ["<s>", "<pad>", "</s>", "<unk>"]


@pytest.mark.golden
@pytest.mark.parametrize("kind", ["query", "passage"])
def test_token_counts_equal_the_engine_s(real_tokenizer: Tokenizer, engine: Any, kind: str):
    texts = TEXTS + TIED_TEXTS
    counts = [len(real_tokenizer.encode(PROMPTS[kind] + text).ids) for text in texts]
    assert counts == [engine.token_count(text, kind == "query") for text in texts]
    assert len(counts) >= 60
    assert 440 <= max(counts) <= 512


@pytest.mark.golden
def test_every_code_point_is_normalised_as_the_file_says(real_folder: Path):
    path = find_weights()
    assert path is not None
    mapping = read_weights(path).normalisation
    normaliser = Precompiled(build_charsmap(mapping))
    characters = map(chr, [*range(1, 0xD800), *range(0xE000, 0x110000)])
    assert [c for c in characters if normaliser.normalize_str(c) != mapping.get(c, c)] == []


@pytest.mark.golden
def test_ids_equal_the_engine_s_rules_told_anew(real_tokenizer: Tokenizer):
    path = find_weights()
    assert path is not None
    weights = read_weights(path)
    for text in (PROMPTS["passage"] + text for text in TEXTS):
        expected = ids_by_rules(text, weights.vocabulary, weights.normalisation)
        assert real_tokenizer.encode(text).ids == expected, text


def ids_by_rules(text: str, vocabulary: Vocabulary, normalisation: Mapping[str, str]) -> list[int]:
    """The best path through the pieces, its scores summed in float32."""
    ids = {piece: i for i, piece in enumerate(vocabulary.pieces) if i != vocabulary.unk}
    scores = np.array(vocabulary.scores, np.float32)
    unknown = scores.min() - np.float32(10)
    text = re.sub(" {2,}", " ", "".join(normalisation.get(c, c) for c in text))
    text = ("" if text.startswith(" ") else "\u2581") + text.replace(" ", "\u2581")
    best: list[tuple[np.float32, list[int]]] = [(np.float32(0), [])]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(0, end - 16), end):
            score, path = best[start]
            if text[start:end] in ids:
                piece = ids[text[start:end]]
                options.append((score + scores[piece], [*path, piece]))
            elif start == end - 1:
                options.append((score + unknown, [*path, vocabulary.unk]))
        best.append(max(options, key=lambda option: option[0]))
    return [vocabulary.bos, *best[-1][1], vocabulary.eos]
