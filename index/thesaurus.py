"""Administrative terms and their aliases, in Japanese and English, from an editable CSV."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from errors import JireiError
from index.terms import READ_AS_WELL, SPLITTER, normalize

COLUMNS = ("concept", "term", "lang", "kind")
KINDS = ("preferred", "alias", "paraphrase", "broader")
_HYPHEN = re.compile("(?<=[a-z0-9])-(?=[a-z0-9])")
_KATAKANA_GOES_ON = re.compile("[ァ-ヴー]{2}")


@dataclass(frozen=True, slots=True)
class Found:
    """A term found in a text: `[start, end)` of the normalised text, and its concept."""

    start: int
    end: int
    concept: str


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Concepts and the terms that name them.

    `by_term` maps a normalised term to its concept and whether only questions use it.
    `preferred` maps (concept, lang) to the term to show. `broader` maps a concept to the one that
    it is a kind of: ChatGPT is generative AI. `digest` changes with the contents.
    """

    by_term: dict[str, tuple[str, bool]]
    preferred: dict[tuple[str, str], str]
    digest: str
    broader: Mapping[str, str] = field(default_factory=dict)
    _spelt: dict[str, tuple[str, bool]] = field(init=False, repr=False, compare=False)
    """As `by_term`, Latin words being set apart by blanks only: after school care."""
    _lengths: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    """By first character, how long the terms are, longest first: most places need no look-up."""

    def __post_init__(self) -> None:
        lengths: dict[str, set[int]] = defaultdict(set)
        spelt: dict[str, tuple[str, bool]] = {}
        for term, entry in self.by_term.items():
            lengths[term[0]].add(len(term))
            spelt.setdefault(_HYPHEN.sub(" ", term), entry)
        found = {first: tuple(sorted(known, reverse=True)) for first, known in lengths.items()}
        object.__setattr__(self, "_lengths", found)
        object.__setattr__(self, "_spelt", spelt)

    def find(self, text: str, *, question: bool = False) -> list[Found]:
        """The terms in a text, leftmost and longest first, none overlapping.

        Latin terms match whole words, in singular or plural, with hyphens or blanks between.
        Paraphrases match in questions only, and not from within a katakana word (ラインで in
        オンラインで).
        """
        normal = _HYPHEN.sub(" ", normalize(text))
        found: list[Found] = []
        at = 0
        while at < len(normal):
            hit = self._at(normal, at, question)
            if hit:
                found.append(hit)
            at = hit.end if hit else at + 1
        return found

    def _at(self, normal: str, at: int, question: bool) -> Found | None:
        lengths = self._lengths.get(normal[at])
        if not lengths or (_latin(normal, at - 1) and _latin(normal, at)):
            return None
        for length in lengths:
            end = at + length
            entry = self._spelt.get(normal[at:end])
            if entry is None or end > len(normal):
                continue
            within = at > 0 and _KATAKANA_GOES_ON.match(normal, at - 1)
            if entry[1] and (within or not question):
                continue
            after = _after_plural(normal, end)
            if not (_latin(normal, after - 1) and _latin(normal, after)):
                return Found(at, after, entry[0])
        return None

    def terms(self, concept: str) -> list[str]:
        """The normalised terms that documents use for a concept, in the order of the file."""
        return [
            term
            for term, (of, asked_only) in self.by_term.items()
            if of == concept and not asked_only
        ]

    def concept_terms(self, text: str, *, question: bool = False) -> list[str]:
        """The concepts of a text as terms of the lexical arm, marked by "c:".

        What a document says of a thing it says of what that is a kind of; a question asks no wider.
        """
        concepts = [found.concept for found in self.find(text, question=question)]
        if not question:
            concepts += [self.broader[one] for one in concepts if one in self.broader]
        return [f"c:{concept}" for concept in concepts]


EMPTY = Thesaurus({}, {}, "none")


def _latin(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalnum()


def _after_plural(text: str, end: int) -> int:
    if not _latin(text, end - 1):
        return end
    for plural in ("es", "s"):
        if text.startswith(plural, end) and not _latin(text, end + len(plural)):
            return end + len(plural)
    return end


def load_thesaurus(path: Path) -> Thesaurus:
    """The thesaurus of a CSV file; an empty one if there is no such file.

    Raises JireiError if it cannot be read or is not UTF-8, and naming the line for a missing
    column, an unknown kind, a term that stands in two concepts, or a broader concept that the file
    does not have.
    """
    try:
        data = path.read_bytes()
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        rows = [(reader.reader.line_num, row) for row in reader]
    except FileNotFoundError:
        return EMPTY
    except OSError as error:
        raise JireiError("file_unreadable", file=path, why=error.strerror) from error
    except UnicodeDecodeError as error:
        raise JireiError("file_not_utf8", file=path, at=error.start) from error
    except csv.Error as error:
        raise JireiError("thesaurus_line", file=path.name, line=1) from error
    return _read(rows, path.name, sha256(data).hexdigest()[:12])


def _read(rows: Sequence[tuple[int, dict[str, str]]], file: str, digest: str) -> Thesaurus:
    by_term: dict[str, tuple[str, bool]] = {}
    preferred: dict[tuple[str, str], str] = defaultdict(str)
    broader: dict[str, str] = {}
    concepts = {row.get("concept") for _, row in rows}
    for number, row in rows:
        values = [(row.get(column) or "").strip() for column in COLUMNS]
        concept, term, lang, kind = values
        known = by_term.get(normalize(term))
        if not all(values) or kind not in KINDS:
            raise JireiError("thesaurus_line", file=file, line=number)
        if kind == "broader":
            if term not in concepts or term == concept:
                raise JireiError("thesaurus_line", file=file, line=number)
            broader[concept] = term
            continue
        if len(normalize(term)) < 2 or (known and known[0] != concept):
            raise JireiError("thesaurus_line", file=file, line=number)
        by_term[normalize(term)] = (concept, kind == "paraphrase")
        if kind == "preferred":
            preferred[concept, lang] = term
    return Thesaurus(by_term, dict(preferred), digest, broader)


def splitter_name(thesaurus: Thesaurus) -> str:
    """What an index must be built with to be searched by the terms of this thesaurus."""
    return f"{SPLITTER}+thesaurus/{thesaurus.digest}"


def can_search(splitter: str, built_with: str) -> bool:
    """Whether questions cut by `splitter` can be put to an index that was built with another."""
    earlier = (splitter.replace(SPLITTER, rules, 1) for rules in READ_AS_WELL)
    return built_with in (splitter, *earlier)
