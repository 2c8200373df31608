"""How the documents call the things of the thesaurus."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from answer.retold import retold
from index.lexical import LexicalIndex
from index.terms import normalize, split_words
from index.thesaurus import Thesaurus

_KATAKANA = re.compile("[ァ-ヴー]+")
_LATIN = re.compile("[a-z]")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the concepts of `thesaurus` in the rows of `lexical`."""

    thesaurus: Thesaurus
    lexical: LexicalIndex

    def of(self, concept: str) -> str:
        """The Japanese name of a concept: its preferred term, empty if it has none.

        If that is a katakana word by which no row calls it, it is the Japanese term by which most
        rows do, if any: to models, a チャットボット of no document is like every チャット.
        """
        preferred = self._preferred(concept)
        if not _KATAKANA.fullmatch(preferred) or self._n_rows(preferred, concept):
            return preferred
        # In Latin letters it is rather a brand: iPad is not each タブレット.
        terms = [t for t in self.thesaurus.terms(concept) if not _LATIN.search(t)]
        rows = {term: self._n_rows(term, concept) for term in terms}
        most = max(rows, key=rows.__getitem__, default=preferred)
        return most if rows.get(most) else preferred

    def told_in(self, text: str, concepts: Iterable[str]) -> str:
        """A Japanese question that calls concepts by the names of the documents.

        A concept changes only where all that names it has the preferred term: Instagram is one of
        SNS, but not each SNS is Instagram.
        """
        for concept in concepts:
            preferred, name = self._preferred(concept), self.of(concept)
            if name != preferred and self._is_named_by(text, concept, preferred):
                text = retold(text, concept, name, self.thesaurus)
        return text

    def _preferred(self, concept: str) -> str:
        return self.thesaurus.preferred.get((concept, "ja"), "")

    def _is_named_by(self, text: str, concept: str, term: str) -> bool:
        normal = normalize(text)
        found = [f for f in self.thesaurus.find(text, question=True) if f.concept == concept]
        return all(normalize(term) in normal[f.start : f.end] for f in found)

    def _n_rows(self, term: str, concept: str) -> int:
        """How many rows name a concept and have all words of one of its terms."""
        rows = set(self.lexical.postings(f"c:{concept}")[0].tolist())
        words = split_words(term)
        for word in words:
            rows &= set(self.lexical.postings(word)[0].tolist())
        return len(rows) if words else 0
