"""Web pages: headings, paragraphs, lists and tables; menus, scripts and hidden parts left out."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError

from errors import JireiError
from ingest.documents import Reading
from ingest.encodings import Decoded, decode
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.builder import TextBuilder
from ingest.loaders.tables import Cell, put_table
from ingest.loaders.text import read_bytes
from ingest.scrutiny import nonblank
from ingest.sentences import JAPANESE

_NO_TEXT = ("script", "style", "template", "title")
_BOILERPLATE = {
    *"nav header footer aside button select textarea noscript noframes iframe object".split(),
}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
_NAMES = re.compile(
    r"(?:^|[-_ ])(?:nav|navi|gnav|menu|breadcrumbs?|topicpath|pankuzu|footer|sidebar|side|"
    r"skip|share|sns|pagetop|cookie)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b)", re.IGNORECASE)
_INLINE = {
    *"a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb".split(),
    *"acronym blink input nobr strike".split(),
    *"rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr".split(),
}
_READINGS = ("rp", "rt", "rtc")
_HEADING = re.compile(r"h([1-6])")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([-\w]+)", re.IGNORECASE)
_NAMED = {
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j", "ms932"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "eucjp"), "euc-jp"),
}
_BREAK = re.compile(rf"(?<={JAPANESE})[ \t\r]*\n[ \t\r\n]*(?={JAPANESE})")
_LINE_END = "\v"
"""Stands for <br> in inline text: a blank wherever that has to be one line."""
DEEPEST = 200
"""Elements nested deeper than this are refused."""


def load_html(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """An HTML page. Raises JireiError if its encoding is uncertain or it holds no text."""
    decoded = decode_page(read_bytes(path, document_id, limits), document_id)
    return page_reading(decoded, document_id, limits)


def load_mhtml(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A page saved by a browser with all its parts; the first HTML part is the page."""
    data = read_bytes(path, document_id, limits)
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                named = part.get_content_charset()
                return page_reading(decode_page(body, document_id, named), document_id, limits)
    raise JireiError("file_broken", file=document_id, why="MHTML")


def decode_page(data: bytes, document_id: str, named: str | None = None) -> Decoded:
    """The text of a page: as detected, or as the page names itself when that stays open.

    Raises JireiError if neither is possible.
    """
    try:
        return decode(data, document_id)
    except JireiError as error:
        found = _CHARSET.search(data[:4096])
        name = (named or (found[1].decode("ascii") if found else "")).lower()
        if error.key == "file_binary" or not name:
            raise
        try:
            return Decoded(data.decode(_NAMED.get(name, name)), _NAMED.get(name, name), 0.9)
        except (UnicodeDecodeError, LookupError):
            raise error from None


def page_reading(decoded: Decoded, document_id: str, limits: Limits) -> Reading:
    """The document that a page holds."""
    root = parse_page(decoded.text, document_id)
    builder = TextBuilder(document_id, limits)
    named = root.find(".//title")
    title = "".join(named.itertext()) if named is not None else ""
    count = put_page(builder, root)
    return builder.reading(
        count, title=title, encoding=decoded.encoding, confidence=decoded.confidence
    )


def parse_page(text: str, document_id: str) -> Any:
    """The tree of a page. Raises JireiError if there is none, or if it is too deep."""
    # What it says of its own encoding no longer holds.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (ParserError, ValueError) as error:
        raise JireiError("file_empty", file=document_id) from error
    if _deeper(root, DEEPEST):
        raise JireiError("file_broken", file=document_id, why="HTML")
    return root


def _deeper(root: Any, deepest: int) -> bool:
    level = [root]
    for _ in range(deepest):
        level = [child for node in level for child in node]
        if not level:
            return False
    return True


def put_page(builder: TextBuilder, root: Any) -> int:
    """Puts a page; how many characters it has, scripts and its title not counted."""
    for node in list(root.iter(*_NO_TEXT)):
        node.drop_tree()
    # Not the body alone: where its tag is missing, text may end up in the head.
    count = nonblank("".join(root.itertext()))
    for node in root.iter("pre"):
        _break_lines(node)
    _put_children(builder, root)
    return count


def _break_lines(node: Any) -> None:
    """Ends the lines of preformatted text by elements: those of its source are what one sees."""
    for inner in list(node.iter()):
        first, *lines = (inner.text or "").split("\n")
        inner.text = first
        for line in reversed(lines):
            inner.insert(0, _line_end(line))
        if inner is not node:
            first, *lines = (inner.tail or "").split("\n")
            inner.tail = first
            for line in reversed(lines):
                end = _line_end(line)
                inner.getparent().insert(inner.getparent().index(inner) + 1, end)


def _line_end(following: str) -> Any:
    end = lxml_html.Element("br")
    end.tail = following
    return end


