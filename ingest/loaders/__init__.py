"""One loader per format, chosen by a file's ending."""

from collections.abc import Callable
from pathlib import Path

from ingest.documents import Document
from ingest.loaders.markdown import load_markdown
from ingest.loaders.text import load_text

Loader = Callable[[Path, str], Document]
"""Takes the path and the document's id. Raises JireiError if the file cannot be read whole."""

LOADERS: dict[str, Loader] = {
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".txt": load_text,
}
