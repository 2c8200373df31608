"""What places, regions, themes and kinds of source are called in the language of the page."""

from functools import cache

from answer import wording
from answer.regions import REGIONS
from index.terms import normalize
from index.thesaurus import Thesaurus
from ingest.documents import Place
from ingest.places import places_named
from messages import Lang
from ui.safe import short


def place_name(place: Place, lang: Lang) -> str:
    """A municipality with its prefecture, or a prefecture."""
    name = place.name_en if lang == "en" else place.name
    if place.city is None:
        return name
    prefecture = prefecture_name(place.prefecture, lang)
    return f"{name}, {prefecture}" if lang == "en" else f"{name}（{prefecture}）"


@cache
def prefecture_name(prefecture: str, lang: Lang) -> str:
    """A prefecture; in English without the word, since the Japanese name has one."""
    found = places_named(prefecture)
    if lang == "ja" or not found:
        return prefecture
    return found[0].name_en.removesuffix(" Prefecture")


def region_name(region: str, lang: Lang) -> str:
    """One of the eight regions."""
    if lang == "ja":
        return region
    named = REGIONS.get(region, ("", "Hokkaido"))[1]
    return named.removeprefix("the ").removesuffix(" region")


def theme_name(theme: str, thesaurus: Thesaurus, lang: Lang) -> str:
    """A theme; in English what the thesaurus calls it, with the documents' own word."""
    concept = thesaurus.by_term.get(normalize(theme), ("", False))[0]
    english = thesaurus.preferred.get((concept, "en"), "")
    if lang == "ja" or not english or normalize(english) == normalize(theme):
        return short(theme)
    return f"{english} ({short(theme)})"


def kind_name(kind: str, lang: Lang) -> str:
    """A kind of source on one line."""
    return short(wording.kind_name(kind, lang))
