"""Japanese text in the encodings of Windows and mail programs, vendor characters included."""


def pair_of(character: str) -> bytes:
    """JIS row and cell (each + 0x20) of a double-byte character, from its place in CP932."""
    lead, trail = character.encode("cp932")
    row = 2 * (lead - (0x81 if lead < 0xA0 else 0xC1)) + 1
    if trail >= 0x9F:
        return bytes((row + 1 + 0x20, trail - 0x7E))
    return bytes((row + 0x20, trail - (0x1F if trail < 0x7F else 0x20)))


def encoded(text: str, encoding: str) -> bytes:
    """The text in an encoding, vendor characters included, as Windows programs write it."""
    if encoding == "euc-jp":
        return b"".join(_euc(character) for character in text)
    if encoding == "iso-2022-jp":
        return _iso_2022_jp(text)
    return text.encode(encoding)


def _euc(character: str) -> bytes:
    if len(character.encode("cp932")) == 2:
        return bytes(byte | 0x80 for byte in pair_of(character))
    return character.encode("euc_jp")


def _iso_2022_jp(text: str) -> bytes:
    written, state = b"", b"\x1b(B"
    for character in text:
        raw = character.encode("cp932")
        if len(raw) == 2:
            raw, wanted = pair_of(character), b"\x1b$B"
        elif raw[0] > 0x7F:
            raw, wanted = bytes((raw[0] & 0x7F,)), b"\x1b(I"
        else:
            wanted = b"\x1b(B"
        written += (b"" if wanted == state else wanted) + raw
        state = wanted
    return written + (b"" if state == b"\x1b(B" else b"\x1b(B")


def same(read: str, text: str) -> bool:
    """Equal, when the two characters that one JIS cell may stand for are held equal."""
    return one_form(read) == one_form(text)


def one_form(text: str) -> str:
    """The text with one of the two characters that some JIS cells may stand for."""
    return text.translate(str.maketrans("〜−‖—", "～－∥―"))
