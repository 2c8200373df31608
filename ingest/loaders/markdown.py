"""Markdown, with YAML front matter or without."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from errors import JireiError
from ingest.announced import place_of_title
from ingest.documents import Case, Document, Metadata, Place, Reading, Source
from ingest.headings import lines_outside_fences, markdown_headings
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.loaders.table_places import places_of_rows
from ingest.loaders.text import LONGEST_TITLE, facts_of_text, read_decoded
from ingest.places import place_by_code, places_named

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|$)", re.DOTALL)


_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
"""The line below the names of a table's columns."""


class _PlainLoader(yaml.BaseLoader):
    """Keeps every value as it was written, and refuses aliases: a few can unfold to gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "alias", self.get_mark())
        return super().compose_node(parent, index)


def load_markdown(path: Path, document_id: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A Markdown file. Raises JireiError for broken front matter or an unknown municipality."""
    decoded = read_decoded(path, document_id, limits)
    text = decoded.text
    fields, body_start = _front_matter(text, document_id)
    headings = markdown_headings(text, body_start)
    first_line = next((line.strip() for line in text[body_start:].splitlines() if line.strip()), "")
    title = _text(fields.get("title")) or (headings[0].title if headings else first_line)
    told = _place(fields, document_id)
    place = told or place_of_title(title, text[body_start:])
    metadata = Metadata(
        title=title[:LONGEST_TITLE],
        place=place,
        published=_text(fields.get("published")),
        period=_text(fields.get("period")),
        state=_text(fields.get("state")),
        themes=tuple(str(theme) for theme in _list(fields, "themes", document_id)),
        sources=tuple(_source(entry) for entry in _list(fields, "sources", document_id)),
        by_title=place is not None and not told,
    )
    # Front matter decides for all of the file.
    cases = () if told else tuple(_cases_of_tables(text, body_start))
    document = Document(document_id, text, body_start, metadata, True, (), cases)
    return Reading(document, facts_of_text(decoded, body_start))


def _cases_of_tables(text: str, start: int) -> Iterator[Case]:
    """The cases of the rows of tables written with `|`, one of whose columns is of places."""
    rows: list[tuple[int, str]] = []
    for at, line in [*lines_outside_fences(text, start), (len(text), "")]:
        if "|" in line:
            rows.append((at, line))
        elif rows:
            yield from _cases_of_rows(rows)
            rows = []


def _cases_of_rows(lines: Sequence[tuple[int, str]]) -> Iterator[Case]:
    rules = [i for i, (_, line) in enumerate(lines[:2]) if _RULE.fullmatch(line.strip())]
    if not rules:
        return
    names = _cells(lines[0][1]) if rules[0] else []
    rows = lines[rules[0] + 1 :]
    places = places_of_rows([_cells(line) for _, line in rows], names) if rows else None
    for (at, line), place in zip(rows, places or (), strict=False):
        yield Case(at, at + len(line), place)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip(" \t*") for cell in re.split(r"(?<!\\)\|", inner)]


def _front_matter(text: str, document_id: str) -> tuple[Mapping[str, Any], int]:
    if not re.match(r"---[ \t]*\n", text):
        return {}, 0
    match = _FRONT_MATTER.match(text)
    if not match:
        raise JireiError("front_matter_open", file=document_id)
    try:
        # Every value stays as it was written: a code that begins with 0 is no octal number.
        fields = yaml.load(match[1] or "", Loader=_PlainLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        raise JireiError("front_matter_broken", file=document_id, line=line) from error
    except (ValueError, RecursionError) as error:
        raise JireiError("front_matter_broken", file=document_id, line=2) from error
    if not fields:
        return {}, match.end()
    if not isinstance(fields, dict):
        raise JireiError("front_matter_broken", file=document_id, line=2)
    return fields, match.end()


def _place(fields: Mapping[str, Any], document_id: str) -> Place | None:
    """The place of the code; without one, the only place of that name in that prefecture."""
    code, name = _text(fields.get("code")), _text(fields.get("municipality"))
    prefecture = _text(fields.get("prefecture"))
    if not code and not name:
        return None
    if code:
        place = place_by_code(code)
        if place is None or not _agrees(place, name, prefecture):
            raise JireiError("municipality_unknown", file=document_id, name=f"{code} {name or ''}")
        return place
    found = places_named(name or "", prefecture)
    if len(found) != 1:
        key = "municipality_ambiguous" if found else "municipality_unknown"
        raise JireiError(key, file=document_id, name=name)
    return found[0]


def _agrees(place: Place, name: str | None, prefecture: str | None) -> bool:
    names = (None, place.name, place.prefecture + place.name)
    return name in names and prefecture in (None, place.prefecture)


def _list(fields: Mapping[str, Any], key: str, document_id: str) -> list[Any]:
    value = fields.get(key)
    if value is None or _text(value) is None:
        return []
    if not isinstance(value, list):
        raise JireiError("front_matter_not_list", file=document_id, field=key)
    return value


def _source(entry: Any) -> Source:
    if isinstance(entry, dict):
        return Source(*(_text(entry.get(key)) for key in ("title", "url", "kind", "retrieved")))
    text = str(entry)
    return Source(url=text) if re.match(r"https?://", text) else Source(title=text)


def _text(value: Any) -> str | None:
    """The value as written; None for nothing, `null` and `~`."""
    return None if value is None or value in ("", "null", "~") else str(value)
