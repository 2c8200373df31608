"""Spans of a text: where it says a thing."""

from collections.abc import Iterable
from typing import Protocol

Span = tuple[int, int]
"""Where something stands in a text: the offsets of its first character and of the one after it."""


class Spanned(Protocol):
    """What was found in a text, and knows where."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it has ended."""
        ...


def span_of(found: Spanned) -> Span:
    """Where a thing was found."""
    return found.start, found.end


def spans_of(found: Iterable[Spanned]) -> list[Span]:
    """Where each thing was found."""
    return [span_of(one) for one in found]


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of the others; those that only touch do not."""
    start, end = span
    return any(other < end and start < until for other, until in others)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces in the place of spans: all other offsets stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, less those that begin inside another one; of two that begin together
    the longer one stays.
    """
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
