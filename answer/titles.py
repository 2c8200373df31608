"""What a row of a comparison is called."""

import re
from collections.abc import Sequence

from index.terms import normalize
from index.thesaurus import Thesaurus
from messages import Lang

_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿々]")


def as_written(word: str, text: str) -> str:
    """A word in the letters of a text: LEDs, not leds; not the Ai of Aichi.

    The word itself where it does not stand in the text.
    """
    found = re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text, re.IGNORECASE)
    return found.group() if found else word


def title_of_term(
    label: str, concept: str | None, text: str, thesaurus: Thesaurus, lang: Lang
) -> str:
    """What the words `label` of a question `text` are called in a title: as they are written.

    Of a paraphrase (手書きを読み取) or a name in small letters (rpa) the preferred term stands.
    """
    written = as_written(label, text)
    names = [thesaurus.preferred.get((concept or "", of), "") for of in (lang, "ja")]
    _, is_paraphrase = thesaurus.by_term.get(normalize(label), ("", False))
    if is_paraphrase:
        return next(filter(None, names), written)
    alike = (name for name in names if name and normalize(name) == normalize(written))
    return next(alike, written) if written.islower() else written


def title_of_theme(theme: str, thesaurus: Thesaurus, lang: Lang) -> str:
    """A theme of the documents in a language, where all of it is a concept that has a name there.

    A name in Latin letters (RPA) is understood as it is.
    """
    if lang == "ja" or not _JAPANESE.search(theme):
        return theme
    concept, _ = thesaurus.by_term.get(normalize(theme), ("", False))
    return thesaurus.preferred.get((concept, lang)) or theme


def joined_title(titles: Sequence[str], lang: Lang) -> str:
    """The title of one row for several themes: クラウド・システム標準化."""
    return ("・" if lang == "ja" else " / ").join(titles)
