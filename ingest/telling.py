"""What there is to say of a file that was looked at, for the command line and the page."""

from ingest.documents import FileReport
from messages import Lang, tell


def reason_of(report: FileReport, lang: Lang) -> str:
    """Why a file was skipped or failed; empty if it was read."""
    return tell(report.reason, lang, **report.values) if report.reason else ""


def notes_of(report: FileReport, lang: Lang) -> list[str]:
    """What a reader should know before trusting a file that was read."""
    facts = report.facts
    notes = [tell(flag, lang) for flag in facts.flags] if facts else []
    if facts and facts.pages_without_text:
        notes.append(tell("note_pages_without_text", lang, pages=facts.pages_without_text))
    if facts and facts.garbling:
        notes.append(tell("note_garbling", lang, share=round(100 * facts.garbling, 1)))
    # With front matter, it may be meant so.
    if facts and not report.cases and "left_front_matter" not in facts.left_out:
        notes.append(tell("note_no_place", lang))
    if report.duplicate_of:
        notes.append(tell("note_duplicate", lang, other=report.duplicate_of))
    return notes


def line_of(report: FileReport, lang: Lang) -> str | None:
    """A file in one line; None if it was read without remark."""
    if report.status == "read":
        notes = ("、" if lang == "ja" else ", ").join(notes_of(report, lang))
        return tell("file_noted", lang, file=report.path, notes=notes) if notes else None
    if report.status == "failed":
        return tell("file_failed", lang, reason=reason_of(report, lang))
    return tell("file_skipped", lang, file=report.path, reason=reason_of(report, lang))
