"""A question told again with one of its things swapped for another, or left out."""

import re

from index.terms import fold_width
from index.thesaurus import Thesaurus

_PARTICLE = re.compile(r"(?:による|について|[をにのでがはと])")


def retold(text: str, concept: str, name: str, thesaurus: Thesaurus) -> str:
    """The NFKC form of a question, with `name` where it names a concept of the thesaurus.

    An empty name leaves the concept out, and a particle that would hang in the air. A question
    that does not name the concept stays as it is.
    """
    told, shift = fold_width(text), 0
    spans = [found for found in thesaurus.find(text, question=True) if found.concept == concept]
    if not spans or len(told) != len(told.lower()):
        return text
    for found in spans:
        start, end = found.start + shift, found.end + shift
        if not name and (particle := _PARTICLE.match(told, end)):
            end = particle.end()
        told = told[:start] + name + told[end:]
        shift += len(name) - (end - start)
    return " ".join(told.split())
