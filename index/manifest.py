"""What a generation says of itself, and which one is live."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from errors import JireiError

FORMAT = 4
READABLE = (1, 2, 3, FORMAT)
"""Format 3 has vectors of float32. Formats 1 and 2 have them as FAISS writes them, no records of
files, weights of words in place of counts, and chunks with their texts; the manifest of format 1
has no digest of its own.
"""
CURRENT = "CURRENT"
HELD = "held"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that decided a generation.

    `inputs` is a digest over the files and rules it was built from; `files` maps the name of
    each file beside the manifest to its sha256; `roots` are the folders that were read, but for
    that of the uploads. `digest` is the sha256 of the manifest itself, as it is without it.
    """

    name: str
    format: int
    created: str
    inputs: str
    encoder: str
    splitter: str
    dim: int
    counts: dict[str, int]
    roots: tuple[str, ...]
    files: dict[str, str]
    digest: str = ""


_manifests = TypeAdapter(Manifest)


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which generation is live. One that a rollback `held` stays so until somebody builds."""

    name: str
    held: bool = False


def signed(manifest: Manifest) -> Manifest:
    """The manifest with its digest."""
    return replace(manifest, digest=_digest(manifest))


def dump_manifest(manifest: Manifest) -> bytes:
    """The manifest as indented JSON, with its digest."""
    return _manifests.dump_json(signed(manifest), indent=1)


def _digest(manifest: Manifest) -> str:
    return sha256(_manifests.dump_json(replace(manifest, digest=""))).hexdigest()


def read_pointer(folder: Path) -> Pointer | None:
    """What is live, None before the first build. Raises JireiError if CURRENT is damaged."""
    try:
        lines = (folder / CURRENT).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise JireiError("index_damaged", file=CURRENT) from error
    if not lines:
        return None
    name, *rest = lines
    if rest not in ([], [HELD]) or not name or Path(name).name != name:
        raise JireiError("index_damaged", file=CURRENT)
    return Pointer(name, held=bool(rest))


def current_name(folder: Path) -> str | None:
    """The name of the live generation, None before the first build."""
    pointer = read_pointer(folder)
    return pointer.name if pointer else None


def read_manifest(folder: Path, name: str) -> Manifest:
    """The manifest of a generation. Raises JireiError if it is damaged or of another format."""
    path = folder / name / MANIFEST
    damaged = JireiError("index_damaged", file=f"{name}/{MANIFEST}")
    try:
        fields: Any = json.loads(path.read_text(encoding="utf-8"))
        found = fields["format"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged from error
    if found not in READABLE:
        raise JireiError("index_format", found=found, expected=FORMAT)
    try:
        manifest = _manifests.validate_python(fields)
    except ValidationError as error:
        raise damaged from error
    digest = _digest(manifest) if manifest.format > 1 else ""
    if manifest.name != name or manifest.digest != digest:
        raise damaged
    return manifest
