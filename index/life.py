"""What becomes of generations: are they stale, which are there, are they whole, which is live."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from errors import JireiError
from index.build import inputs_digest
from index.encoder import Encoder
from index.generation import Generation, damaged_files, open_generation
from index.manifest import FORMAT, MANIFEST, Pointer, current_name, read_manifest, read_pointer
from index.publish import build_lock, drop_leftovers, drop_old, generation_names, point_to
from index.row_texts import background_sentences, row_texts
from index.thesaurus import load_thesaurus, splitter_name
from index.vector_store import discard, drop_unused, file_name, keys_of
from ingest.uploads import with_uploads
from settings import Settings

WHY_STALE = {
    "index_missing": "stale_missing",
    "index_damaged": "stale_damaged",
    "index_format": "stale_format",
    "index_mismatch": "stale_rules",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A generation as `jirei index list` shows it; what a damaged manifest hides is None.

    `size` is in bytes. A `held` one is live because of a rollback.
    """

    name: str
    live: bool
    held: bool
    size: int
    created: str | None
    documents: int | None


@dataclass(frozen=True, slots=True)
class Collected:
    """What `collect` dropped: generations by name, and how many vectors and files of vectors."""

    generations: tuple[str, ...]
    vectors: int
    files: int


def why_stale(settings: Settings, encoder: Encoder) -> str | None:
    """Why the live generation has to be built anew, as a message key; None if it need not be.

    One whose folders are gone is not stale: it is all that is left of them. Nor is one that a
    rollback holds: whoever went back to it knows that the folders say something else.
    """
    folder = settings.index_folder
    splitter = splitter_name(load_thesaurus(settings.thesaurus))
    try:
        pointer = read_pointer(folder)
        if pointer is None:
            return WHY_STALE["index_missing"]
        manifest = read_manifest(folder, pointer.name)
        roots = with_uploads([Path(root) for root in manifest.roots], settings.uploads_folder)
        if not all(root.exists() for root in roots):
            return None
        if pointer.held:
            open_generation(folder, encoder.fingerprint, splitter, pointer.name)
            return None
        if manifest.format != FORMAT:
            return WHY_STALE["index_format"]
        open_generation(folder, encoder.fingerprint, splitter, pointer.name)
        if manifest.splitter != splitter:
            return WHY_STALE["index_mismatch"]
        if inputs_digest(roots, encoder, splitter, settings.limits) == manifest.inputs:
            return None
    except JireiError as error:
        return WHY_STALE.get(error.key, "stale_files")
    return "stale_files"


def is_held(settings: Settings) -> bool:
    """Whether the live generation is one that a rollback went back to."""
    pointer = read_pointer(settings.index_folder)
    return pointer is not None and pointer.held


def roots_of_index(settings: Settings) -> list[Path]:
    """The folders of the live generation, or if its manifest is damaged, of the newest that is not.

    The corpus of the settings if there is none. A folder that is not there is named all the same:
    a build without it would drop its documents.
    """
    folder = settings.index_folder
    names = generation_names(folder)[::-1]
    with suppress(JireiError):
        names.insert(0, current_name(folder) or "")
    for name in filter(None, names):
        with suppress(JireiError):
            return [Path(root) for root in read_manifest(folder, name).roots]
    return [settings.corpus]


def list_generations(settings: Settings) -> list[Listed]:
    """All generations, oldest first. Raises JireiError if CURRENT is damaged."""
    folder = settings.index_folder
    return [_listed(folder, name, read_pointer(folder)) for name in generation_names(folder)]


def _listed(folder: Path, name: str, pointer: Pointer | None) -> Listed:
    live = pointer is not None and pointer.name == name
    held = pointer is not None and live and pointer.held
    size = 0
    # A build may drop it just now.
    with suppress(OSError):
        size = sum(path.stat().st_size for path in (folder / name).iterdir())
    try:
        manifest = read_manifest(folder, name)
    except JireiError:
        return Listed(name, live, held, size, None, None)
    return Listed(name, live, held, size, manifest.created, manifest.counts["documents"])


def verify(settings: Settings, name: str | None = None) -> dict[str, list[str]]:
    """The damaged files of a generation, or of all, by its name; an empty list if it is whole.

    Raises JireiError if there is no such generation.
    """
    folder = settings.index_folder
    names = generation_names(folder) if name is None else [_existing(folder, name)]
    live = current_name(folder)
    if name is None and live is not None and live not in names:
        names.append(live)
    return {each: _damage(folder, each) for each in names}


def _damage(folder: Path, name: str) -> list[str]:
    try:
        return damaged_files(folder, name)
    except JireiError:
        return [MANIFEST]


def roll_back(
    settings: Settings, encoder: Encoder, name: str | None = None, wait_seconds: float = 600.0
) -> Generation:
    """Makes a generation live, the one before the live one if no `name` is given.

    It is opened first. It then stays live until the next build, unless it is the newest. Raises
    JireiError if there is no such generation, if it is damaged or not for these settings, or if
    a build still runs after `wait_seconds`.
    """
    folder = settings.index_folder
    splitter = splitter_name(load_thesaurus(settings.thesaurus))
    with build_lock(folder, wait_seconds):
        chosen = _before_live(folder) if name is None else _existing(folder, name)
        generation = open_generation(folder, encoder.fingerprint, splitter, chosen)
        held = chosen != generation_names(folder)[-1]
        point_to(folder, Pointer(chosen, held))
    return generation


def _before_live(folder: Path) -> str:
    names, live = generation_names(folder), current_name(folder)
    if live is None:
        raise JireiError("index_missing", path=folder)
    earlier = names[: names.index(live)] if live in names else names
    if not earlier:
        raise JireiError("rollback_none", name=live)
    return earlier[-1]


def _existing(folder: Path, name: str) -> str:
    names = generation_names(folder)
    if name not in names:
        raise JireiError("generation_unknown", name=name, names=", ".join(names) or "-")
    return name


def collect(settings: Settings, keep: int) -> Collected:
    """Drops all but the last `keep` generations and the live one, and all vectors they don't use.

    Raises JireiError if CURRENT is damaged or a file cannot be written.
    """
    folder = settings.index_folder
    with build_lock(folder):
        if current_name(folder) is None:
            raise JireiError("index_missing", path=folder)
        try:
            drop_leftovers(folder)
            dropped = drop_old(folder, keep)
        except OSError as error:
            raise JireiError("disk_write", path=folder, why=error.strerror) from error
        used = _used_vectors(folder)
        vectors = files = 0
        for path in sorted(settings.vectors_folder.glob("*.sqlite3")):
            if path.name in used:
                vectors += drop_unused(path, used[path.name])
            else:
                discard(path)
                files += 1
    return Collected(tuple(dropped), vectors, files)


def _used_vectors(folder: Path) -> dict[str, set[bytes]]:
    """By name of a file of vectors, the keys that generations have. A damaged one has none."""
    used: dict[str, set[bytes]] = {}
    for name in generation_names(folder):
        try:
            manifest = read_manifest(folder, name)
            opened = open_generation(folder, manifest.encoder, manifest.splitter, name)
        except JireiError:
            continue
        texts = row_texts(opened.documents, opened.chunks).encoded() + background_sentences()
        used.setdefault(file_name(manifest.encoder), set()).update(keys_of(texts))
    return used
