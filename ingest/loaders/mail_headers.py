"""Headers of e-mails as Japanese mailers truly write them, which is not always as agreed."""

import base64
import binascii
import quopri
import re
from email.message import Message

from ingest.encodings import VENDOR

_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?)")
_ODD = re.compile("[\ud800-\udfff\ufffd\x1b]|=\\?|[\x80-\x9f]")
"""What Python's parser leaves where it could not read a header."""
_NAMING = ("content-disposition", "content-type")
_CODECS = {
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("iso-2022-jp", "iso-2022-jp-ms", "cp50220", "cp50221"), "iso2022_jp_ext"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "eucjp"), "euc_jp"),
}
_GUESSES = ("utf-8", "cp932", "euc_jp")


def header_of(message: Message, name: str) -> str:
    """The text of a header; read once more by hand where Python's parser trips over it."""
    raw = next((str(v) for key, v in message.raw_items() if key.lower() == name.lower()), "")
    try:
        value = str(message.get(name) or "")
    except (AttributeError, IndexError, ValueError, TypeError):
        value = raw
    return _by_hand(raw) if _ODD.search(value) else value


def name_of(part: Message) -> str:
    """The name that a part gives its file, "" for none."""
    given = str(part.get_filename() or "")
    if not _ODD.search(given):
        return given
    raw = "".join(f"; {value}" for key, value in part.raw_items() if key.lower() in _NAMING)
    found = re.search(r"""[;\s](?:file)?name\s*=\s*(?:"([^"]*)"|([^;"]+))""", raw, re.IGNORECASE)
    return _by_hand((found[1] or found[2] or "").strip()) if found else given


def _by_hand(raw: str) -> str:
    """A header in encoded words of whatever encoding, or in one that it does not name."""
    data = raw.encode("utf-8", "surrogateescape")
    raw = _decoded(data, "iso-2022-jp" if b"\x1b" in data else "")
    return _WORD.sub(_word, _BETWEEN.sub(r"\1", raw))


def _word(found: re.Match[str]) -> str:
    charset, kind, text = found.groups()
    try:
        if kind in "Bb":
            data = base64.b64decode(text + "=" * (-len(text) % 4))
        else:
            data = quopri.decodestring(text.encode(), header=True)
    except (ValueError, binascii.Error):
        return found[0]
    return _decoded(data, charset.lower())


def _decoded(data: bytes, charset: str) -> str:
    """Bytes of a header, too few to weigh: as named, else as the first that reads them."""
    for codec in (_CODECS.get(charset, charset or "ascii"), *_GUESSES):
        try:
            return data.decode(codec, VENDOR)
        except (UnicodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")
