"""EPUB books: the chapters in reading order."""

import posixpath
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from ingest.documents import Reading
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.html import decode_page, parse_page, put_page
from ingest.loaders.unzip import prove_zip

_CONTAINER = "META-INF/container.xml"


def load_epub(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A book; each chapter begins a page. Raises JireiError if it is broken or too large."""
    prove_zip(path, document_id, limits)
    builder, count = TextBuilder(document_id, limits), 0
    with zipfile.ZipFile(path) as archive:
        base, tree = _package(archive)
        for name in _chapters(base, tree):
            builder.page()
            decoded = decode_page(archive.read(name), document_id)
            count += put_page(builder, parse_page(decoded.text, document_id))
    titles = tree.xpath("//*[local-name()='metadata']/*[local-name()='title']/text()")
    return builder.reading(count, title=str(titles[0]) if titles else "")


def _package(archive: zipfile.ZipFile) -> tuple[str, Any]:
    """The folder of the package file, and its tree."""

    def tree(name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(archive.read(name), parser)

    name = tree(_CONTAINER).xpath("//*[local-name()='rootfile']/@full-path")[0]
    return posixpath.dirname(name), tree(name)


def _chapters(base: str, package: Any) -> list[str]:
    """The names of the chapters inside the archive, in the order of the spine."""
    items = {
        item.get("id"): posixpath.normpath(posixpath.join(base, unquote(item.get("href", ""))))
        for item in package.xpath("//*[local-name()='manifest']/*[local-name()='item']")
        if "html" in (item.get("media-type") or "")
    }
    spine = package.xpath("//*[local-name()='spine']/*[local-name()='itemref']/@idref")
    return [items[reference] for reference in spine if reference in items]
