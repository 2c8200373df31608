"""What Word writes by elements of its own, where a reader sees characters: spelt out as text."""

import re
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PRIVATE = range(0xE000, 0xF900)
_SYMBOLS = {
    "Wingdings": {0x28: "☎", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0x9F: "•", 0xA1: "○",
                  0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
                  0xFE: "☑"},
    "Wingdings 2": {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
}  # fmt: skip
"""Characters of the fonts that Word's list of symbols offers first, by their place there."""
_OVERPRINT = re.compile(r"\s*eq\b.*\\o.*\(.*[,;]([^()]*)\)\s*", re.IGNORECASE | re.DOTALL)
"""A field that prints one character over another: 囲い文字, and furigana of old documents."""


def spell_out(root: Any) -> None:
    """Turns hyphens, symbols, ringed characters and signs of formulas into pieces of text."""
    for node in list(root.iter(W + "noBreakHyphen")):
        _become(node, "-")
    for node in list(root.iter(W + "sym")):
        _become(node, _symbol(node))
    for node in list(root.iter(M + "f", M + "sSup")):
        # Without a sign between them, 1/2 would be twelve.
        sign = "/" if node.tag == M + "f" else "^"
        part = node.find(M + ("den" if node.tag == M + "f" else "sup"))
        if part is not None:
            run = etree.Element(M + "r")
            etree.SubElement(run, M + "t").text = sign
            part.addprevious(run)
    _spell_fields(root)


def _spell_fields(root: Any) -> None:
    """What an overprinting field shows stands in its code, for it has no result."""
    code: list[Any] = []
    for node in list(root.iter(W + "fldChar", W + "instrText")):
        if node.tag == W + "instrText":
            code.append(node)
            continue
        if node.get(W + "fldCharType") == "end" and code:
            shown = _OVERPRINT.fullmatch("".join(part.text or "" for part in code))
            if shown:
                _become(code[0], shown[1])
        code = []


def _symbol(node: Any) -> str:
    try:
        code = int(node.get(W + "char", ""), 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get(node.get(W + "font", ""), {}).get(code & 0xFF)
    if known or code in _PRIVATE or not 0x20 <= code < 0xD800:
        return known or ""
    return chr(code)


def _become(node: Any, text: str) -> None:
    node.clear()
    node.tag, node.text = W + "t", text
