"""Which documents have a word, also where no sentence of the index has it as one."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from answer.aspects import Aspect
from index.generation import Generation
from index.terms import normalize

_APART = r"[\s\-‐‑–・]?"
_JOINS = re.compile(r"[\s\-‐‑–・]+")
# A shorter word stands by chance in many others: EV in level.
_INSIDE_FROM = 4


class Texts:
    """The whole texts of a generation: titles and headings too. Read when first asked for."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation

    def mentioning(self, word: str) -> frozenset[str]:
        """The documents that have a word, however its letters are set apart: i-Construction.

        A word of less than four letters must not be part of a longer Latin word or number.
        """
        letters = _JOINS.sub("", normalize(word))
        if not letters:
            return frozenset()
        pattern = _APART.join(map(re.escape, letters))
        if len(letters) < _INSIDE_FROM:
            pattern = rf"(?<![a-z0-9]){pattern}(?![a-z])"
        found = re.compile(pattern)
        return frozenset(name for name, text in self._normal.items() if found.search(text))

    def have_alone(self, word: str) -> bool:
        """Whether a Japanese word stands in a text, not as a part of a longer one."""
        edge = "[一-鿿々ァ-ヺー]"
        found = re.compile(f"(?<!{edge}){re.escape(normalize(word))}(?!{edge})")
        return any(found.search(text) for text in self._normal.values())

    @cached_property
    def _normal(self) -> dict[str, str]:
        """The text of each document in normal form, after its title and its headings."""
        headings: dict[str, dict[str, None]] = defaultdict(dict)
        for chunk in self._generation.chunks:
            headings[chunk.document].update(dict.fromkeys(chunk.heading))
        return {
            name: normalize(
                # Not the front matter: 5G stands in an address there.
                "\n\n".join((doc.metadata.title, *headings[name], doc.text[doc.body_start :]))
            )
            for name, doc in self._generation.documents.items()
        }


def looked_up(aspects: Iterable[Aspect], texts: Texts) -> tuple[Aspect, ...]:
    """The aspects; of each required thing that no sentence names, which documents have it."""
    return tuple(
        replace(aspect, known=True, documents=found)
        if aspect.required and not aspect.known and (found := texts.mentioning(aspect.label))
        else aspect
        for aspect in aspects
    )
