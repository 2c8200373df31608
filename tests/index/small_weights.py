"""A weight file of the real layout, for a network of no layers and nine pieces."""

import struct

import numpy as np

WIDTH = 32
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "\u2581", "a", "\u2581a", "か", "が")
SCORES = (0.0, 0.0, 0.0, 0.0, -4.0, -3.0, -2.0, -3.0, -3.0)
NORMALISATION = {"\t": " ", "\x02": "", "ｶ": "か", "㈱": "(株)", "½": "1"}


def q4_block(scale: float, nibbles: list[int]) -> bytes:
    """One block holding the 32 given numbers of 0..15."""
    packed = bytes(low | high << 4 for low, high in zip(nibbles[:16], nibbles[16:], strict=True))
    return struct.pack("<e", scale) + packed


def small_file() -> bytes:
    """The whole file; word vector i is (i - 8) / 2 throughout."""
    text = "".join(PIECES).encode()
    ends = np.cumsum([0] + [len(piece.encode()) for piece in PIECES]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 0, 1, 64, len(PIECES), 4, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text))
    head += ends.tobytes() + np.array(SCORES, "<f4").tobytes() + text
    entries = [
        struct.pack(f"<IB{len(target)}I", ord(source), len(target), *map(ord, target))
        for source, target in sorted(NORMALISATION.items())
    ]
    head += struct.pack("<iI", len(entries), sum(map(len, entries))) + b"".join(entries)
    return head + _tensors(len(head))


def _tensors(at: int) -> bytes:
    word = b"".join(q4_block(0.5, [i] * 32) for i in range(len(PIECES)))
    floats = {"emb.pos": 4 * WIDTH, "emb.type": WIDTH, "emb.ln.w": WIDTH, "emb.ln.b": WIDTH}
    tensors = {"emb.word": (1, len(PIECES) * WIDTH, word)}
    tensors |= {name: (0, n, np.ones(n, "<f4").tobytes()) for name, n in floats.items()}
    offset = at + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory = struct.pack("<i", len(tensors))
    for name, (kind, count, raw) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, offset, len(raw))
        offset += len(raw)
    return directory + b"".join(raw for _, _, raw in tensors.values())
