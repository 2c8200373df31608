"""Changes to the small corpus that several tests make."""

from pathlib import Path

MIE = "cases/mie.md"
ADDED = "津市で説明会を開いた。"


def append(corpus: Path, name: str, text: str) -> None:
    """A line of text at the end of a file."""
    path = corpus / name
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")
