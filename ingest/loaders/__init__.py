"""One loader per format, chosen by a file's ending."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from ingest.documents import Reading
from ingest.limits import Limits
from ingest.loaders.unzip import Member

Loader = Callable[[Path, str, Limits], Reading]
"""Takes the path, the document's id and the caps. Raises JireiError for what it knows to be wrong
with a file; of a broken one whatever its parser raises, which `ingest.reading` makes `file_broken`.
"""
Unpacker = Callable[[Path, str, Limits], Iterator[Member]]
"""Takes the same; yields the files inside a file."""

# Module and function: a library is imported when the first file of its format comes by.
LOADERS: dict[str, str] = {
    ".md": "markdown:load_markdown",
    ".markdown": "markdown:load_markdown",
    ".txt": "text:load_text",
    ".csv": "csv_table:load_csv",
    ".tsv": "csv_table:load_csv",
    ".xlsx": "excel:load_xlsx",
    ".xlsm": "excel:load_xlsx",
    ".xls": "excel:load_xls",
    ".docx": "word:load_docx",
    ".docm": "word:load_docx",
    ".doc": "word_old:load_doc",
    ".pptx": "powerpoint:load_pptx",
    ".pdf": "pdf:load_pdf",
    ".html": "html:load_html",
    ".htm": "html:load_html",
    ".xhtml": "html:load_html",
    ".mht": "html:load_mhtml",
    ".mhtml": "html:load_mhtml",
    ".eml": "mail:load_eml",
    ".epub": "epub:load_epub",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"), "ocr:load_image"),
}
UNPACKERS: dict[str, str] = {".zip": "unzip:zip_members", ".eml": "mail:eml_members"}
PLAIN = frozenset((".md", ".markdown", ".txt"))
"""Formats read without a parser of others, and so in the process that asks."""


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters with its dot, if it is one that is read.

    Some parsers go by the ending of the path they get, which else owes nothing to the name.
    """
    ending = Path(name).suffix.lower()
    return ending if ending in LOADERS or ending in UNPACKERS else ""


def loader_of(ending: str) -> Loader | None:
    """The loader for a file's ending, in small letters with its dot; None if there is none."""
    loader: Loader | None = _function(LOADERS, ending)
    return loader


def unpacker_of(ending: str) -> Unpacker | None:
    """What takes the files out of a file of that ending; None if it holds none."""
    unpacker: Unpacker | None = _function(UNPACKERS, ending)
    return unpacker


def _function(table: dict[str, str], ending: str) -> Any:
    if ending not in table:
        return None
    module, name = table[ending].split(":")
    return getattr(import_module(f"{__name__}.{module}"), name)
