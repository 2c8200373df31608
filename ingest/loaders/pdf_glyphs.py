"""Characters of a PDF that pdfminer knows only by number, read by PDFium instead."""

import re
from pathlib import Path
from typing import Any

import pypdfium2

NUMBERED = re.compile(r"\(cid:[0-9]+\)")


def name_glyphs(path: Path, number: int, height: float, characters: list[Any]) -> None:
    """Gives the characters of a page, counted from 0, their text where PDFium tells it.

    Its tables of Japanese fonts know more variants (﨑) than those of pdfminer.
    """
    unknown = [c for c in characters if NUMBERED.fullmatch(c["text"])]
    if not unknown:
        return
    try:
        _ask_pdfium(path, number, height, unknown)
    except pypdfium2.PdfiumError:
        return


def _ask_pdfium(path: Path, number: int, height: float, unknown: list[Any]) -> None:
    pdf = pypdfium2.PdfDocument(path)
    try:
        text = pdf[number].get_textpage()
        for character in unknown:
            inner = (character["x1"] - character["x0"]) / 4
            found = text.get_text_bounded(
                character["x0"] + inner,
                height - character["bottom"],
                character["x1"] - inner,
                height - character["top"],
            ).strip()
            if len(found) == 1 and found != "\ufffd":
                character["text"] = found
    finally:
        pdf.close()
