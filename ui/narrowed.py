"""What an answer was narrowed to, in a line that stands with it wherever it is shown."""

from answer.narrow import Narrow
from answer.states import STATES
from ingest.places import place_by_code
from messages import Lang, tell
from ui.names import kind_name, place_name, prefecture_name
from ui.safe import short


def narrowed_line(narrow: Narrow, lang: Lang) -> str:
    """What was chosen above the answer; "" if nothing was. Unknown municipalities by their code."""
    parts = [*_places(narrow, lang), *(short(theme) for theme in sorted(narrow.themes))]
    if narrow.first_year or narrow.last_year:
        parts.append(f"{narrow.first_year or ''}–{narrow.last_year or ''}")
    parts += [kind_name(kind, lang) for kind in sorted(narrow.source_kinds)]
    parts += [tell(f"state_{state}", lang) for state in STATES if state in narrow.states]
    if narrow.max_age is not None:
        parts.append(tell("facet_recent", lang, years=narrow.max_age))
    switches = {"facet_anywhere": narrow.anywhere, "facet_anytime": narrow.anytime}
    parts += [tell(key, lang) for key, on in switches.items() if on]
    return tell("page_narrowed", lang, what=" · ".join(parts)) if parts else ""


def _places(narrow: Narrow, lang: Lang) -> list[str]:
    told = [prefecture_name(name, lang) for name in sorted(narrow.prefectures)]
    for code in sorted(narrow.municipalities):
        place = place_by_code(code)
        told.append(place_name(place, lang) if place else code)
    return told
