"""Text in shapes, SmartArt and charts, which the libraries for office files pass over."""

from typing import Any

from lxml import etree

from ingest.loaders.builder import TextBuilder
from ingest.scrutiny import nonblank

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWN = ("/diagramData", "/chart")
"""How the relationships end that lead to the points of SmartArt and to charts."""
_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def parse_part(xml: bytes) -> Any:
    """The tree of a part of an office file."""
    # An entity may name a file of ours, or unfold to gigabytes.
    return etree.fromstring(
        xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )


def line_of(paragraph: Any) -> str:
    """A paragraph on one line: breaks inside it are blanks."""
    said = [" " if n.tag == A + "br" else n.text or "" for n in paragraph.iter(A + "t", A + "br")]
    return "".join(said)


def put_drawing(builder: TextBuilder, root: Any, *, hidden: bool = False) -> int:
    """Puts the paragraphs of a drawing, or leaves them out if hidden; how many characters it has.

    The values of a chart are left out: without its picture they say nothing.
    """
    # What is drawn again for old programs is the same text.
    for again in list(root.iter(FALLBACK)):
        again.getparent().remove(again)
    for paragraph in root.iter(A + "p"):
        if hidden:
            builder.leave_out("left_hidden", line_of(paragraph))
        else:
            builder.line(line_of(paragraph))
    values = "".join(node.text or "" for node in root.iter(_VALUE))
    builder.leave_out("left_hidden" if hidden else "left_other", values)
    return nonblank("".join(node.text or "" for node in root.iter(A + "t"))) + nonblank(values)
