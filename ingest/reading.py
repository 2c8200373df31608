"""Reads one file: the document in it, or those of the files it holds, or why it was not read."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from errors import JireiError
from ingest.documents import Reading
from ingest.limits import Limits
from ingest.loaders import ending_of, loader_of, unpacker_of
from ingest.tools import office, tesseract

ABOUT_THE_FOLDER = ("readme", "license", "licence", "changelog")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file, or of one inside it: `status` is read, skipped or failed."""

    path: str
    status: str
    reason: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    reading: Reading | None = None


def digest_of_code(module: str) -> str:
    """sha256 over the package that the file of a module lies in: its code and its data.

    A number to be raised by hand was forgotten, and an index kept what older code had read.
    """
    folder = Path(module).parent
    files = {file.relative_to(folder): file for file in folder.rglob("*") if file.is_file()}
    told = hashlib.sha256()
    for path, file in sorted(files.items()):
        if "__pycache__" not in path.parts and not path.name.startswith("."):
            told.update(
                f"{path.as_posix()}:{hashlib.sha256(file.read_bytes()).hexdigest()};".encode()
            )
    return told.hexdigest()


_CODE = digest_of_code(__file__)  # of the code that runs, not of what lies there later


def reading_rules(limits: Limits) -> str:
    """All but the files themselves that decides what is read of them."""
    return f"{_CODE}|{limits}|{bool(tesseract())}|{bool(office())}"


def read_file(path: Path, document_id: str, limits: Limits) -> list[Outcome]:
    """What became of a file and of those inside it. Nothing about a file raises."""
    return list(_read(path, document_id, limits, _Room(limits.unzipped), 0))


def why_skipped(document_id: str) -> str | None:
    """Why a file of that name is not read, as a message key; None if it is."""
    name = document_id.rsplit("/", 1)[-1]
    if name.split(".")[0].lower() in ABOUT_THE_FOLDER:
        return "skipped_about"
    return None if ending_of(name) else "skipped_format"


@dataclass
class _Room:
    """How many bytes may yet be unpacked, and which ids are taken, over all of one file."""

    left: int
    taken: set[str] = field(default_factory=set)


def _read(
    path: Path, document_id: str, limits: Limits, room: _Room, depth: int
) -> Iterator[Outcome]:
    skipped = why_skipped(document_id)
    if skipped:
        yield not_read(skipped, document_id)
    else:
        try:
            yield from _read_known(path, document_id, limits, room, depth)
        except JireiError as error:
            yield failed(error, document_id)
        except MemoryError:
            raise
        except Exception as error:  # parsers raise whatever a broken file makes them stumble over
            why = type(error).__name__
            yield failed(JireiError("file_broken", file=document_id, why=why), document_id)


def _read_known(
    path: Path, document_id: str, limits: Limits, room: _Room, depth: int
) -> Iterator[Outcome]:
    """The document of a file, and those of the files inside it."""
    ending = Path(document_id).suffix.lower()
    loader, unpack = loader_of(ending), unpacker_of(ending)
    if loader:
        yield Outcome(document_id, "read", reading=loader(path, document_id, limits))
    if not unpack:
        return
    if depth == limits.depth:
        raise JireiError("too_deep", file=document_id, limit=limits.depth)
    empty = True
    # On Windows, what a parser that stumbled left open cannot be removed yet.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # The name inside the archive is part of an id, and but for its ending never of a path.
        for member in unpack(path, document_id, replace(limits, unzipped=room.left)):
            room.left -= len(member.data)
            if room.left < 0:
                limit = limits.unzipped >> 20
                raise JireiError("unzipped_too_large", file=document_id, limit=limit)
            kept = Path(folder) / f"member{ending_of(member.name)}"
            kept.write_bytes(member.data)
            empty = False
            inner = _unlike(f"{document_id}/{member.name}", room.taken)
            room.taken.add(inner)
            yield from _read(kept, inner, limits, room, depth + 1)
    if empty and not loader:
        raise JireiError("file_empty", file=document_id)


def _unlike(name: str, taken: set[str]) -> str:
    """The id, numbered where there are several of it, in folders or archives of one name."""
    path, number, found = Path(name), 1, name
    while found in taken:
        number += 1
        found = path.with_stem(f"{path.stem} ({number})").as_posix()
    return found


def not_read(reason: str, document_id: str) -> Outcome:
    """The outcome of a file that its name alone keeps from being read."""
    if reason.startswith("skipped_"):
        return Outcome(document_id, "skipped", reason)
    return failed(JireiError(reason, file=document_id), document_id)


def as_text(outcome: Outcome) -> Outcome:
    """The outcome, or that the file is broken if something in it cannot be written as UTF-8."""
    said = asdict(outcome.reading.document) if outcome.reading else {}
    try:
        json.dumps([outcome.path, said], ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        path = outcome.path.encode("utf-8", "replace").decode("utf-8")
        return failed(JireiError("file_broken", file=path, why="Unicode"), path)
    return outcome


def failed(error: JireiError, document_id: str) -> Outcome:
    """The outcome of a file that an error speaks of."""
    status = "skipped" if error.key.startswith("skipped_") else "failed"
    return Outcome(document_id, status, error.key, dict(error.values))
