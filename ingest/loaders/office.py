"""Office files made such as the libraries for them take them."""

import io
import re
import zipfile
from pathlib import Path
from typing import IO

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_DATES = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")
_NO_FILL = re.compile(rb"<(\w+:)?fill\s*(?:/>|>\s*</(?:\w+:)?fill>)")


def open_office(path: Path) -> IO[bytes]:
    """An Office file; one of the strict kind in the names that the libraries know.

    For archives that `prove_zip` has passed: a strict one is unpacked into memory.
    """
    with zipfile.ZipFile(path) as archive:
        relations = "_rels/.rels"
        strict = relations in archive.namelist() and _STRICT.search(archive.read(relations))
    return _rewritten(path) if strict else path.open("rb")


def mended_office(path: Path) -> IO[bytes]:
    """The same without what other programs are known to write wrongly: dates, empty fills."""
    return _rewritten(path, mended=True)


def _rewritten(path: Path, *, mended: bool = False) -> IO[bytes]:
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            data = old.read(name)
            if name.endswith((".xml", ".rels")):
                data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data)
            if mended and name == "docProps/core.xml":
                data = _DATES.sub(b"", data)
            elif mended and name == "xl/styles.xml":
                data = _NO_FILL.sub(rb"<\1fill><\1patternFill/></\1fill>", data)
            new.writestr(name, data)
    made.seek(0)
    return made
