"""What builds take over 2,000 made documents: `python -m bench.index_life [--documents N]`.

To embed them all takes an hour on two cores, and nobody doubts that hour. So the first build gets
its vectors from a stand-in that costs nothing, which leaves all that is not the encoder; the rate
of the real one is measured on some of the texts. Documents added later go to the real one.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from answer.respond import Answerer
from bench.made_documents import document, write_documents
from bench.timing import Figure, machine, table
from index.build import build
from index.encoder import Encoder, make_encoder
from index.reranker import make_reranker
from index.vectors import Vectors
from settings import Settings, load_settings

DOCUMENTS = 2000
SAMPLE = 400
WHOLE = 20
ROUNDS = 3


class TwoEncoders:
    """Vectors made of digests, or those of the real encoder once `real` is set.

    `seconds` is the time that encoding took, `texts` how many there were.
    """

    def __init__(self, inner: Encoder, real: bool) -> None:
        self._inner = inner
        self.real = real
        self.dim = inner.dim
        self.fingerprint = f"bench+{inner.fingerprint}"
        self.seconds = 0.0
        self.texts: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions that are compared with sentences, shape (n, dim)."""
        return self._inner.encode_questions(texts)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of shape (n, dim)."""
        self.texts += texts
        began = time.perf_counter()
        vectors = self._inner.encode_passages(texts, progress) if self.real else self._made(texts)
        self.seconds += time.perf_counter() - began
        return vectors

    def _made(self, texts: Sequence[str]) -> Vectors:
        digests = b"".join(sha256(text.encode()).digest() for text in texts)
        rows = np.frombuffer(digests, dtype=np.uint8).reshape(len(texts), 32).astype(np.float32)
        vectors = np.tile(rows - 127.5, (1, -(-self.dim // 32)))[:, : self.dim]
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit.astype(np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, dim)."""
        return self._inner.encode_queries(texts)


def seconds_of(call: Callable[[], object]) -> float:
    """Wall time of a call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def processor_of(call: Callable[[], object]) -> float:
    """Seconds of the processor that a call takes: beside other work, the wall tells little."""
    began = time.process_time()
    call()
    return time.process_time() - began


def seconds_on_page(
    folder: Path, number: int, encoder: Encoder, own: Settings
) -> tuple[float, float]:
    """Seconds to add a document, and to delete it, in a process that has the index open."""
    one, opened = folder / "one_more.md", build([folder], encoder, own).generation
    took = []
    for change in (lambda: one.write_text(document(number), "utf-8"), one.unlink):
        change()
        began = time.perf_counter()
        opened = build([folder], encoder, own, opened=opened).generation
        took.append(time.perf_counter() - began)
    return took[0], took[1]


def of_many(base: Path, settings: Settings, inner: Encoder, n: int) -> list[Figure]:
    """The first build of `n` documents, then one more and one less, and opening the result."""
    folder, encoder = base / "many", TwoEncoders(inner, real=False)
    own = settings.model_copy(update={"var": base / "many_var"})
    write_documents(folder, n)
    rest = seconds_of(lambda: build([folder], encoder, own)) - encoder.seconds
    encoder.real = True
    sample = encoder.texts[:: max(1, len(encoder.texts) // SAMPLE)]
    inner.encode_passages(sample[:16])
    encoding = len(encoder.texts) / len(sample) * seconds_of(lambda: inner.encode_passages(sample))
    added, deleted, unchanged, embedding, on_page = [], [], [], [], []
    for number in range(ROUNDS):
        one = folder / f"one_more_{number}.md"
        one.write_text(document(n + number), "utf-8")
        encoder.seconds = 0.0
        added.append(seconds_of(lambda: build([folder], encoder, own)))
        embedding.append(encoder.seconds)
        one.unlink()
        deleted.append(seconds_of(lambda: build([folder], encoder, own)))
        unchanged.append(seconds_of(lambda: build([folder], encoder, own)))
        on_page.append(seconds_on_page(folder, n + ROUNDS + number, encoder, own))
    encoder.real = False
    (folder / "another.md").write_text(document(n + 2 * ROUNDS), "utf-8")
    busy_added = processor_of(lambda: build([folder], encoder, own))
    (folder / "another.md").unlink()
    busy_deleted = processor_of(lambda: build([folder], encoder, own))
    scorer = make_reranker(own)
    opening = seconds_of(lambda: Answerer.open_with(own, encoder, scorer))
    return [
        Figure("texts to encode", float(len(set(encoder.texts))), "", None),
        Figure("first build, all but the encoder", rest, "s", None),
        Figure("rate of the encoder", len(encoder.texts) / encoding, "/s", None),
        Figure("rate of the build, of that", 100 * encoding / (encoding + rest), "%", None),
        Figure(f"one document added (fastest of {ROUNDS})", min(added), "s", 3),
        Figure("of that, embedding it", embedding[added.index(min(added))], "s", None),
        Figure(f"one document deleted (fastest of {ROUNDS})", min(deleted), "s", 2),
        Figure("one added, processor, but the encoder", busy_added, "s", None),
        Figure("one deleted, processor", busy_deleted, "s", None),
        Figure("nothing changed", min(unchanged), "s", None),
        Figure("one document added on a page that has it open", min(on_page)[0], "s", 3),
        Figure("the same, deleted", min(deleted for _, deleted in on_page), "s", 2),
        Figure("opening it for answers", opening, "s", None),
    ]


def of_few(base: Path, settings: Settings, inner: Encoder) -> list[Figure]:
    """A whole build of WHOLE documents, with the real encoder."""
    folder, encoder = base / "few", TwoEncoders(inner, real=True)
    own = settings.model_copy(update={"var": base / "few_var"})
    write_documents(folder, WHOLE)
    total = seconds_of(lambda: build([folder], encoder, own))
    name = f"whole build of {WHOLE}, share of the encoder"
    return [Figure(name, 100 * encoder.seconds / total, "%", None)]


def main() -> None:
    """Measures and prints the table."""
    n = int(sys.argv[sys.argv.index("--documents") + 1]) if "--documents" in sys.argv else DOCUMENTS
    settings = load_settings()
    inner = make_encoder(settings)
    with tempfile.TemporaryDirectory() as folder:
        figures = of_many(Path(folder), settings, inner, n) + of_few(Path(folder), settings, inner)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(machine(settings), f"{n} documents", sep=", ")
    print(table([*figures, Figure("peak of resident memory", peak, "MB", 2048)]))


if __name__ == "__main__":
    main()
