"""Plain text, such as an article saved from the web."""

import re
import unicodedata
from pathlib import Path

from errors import JireiError
from ingest.announced import place_of_title
from ingest.documents import Document, Facts, Metadata, Reading
from ingest.encodings import Decoded, decode
from ingest.headings import DATE
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.scrutiny import flags_of, garbling_of, nonblank

LONGEST_TITLE = 200


def read_decoded(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Decoded:
    """The text of a file in whatever encoding, with Unix line ends and no byte order mark.

    Raises JireiError if it cannot be opened, is too large or empty, is binary (control
    characters), or if its encoding is not certain.
    """
    data = read_bytes(path, document_id, limits)
    decoded = decode(data, document_id)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise JireiError("file_empty", file=document_id)
    if len(text) > limits.characters:
        raise JireiError("too_many_characters", file=document_id, limit=limits.characters)
    return Decoded(text, decoded.encoding, decoded.confidence)


def read_bytes(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """All of a file. Raises JireiError if it cannot be opened, or is larger than the cap."""
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise JireiError("file_unreadable", file=document_id, why=error.strerror) from error
    if len(data) > limits.file_bytes:
        raise JireiError("file_too_large", file=document_id, limit=limits.file_bytes >> 20)
    return data


def read_text(path: Path, document_id: str) -> str:
    """The text of a file, as `read_decoded` reads it."""
    return read_decoded(path, document_id).text


def facts_of_text(decoded: Decoded, body_start: int) -> Facts:
    """The facts of a file that is text; what stands before `body_start` is front matter."""
    front = nonblank(decoded.text[:body_start])
    return Facts(
        characters=nonblank(decoded.text),
        left_out={"left_front_matter": front} if front else {},
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        garbling=garbling_of(decoded.text),
        flags=flags_of(decoded.text),
    )


def load_text(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A text file. Its first line is its title, a line that is only a date its publication."""
    decoded = read_decoded(path, document_id, limits)
    text = decoded.text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    published = next((normal_date(line) for line in lines[:5] if DATE.fullmatch(line)), None)
    title = lines[0][:LONGEST_TITLE]
    place = place_of_title(title, text)
    metadata = Metadata(title, place, published, by_title=place is not None)
    document = Document(document_id, text, 0, metadata, markdown=False)
    return Reading(document, facts_of_text(decoded, 0))


def normal_date(line: str) -> str:
    """2025/3/4, 2025年3月4日 → 2025-03-04."""
    year, month, day = re.findall(r"\d+", unicodedata.normalize("NFKC", line))
    return f"{int(year):04}-{int(month):02}-{int(day):02}"
