"""Text of documents and people, made fit for files that others open."""

import re

# What XML cannot hold or a terminal obeys, and what turns the direction of the text around it.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2028\u2029]"
)
REPLACEMENT = "\ufffd"
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:@^=])")


def printable(text: str) -> str:
    """The text, each control character but tabs and line ends made visible."""
    return _UNFIT.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The printable text with every run of blanks as one blank."""
    return " ".join(printable(text).split())


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text of a cell for a formula."""
    return text.lstrip(" \n\u3000\xa0").startswith(_FORMULA) or text.startswith(_FORMULA)


def cell_text(text: str) -> str:
    """The text of a CSV cell: with an apostrophe before it if it might be a formula."""
    text = printable(text)
    return f"'{text}" if is_formula(text) else text


def markdown(text: str) -> str:
    """The text on one line as Markdown that shows it and nothing else."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web and holds nothing but what addresses hold, else None."""
    return url if url and re.fullmatch(r"https?://[\w\-.~:/?#@!$&*+,;=%()]+", url) else None
