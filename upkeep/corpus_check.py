"""Checks the corpus that comes with Jirei: its front matter, headings, figures and sources.

    python -m upkeep.corpus_check [--corpus FOLDER] [--facts FOLDER [--write]]

The ledger `figures.csv` holds the numbers and sources that each document has to tell, no more and
no fewer. It was derived from records of facts (YAML), which the project does not need: with
`--facts` it is derived anew and compared, with `--write` written. One line a finding, exit code 1
if there is any.
"""

import argparse
import datetime
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from errors import JireiError
from ingest.documents import SOURCE_KINDS, Document
from ingest.folders import files_below
from ingest.headings import markdown_headings
from ingest.loaders.markdown import load_markdown
from messages import Lang, tell
from settings import load_settings
from upkeep.corpus_ledger import (
    LEDGER,
    NO_URL,
    Ledger,
    Row,
    Subject,
    figures_of,
    read_facts,
    read_ledger,
    subject_of,
    write_ledger,
)

HEADINGS = ("概要", "背景", "取り組み", "効果", "課題", "今後")
STATES = ("実証", "本格導入", "廃止")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the document (path within the corpus), a message key and its values."""

    document: str
    key: str
    values: Mapping[str, object]

    def line(self, lang: Lang) -> str:
        """The fault in one line."""
        return tell(self.key, lang, **{"document": self.document, **self.values})


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the corpus, its front matter as it was written."""

    name: str
    document: Document
    fields: Mapping[str, Any]

    @property
    def is_case(self) -> bool:
        """Whether it tells a municipality's case; an explanatory article names none."""
        return self.fields.get("municipality") is not None

    @property
    def subject(self) -> Subject:
        """Prefecture and municipality; of an article "" and its title."""
        return subject_of(self.fields)

    @property
    def row(self) -> Row:
        """The figures of its title and text, and its sources."""
        sources = self.document.metadata.sources
        body = self.document.text[self.document.body_start :]
        figures = figures_of(f"{self.document.metadata.title}\n{body}")
        return Row(figures, tuple(sorted(source.url or NO_URL for source in sources)))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _matches(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value))


def _is_null(value: Any) -> bool:
    return value is None


_period = _matches(r"[0-9]{4}(-([0-9]{4})?)?")
_CASE_FIELDS: dict[str, Callable[[Any], bool]] = {
    "title": _is_text,
    "municipality": _is_text,
    "prefecture": _is_text,
    "code": _matches(r"[0-9]{6}"),
    "name_en": _is_text,
    "themes": lambda value: _is_list(value) and all(map(_is_text, value)),
    "period": lambda value: value is None or _period(value),
    "sources": _is_list,
}
_ARTICLE_FIELDS = _CASE_FIELDS | dict.fromkeys(
    ("municipality", "prefecture", "code", "name_en"), _is_null
)
_OPTIONAL: dict[str, Callable[[Any], bool]] = {
    "state": lambda value: value in STATES,
    "published": lambda value: isinstance(value, datetime.date),
}


def _source_stands(source: Any) -> bool:
    if not isinstance(source, dict) or source.get("kind") not in SOURCE_KINDS:
        return False
    url = source.get("url")
    return _matches(r"https?://\S+")(url) if url is not None else _is_text(source.get("title"))


def _check_fields(entry: Entry) -> Iterator[Finding]:
    required = _CASE_FIELDS if entry.is_case else _ARTICLE_FIELDS
    for field, stands in (required | _OPTIONAL).items():
        if field in entry.fields:
            value = entry.fields[field]
            if not stands(value):
                yield Finding(entry.name, "corpus_field", {"field": field, "value": value})
        elif field in required:
            yield Finding(entry.name, "corpus_field_missing", {"field": field})
    for field in sorted(set(map(str, entry.fields)) - {*required, *_OPTIONAL}):
        yield Finding(entry.name, "corpus_field_unknown", {"field": field})
    sources = entry.fields.get("sources")
    for source in sources if isinstance(sources, list) else ():
        if not _source_stands(source):
            yield Finding(entry.name, "corpus_field", {"field": "sources", "value": source})


def _check_headings(entry: Entry) -> Iterator[Finding]:
    headings = markdown_headings(entry.document.text, entry.document.body_start)
    title = str(entry.fields.get("title"))
    if entry.is_case:
        title = f"{entry.fields['municipality']}：{title}"
    if not headings or (headings[0].level, headings[0].title) != (1, title):
        yield Finding(entry.name, "corpus_title", {"title": title})
    if not entry.is_case:
        return
    left: tuple[str, ...] = HEADINGS
    for heading in headings[1:]:
        opened = left != HEADINGS
        if heading.level > 2 and opened:
            continue
        # 概要 opens a case; each heading leaves only those behind it.
        if heading.level == 2 and heading.title in (left if opened else HEADINGS[:1]):
            left = left[left.index(heading.title) + 1 :]
        else:
            values = {"heading": heading.title, "order": "・".join(HEADINGS)}
            yield Finding(entry.name, "corpus_heading", values)


