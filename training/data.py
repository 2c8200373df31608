"""What the reranker learns from: sentences, questions, and which sentence answers which."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from errors import JireiError
from index.encoder import Encoder
from ingest.sentences import split_sentences
from training.renamed import under_other_names
from upkeep.judged_units import UNITS, WORDINGS, judged_files, read_lines

HARD = 40
NEAR = 25
INVENTED = "fict_"
"""How the names of folders begin whose documents are invented."""


@dataclass(frozen=True)
class Example:
    """A question over the passages of its collection, by their number.

    `right` state what is asked; `hard` do not, and come nearest to it, the nearest first; `other`
    are the rest. Passages that could be argued either way are in none. `wordings` ask the same in
    other words.
    """

    question: str
    right: tuple[int, ...]
    hard: tuple[int, ...]
    other: tuple[int, ...]
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Collection:
    """Passages and the questions judged over all of them."""

    name: str
    passages: tuple[str, ...]
    examples: tuple[Example, ...]


def third_of(town: str | None) -> int:
    """Which third of the municipalities one belongs to: 0, 1 or 2, by the sha256 of its name."""
    return int(sha256((town or "").encode()).hexdigest(), 16) % 3


def load_collection(path: Path, encoder: Encoder, without_third: int | None) -> Collection:
    """A folder of judged questions (see `upkeep.judged_units`), or one file of it, with the
    negatives mined.

    `without_third` leaves out all passages of that third of the municipalities; those of invented
    documents stay, under names of towns that do not exist (`training.renamed`). The nearest wrong
    passages are those whose vectors the encoder finds nearest; a question that has a `document` is
    judged over this alone. Raises JireiError as `read_lines`.
    """
    folder, files = judged_files(path)
    units = [unit for _, unit in read_lines(folder / UNITS)]
    judged = [line for file in files for _, line in read_lines(file)]
    wordings = wordings_of(folder)
    if without_third is not None:

        def taken(town: str | None) -> bool:
            return third_of(town) == without_third

        if folder.name.startswith(INVENTED):
            units, judged, wordings = under_other_names(units, judged, wordings, taken)
        else:
            units = [unit for unit in units if not taken(town_of(unit))]
    rows = {unit["uid"]: row for row, unit in enumerate(units)}
    passages = tuple(passage(unit) for unit in units)
    vectors = encoder.encode_passages(passages)
    queries = encoder.encode_queries([line["question"] for line in judged])
    documents = [unit.get("document") for unit in units]
    examples = (
        _example(line, rows, _within(line, order, documents), wordings.get(line["id"], ()))
        for line, order in zip(judged, np.argsort(-(queries @ vectors.T), axis=1), strict=True)
    )
    name = folder.name if path == folder else f"{folder.name}/{path.stem}"
    return Collection(name, passages, tuple(e for e in examples if e is not None))


def wordings_of(folder: Path) -> dict[str, tuple[str, ...]]:
    """Other wordings of a folder's questions, by their ids; none without `wordings.jsonl`.

    Raises JireiError as `read_lines`.
    """
    path = folder / WORDINGS
    if not path.exists():
        return {}
    return {line["id"]: tuple(line["wordings"]) for _, line in read_lines(path)}


def fewer(collection: Collection, share: float) -> Collection:
    """A collection with that share (0 to 1) of its questions, the same ones each time."""

    def is_in(example: Example) -> bool:
        return int(sha256(f"share {example.question}".encode()).hexdigest()[:8], 16) < share * 2**32

    return replace(collection, examples=tuple(filter(is_in, collection.examples)))


def town_of(unit: dict[str, Any]) -> str | None:
    """The municipality that a unit tells of, None for an explanation."""
    return unit["municipality"] or None


def passage(unit: dict[str, Any]) -> str:
    """What the reranker reads of a unit, as `search.reading.passage_of` writes it."""
    text = unit.get("text") or unit["fact"]
    return f"{unit['municipality'] or ''}（{unit.get('prefecture') or ''}）{text}"


def _within(line: dict[str, Any], order: Iterable[int], documents: Sequence[Any]) -> list[int]:
    """The rows over which a question was judged, in their order."""
    document = line.get("document")
    return [int(row) for row in order if document is None or documents[row] == document]


def _example(
    line: dict[str, Any], rows: dict[int, int], order: Sequence[int], wordings: tuple[str, ...]
) -> Example | None:
    """None if every sentence that answers it was left out: it would be learnt as unanswerable."""
    right = tuple(rows[uid] for uid in line["positives"] if uid in rows)
    if line["positives"] and not right:
        return None
    argued = {rows[uid] for uid in line["borderline"] if uid in rows}
    wrong = [row for row in order if row not in argued and row not in right]
    hard, other = tuple(wrong[:HARD]), tuple(wrong[HARD:])
    return Example(line["question"], right, hard, other, wordings)


def load_squad(path: Path, most: int, seed: int, letters: int = 0) -> Iterator[Collection]:
    """One collection for each article of a SQuAD-format file (.json or .json.gz).

    Its passages are its sentences, or as many neighbouring ones of a paragraph as have at most
    `letters` together; right is the passage in which the answer begins. About `most` questions in
    all, drawn with `seed`; what no paragraph answers is left out. Raises JireiError if it cannot
    be read.
    """
    try:
        data = path.read_bytes()
        articles = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)["data"]
        asked = sum(len(p["qas"]) for article in articles for p in article["paragraphs"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise JireiError("eval_dataset", file=path) from error
    rng = np.random.default_rng(seed)
    for article in articles:
        found = _of_article(article, rng, most / max(1, asked), letters)
        if found.examples:
            yield found


def _of_article(
    article: dict[str, Any], rng: np.random.Generator, share: float, letters: int
) -> Collection:
    passages: list[str] = []
    examples: list[Example] = []
    for paragraph in article["paragraphs"]:
        ends: list[int] = []
        first = len(passages)
        for piece in _pieces(split_sentences(paragraph["context"]), letters):
            ends.append((ends[-1] if ends else 0) + len(piece))
            passages.append(f"{article['title']}（）{piece.strip()}")
        for asked in paragraph["qas"]:
            if rng.random() < share and not asked.get("is_impossible"):
                start = _answer_start(asked)
                row = first + int(np.searchsorted(ends, start, side="right"))
                examples.append(Example(asked["question"], (row,), (), ()))
    return Collection(article["title"], tuple(passages), tuple(_with_wrong(examples, passages)))


def _pieces(sentences: Iterable[str], letters: int) -> list[str]:
    """Neighbouring sentences together, as long as they have at most that many letters."""
    pieces: list[str] = []
    for sentence in sentences:
        if pieces and len(pieces[-1]) + len(sentence) <= letters:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces


def _answer_start(asked: dict[str, Any]) -> int:
    answers = asked["answers"]
    return int(
        answers[0]["answer_start"] if isinstance(answers, list) else answers["answer_start"][0]
    )


def _with_wrong(examples: Sequence[Example], passages: Sequence[str]) -> Iterator[Example]:
    """The neighbours of the right passage that share most letters with the question."""
    for example in examples:
        right = example.right[0]
        near = [
            row
            for row in range(right - NEAR, right + NEAR + 1)
            if 0 <= row < len(passages) and row != right
        ]
        letters = set(example.question)
        near.sort(key=lambda row: (-len(letters & set(passages[row])), row))
        yield Example(example.question, example.right, tuple(near), ())
