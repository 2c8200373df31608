"""The process in which damaged indexes are opened: a folder a line, what came of it a line."""

import json
import os
import sys
from pathlib import Path

from errors import JireiError
from index.generation import open_generation
from index.stub_encoder import StubEncoder
from index.thesaurus import EMPTY, splitter_name
from ingest.limits import MB
from ingest.worker import limit_memory

MEMORY = 512 * MB


def opened(folder: Path) -> str:
    """ "opened", "refused", or the error that should not have been."""
    try:
        generation = open_generation(folder, StubEncoder.fingerprint, splitter_name(EMPTY))
        # What search asks of every generation.
        assert len(generation.units) == generation.unit_level.vectors.n_rows
        assert len(generation.chunk_of_unit) == len(generation.units)
        for level in (generation.chunk_level, generation.unit_level):
            level.lexical.scores(list(level.lexical.terms)[:20])
            level.vectors.scores(generation.background.vector(0))
    except JireiError as error:
        return "refused" if len(error.tell("en").splitlines()) == 1 else error.tell("en")
    except Exception as error:  # everything else is a finding
        return f"{type(error).__name__}: {error}"
    return "opened"


def main() -> None:
    """Opens until there are no more requests."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limit_memory(MEMORY)
    for line in sys.stdin.buffer:
        answers.write(json.dumps(opened(Path(json.loads(line)))).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
