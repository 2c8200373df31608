"""How the documents call the things of the thesaurus."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from answer.retold import retold
from index.lexical import LexicalIndex
from index.terms import normalize, split_words
from index.thesaurus import Thesaurus

_KATAKANA = re.compile("[ァ-ヴー]+")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the concepts of `thesaurus` in the rows of `lexical`."""

    thesaurus: Thesaurus
    lexical: LexicalIndex

    def of(self, concept: str) -> str:
        """The Japanese name of a concept: its preferred term, empty if it has none.

        If that is a katakana word which no row has, it is the term that most rows have, if any: to
        models, a チャットボット of which no document speaks is like every チャット.
        """
        preferred = self.thesaurus.preferred.get((concept, "ja"), "")
        is_used = any(len(self.lexical.postings(word)[0]) for word in split_words(preferred))
        if is_used or not _KATAKANA.fullmatch(preferred):
            return preferred
        rows = {term: self._n_rows(term, concept) for term in self.thesaurus.terms(concept)}
        most = max(rows, key=rows.__getitem__, default=preferred)
        return most if rows.get(most) else preferred

    def told_in(self, text: str, concepts: Iterable[str]) -> str:
        """A Japanese question that calls concepts by the names of the documents.

        Only what it calls by the preferred term changes: Instagram is one of SNS, but not each SNS
        is Instagram.
        """
        for concept in concepts:
            preferred, name = self.thesaurus.preferred.get((concept, "ja"), ""), self.of(concept)
            if name != preferred and normalize(preferred) in normalize(text):
                text = retold(text, concept, name, self.thesaurus)
        return text

    def _n_rows(self, term: str, concept: str) -> int:
        """How many rows name a concept and have all words of one of its terms."""
        rows = set(self.lexical.postings(f"c:{concept}")[0].tolist())
        words = split_words(term)
        for word in words:
            rows &= set(self.lexical.postings(word)[0].tolist())
        return len(rows) if words else 0
