"""Text of images and scanned pages, by Tesseract where it is installed with Japanese."""

import subprocess
import tempfile
from pathlib import Path

import pypdfium2

from errors import JireiError
from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.text import read_bytes
from ingest.scrutiny import nonblank
from ingest.tools import tesseract

DPI = 300
LARGEST_SIDE = 10_000
"""Pixels of a page that is drawn; a larger one is drawn more coarsely."""


def load_image(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """An image. Raises JireiError if nothing can be read from it, or there is no Tesseract."""
    read_bytes(path, document_id, limits)
    if tesseract() is None:
        raise JireiError("no_text_scanned", file=document_id)
    builder = TextBuilder(document_id, limits)
    text = _read(path, limits)
    if not text.strip():
        raise JireiError("no_text_scanned", file=document_id)
    builder.page()
    for line in text.splitlines():
        builder.line(line)
    builder.flags.add("flag_ocr")
    return builder.reading(nonblank(text), title=Path(document_id).stem, markdown=False)


def read_pdf_page(path: Path, number: int, limits: Limits) -> str:
    """The text of a page, counted from 0, drawn as an image."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        page = pdf[number]
        scale = min(DPI / 72, LARGEST_SIDE / max(1.0, *page.get_size()))
        with tempfile.TemporaryDirectory() as folder:
            image = Path(folder) / "page.png"
            page.render(scale=scale).to_pil().save(image)
            return _read(image, limits)
    finally:
        pdf.close()


def _read(image: Path, limits: Limits) -> str:
    command = [tesseract() or "tesseract", str(image), "stdout", "-l", "jpn+eng", "--psm", "3"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=limits.seconds)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
