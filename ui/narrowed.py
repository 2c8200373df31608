"""What an answer was narrowed to, in a line that stands with it wherever it is shown."""

from collections.abc import Mapping

from answer.narrow import Narrow
from answer.states import STATES
from ingest.documents import Document
from messages import Lang, tell
from ui.names import kind_name, place_name, prefecture_name
from ui.safe import short


def narrowed_line(narrow: Narrow, documents: Mapping[str, Document], lang: Lang) -> str:
    """What was chosen above the answer; "" if nothing was.

    A municipality that no document is about any more is told by its code.
    """
    parts = [*_places(narrow, documents, lang), *(short(theme) for theme in sorted(narrow.themes))]
    if narrow.first_year or narrow.last_year:
        parts.append(f"{narrow.first_year or ''}–{narrow.last_year or ''}")
    parts += [kind_name(kind, lang) for kind in sorted(narrow.source_kinds)]
    parts += [tell(f"state_{state}", lang) for state in STATES if state in narrow.states]
    if narrow.max_age is not None:
        parts.append(tell("facet_recent", lang, years=narrow.max_age))
    switches = {"facet_anywhere": narrow.anywhere, "facet_anytime": narrow.anytime}
    parts += [tell(key, lang) for key, on in switches.items() if on]
    return tell("page_narrowed", lang, what=" · ".join(parts)) if parts else ""


def _places(narrow: Narrow, documents: Mapping[str, Document], lang: Lang) -> list[str]:
    told = [prefecture_name(name, lang) for name in sorted(narrow.prefectures)]
    if not narrow.municipalities:
        return told
    places = [d.metadata.place for d in documents.values() if d.metadata.place]
    names = {place.code: place_name(place, lang) for place in places}
    return told + [names.get(code, code) for code in sorted(narrow.municipalities)]
