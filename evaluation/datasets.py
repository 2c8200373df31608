"""Judged retrieval data: SQuAD-format files and BEIR-style folders."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from errors import JireiError

SEPARATOR = " [SEP] "


@dataclass(frozen=True, slots=True)
class Passage:
    """A document that can be found; `id` is what the judgements call it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence, word for word, of a document that answers a query."""

    query: str
    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Documents, queries, and which documents are relevant to which query.

    `queries` maps the id of every judged query to its text; `qrels[query][document]` is the
    relevance, 0 or more. `documents` is None where the ids are those of the live index;
    `evidence` may then say which sentences of a relevant document count.
    """

    name: str
    documents: tuple[Passage, ...] | None
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    evidence: tuple[Evidence, ...] = ()

    @property
    def digest(self) -> str:
        """16 hex digits that stand for the documents, in order."""
        digest = sha256()
        for passage in self.documents or ():
            digest.update(f"{passage.id}\0{passage.title}\0{passage.text}\0".encode())
        return digest.hexdigest()[:16]


def load_dataset(path: Path) -> Dataset:
    """A SQuAD-format file or a BEIR-style folder.

    Raises JireiError if it is missing, cannot be read as either, or judges no query.
    """
    if not path.exists():
        raise JireiError("path_missing", path=path)
    try:
        dataset = _beir(path) if path.is_dir() else _squad(path)
    except OSError as error:
        raise JireiError(
            "file_unreadable", file=error.filename or path, why=error.strerror
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise JireiError("eval_dataset", file=path) from error
    if not dataset.queries:
        raise JireiError("eval_no_query", file=path)
    return dataset


def _squad(path: Path) -> Dataset:
    """Every context is a document, the same one only once; a question's own is relevant to it.

    A question without an answer (`is_impossible`) has no relevant document and is left out.
    """
    data = json.loads(path.read_text(encoding="utf-8-sig"))["data"]
    documents: dict[str, Passage] = {}
    queries: dict[str, str] = {}
    qrels: dict[str, dict[str, int]] = {}
    for entry in data:
        for paragraph in entry["paragraphs"]:
            context = paragraph["context"]
            if context not in documents:
                documents[context] = _passage(f"p{len(documents)}", entry.get("title"), context)
            for asked in paragraph["qas"]:
                if asked.get("is_impossible"):
                    continue
                query = str(asked["id"])
                if query in queries:
                    raise ValueError(f"two questions with the id {query}")
                queries[query] = str(asked["question"])
                qrels[query] = {documents[context].id: 1}
    return Dataset(path.stem, tuple(documents.values()), queries, qrels)


def _passage(id: str, title: str | None, context: str) -> Passage:
    """JSQuAD puts a paragraph's title before its text, SQuAD beside it with underscores."""
    if SEPARATOR in context:
        head, text = context.split(SEPARATOR, maxsplit=1)
        return Passage(id, head.strip(), text)
    return Passage(id, (title or "").replace("_", " "), context)


def _beir(folder: Path) -> Dataset:
    """corpus.jsonl (or none: the live index), queries.jsonl and qrels.tsv or qrels/test.tsv."""
    documents = None
    if (folder / "corpus.jsonl").exists():
        documents = tuple(
            Passage(str(row["_id"]), str(row.get("title") or ""), str(row["text"]))
            for row in json_lines(folder / "corpus.jsonl")
        )
    texts = {str(row["_id"]): str(row["text"]) for row in json_lines(folder / "queries.jsonl")}
    flat = folder / "qrels.tsv"
    qrels: dict[str, dict[str, int]] = {}
    for row in _table(flat if flat.exists() else folder / "qrels" / "test.tsv"):
        qrels.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    queries = {query: texts[query] for query in qrels}
    evidence: tuple[Evidence, ...] = ()
    if (folder / "evidence.tsv").exists():
        evidence = tuple(
            Evidence(row["query-id"], row["corpus-id"], row["quote"])
            for row in _table(folder / "evidence.tsv")
        )
    return Dataset(folder.resolve().name, documents, queries, qrels, evidence)


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises ValueError for a line that holds none."""
    with path.open(encoding="utf-8-sig") as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError(f"{path.name}: not an object: {line[:80]}")
                yield row


def _table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file by the names in its first line; quotes are text."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
