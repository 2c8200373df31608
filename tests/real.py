"""The real model and corpus for golden tests, embedded once for all of them."""

from pathlib import Path

from settings import ROOT


def real_var(folder: Path) -> Path:
    """A folder for `JIREI_VAR` whose vectors are those of the checkout's own builds."""
    vectors = ROOT / "var" / "vectors"
    vectors.mkdir(parents=True, exist_ok=True)
    (folder / "vectors").symlink_to(vectors)
    return folder