def _put_children(builder: TextBuilder, node: Any, mark: str = "") -> None:
    """Puts what a block holds: runs of inline text as lines, blocks below it by themselves."""
    said = [node.text or ""]
    for child in node:
        if _left_out(builder, child):
            pass
        elif child.tag in _INLINE and not _has_block(child):
            said.append(_inline(builder, child))
        elif child.tag == "br":
            said.append(_LINE_END)
        else:
            _flush(builder, said, mark)
            _put_block(builder, child)
        said.append(child.tail or "")
    _flush(builder, said, mark)


def _flush(builder: TextBuilder, said: list[str], mark: str) -> None:
    for line in "".join(said).split(_LINE_END):
        builder.line(_one_line(line), mark)
    said.clear()


def _one_line(text: str) -> str:
    """Text on one line; where its source breaks between Japanese letters, no blank comes in."""
    return " ".join(_BREAK.sub("", text).split())


def _put_block(builder: TextBuilder, node: Any) -> None:
    heading = _HEADING.fullmatch(node.tag)
    if heading:
        builder.heading(_one_line(_inline(builder, node)), int(heading[1]))
    elif node.tag == "table" and _put_table(builder, node):
        return
    elif node.tag == "li":
        _put_children(builder, node, "- ")
    else:
        _put_children(builder, node)
        if node.tag == "p":
            builder.add("\n")


def _put_table(builder: TextBuilder, node: Any) -> bool:
    """Puts a table by its cells; not one with text outside of them, headings or other tables."""
    if node.xpath("boolean(.//table|.//h1|.//h2|.//h3|.//h4|.//h5|.//h6)"):
        return False
    part = TextBuilder(builder.document_id, builder.limits)
    first = next(node.iter("tr"), None)
    kinds = [cell.tag for cell in first] if first is not None else []
    # Where the first row goes on from a name to its value, rows have names, and columns none.
    headed = not (kinds[:1] == ["th"] and "td" in kinds)
    put_table(part, _rows(part, node), headed=headed)
    if part.counted() != nonblank("".join(node.itertext())):
        return False
    builder.take(part)
    return True


def _has_block(node: Any) -> bool:
    return any(child.tag not in _INLINE and child.tag not in ("br", "img") for child in node.iter())


def _inline(builder: TextBuilder, node: Any) -> str:
    said = [node.text or ""]
    for child in node:
        if not _left_out(builder, child):
            text = _LINE_END if child.tag == "br" else _inline(builder, child)
            # Blocks inside a cell or heading do not run into each other.
            said.append(text if child.tag in _INLINE or child.tag == "img" else f" {text} ")
        said.append(child.tail or "")
    return "".join(said)


def _left_out(builder: TextBuilder, node: Any) -> bool:
    style = node.get("style") or ""
    if _WHITE.search(style):
        builder.flags.add("flag_white")
    text = "".join(node.itertext())
    if node.tag in _READINGS:
        builder.leave_out("left_ruby", text)
        return True
    if node.get("hidden") is not None or _HIDDEN.search(style):
        builder.leave_out("left_hidden", text)
        if nonblank(text):
            builder.flags.add("flag_hidden")
        return True
    named = f"{node.get('class') or ''} {node.get('id') or ''}"
    within = any(above.tag in ("article", "main") for above in node.iterancestors())
    furniture = node.tag in _BOILERPLATE or node.get("role") in _ROLES or _NAMES.search(named)
    # A header inside an article is its title; and no menu holds the page's own text.
    whole = node.tag in ("body", "head") or node.xpath("boolean(.//article|.//main|.//h1)")
    if furniture and not whole and not (within and node.tag == "header"):
        builder.leave_out("left_boilerplate", text)
        return True
    return False


def _rows(builder: TextBuilder, table: Any) -> list[list[Cell]]:
    """The cells of a table, those that span rows or columns filled."""
    rows: list[list[Cell]] = []
    spanned: dict[tuple[int, int], Cell] = {}
    caption = table.find("caption")
    if caption is not None:
        builder.line(_inline(builder, caption))
    for number, row in enumerate(table.iter("tr")):
        cells: list[Cell] = []
        for node in row:
            while (number, len(cells)) in spanned:
                cells.append(spanned.pop((number, len(cells))))
            text = _one_line(_inline(builder, node)) if not _left_out(builder, node) else ""
            down, across = _span(node, "rowspan"), _span(node, "colspan")
            for below in range(1, down):
                for beside in range(across):
                    spanned[number + below, len(cells) + beside] = Cell(text, own=False)
            cells.append(Cell(text))
            cells.extend(Cell(text, own=False) for _ in range(across - 1))
        while (number, len(cells)) in spanned:
            cells.append(spanned.pop((number, len(cells))))
        rows.append(cells)
    return rows


def _span(node: Any, name: str) -> int:
    digits = (node.get(name) or "1").strip()
    return max(1, min(int(digits), 100)) if digits.isdecimal() else 1
