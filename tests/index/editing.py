"""Changes to the small corpus that several tests make."""

from pathlib import Path

from settings import Settings

MIE = "cases/mie.md"
ADDED = "津市で説明会を開いた。"


def append(corpus: Path, name: str, text: str) -> None:
    """A line of text at the end of a file."""
    path = corpus / name
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")


def damage(settings: Settings, name: str, file: str) -> None:
    """A file of a generation that lost its last 7 bytes."""
    path = settings.index_folder / name / file
    path.write_bytes(path.read_bytes()[:-7])
