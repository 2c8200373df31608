"""Plain text, such as an article saved from the web."""

import re
import unicodedata
from pathlib import Path

from errors import JireiError
from ingest.cases import place_announced
from ingest.documents import Document, Metadata
from ingest.headings import DATE

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_TITLE = 200


def read_text(path: Path, document_id: str) -> str:
    """The text of a UTF-8 file, with Unix line ends and no byte order mark.

    Raises JireiError if it cannot be opened, is not UTF-8, or is binary (control characters).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise JireiError("file_not_utf8", file=document_id, at=error.start) from error
    except OSError as error:
        raise JireiError("file_unreadable", file=document_id, why=error.strerror) from error
    control = _CONTROL.search(text)
    if control:
        raise JireiError("file_binary", file=document_id, at=control.start())
    if not text.strip():
        raise JireiError("file_empty", file=document_id)
    return text


def load_text(path: Path, document_id: str) -> Document:
    """A text file. Its first line is its title, a line that is only a date its publication."""
    text = read_text(path, document_id)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    published = next((normal_date(line) for line in lines[:5] if DATE.fullmatch(line)), None)
    title = lines[0][:LONGEST_TITLE]
    metadata = Metadata(title, place=place_announced(title, text), published=published)
    return Document(document_id, text, 0, metadata, markdown=False)


def normal_date(line: str) -> str:
    """2025/3/4, 2025年3月4日 → 2025-03-04."""
    year, month, day = re.findall(r"\d+", unicodedata.normalize("NFKC", line))
    return f"{int(year):04}-{int(month):02}-{int(day):02}"