def _check_row(name: str, told: Row, due: Row | None) -> Iterator[Finding]:
    if due is None:
        yield Finding(name, "corpus_not_in_ledger", {})
        return
    for what, told_ones, due_ones in (
        ("figure", told.figures, due.figures),
        ("source", told.sources, due.sources),
    ):
        for value in (one for one in told_ones if one not in due_ones):
            yield Finding(name, f"corpus_{what}_added", {what: value})
        for value in (one for one in due_ones if one not in told_ones):
            yield Finding(name, f"corpus_{what}_lost", {what: value})


def read_corpus(corpus: Path) -> tuple[list[Entry], list[Finding]]:
    """The Markdown documents of a folder in order, and a finding for each that cannot be read.

    Raises JireiError if the folder does not exist.
    """
    entries: list[Entry] = []
    findings: list[Finding] = []
    for path, _ in files_below(corpus):
        name = path.relative_to(corpus.resolve()).as_posix()
        if path.suffix != ".md" or path.stem.lower() == "readme":
            continue
        try:
            document = load_markdown(path, name).document
        except JireiError as error:
            findings.append(Finding(name, error.key, error.values))
            continue
        front_matter = document.text[: document.body_start].strip().strip("-")
        entries.append(Entry(name, document, yaml.safe_load(front_matter) or {}))
    return entries, findings


def derive_ledger(
    entries: Sequence[Entry], facts: Mapping[Subject, Row], before: Ledger
) -> dict[str, Row]:
    """The ledger of these documents, from their facts.

    A document without facts keeps its row, so that the facts of new documents alone are enough.
    """
    kept = {entry.name: before[entry.name] for entry in entries if entry.name in before}
    told = {entry.name: facts[entry.subject] for entry in entries if entry.subject in facts}
    return kept | told


def _check_facts(
    entries: Sequence[Entry], facts: Mapping[Subject, Row], ledger: Ledger
) -> Iterator[Finding]:
    told = {entry.subject: entry for entry in entries}
    for subject, entry in told.items():
        due, kept = facts.get(subject), ledger.get(entry.name)
        if due is None:
            yield Finding(entry.name, "corpus_no_facts", {"name": "".join(subject)})
        elif kept is not None and kept != due:
            differing = {*kept.figures, *kept.sources} ^ {*due.figures, *due.sources}
            what = " ".join(sorted(differing))
            yield Finding(entry.name, "corpus_ledger_differs", {"what": what})
    for subject in sorted(facts.keys() - told.keys()):
        yield Finding(LEDGER, "corpus_not_told", {"name": "".join(subject)})


def check_corpus(
    corpus: Path, facts: Mapping[Subject, Row] | None = None
) -> tuple[int, list[Finding]]:
    """How many documents there are, and every fault of them, in order of the documents.

    Raises JireiError if the folder or its ledger is missing or the ledger is broken.
    """
    entries, findings = read_corpus(corpus)
    unread = {finding.document for finding in findings}
    ledger = read_ledger(corpus / LEDGER)
    first: dict[Subject, str] = {}
    for entry in entries:
        other = first.setdefault(entry.subject, entry.name)
        if other != entry.name:
            values = {"name": "".join(entry.subject), "other": other}
            findings.append(Finding(entry.name, "corpus_twice", values))
        findings.extend(_check_fields(entry))
        findings.extend(_check_headings(entry))
        findings.extend(_check_row(entry.name, entry.row, ledger.get(entry.name)))
    for name in sorted(ledger.keys() - unread - {entry.name for entry in entries}):
        findings.append(Finding(name, "corpus_no_document", {}))
    if facts is not None:
        findings.extend(_check_facts(entries, facts, ledger))
    return len(entries) + len(unread), sorted(findings, key=lambda finding: finding.document)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check; the exit code is 1 if there is a finding, 2 if it could not be run."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.corpus_check")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--facts", type=Path, metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    if options.write and options.facts is None:
        parser.error("--write needs --facts")
    try:
        settings = load_settings()
        corpus = options.corpus or settings.corpus
        facts = read_facts(options.facts) if options.facts else None
        if options.write and facts is not None:
            ledger = corpus / LEDGER
            before = read_ledger(ledger) if ledger.is_file() else {}
            write_ledger(ledger, derive_ledger(read_corpus(corpus)[0], facts, before))
            facts = None
        documents, findings = check_corpus(corpus, facts)
    except JireiError as error:
        print(error, file=sys.stderr)
        return 2
    for finding in findings:
        print(finding.line(settings.lang))
    print(tell("corpus_checked", settings.lang, documents=documents, findings=len(findings)))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
