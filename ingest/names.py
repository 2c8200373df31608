"""Names that came from outside, made fit to stand in a document's id: data, and never a path."""

import re
import unicodedata

LONGEST = 120
"""Characters of a safe name, its ending included."""
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,9}$")
# Controls, direction marks and other unseen characters, halves of pairs, line ends.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def safe_name(given: str) -> str:
    r"""A name that a reader recognises, as one part of an id.

    The last part of a path, `\` counted as `/`; no characters that are not seen or turn others
    round; at most `LONGEST` characters with the ending kept; no dot at either end, never empty.
    `safe_name(safe_name(x)) == safe_name(x)`.
    """
    seen = "".join(c for c in given if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    name = unicodedata.normalize("NFC", " ".join(seen.replace("\\", "/").split()))
    name = _outer(name.rstrip("/ .").rpartition("/")[2])
    if len(name) > LONGEST:
        ending = _ENDING.search(name)
        kept = ending.group() if ending else ""
        name = _outer(name[: LONGEST - len(kept)]) + kept
    return name or "unnamed"


def _outer(name: str) -> str:
    return name.lstrip(" .").rstrip(" .")
