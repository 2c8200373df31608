"""The process that parses: takes a file a line, answers with what became of it.

Started by `ingest.isolation`; both sides speak one JSON object a line.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter

from errors import JireiError
from ingest.limits import MB, Limits
from ingest.reading import Outcome, read_file

OUTCOMES: TypeAdapter[list[Outcome]] = TypeAdapter(list[Outcome])
LIMITS: TypeAdapter[Limits] = TypeAdapter(Limits)


def main() -> None:
    """Reads files until there are no more requests, or memory has run out."""
    answers = os.fdopen(os.dup(1), "wb")
    # A library that prints would break the protocol.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limited = False
    for line in sys.stdin.buffer:
        request = json.loads(line)
        limits = LIMITS.validate_python(request["limits"])
        if not limited:
            limit_memory(limits.memory)
            limited = True
        if not _answer(answers, Path(request["path"]), request["id"], limits):
            return


def _answer(answers: BinaryIO, path: Path, document_id: str, limits: Limits) -> bool:
    """Answers for one file; False when memory ran out, since what is left of it is unknown."""
    enough = True
    try:
        outcomes = read_file(path, document_id, limits)
        # JSON with escapes carries even the lone surrogates of a file's name.
        told = json.dumps(OUTCOMES.dump_python(outcomes))
    except MemoryError:
        enough = False
        error = JireiError("parse_memory", file=document_id, limit=limits.memory // MB)
        told = _told(error, document_id)
    except Exception as broken:  # whatever a parser raises costs this file alone
        why = type(broken).__name__
        told = _told(JireiError("parse_crashed", file=document_id, why=why), document_id)
    answers.write(told.encode("ascii") + b"\n")
    answers.flush()
    return enough


def _told(error: JireiError, document_id: str) -> str:
    failed: list[Any] = [Outcome(document_id, "failed", error.key, dict(error.values))]
    return json.dumps(OUTCOMES.dump_python(failed))


def limit_memory(more: int) -> None:
    """Lets this process take so many bytes more than it has. Only where the system can."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    most = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main()
