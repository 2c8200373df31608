"""A report as text: Markdown with footnotes, or plain text to paste."""

from collections.abc import Iterator, Sequence

from export.report import Claim, Matrix, Part, Report, source_text, where
from export.text import markdown, one_line, web_address
from ingest.documents import Source
from messages import Lang, tell


def to_markdown(report: Report) -> str:
    """Markdown whose only markup is ours: all that others wrote is escaped."""
    lines = [f"# {markdown(tell('export_title', report.lang))}", "", markdown(_made(report)), ""]
    for part in report.parts:
        lines += [f"## {markdown(part.question)}", ""]
        lines += [f"{markdown(line)}  " for line in (*part.said.split("\n"), *part.notes)]
        lines += ["", *_markdown_matrix(part.matrix, report.lang)] if part.matrix else [""]
        lines += [*_markdown_cases(part, report.lang), ""]
    lines += [f"## {markdown(tell('page_sources', report.lang))}", ""]
    for claim in report.sources:
        lines.append(f"- {markdown(_document(claim))}")
        lines += [f"  - {_markdown_source(source, report.lang)}" for source in claim.sources]
    lines.append("")
    for part in report.parts:
        lines += [f"[^{c.number}]: {markdown(where(c, report.lang))}" for c in part.all_claims]
    return "\n".join(lines) + "\n"


def to_text(report: Report) -> str:
    """Plain text whose quotes have numbers, and below them what the numbers stand for."""
    lines: list[str] = []
    for part in report.parts:
        lines += [one_line(part.question), *map(one_line, part.said.split("\n"))]
        lines += [*map(one_line, part.notes), ""]
        if part.matrix:
            for theme, cells in part.matrix.rows:
                lines.append(one_line(theme))
                lines += [
                    f"  {one_line(who)}: {_cell(cell, report.lang)}"
                    for who, cell in zip(part.matrix.places, cells, strict=True)
                ]
            lines.append("")
        for head, claims in cases(part, report.lang):
            lines.append(one_line(head))
            lines += [f"  「{one_line(claim.text)}」[{claim.number}]" for claim in claims]
        lines.append("")
    for part in report.parts:
        lines += [f"[{c.number}] {where(c, report.lang)}" for c in part.all_claims]
    return "\n".join(lines).rstrip() + "\n"


def cases(part: Part, lang: Lang) -> Iterator[tuple[str, list[Claim]]]:
    """The claims of each case below its head: who, where, how sure, when."""
    groups: dict[str, list[Claim]] = {}
    for claim in part.claims:
        groups.setdefault(f"{claim.role}\0{claim.code or claim.document}", []).append(claim)
    for claims in groups.values():
        first = claims[0]
        verdict = tell(f"verdict_{first.role}", lang)
        notes = [note for note in (first.prefecture, verdict, first.reason, first.when) if note]
        between = "、" if lang == "ja" else ", "
        yield f"{first.who} ({between.join(notes)})", claims


def _markdown_cases(part: Part, lang: Lang) -> list[str]:
    lines = []
    for head, claims in cases(part, lang):
        lines.append(f"- **{markdown(head)}**")
        lines += [f"  - 「{markdown(claim.text)}」[^{claim.number}]" for claim in claims]
    return lines


def _markdown_matrix(matrix: Matrix, lang: Lang) -> list[str]:
    def shown(cell: Sequence[Claim]) -> str:
        quotes = "<br>".join(f"「{markdown(c.text)}」[^{c.number}]" for c in cell)
        return quotes or markdown(tell("compare_nothing", lang))

    head = [markdown(tell("column_theme", lang)), *map(markdown, matrix.places)]
    rows = [[markdown(theme), *map(shown, cells)] for theme, cells in matrix.rows]
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]


def _markdown_source(source: Source, lang: Lang) -> str:
    """A source, its address as a link if it is one of the web."""
    url = web_address(source.url)
    if url is None:
        return markdown(source_text(source, lang))
    rest = Source(source.title, None, source.kind, source.retrieved)
    return f"{markdown(source_text(rest, lang))} <{url}>".strip()


def _cell(cell: Sequence[Claim], lang: Lang) -> str:
    quotes = "".join(f"「{one_line(claim.text)}」[{claim.number}]" for claim in cell)
    return quotes or tell("compare_nothing", lang)


def _document(claim: Claim) -> str:
    return " ".join(part for part in (claim.title, claim.document, claim.published) if part)


def _made(report: Report) -> str:
    indexes = dict.fromkeys(part.index for part in report.parts)
    return tell("export_made", report.lang, day=report.made, index=", ".join(indexes))
